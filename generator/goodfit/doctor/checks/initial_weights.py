"""The weights that a network starts with."""

from __future__ import annotations

from collections.abc import Iterator

import keras

from ..case import Case
from ..finding import Finding
from ..layer_graph import Graph, is_a_correction
from ..network import Network, is_constant, kernels, name_of
from ..registry import Entry, check


def network(case: Case) -> Network:
    assert case.network is not None
    return case.network


@check(
    Entry(
        "initial-weights",
        "error or warning",
        "Kernels that start at one value, or with a spread that makes signals fade or grow.",
        "Units that start alike get the same gradient, and stay alike for ever.",
        "see kernel_initializer of that layer in {model}; he_normal suits ReLU",
        "one value throughout, unless it is 0 and added to something else; a spread outside Glorot "
        "/ 10 and 5 x He",
        "ours, well away from what any initializer gives; TheDeepChecker tests the same",
    ),
    needs=("copy",),
    sound=True,
)
def initial_weights(case: Case) -> Iterator[Finding]:
    if case.fits_before:
        return  # these have been trained
    graph = network(case).graph or Graph({}, {}, {}, [])
    for layer, kernel in kernels(case.model if case.model.built else network(case).model):
        values = keras.ops.convert_to_numpy(kernel)
        if is_constant(kernel):
            yield from constant_kernel(layer, kernel, graph, case.project.declared is not None)
            continue
        nested = isinstance(layer, keras.Model)
        if values.size < 16 or "embedding" in kernel.name or nested:
            continue
        if case.project.declared is None and not judged_kernel(layer, kernel):
            continue
        fan_in, fan_out = values.size / values.shape[-1], values.shape[-1]
        least = 0.1 * (2 / (fan_in + fan_out)) ** 0.5
        scale = case.project.output_scale
        if layer.name == "output" and scale is not None:
            least = min(least, 0.5 * (scale / fan_in) ** 0.5)
        most = 5 * max(2 / fan_in, 1 / fan_out) ** 0.5
        if case.project.declared is None:
            least = 0.0 if layer.name in graph.ends else least / 3
        if not least <= values.std() <= most:
            where = f"The weights '{kernel.name}' of layer {name_of(layer)}"
            yield Finding(
                "initial-weights",
                "warning",
                f"{where} start with a spread of {values.std():.2g}.",
                f"Between {least:.1g} and {most:.1g} signals keep their size from layer to "
                "layer; outside they fade or grow with each one.",
            )


def judged_kernel(layer: keras.Layer, kernel: keras.Variable) -> bool:
    """In a foreign network: plain dense and convolutional layers alone; attention's and
    recurrent kernels have shapes of their own."""
    kinds = (keras.layers.Dense, keras.layers.Conv1D, keras.layers.Conv2D)
    return isinstance(layer, kinds) and kernel.name == "kernel" and layer.trainable


def constant_kernel(
    layer: keras.Layer, kernel: keras.Variable, graph: Graph, declared: bool
) -> Iterator[Finding]:
    """A kernel of one value throughout. One of zeros may be meant where it is added to something
    else; in a script also in the last layer, whose own gradient is not nothing, and where nobody
    can tell which is which."""
    value = float(keras.ops.convert_to_numpy(kernel).flat[0])
    if not (value or declared or type(layer).__module__.startswith("keras.")):
        return  # one of several within a layer of somebody's own
    last = not declared and (layer.name in graph.ends or not graph.ends)
    if value or not (last or is_a_correction(graph, layer.name)):
        yield Finding(
            "initial-weights",
            "error",
            f"The weights '{kernel.name}' of layer {name_of(layer)} all start at {value:g}.",
        )
