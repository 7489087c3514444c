"""What a network does in training and not in use, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from ..case import Case
from ..finding import Finding
from ..layer_graph import MOVING, is_one_of
from ..network import layers_of, name_of
from ..registry import Entry, check
from .layers import graph

GAP = Entry(
    "train-inference-gap",
    "error or warning",
    "A network that does something else in training than in use: statistics along the wrong axis "
    "or that never arrive, images moved without their masks.",
    "In use the network works with other statistics than it learned with.",
    "leave out `axis` in {model}, and take a momentum of 0.9 to 0.99",
    "statistics that are still half those of the start after all steps; samples that are learned "
    "in training mode and answered wrong in inference mode",
    "TheDeepChecker",
)


@check(GAP, needs=("layers", "steps"), sound=True)
def batch_normalization(case: Case) -> Iterator[Finding]:
    steps = case.steps or 0
    for layer in graph(case).operations.values():
        if not is_one_of(layer, ("BatchNormalization",)):
            continue
        said, rank = "", len(layer.output.shape)
        if layer.axis % rank != rank - 1:
            said = f"keeps its statistics along axis {layer.axis} of {rank}; the units are the last"
        elif (left := layer.momentum**steps) > 0.5:
            said = f"still has {left:.0%} of its first statistics after all {steps:,} steps"
        if said:
            why = "In training it uses each batch's own statistics, in use the ones that it kept."
            fact = f"Layer {name_of(layer)} {said}."
            yield Finding("train-inference-gap", "warning", fact, why)


@check("train-inference-gap", needs=("copy",))
def batches_of_one(case: Case) -> Iterator[Finding]:
    """Of one sample the mean is the sample itself: of a row of numbers nothing is left, of images
    and series what differs between their places."""
    if case.batch_size != 1 or case.network is None:
        return
    for layer in layers_of(case.network.model):
        if is_one_of(layer, ("BatchNormalization",)) and layer.trainable:
            rows = getattr(layer.input_spec, "ndim", None) == 2
            left = "the same answer for every sample" if rows else "each sample by itself"
            yield Finding(
                "train-inference-gap",
                "error" if rows else "warning",
                f"Layer {name_of(layer)} works on batches of one sample: {left}, in training.",
                "In training it uses each batch's own statistics, in use the ones that it kept.",
                "batch_size=32; or LayerNormalization in its place",
            )
            return


@check("train-inference-gap", needs=("layers",), sound=True)
def moved_inputs(case: Case) -> Iterator[Finding]:
    """Images that are moved in training while their masks stay: an answer for each pixel, and a
    layer of augmentation that moves pixels."""
    network = graph(case)
    if len(network.operations[network.end].output.shape) != 4:
        return
    for layer in network.operations.values():
        if is_one_of(layer, MOVING):
            yield Finding(
                "train-inference-gap",
                "error",
                f"Layer {name_of(layer)} moves the pixels of an image, and not those of its mask.",
                "In training the answer for a pixel is compared with another pixel's class.",
                f"take the layer out of {case.words.model}, or move images and masks together",
            )
