"""What the functions do that a `tf.data.Dataset` maps over its samples, read from their graphs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from .streams import is_dataset

TURNING = {"ReverseV2", "ImageProjectiveTransformV2", "ImageProjectiveTransformV3"}
CALLING = ("If", "While", "Case", "PartitionedCall", "PyFunc")  # what may do anything


def graphs_of(dataset: Any) -> Iterator[Any]:
    """The graphs of all functions that a dataset, or one that it is made of, maps."""
    ahead = [dataset] if is_dataset(dataset) else []
    while ahead:
        one = ahead.pop()
        with suppress(AttributeError):
            yield one._map_func.function.graph
        with suppress(AttributeError, NotImplementedError):
            ahead += one._inputs()


def within(graph: Any) -> set[str]:
    """The kinds of operations in the functions that a graph calls."""
    return {
        node.op for function in graph.as_graph_def().library.function for node in function.node_def
    }


def behind(tensor: Any) -> set[str]:
    """The kinds of operations that a tensor of a graph comes from."""
    ahead, seen = [tensor.op], set()
    while ahead:
        one = ahead.pop()
        if one not in seen:
            seen.add(one)
            ahead += [source.op for source in one.inputs]
    return {one.type for one in seen}


def random(kinds: set[str]) -> bool:
    return any("random" in kind.lower() for kind in kinds - {"RandomShuffle"})


def calls(kinds: set[str]) -> bool:
    return any(word in kind for kind in kinds for word in CALLING)


def draws_anew(dataset: Any) -> bool:
    """Whether a function that a `tf.data.Dataset` maps over its samples draws random numbers."""
    return any(
        random({one.type for one in graph.get_operations()} | within(graph))
        for graph in graphs_of(dataset)
    )


def turns_inputs_alone(dataset: Any) -> bool:
    """Whether a function that a `tf.data.Dataset` maps turns its first output by chance, and what
    comes second is neither turned nor handed to another function."""
    for graph in graphs_of(dataset):
        if len(graph.outputs) < 2:
            continue
        first, second = (behind(one) for one in graph.outputs[:2])
        first |= within(graph) if calls(first) else set()
        if first & TURNING and random(first) and not second & TURNING and not calls(second):
            return True
    return False
