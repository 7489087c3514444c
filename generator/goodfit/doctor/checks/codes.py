"""Codes of words and categories: mostly padding, or such that no embedding has."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
from keras import layers

from ..case import Case
from ..finding import Finding
from ..layer_graph import Graph
from ..registry import Entry, check
from ..samples import at_random
from .columns import reads_codes
from .initial_weights import network


@check(
    Entry(
        "mostly-padding",
        "warning",
        "Samples that leave three quarters of their length empty.",
        "Every step computes the empty places too: most of the time goes into nothing.",
        "cut samples to the length that most of them have",
        "all but a hundredth of the training samples",
        "ours; SageMaker Debugger warns at half of all places, which is usual with a few long ones",
    ),
    needs=("one input",),
    sound=True,
)
def mostly_padding(case: Case) -> Iterator[Finding]:
    x, padding = case.known.x, case.project.feature_padding
    if case.project.declared is None:
        padding = 0.0 if x.ndim == 2 and reads_codes(case) and x.shape[1] >= 20 else None
    if padding is None or x.ndim < 2:
        return
    some = x[at_random(len(x))]
    there = some != padding if padding >= 0 else some > padding / 2
    there = there.reshape(*some.shape[:2], -1)[:, :, 0]
    usual, length = int(np.quantile(there.sum(axis=1), 0.99)), there.shape[1]
    if usual < length / 4:
        name = case.words.setting("length")
        yield Finding(
            "mostly-padding",
            "warning",
            f"99 of 100 samples have at most {usual} steps; {name} is {length}.",
            fix=f"set {name} = {max(2, usual)}",
        )


@check(
    Entry(
        "embedding-range",
        "error",
        "Codes of words or categories that the embedding which reads them does not have.",
        "On a CPU that stops training, on a GPU such codes are read as zeros without a word.",
        "input_dim is the largest code + 1; cut off rarer words, or make the table larger",
        "one is one too many; of what is no whole number, more than half",
        "the definition of an embedding",
    ),
    needs=("layers",),
)
def embedding_range(case: Case) -> Iterator[Finding]:
    graph = network(case).graph
    assert graph is not None
    arrays = keras.tree.flatten(case.known.x)
    inputs = [tensor._keras_history.operation.name for tensor in network(case).model.inputs]
    if len(arrays) != len(inputs):
        return
    for name, x in zip(inputs, arrays, strict=True):
        for reader in embeddings_of(graph, name):
            if x.dtype.kind == "f" and (x != np.round(x)).mean() > 0.5:
                yield Finding(
                    "embedding-range",
                    "error",
                    f"Layer {reader.name!r} looks up codes, and is given numbers such as "
                    f"{x[x != np.round(x)].flat[0]:.3g}.",
                    "They are cut off to whole numbers: most of what they say is lost.",
                    "give whole codes, or a Dense layer instead of the embedding",
                )
            elif x.dtype.kind in "iuf" and (x.max() >= reader.input_dim or x.min() < 0):
                worst = x.max() if x.max() >= reader.input_dim else x.min()
                yield Finding(
                    "embedding-range",
                    "error",
                    f"Layer {reader.name!r} has {reader.input_dim:,} codes, 0 to "
                    f"{reader.input_dim - 1:,}, and is given {worst:g}.",
                )


def embeddings_of(graph: Graph, name: str) -> list[layers.Embedding]:
    """The embeddings that read an operation directly."""
    readers = [graph.operations[one] for one in graph.readers.get(name, [])]
    return [one for one in readers if isinstance(one, layers.Embedding)]
