"""What reading a network's layers shows, before anything goes through it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import keras
import numpy as np
from keras import layers

from ..case import Case
from ..finding import Finding
from ..layer_graph import (
    AVERAGING,
    DROPPING,
    HARMLESS,
    NORMALIZING,
    RESCALING,
    Graph,
    behind,
    bends,
    is_one_of,
    last_layers,
    multiplies,
)
from ..network import layers_of, name_of, read_by
from ..registry import Entry, check
from ..samples import size_of

CODE = re.compile("code|latent|embed|bottleneck|picture|project|feature|z_", re.IGNORECASE)


def graph(case: Case) -> Graph:
    assert case.network is not None and case.network.graph is not None
    return case.network.graph


@check(
    Entry(
        "dropout-rate",
        "warning",
        "More than half of the units dropped.",
        "Above one half too little is left for the next layer to learn from.",
        "lower the rate to 0.5 or less",
        "a rate above 0.5",
        "UMLAUT",
    )
)
def dropout_rate(case: Case) -> Iterator[Finding]:
    kinds = (layers.Dropout, layers.SpatialDropout1D, layers.SpatialDropout2D)
    rates = {one.name: one.rate for one in layers_of(case.model) if isinstance(one, kinds)}
    if high := {name: rate for name, rate in rates.items() if rate > 0.5}:
        fact = f"Dropout takes {max(high.values()):.0%} of what passes {', '.join(high)}."
        fix = f"lower {case.words.setting('dropout')} to 0.5 or less"
        yield Finding("dropout-rate", "warning", fact, fix=fix)


@check(
    Entry(
        "capacity",
        "warning",
        "Far more weights than targets to learn from; a code as long as the sample.",
        "Such a network learns its samples by heart before it learns what they share.",
        "make the network smaller: see {model}",
        "more than 10,000 weights for each target number; a code of as many numbers as a sample",
        "ours: the rules of generated projects stay below 3,000",
    ),
    needs=("targets",),
)
def capacity(case: Case) -> Iterator[Finding]:
    weights = sum(int(np.prod(weight.shape)) for weight in case.model.trainable_weights)
    targets = sum(one.size for one in keras.tree.flatten(case.train.y))
    if not case.whole:
        targets = targets * (case.samples or 10**9) // case.train.size
    if weights > 10_000 * targets:
        fact = f"{weights:,} weights are to be learnt from {targets:,} targets."
        yield Finding("capacity", "warning", fact)
    code = case.words.settings.get("code_units", "0")
    if code.isdigit() and int(code) >= (numbers := size_of(case.train.x)):
        fact = f"The code has {code} numbers, and a sample has {numbers}."
        why = "Everything fits through, anomalies too, so that nothing comes back wrong."
        fix = "lower model.code_units to a fraction of that"
        yield Finding("capacity", "warning", fact, why, fix)


@check(
    Entry(
        "linear-stack",
        "warning",
        "Two layers that multiply with nothing that bends between them.",
        "Two linear layers in a row can say no more than one can.",
        "put an activation between them in {model}",
        "a first layer narrower than both its sides is meant, as codes are",
        "UMLAUT, NeuraLint",
    ),
    needs=("layers",),
    sound=True,
)
def linear_stack(case: Case) -> Iterator[Finding]:
    passing = (*DROPPING, "GaussianNoise", "Identity", "Flatten", *NORMALIZING, *AVERAGING)
    network = graph(case)
    for name, layer in network.operations.items():
        first = behind(network, name, passing) if multiplies(layer) else None
        if first is None or not multiplies(first) or bends(first):
            continue
        if type(layer) is not type(first) and isinstance(first, layers.SeparableConv2D):
            continue
        width, before = first.kernel.shape[-1], int(np.prod(first.kernel.shape[:-1]))
        if width >= min(before, layer.kernel.shape[-1]):
            yield Finding(
                "linear-stack",
                "warning",
                f"Nothing bends between the layers {name_of(first)} and {name_of(layer)}.",
            )


@check(
    Entry(
        "double-activation",
        "warning",
        "An activation of an activation, such as a ReLU before a softmax.",
        "The second one gets only what the first lets through, and gradients pass both.",
        "remove one of the two in {model}",
        source="NeuraLint",
    ),
    needs=("layers",),
    sound=True,
)
def double_activation(case: Case) -> Iterator[Finding]:
    network = graph(case)
    for name, layer in network.operations.items():
        if not bends(layer) or multiplies(layer):
            continue
        first = behind(network, name, HARMLESS)
        if first is not None and bends(first):
            yield Finding(
                "double-activation",
                "warning",
                f"Layer {name_of(layer)} is an activation of what {name_of(first)} has activated.",
            )


@check(
    Entry(
        "hidden-scale",
        "warning",
        "Layer normalisation of what a layer without a bias makes of the features themselves.",
        "It divides by the scale of a sample: one that is twice as large gets the same answer.",
        "give that layer in {model} its bias: use_bias=True",
        source="measured: of a single feature only the sign is left, R2 0.10 instead of 0.65",
    ),
    needs=("layers",),
    sound=True,
)
def hidden_scale(case: Case) -> Iterator[Finding]:
    network = graph(case)
    passing = (*DROPPING, "GaussianNoise", "Identity", "Flatten", *RESCALING)
    for name, layer in network.operations.items():
        first = behind(network, name, ()) if is_one_of(layer, ("LayerNormalization",)) else None
        if first is None or not multiplies(first) or first.use_bias:
            continue
        if isinstance(behind(network, first.name, passing), layers.InputLayer):
            yield Finding(
                "hidden-scale",
                "warning",
                f"Layer {name_of(layer)} normalises {name_of(first)}, which has no bias.",
            )


@check(
    Entry(
        "dropout-on-output",
        "error",
        "Dropout after the last layer that has weights.",
        "An answer that was dropped is wrong whatever the network knows.",
        "move the dropout before the last layer in {model}",
        source="the catalogue of faults: answers are set to 0 in training",
    ),
    needs=("layers",),
    sound=True,
)
def dropout_on_output(case: Case) -> Iterator[Finding]:
    for layer in last_layers(graph(case)):
        if is_one_of(layer, DROPPING) and layer.rate > 0:
            yield Finding(
                "dropout-on-output",
                "error",
                f"Layer {name_of(layer)} drops a share {layer.rate:g} of the answers themselves.",
            )


@check(
    Entry(
        "bottleneck",
        "error or warning",
        "A hidden layer of one or two units that is narrower than what it must tell; an "
        "autoencoder with a way around its code.",
        "Whatever the layers before it know has to fit through it.",
        "widen it: see the layer sizes in {model}",
        "at most 2 units, fewer than there are answers; two without an activation, or that are "
        "called a code or an embedding, are meant",
        "NeuraLint",
    ),
    needs=("layers",),
    sound=True,
)
def bottleneck(case: Case) -> Iterator[Finding]:
    network = graph(case)
    if case.project.anomalies:
        yield from past_the_code(network)
        return
    units = max((one.units for one in case.contracts), default=0)
    ends = [*last_layers(network)]
    if not units:
        return
    restores = case.contracts[0].answer in ("numbers", "own-loss") and units > 2
    if case.project.declared is None and restores:
        return  # an autoencoder's code is narrow on purpose
    if case.project.declared is not None and restored(case):
        return
    for layer in network.operations.values():
        recurrent = isinstance(layer, layers.LSTM | layers.GRU)
        if layer in ends or not (recurrent or multiplies(layer)):
            continue
        width = layer.units if hasattr(layer, "units") else layer.filters
        gate = any(
            is_one_of(network.operations[one], ("Multiply", "Softmax", "Activation", "Dot"))
            for one in network.readers[layer.name]
        )
        if width <= 2 and (width < units or width == 1) and read_by(layer).shape[-1] > width:
            if gate and case.project.declared is None:
                continue  # such as the weights of attention
            if width == 2 and (not bent(network, layer) or CODE.search(layer.name)):
                continue  # two numbers to draw a picture of
            yield Finding(
                "bottleneck",
                "warning",
                f"Layer {name_of(layer)} has {width} unit(s); {units} answer(s) must pass it.",
            )


def bent(network: Graph, layer: keras.Layer) -> bool:
    """Whether anything bends what a layer makes, in it or before the next that multiplies."""
    if bends(layer):
        return True
    after = [network.operations[one] for one in network.readers[layer.name]]
    return any(bent(network, one) for one in after if not multiplies(one))


def restored(case: Case) -> bool:
    """Whether targets are the samples themselves."""
    x, y = case.known.x, case.known.y
    same = isinstance(x, np.ndarray) and isinstance(y, np.ndarray) and x.shape == y.shape
    return bool(same and np.array_equal(x[:50], y[:50]))


def past_the_code(network: Graph) -> Iterator[Finding]:
    """An autoencoder whose answer is reached from the input by a way around its code."""
    ahead = ["output"] if {"code", "output"} <= {*network.operations} else []
    seen = {"code", *ahead}
    while ahead:
        name = ahead.pop()
        if isinstance(network.operations[name], layers.InputLayer):
            yield Finding(
                "bottleneck",
                "error",
                "What is restored is reached from the input by a way around the layer 'code'.",
                "Then everything can be copied, anomalies too, and no error tells them.",
                "let nothing but the code reach the layers after it in {model}",
            )
        ahead += [source for source in network.sources[name] if source not in seen]
        seen |= {*network.sources[name]}
