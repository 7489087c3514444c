"""Hidden units that are dead or saturated before training."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from ..case import Case
from ..finding import Finding
from ..layer_graph import Graph, bends
from ..network import name_of
from ..registry import Entry, check
from .initial_weights import network


def activated(graph: Graph) -> list[keras.Layer]:
    """The hidden layers whose units can be dead or saturated: ReLU, sigmoid and tanh."""
    functions = (keras.activations.relu, keras.activations.sigmoid, keras.activations.tanh)
    return [
        layer
        for layer in graph.operations.values()
        if isinstance(layer, keras.Layer) and bends(layer)
        if layer.name not in ("output", *graph.ends)
        if isinstance(layer, keras.layers.ReLU) or getattr(layer, "activation", None) in functions
    ]


DEAD = Entry(
    "dead-units",
    "error or warning",
    "ReLU units that answer 0 to every sample.",
    "A ReLU that is 0 for every sample has no gradient, so these units will hardly learn.",
    "a smaller learning rate, he_normal and scaled inputs help; or leaky_relu in {model}",
    "over half of a layer's units; over nine tenths is an error before training",
    "SageMaker Debugger",
)


SATURATED = Entry(
    "saturated-units",
    "warning",
    "Sigmoid or tanh units at their limit for most samples.",
    "There the curve is flat, and gradients are next to nothing.",
    "scale the inputs, start with smaller weights, or use relu",
    "over half of a layer's units are as if their input were beyond -5 or 5, for over half of the "
    "samples",
    "DeepDiagnosis",
)


@check(DEAD, cost="asks", needs=("layers", "one input"), sound=True)
def dead_units(case: Case) -> Iterator[Finding]:
    for layer, value in hidden_values(case):
        function = getattr(layer, "activation", keras.activations.relu)
        if function is not keras.activations.relu:
            continue
        units = np.abs(value.reshape(-1, value.shape[-1]))
        if (share := float((units.max(axis=0) == 0).mean())) > 0.5:
            yield Finding(
                "dead-units",
                "error" if share > 0.9 else "warning",
                f"{share:.0%} of the units of layer {name_of(layer)} are silent before training.",
            )


@check(SATURATED, cost="asks", needs=("layers", "one input"), sound=True)
def saturated_units(case: Case) -> Iterator[Finding]:
    for layer, value in hidden_values(case):
        function = getattr(layer, "activation", keras.activations.relu)
        if function is keras.activations.relu:
            continue
        units = np.abs(value.reshape(-1, value.shape[-1]))
        middle = 0.5 if function is keras.activations.sigmoid else 0.0
        limit = 0.4933 if middle else 0.99991
        share = float(((np.abs(units - middle) > limit).mean(axis=0) > 0.5).mean())
        if share > 0.5:
            yield Finding(
                "saturated-units",
                "warning",
                f"{share:.0%} of the units of layer {name_of(layer)} are at their limit before "
                "training.",
            )


def hidden_values(case: Case) -> list[tuple[keras.Layer, np.ndarray]]:
    """The layers that may be dead or saturated, with what they make of the probes."""
    inner = network(case)
    assert inner.graph is not None
    found = activated(inner.graph)
    if not found:
        return []
    key = "hidden values"
    if key not in inner.kept:
        tensors = {layer.name: layer.output for layer in found}
        inner.kept[key] = inner.inside(tensors, case.probes.x)
    return [(layer, inner.kept[key][layer.name]) for layer in found]
