"""Images and masks in pictures: some pairs, one laid over the other, and how bright they are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from config import Config
from report.page import Block, before_and_after, new_figure
from train import Prepared


def blocks(
    prepared: Prepared, config: Config, places: np.ndarray, seen: np.ndarray
) -> Iterator[Block]:
    """Blocks of the page, of the training images at `places`; `seen`, (images, H, W, C), is what
    the network's normalisation makes of them."""
    x, y = prepared.parts.x, prepared.parts.y
    chosen = np.random.default_rng(config.training.seed).permutation(places)[:8]
    figure = new_figure(11, 4.6)
    panels = figure.subplots(3, len(chosen), squeeze=False)
    for axes in panels.flat:
        axes.axis("off")
    shades = {"cmap": "tab10", "vmin": 0, "vmax": max(9, int(y.max())), "interpolation": "nearest"}
    for column, place in zip(panels.T, chosen, strict=True):
        image = x[place, ..., 0] if x.shape[-1] == 1 else x[place]
        column[0].imshow(image, cmap="gray", vmin=0, vmax=255)
        column[1].imshow(y[place], **shades)
        column[2].imshow(image, cmap="gray", vmin=0, vmax=255)
        covered = np.ma.masked_equal(y[place], 0)
        column[2].imshow(covered, alpha=0.5, **shades)
    words = "Image, mask, and the mask over the image: outlines that do not lie on what they "
    yield Block("Images and masks", words + "outline would be learnt as they are.", figure)
    yield of_places(y[places], len(prepared.target.classes))
    yield of_pixels(x[places], seen)


def of_places(y: np.ndarray, classes: int) -> Block:
    """Where in the image each class lies, over all masks."""
    shown = min(classes, 8)
    figure = new_figure(1.9 * shown, 2.2)
    panels = figure.subplots(1, shown, squeeze=False)[0]
    for code, axes in enumerate(panels):
        axes.imshow((y == code).mean(axis=0), cmap="viridis", vmin=0)
        axes.set_title(f"class {code}", fontsize=9)
        axes.axis("off")
    words = "The brighter, the more masks have the class there. What always lies in one place may "
    return Block("Where the classes lie", words + "be learnt by its place alone.", figure)


def of_pixels(x: np.ndarray, seen: np.ndarray) -> Block:
    """Pixels of each colour as they were read and as the network sees them."""
    before, after = (some.reshape(-1, some.shape[-1]) for some in (x, seen))
    few = np.random.default_rng(0).permutation(len(before))[:50_000]
    names = ["grey"] if x.shape[-1] == 1 else ["red", "green", "blue"]
    words = "Above as they were read, 0 to 255; below as the network sees them."
    return Block("Pixels", words, before_and_after(before[few], after[few], names))
