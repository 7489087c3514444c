"""Images in pictures: some of them with their targets, their mean, and how bright they are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .data_view import DataView
from .page import Block, before_and_after, new_figure

PIXELS = 50_000  # that distributions are drawn of, at random


def blocks(view: DataView) -> Iterator[Block]:
    """Blocks of the page."""
    chosen = view.chosen(24)
    rows = -(-len(chosen) // 8)
    figure = new_figure(11, 1.95 * rows)
    panels = figure.subplots(rows, 8, squeeze=False).ravel()
    for axes in panels:
        axes.axis("off")
    for axes, row in zip(panels, chosen, strict=False):
        axes.imshow(as_drawn(view.x[row]), cmap="gray", vmin=0, vmax=255)
        axes.set_title(view.target_of(row), fontsize=8)
    size = "×".join(map(str, view.x.shape[1:3]))
    words = f"Drawn at random, {size} pixels, as the network gets them, before augmentation."
    yield Block("Images", words, figure)
    yield mean_block(view)
    yield pixels_block(view)


def as_drawn(image: np.ndarray) -> np.ndarray:
    """(H, W, 3) as it is, (H, W, 1) as (H, W)."""
    return image[..., 0] if image.shape[-1] == 1 else image


def mean_block(view: DataView) -> Block:
    """What all images have in common, and where they differ."""
    mean, deviation = view.x.mean(axis=0), view.x.std(axis=0)
    brightened = 255 * deviation / max(1.0, deviation.max())
    figure = new_figure(5, 2.6)
    panels = figure.subplots(1, 2)
    for axes, values, title in zip(panels, (mean, brightened), ("mean", "deviation"), strict=True):
        axes.imshow(as_drawn(values.astype("uint8")), cmap="gray", vmin=0, vmax=255)
        axes.set_title(title, fontsize=9)
        axes.axis("off")
    words = "A sharp mean shows what is in every image: a frame, a date, a watermark. Black in the "
    return Block("What the images share", words + "deviation are pixels that never change.", figure)


def pixels_block(view: DataView) -> Block:
    """Pixels of each colour as they were read and as the network sees them."""
    before, after = (some.reshape(-1, some.shape[-1]) for some in (view.x, view.seen))
    few = np.random.default_rng(view.case.seed).permutation(len(before))[:PIXELS]
    names = ["grey"] if before.shape[-1] == 1 else ["red", "green", "blue"]
    words = "Above as they were read, 0 to 255; below as the network sees them."
    return Block("Pixels", words, before_and_after(before[few], after[few], names))
