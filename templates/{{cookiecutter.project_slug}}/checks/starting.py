"""How a network starts: its first weights, and its first loss against theory."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from checks.graph import Graph, is_a_correction
from checks.judging import activation_of
from checks.probing import is_constant, kernels, name_of
from config import HeadConfig
from findings import Finding


def constant_kernel(layer: keras.Layer, kernel: keras.Variable, graph: Graph) -> Iterator[Finding]:
    """A kernel of one value throughout, unless it is nothing and added to something else."""
    value = float(keras.ops.convert_to_numpy(kernel).flat[0])
    if value or not is_a_correction(graph, layer.name):
        yield Finding(
            "initial-weights",
            "error",
            f"The weights '{kernel.name}' of layer {name_of(layer)} all start at {value:g}.",
            "Units that start alike get the same gradient, and stay alike for ever.",
            "see kernel_initializer of that layer in model.py; he_normal suits ReLU",
        )


def initial_weights(
    model: keras.Model, graph: Graph, output_scale: float | None
) -> Iterator[Finding]:
    """Kernels of one value, and kernels whose spread is outside Glorot / 10 and 5 x He (a
    heuristic, well away from what any initializer gives). `output_scale` is how small the output
    layer is meant to start. Nested networks, which bring trained weights, are left out."""
    for layer, kernel in kernels(model):
        values = keras.ops.convert_to_numpy(kernel)
        if is_constant(kernel):
            yield from constant_kernel(layer, kernel, graph)
        elif values.size >= 16 and kernel.name != "embeddings" and layer.name != "backbone":
            fan_in, fan_out = values.size / values.shape[-1], values.shape[-1]
            least = 0.1 * (2 / (fan_in + fan_out)) ** 0.5
            if layer.name == "output" and output_scale is not None:
                least = min(least, 0.5 * (output_scale / fan_in) ** 0.5)
            most = 5 * max(2 / fan_in, 1 / fan_out) ** 0.5
            if not least <= values.std() <= most:
                where = f"The weights '{kernel.name}' of layer {name_of(layer)}"
                yield Finding(
                    "initial-weights",
                    "warning",
                    f"{where} start with a spread of {values.std():.2g}.",
                    f"Between {least:.1g} and {most:.1g} signals keep their size from layer to "
                    "layer; outside they fade or grow with each one.",
                    "see kernel_initializer of that layer in model.py; he_normal suits ReLU",
                )


def restored_nothing(model: keras.Model, x: np.ndarray) -> float | None:
    """The mean error of a network that answers with its error, if its "output" layer gave nothing;
    None where no layer is called so. The weights are put back."""
    found = [layer for layer in model.layers if layer.name == "output"]
    if not found:
        return None
    kernel = found[0].get_weights()
    found[0].set_weights([np.zeros_like(weight) for weight in kernel])
    error = float(keras.ops.mean(model(x, training=False)))
    found[0].set_weights(kernel)
    return error


def counted_padding(y: np.ndarray, weights: np.ndarray) -> Iterator[Finding]:
    """Places after the end of a sample, whose target is -1, that weigh something in the loss."""
    if weights[y < 0].any():
        yield Finding(
            "first-loss",
            "error",
            f"{np.mean(weights[y < 0] != 0):.0%} of the places without a target count in the loss.",
            "The network learns what to answer to padding, and the loss flatters it.",
            "see `training_arrays` in task.py: the weight of padding is 0",
        )


def first_loss(loss: float, expected: float | None, head: HeadConfig) -> Iterator[Finding]:
    """The loss before training, against that of knowing the class shares or the means alone
    (Karpathy's recipe): no loss is negative or nothing then, and none far from theory. Above 2 x
    and 0.5 for classes, 10 x for numbers (TheDeepChecker is stricter); below half of it, what is
    made small is no longer what was meant."""
    shown = f"The loss before training is {loss:.4g}"
    if not np.isfinite(loss) or loss < 1e-6:
        yield Finding(
            "first-loss",
            "error",
            f"{shown}, and {head.loss} of an untrained network is a number above 0.",
            "What is made small is then not the error, and training it teaches nothing.",
            "see `objective` in task.py, the last layer in model.py, and that no sample is empty",
        )
    elif expected is not None:
        classes = "crossentropy" in head.loss
        most = 2 * expected + 0.5 if classes else 10 * expected
        if not expected / 2 <= loss <= most:
            known = "class shares" if classes else "means"
            if not activation_of(head):
                known = "mean sample"
            yield Finding(
                "first-loss",
                "warning",
                f"{shown}; knowing the {known} alone gives {expected:.4g}.",
                "A network that starts far from there unlearns first, or its loss is on a scale "
                "that the learning rate is not made for.",
                "see `objective` and `output_bias` in task.py, and how task.py scales targets",
            )
