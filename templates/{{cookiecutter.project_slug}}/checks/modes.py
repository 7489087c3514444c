"""What a network does in training and not in use, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from checks.graph import MOVING, Graph, is_one_of
from checks.probing import name_of
from findings import Finding


def modes(graph: Graph, steps: int) -> Iterator[Finding]:
    """All checks of this file, for a network that is to be trained for so many steps."""
    yield from batch_norm(graph, steps)
    yield from moved_inputs(graph)


def batch_norm(graph: Graph, steps: int) -> Iterator[Finding]:
    """Batch normalisation over another axis than the units, which are last (TheDeepChecker); or one
    whose statistics are, after all `steps` of training, still half those of the start."""
    for layer in graph.operations.values():
        if not is_one_of(layer, ("BatchNormalization",)):
            continue
        said, rank = "", len(layer.output.shape)
        if layer.axis % rank != rank - 1:
            said = f"keeps its statistics along axis {layer.axis} of {rank}; the units are the last"
        elif (left := layer.momentum**steps) > 0.5:
            said = f"still has {left:.0%} of its first statistics after all {steps:,} steps"
        if said:
            yield Finding(
                "train-inference-gap",
                "warning",
                f"Layer {name_of(layer)} {said}.",
                "In training it uses each batch's own statistics, in use the ones that it kept.",
                "leave out `axis` in model.py, and take a momentum of 0.9 to 0.99",
            )


def moved_inputs(graph: Graph) -> Iterator[Finding]:
    """Images that are moved in training while their masks stay: an answer for each pixel, and a
    layer of augmentation that moves pixels."""
    if len(graph.operations[graph.end].output.shape) != 4:
        return
    for layer in graph.operations.values():
        if is_one_of(layer, MOVING):
            yield Finding(
                "train-inference-gap",
                "error",
                f"Layer {name_of(layer)} moves the pixels of an image, and not those of its mask.",
                "In training the answer for a pixel is compared with another pixel's class.",
                "take it out of features.py, or move images and masks together",
            )
