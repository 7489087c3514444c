"""Hidden units that are dead or saturated before training."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from ..case import PROBES, Case
from ..finding import Finding
from ..layer_graph import Graph, bends
from ..network import name_of
from ..registry import Entry, check
from ..samples import places, taken
from .initial_weights import network

MORE, MORE_NUMBERS = 4_096, 2_000_000  # samples, and numbers in all of them together


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
    "over half of a layer's units, for up to 4,096 samples; over nine tenths is an error before "
    "training",
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
        silent = units.max(axis=0) == 0
        if silent.mean() > 0.5 and case.train.size > case.probes.size:
            silent &= silent_for_more(case, layer)
        if (share := float(silent.mean())) > 0.5:
            yield Finding(
                "dead-units",
                "error" if share > 0.9 else "warning",
                f"{share:.0%} of the units of layer {name_of(layer)} are silent before training.",
            )


def silent_for_more(case: Case, layer: keras.Layer) -> np.ndarray:
    """bool (units,): which are 0 for up to 4,096 training samples: what is of use to few of them
    may be silent for all of the probes."""
    inner, silent = network(case), np.ones(layer.output.shape[-1], bool)
    rows = places(case.train.x, MORE, case.seed, MORE_NUMBERS)
    for start in range(0, len(rows), PROBES):
        x = taken(case.train.x, rows[start : start + PROBES])
        value = inner.inside({"out": layer.output}, x)["out"]
        silent &= value.reshape(-1, value.shape[-1]).max(axis=0) == 0
    return silent


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
