"""What reading a network's layers shows, before anything goes through it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from keras import layers

from checks.graph import (
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
from checks.judging import activation_of
from checks.probing import name_of, read_by
from config import HeadConfig
from findings import Finding


def structure(graph: Graph, head: HeadConfig) -> Iterator[Finding]:
    """All checks of this file."""
    yield from linear_stack(graph)
    yield from double_activation(graph)
    yield from dropout_on_output(graph)
    yield from hidden_scale(graph)
    if activation_of(head):
        yield from bottleneck(graph, getattr(head, "output_units", 1))
    else:  # an autoencoder, whose narrow code is meant
        yield from past_the_code(graph)


def linear_stack(graph: Graph) -> Iterator[Finding]:
    """Two layers that multiply with nothing that bends between them: one would do (UMLAUT,
    NeuraLint). A first one that is narrower than both its sides is meant, as codes are."""
    passing = (*DROPPING, "GaussianNoise", "Identity", "Flatten", *NORMALIZING, *AVERAGING)
    for name, layer in graph.operations.items():
        first = behind(graph, name, passing) if multiplies(layer) else None
        if first is None or not multiplies(first) or bends(first):
            continue
        width, before = first.kernel.shape[-1], int(np.prod(first.kernel.shape[:-1]))
        if width >= min(before, layer.kernel.shape[-1]):
            yield Finding(
                "linear-stack",
                "warning",
                f"Nothing bends between the layers {name_of(first)} and {name_of(layer)}.",
                "Two linear layers in a row can say no more than one can.",
                "put an activation between them in model.py: layers.Activation(config.activation)",
            )


def double_activation(graph: Graph) -> Iterator[Finding]:
    """An activation of an activation (NeuraLint), such as a ReLU before a softmax."""
    for name, layer in graph.operations.items():
        if not bends(layer) or multiplies(layer):
            continue
        first = behind(graph, name, HARMLESS)
        if first is not None and bends(first):
            yield Finding(
                "double-activation",
                "warning",
                f"Layer {name_of(layer)} is an activation of what {name_of(first)} has activated.",
                "The second one gets only what the first lets through, and gradients pass both.",
                "remove one of the two in model.py",
            )


def hidden_scale(graph: Graph) -> Iterator[Finding]:
    """Layer normalisation of what a layer without a bias makes of the scaled features: it divides
    by their scale, and x and 2x get the same answer. With one feature only its sign is left."""
    passing = (*DROPPING, "GaussianNoise", "Identity", "Flatten", *RESCALING)
    for name, layer in graph.operations.items():
        first = behind(graph, name, ()) if is_one_of(layer, ("LayerNormalization",)) else None
        if first is None or not multiplies(first) or first.use_bias:
            continue
        if isinstance(behind(graph, first.name, passing), layers.InputLayer):
            yield Finding(
                "hidden-scale",
                "warning",
                f"Layer {name_of(layer)} normalises {name_of(first)}, which has no bias.",
                "It divides by the scale of a sample: one that is twice as large gets the same "
                "answer.",
                "give that layer in model.py its bias: use_bias=True",
            )


def dropout_on_output(graph: Graph) -> Iterator[Finding]:
    """Dropout after the last layer that has weights: in training, answers are set to nothing."""
    for layer in last_layers(graph):
        if is_one_of(layer, DROPPING) and layer.rate > 0:
            yield Finding(
                "dropout-on-output",
                "error",
                f"Layer {name_of(layer)} drops a share {layer.rate:g} of the answers themselves.",
                "An answer that was dropped is wrong whatever the network knows.",
                "move the dropout before the last layer in model.py",
            )


def bottleneck(graph: Graph, units: int) -> Iterator[Finding]:
    """A hidden layer of one or two units that is narrower than what it must tell (NeuraLint)."""
    ends = [*last_layers(graph)]
    for layer in graph.operations.values():
        recurrent = isinstance(layer, layers.LSTM | layers.GRU)
        if layer in ends or not (recurrent or multiplies(layer)):
            continue
        width = layer.units if hasattr(layer, "units") else layer.filters
        if width <= 2 and (width < units or width == 1) and read_by(layer).shape[-1] > width:
            yield Finding(
                "bottleneck",
                "warning",
                f"Layer {name_of(layer)} has {width} unit(s); {units} answer(s) must pass it.",
                "Whatever the layers before it know has to fit through it.",
                "widen it: see the layer sizes in [model]",
            )


def past_the_code(graph: Graph) -> Iterator[Finding]:
    """An autoencoder whose answer is reached from the input by a way around its code."""
    ahead = ["output"] if {"code", "output"} <= {*graph.operations} else []
    seen = {"code", *ahead}
    while ahead:
        name = ahead.pop()
        if isinstance(graph.operations[name], layers.InputLayer):
            yield Finding(
                "bottleneck",
                "error",
                "What is restored is reached from the input by a way around the layer 'code'.",
                "Then everything can be copied, anomalies too, and no error tells them.",
                "let nothing but the code reach the layers after it in model.py",
            )
        ahead += [source for source in graph.sources[name] if source not in seen]
        seen |= {*graph.sources[name]}
