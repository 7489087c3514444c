"""How the layers of a network hang together, and what kind of thing each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import keras
from keras import layers

DROPPING = ("Dropout", "SpatialDropout1D", "SpatialDropout2D", "AlphaDropout", "GaussianDropout")
HARMLESS = (*DROPPING, "GaussianNoise", "Identity", "Flatten", "Reshape")  # they bend nothing
NORMALIZING = ("BatchNormalization", "LayerNormalization")
RESCALING = ("Normalization", "Rescaling")
AVERAGING = tuple(f"{kind}AveragePooling{n}D" for kind in ("", "Global") for n in (1, 2))
MOVING = tuple(
    f"Random{way}" for way in ("Flip", "Translation", "Rotation", "Zoom", "Crop", "Shear")
)
BENDING = (
    *("Relu", "LeakyRelu", "Elu", "Gelu", "Silu", "Tanh", "Sigmoid", "Softmax", "Softplus", "Selu"),
    *("ReLU", "LeakyReLU", "ELU", "PReLU"),
)


class Graph(NamedTuple):
    """Operations by name, what each reads from, what reads it, and the one that answers."""

    operations: dict[str, keras.Operation]
    sources: dict[str, list[str]]
    readers: dict[str, list[str]]
    end: str


def histories(node: Any) -> Iterator[str]:
    """The names of the operations that a node of a saved model reads from."""
    if isinstance(node, dict) and "keras_history" in node:
        yield node["keras_history"][0]
    elif isinstance(node, dict | list | tuple):
        for part in node.values() if isinstance(node, dict) else node:
            yield from histories(part)


def graph_of(model: keras.Model) -> Graph:
    """How the layers hang together, as `model.save` would write it."""
    rows = model.get_config()
    sources = {row["name"]: [*histories(row["inbound_nodes"])] for row in rows["layers"]}
    readers: dict[str, list[str]] = {name: [] for name in sources}
    for name, read in sources.items():
        for source in read:
            readers[source].append(name)
    end = rows["output_layers"]
    while not isinstance(end, str):  # a name with its places, in a list or not
        end = end[0]
    return Graph({one.name: one for one in model.operations}, sources, readers, end)


def is_one_of(operation: keras.Operation, kinds: tuple[str, ...]) -> bool:
    return type(operation).__name__ in kinds


def multiplies(operation: keras.Operation) -> bool:
    """Whether it is a dense or a convolutional layer."""
    return isinstance(operation, layers.Dense | layers.Conv1D | layers.Conv2D)


def bends(operation: keras.Operation) -> bool:
    """Whether it ends in an activation that is not linear."""
    function = getattr(operation, "activation", None)
    if isinstance(operation, layers.Activation) or multiplies(operation):
        return function is not None and function is not keras.activations.linear
    return is_one_of(operation, BENDING)


def behind(graph: Graph, name: str, passing: tuple[str, ...]) -> keras.Operation | None:
    """The operation that feeds `name`, looking through those in `passing`; None where several feed
    it, or where what feeds it also goes elsewhere."""
    while True:
        sources = graph.sources[name]
        if len(sources) != 1 or len(graph.readers[sources[0]]) != 1:
            return None
        name = sources[0]
        found = graph.operations[name]
        idle = isinstance(found, layers.Activation) and not bends(found)
        if not idle and not is_one_of(found, passing):
            return found


def last_layers(graph: Graph) -> Iterator[keras.Operation]:
    """Backwards from the answers, what is met up to and with the last layers that have weights."""
    ahead, seen = [graph.end], {graph.end}
    while ahead:
        name = ahead.pop()
        yield graph.operations[name]
        if not getattr(graph.operations[name], "weights", []):
            ahead += [source for source in graph.sources[name] if source not in seen]
            seen |= {*graph.sources[name]}


def is_a_correction(graph: Graph, name: str) -> bool:
    """Whether what `name` gives is added to something else, and so may start at nothing."""
    while len(graph.readers[name]) == 1:
        name = graph.readers[name][0]
        if is_one_of(graph.operations[name], ("Add",)):
            return True
        if not is_one_of(graph.operations[name], HARMLESS):
            return False
    return False
