"""How the layers of a network hang together, and what kind of thing each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import keras
from keras import layers

DROPPING = (
    *("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
    *("AlphaDropout", "GaussianDropout"),
)
HARMLESS = (*DROPPING, "GaussianNoise", "Identity", "Flatten", "Reshape")  # they bend nothing
NORMALIZING = ("BatchNormalization", "LayerNormalization")
RESCALING = ("Normalization", "Rescaling")
AVERAGING = tuple(f"{kind}AveragePooling{n}D" for kind in ("", "Global") for n in (1, 2, 3))
MOVING = tuple(
    f"Random{way}" for way in ("Flip", "Translation", "Rotation", "Zoom", "Crop", "Shear")
)
BENDING = (
    *("Relu", "LeakyRelu", "Elu", "Gelu", "Silu", "Tanh", "Sigmoid", "Softmax", "Softplus", "Selu"),
    *("ReLU", "LeakyReLU", "ELU", "PReLU"),
)


class Graph(NamedTuple):
    """Operations by name, what each reads from, what reads it, and those that answer."""

    operations: dict[str, keras.Operation]
    sources: dict[str, list[str]]
    readers: dict[str, list[str]]
    ends: list[str]

    @property
    def end(self) -> str:
        return self.ends[0]


def graph_of(model: keras.Model) -> Graph | None:
    """How the operations of a functional or sequential model hang together; None for any other.
    A layer that is called several times reads from, and is read by, all that is meant."""
    network = getattr(model, "_functional", None) if isinstance(model, keras.Sequential) else model
    if network is None or not getattr(network, "_is_graph_network", hasattr(network, "_nodes")):
        return None
    if not hasattr(network, "operations") or not getattr(network, "outputs", None):
        return None
    operations = {one.name: one for one in network.operations}
    sources: dict[str, list[str]] = {name: [] for name in operations}
    readers: dict[str, list[str]] = {name: [] for name in operations}
    kept = {id(node) for nodes in network._nodes_by_depth.values() for node in nodes}
    for name, operation in operations.items():
        for node in operation._inbound_nodes:
            if id(node) not in kept:
                continue
            for tensor in node.input_tensors:
                source = tensor._keras_history.operation.name
                if source in operations:
                    sources[name].append(source)
                    readers[source].append(name)
    ends = [tensor._keras_history.operation.name for tensor in network.outputs]
    return Graph(operations, sources, readers, ends)


def is_one_of(operation: keras.Operation, kinds: tuple[str, ...]) -> bool:
    return type(operation).__name__ in kinds


def multiplies(operation: keras.Operation) -> bool:
    """Whether it is a dense or a convolutional layer."""
    return isinstance(operation, layers.Dense | layers.Conv1D | layers.Conv2D | layers.Conv3D)


def bends(operation: keras.Operation) -> bool:
    """Whether it ends in an activation that is not linear."""
    function = getattr(operation, "activation", None)
    if isinstance(operation, layers.Activation) or multiplies(operation):
        return function is not None and not is_straight(function)
    return is_one_of(operation, BENDING) and getattr(operation, "negative_slope", 0) != 1


@lru_cache(maxsize=128)
def is_straight(function: Callable[..., Any]) -> bool:
    """Whether an activation is a straight line, tried at three numbers beside another one."""
    if function is keras.activations.linear:
        return True
    try:
        tried = [function(keras.ops.array([[one, 1.0]]))[0][0] for one in (-2.0, 0.5, 3.0)]
        low, middle, high = map(float, tried)
    except Exception:  # one that needs another shape
        return False
    return abs((middle - low) * 2.5 - (high - middle) * 2.5) < 1e-5


def behind(graph: Graph, name: str, passing: tuple[str, ...]) -> keras.Operation | None:
    """The operation that feeds `name`, looking through those in `passing`; None where several feed
    it, or where what feeds it also goes elsewhere."""
    while True:
        sources = graph.sources[name]
        if len(sources) != 1 or len(graph.readers[sources[0]]) != 1:
            return None
        name = sources[0]
        found = graph.operations[name]
        activation = isinstance(found, layers.Activation) or is_one_of(found, BENDING)
        idle = activation and not bends(found)
        if not idle and not is_one_of(found, passing):
            return found


def last_layers(graph: Graph) -> Iterator[keras.Operation]:
    """Backwards from the answers, what is met up to and with the last layers that have weights."""
    ahead, seen = [*graph.ends], {*graph.ends}
    while ahead:
        name = ahead.pop()
        yield graph.operations[name]
        if not getattr(graph.operations[name], "weights", []):
            ahead += [source for source in graph.sources[name] if source not in seen]
            seen |= {*graph.sources[name]}


def is_a_correction(graph: Graph, name: str) -> bool:
    """Whether what `name` gives is added to something else, and so may start at nothing."""
    while len(graph.readers.get(name, [])) == 1:
        name = graph.readers[name][0]
        if is_one_of(graph.operations[name], ("Add",)):
            return True
        if not is_one_of(graph.operations[name], HARMLESS):
            return False
    return False
