"""Images: those that show nothing, pixels on a wild scale, and axes in another order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from checks.seen import at_random, first_layer_sees, out_of_scale
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


def inputs(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks of this file."""
    wrong = list(axes(prepared, config))
    yield from wrong
    yield from blank_images(prepared)
    if not wrong and "backbone" not in type(config.model).model_fields:  # that one scales itself
        yield from image_scale(prepared, config)


def axes(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Images that are not (height, width, channels): convolutions would slide over colours."""
    shape, size = prepared.parts.x.shape[1:], config.data.image_size
    wanted = (size, size, config.data.channels)
    if shape != wanted:
        yield Finding(
            "axes",
            "error",
            f"Images reach the network as {shape} and not as (height, width, channels) = {wanted}.",
            "Convolutions slide over the first two axes and mix the last one.",
            "mend the order of the axes in features.py",
        )


def blank_images(prepared: Prepared) -> Iterator[Finding]:
    """Images of one colour: every pixel has the same value. There is no threshold."""
    x = prepared.parts.x.reshape(len(prepared.parts.x), -1, prepared.parts.x.shape[-1])
    blank = np.flatnonzero((x.max(axis=1) == x.min(axis=1)).all(axis=1))
    if len(blank):
        table = prepared.tables["train"]
        first = f", first {table['file'].iloc[blank[0]]}" if "file" in table else ""
        yield Finding(
            "blank-images",
            "error" if len(blank) == len(x) else "warning",
            f"{len(blank):,} of {len(x):,} training images have one colour all over{first}.",
            "A label without a picture teaches the network to guess.",
            "look at them, and remove those that are broken",
        )


def image_scale(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Pixels as the first convolution sees them (`out_of_scale`), in at most 100 images."""
    x = prepared.parts.x[at_random(len(prepared.parts.x), 100)]
    fix = 'set model.feature_scaling = "standardize", and divide by 255 nowhere else'
    scaled = config.model.feature_scaling != "none"
    yield from out_of_scale("image-scale", first_layer_sees(prepared.model, x), scaled, fix)
