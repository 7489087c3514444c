"""Images that are turned over, or that show nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from keras import layers

from ..case import Case
from ..finding import Finding
from ..network import layers_of
from ..registry import Entry, check
from ..samples import at_random


@check(
    Entry(
        "axes",
        "error or warning",
        "Images that are not (height, width, channels).",
        "Convolutions slide over the first two axes and mix the last one.",
        "mend the order of the axes in {inputs}: numpy.moveaxis(x, 1, -1)",
        "another shape than the one declared; elsewhere channels that come first",
        "UMLAUT and TheDeepChecker look for it by noisier signs",
    ),
    needs=("one input",),
)
def axes(case: Case) -> Iterator[Finding]:
    shape, wanted = case.known.x.shape[1:], case.project.image_shape
    if wanted is not None and shape != wanted:
        yield Finding(
            "axes",
            "error",
            f"Images reach the network as {shape} and not as (height, width, channels) = {wanted}.",
        )
    if wanted is None and len(shape) == 3 and case.network is not None:
        convolutions = [
            one for one in layers_of(case.network.model) if isinstance(one, layers.Conv2D)
        ]
        first = convolutions[0].data_format if convolutions else "channels_first"
        if first == "channels_last" and shape[0] in (1, 3) and shape[1] == shape[2] > 4:
            yield Finding(
                "axes",
                "warning",
                f"Images reach the network as {shape}: the first axis looks like channels.",
            )
        elif first == "channels_last" and shape[-1] == 3 and scrambled(case.known.x):
            yield Finding(
                "axes",
                "warning",
                f"Images of shape {shape} are smooth only where they are read as "
                f"{(3, *shape[:2])}: they were reshaped, and not turned.",
                "Pixels and colours are then mixed up, and no neighbour is one.",
                "numpy.moveaxis(x, 1, -1) in place of reshape",
            )


def roughness(x: np.ndarray) -> float:
    """How much neighbours, up and down and left and right, differ, by how much pixels do."""
    steps = [np.abs(np.diff(x, axis=axis)).mean() for axis in (1, 2)]
    return float(np.mean(steps) / (x.std() + 1e-9))


def scrambled(x: np.ndarray) -> bool:
    """Whether images (samples, height, width, 3) are smooth only with their numbers read channel
    by channel."""
    some = x[at_random(len(x), 100)].astype("float32")
    turned = np.moveaxis(some.reshape(len(some), 3, *some.shape[1:3]), 1, -1)
    return roughness(turned) < 0.6 * roughness(some)


ALL_BLANK = (
    "look at one before and after each step of {inputs}: were pixels divided and cast to whole "
    "numbers, or arrays made and never filled?"
)


@check(
    Entry(
        "blank-images",
        "error or warning",
        "Images of one colour: every pixel has the same value.",
        "A label without a picture teaches the network to guess.",
        "look at them, and remove those that are broken",
        "there is no threshold; an error where all are",
    ),
    needs=("one input",),
    sound=True,
)
def blank_images(case: Case) -> Iterator[Finding]:
    if case.known.x.ndim != 4:
        return
    x = case.known.x.reshape(case.known.size, -1, case.known.x.shape[-1])
    blank = np.flatnonzero((x.max(axis=1) == x.min(axis=1)).all(axis=1))
    if len(blank) and (case.project.declared is not None or len(blank) > 0.01 * len(x)):
        named = case.project.named_sample(int(blank[0])) if case.project.named_sample else ""
        yield Finding(
            "blank-images",
            "error" if len(blank) == len(x) else "warning",
            f"{len(blank):,} of {len(x):,} training images have one colour all over"
            f"{f', first {named}' if named else ''}.",
            fix=ALL_BLANK if len(blank) == len(x) else "",
        )
