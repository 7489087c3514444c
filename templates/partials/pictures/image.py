"""Images in pictures: some of them with their targets, their mean, and how bright they are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from config import Config
from report.page import Block, before_and_after, named, new_figure
from train import Prepared


def blocks(
    prepared: Prepared, config: Config, places: np.ndarray, seen: np.ndarray
) -> Iterator[Block]:
    """Blocks of the page, of the training images at `places`; `seen`, (images, H, W, C), is what
    the network's normalisation makes of them."""
    x = prepared.parts.x
    random = np.random.default_rng(config.training.seed)
    chosen = random.permutation(places)[:24]
    table = prepared.tables["train"].iloc[chosen]
    figure = new_figure(11, 1.95 * -(-len(chosen) // 8))
    panels = figure.subplots(-(-len(chosen) // 8), 8, squeeze=False).ravel()
    for axes in panels:
        axes.axis("off")
    for axes, place, (_, row) in zip(panels, chosen, table.iterrows(), strict=False):
        axes.imshow(as_drawn(x[place]), cmap="gray", vmin=0, vmax=255)
        axes.set_title(named(row, config.data.targets), fontsize=8)
    size = "×".join(map(str, x.shape[1:3]))
    words = f"Drawn at random, {size} pixels, as the network gets them, before augmentation."
    yield Block("Images", words, figure)
    yield of_means(x[places])
    yield of_pixels(x[places], seen)


def as_drawn(image: np.ndarray) -> np.ndarray:
    """(H, W, 3) as it is, (H, W, 1) as (H, W)."""
    return image[..., 0] if image.shape[-1] == 1 else image


def of_means(x: np.ndarray) -> Block:
    """What all images have in common, and where they differ."""
    figure = new_figure(5, 2.6)
    pair = (x.mean(axis=0), x.std(axis=0))
    panels = figure.subplots(1, 2)
    for axes, values, title in zip(panels, pair, ("mean", "deviation"), strict=True):
        scaled = 255 * values / max(1.0, values.max()) if title == "deviation" else values
        axes.imshow(as_drawn(scaled.astype("uint8")), cmap="gray", vmin=0, vmax=255)
        axes.set_title(title, fontsize=9)
        axes.axis("off")
    words = "A sharp mean shows what is in every image: a frame, a date, a watermark. Black in the "
    return Block("What the images share", words + "deviation are pixels that never change.", figure)


def of_pixels(x: np.ndarray, seen: np.ndarray) -> Block:
    """Pixels of each colour as they were read and as the network sees them."""
    before, after = (some.reshape(-1, some.shape[-1]) for some in (x, seen))
    few = np.random.default_rng(0).permutation(len(before))[:50_000]
    names = ["grey"] if x.shape[-1] == 1 else ["red", "green", "blue"]
    words = "Above as they were read, 0 to 255; below as the network sees them."
    return Block("Pixels", words, before_and_after(before[few], after[few], names))
