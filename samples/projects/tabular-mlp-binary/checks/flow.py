"""What goes through a network before training: activations forwards, gradients backwards."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
import tensorflow as tf

from checks.graph import Graph, bends, multiplies
from checks.learning import Learner
from checks.probing import awake, kernels, name_of
from findings import Finding


def activated(graph: Graph) -> list[keras.Layer]:
    """The hidden layers whose units can be dead or saturated: ReLU, sigmoid and tanh."""
    functions = (keras.activations.relu, keras.activations.sigmoid, keras.activations.tanh)
    return [
        layer
        for layer in graph.operations.values()
        if isinstance(layer, keras.Layer) and bends(layer)
        if layer.name not in ("output", graph.end)
        if isinstance(layer, keras.layers.ReLU) or getattr(layer, "activation", None) in functions
    ]


def silent_units(model: keras.Model, graph: Graph, x: np.ndarray) -> Iterator[Finding]:
    """Units that answer 0 to every probe in `x`: over 50 % of a ReLU layer (SageMaker Debugger),
    and over 90 % as an error; units at their limit for over half of the probes, over 50 % of a
    sigmoid or tanh layer, as if their input were beyond -5 or 5 (DeepDiagnosis)."""
    if not (found := activated(graph)):
        return
    inside = keras.Model(model.input, {layer.name: layer.output for layer in found})
    values = inside(x, training=False)
    for layer in found:
        value = keras.ops.convert_to_numpy(values[layer.name])
        units = np.abs(value.reshape(-1, value.shape[-1]))
        function = getattr(layer, "activation", keras.activations.relu)
        share, fact, check = float((units.max(axis=0) == 0).mean()), "are silent", "dead-units"
        why, fix = "A ReLU that is 0 for every sample has no gradient", "a smaller learning rate, "
        fix += "he_normal and scaled inputs help; or model.activation = 'leaky_relu'"
        if function is not keras.activations.relu:
            middle = 0.5 if function is keras.activations.sigmoid else 0.0
            limit = 0.4933 if middle else 0.99991
            share = float(((np.abs(units - middle) > limit).mean(axis=0) > 0.5).mean())
            fact, check = "are at their limit", "saturated-units"
            why, fix = "There the curve is flat, and gradients are next to nothing", "scale the "
            fix += "inputs, start with smaller weights, or use relu"
        if share > 0.5:
            yield Finding(
                check,
                "error" if share > 0.9 and check == "dead-units" else "warning",
                f"{share:.0%} of the units of layer {name_of(layer)} {fact} before training.",
                f"{why}, so these units will hardly learn.",
                fix,
            )


def gradients(
    learner: Learner, arrays: tuple[np.ndarray, ...]
) -> list[tuple[keras.Layer, keras.Variable, np.ndarray]]:
    """Each trainable kernel with its layer and its gradient on `arrays`, in training mode; zeros
    where nothing connects it to the loss."""
    with awake(learner.model):
        _, pulled = learner.pull(*(tf.constant(array) for array in arrays))
    parts = np.split(pulled.numpy(), np.cumsum(learner.sizes)[:-1])
    places = {weight.path: place for place, weight in enumerate(learner.weights)}
    return [(layer, kernel, parts[places[kernel.path]]) for layer, kernel in kernels(learner.model)]


def no_gradient(
    pulled: list[tuple[keras.Layer, keras.Variable, np.ndarray]],
) -> Iterator[Finding]:
    """A trainable kernel that the loss does not depend on (mltest, TrainCheck): its gradient is
    exactly 0 on every probe."""
    for layer, kernel, one in pulled:
        if not one.any():
            yield Finding(
                "no-gradient",
                "error",
                f"The weights '{kernel.name}' of layer {name_of(layer)} have no gradient.",
                "Nothing connects this layer to the answers, so it cannot learn.",
                "see where its output goes in model.py, and that its activation lets values pass",
            )


def fading_gradient(
    pulled: list[tuple[keras.Layer, keras.Variable, np.ndarray]],
) -> Iterator[Finding]:
    """Gradients that fade or grow from the last layers to the first: by 1,000 and more either way.
    AutoTrainer says 1,000 and 70; healthy networks of ours stay within 100."""
    sizes = [
        (layer, float(np.linalg.norm(one)))
        for layer, kernel, one in pulled
        if kernel.name in ("kernel", "recurrent_kernel")
    ]
    hidden = [(layer, size) for layer, size in sizes if multiplies(layer)][:-1]
    if not hidden or not sizes[-1][1]:
        return
    last = sizes[-1][1]
    least, most = (pick(hidden, key=lambda row: row[1]) for pick in (min, max))
    for (layer, size), check, wrong, verb in (
        (least, "vanishing-gradient", 0 < least[1] < 1e-3 * last, "fades"),
        (most, "exploding-gradient", most[1] > 1e3 * last, "grows"),
    ):
        if wrong:
            yield Finding(
                check,
                "warning",
                f"The gradient {verb} on its way back: {size:.1g} in layer {name_of(layer)}, "
                f"{last:.1g} in the last.",
                "No learning rate suits layers whose gradients are so far apart.",
                "relu or silu instead of sigmoid, model.normalization, or fewer layers",
            )
