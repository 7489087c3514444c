"""Images and masks in pictures: some pairs, one laid over the other, and how bright they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .data_view import DataView
from .image import as_drawn, pixels_block
from .page import Block, new_figure

SHOWN = 8  # classes in one picture


def blocks(view: DataView) -> Iterator[Block]:
    """Blocks of the page."""
    chosen = view.chosen(8)
    figure = new_figure(11, 4.6)
    panels = figure.subplots(3, len(chosen), squeeze=False)
    for axes in panels.flat:
        axes.axis("off")
    most = max(9, len(view.classes) - 1)
    shades: dict[str, Any] = {"cmap": "tab10", "vmin": 0, "vmax": most, "interpolation": "nearest"}
    for column, row in zip(panels.T, chosen, strict=True):
        image, mask = as_drawn(view.x[row]), view.y[row]
        column[0].imshow(image, cmap="gray", vmin=0, vmax=255)
        column[1].imshow(np.ma.masked_less(mask, 0), **shades)  # void stays white
        column[2].imshow(image, cmap="gray", vmin=0, vmax=255)
        column[2].imshow(np.ma.masked_less_equal(mask, 0), alpha=0.5, **shades)
    words = "Image, mask, and the mask over the image: outlines that do not lie on what they "
    yield Block("Images and masks", words + "outline would be learnt as they are.", figure)
    yield places_block(view)
    yield pixels_block(view)


def places_block(view: DataView) -> Block:
    """Where in the image each class lies, over all masks."""
    shown = min(len(view.classes), SHOWN)
    figure = new_figure(1.9 * shown, 2.2)
    panels = figure.subplots(1, shown, squeeze=False)[0]
    for code, axes in enumerate(panels):
        axes.imshow((view.y == code).mean(axis=0), cmap="viridis", vmin=0)
        axes.set_title(f"class {code}", fontsize=9)
        axes.axis("off")
    words = "The brighter, the more masks have the class there. What always lies in one place may "
    return Block("Where the classes lie", words + "be learnt by its place alone.", figure)
