"""What scaling leaves of images: too few pixels, pixels that were made up, other proportions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from keras import layers

from ..case import Case
from ..finding import Finding
from ..network import layers_of, read_by
from ..registry import Entry, check

COARSE, SHRUNK = 64, 16  # a side of so many pixels at most, and a sixteenth of what it was or less
BLOWN_UP = 8  # times as long as the side was, and more
SQUASHED = 2.0  # times as wide, or as high, as it was beside the other side

DETAIL = Entry(
    "image-detail",
    "warning",
    "Images scaled to so few pixels that what they show is gone, to many more than there were, or "
    "to other proportions.",
    "What is not in the pixels any more cannot be learnt; pixels that are made up take time and "
    "tell nothing.",
    "scale to a side that still shows what the classes differ in",
    "to 64 pixels or less, and a sixteenth of the side; to more than 8 times the side; proportions "
    "changed by more than 2; each in half of the images",
    "ours",
)


@check(DETAIL, needs=("file sizes", "one input"))
def image_detail(case: Case) -> Iterator[Finding]:
    """In a project, the sizes of some training files beside the size that they are brought to."""
    assert case.project.file_sizes is not None
    sizes = case.project.file_sizes()
    if len(sizes) and case.known.x.ndim == 4:
        height, width = case.known.x.shape[1:3]
        usual = int(2 ** np.ceil(np.log2(max(COARSE + 1, np.median(sizes.max(axis=1)) / 8))))
        better = {
            "small": f"set data.image_size = {min(256, usual)}",
            "large": f"set data.image_size = {max(16, int(np.median(sizes.max(axis=1))))}",
            "wide": "cut the images to squares that show what matters, or add a margin to the "
            "short side, before they are read",
        }
        yield from scaled(sizes, (width, height), better)


@check("image-detail", needs=("layers", "one input"))
def resizing_layers(case: Case) -> Iterator[Finding]:
    """In a script, layers that scale images."""
    assert case.network is not None
    if case.project.declared is not None or case.known.x.ndim != 4:
        return
    better = {
        "small": "a larger size in Resizing: 128 to 256 pixels show what photographs are of",
        "large": "a size in Resizing near that of the images",
        "wide": "Resizing(..., pad_to_aspect_ratio=True)",
    }
    for layer in layers_of(case.network.model):
        if isinstance(layer, layers.Resizing):
            height, width = read_by(layer).shape[1:3]
            if height and width:
                kept = layer.crop_to_aspect_ratio or layer.pad_to_aspect_ratio
                size = (layer.width, layer.height)
                yield from scaled(np.array([[width, height]]), size, better, not kept)


def scaled(
    sizes: np.ndarray, to: tuple[int, int], better: dict[str, str], squashes: bool = True
) -> Iterator[Finding]:
    """What is wrong with scaling images of `sizes`, (images, 2), width and height, to one size."""
    sides = sizes.max(axis=1)
    width, height = np.median(sizes, axis=0)
    shown = f"{width:.0f} x {height:.0f} pixels are scaled to {to[0]} x {to[1]}"
    smaller, ratio = sides / max(to), (sizes[:, 0] / sizes[:, 1]) / (to[0] / to[1])
    if max(to) <= COARSE and (smaller >= SHRUNK).mean() >= 0.5:
        why = "Of the detail that tells them apart hardly anything is left."
        yield Finding("image-detail", "warning", f"Images of {shown}.", why, better["small"])
    elif (smaller < 1 / BLOWN_UP).mean() >= 0.5:
        why = "Nearly all pixels are made up: they take time and memory, and tell nothing."
        yield Finding("image-detail", "warning", f"Images of {shown}.", why, better["large"])
    away = np.maximum(ratio, 1 / ratio)
    if squashes and (away > SQUASHED).mean() >= 0.5:
        yield Finding(
            "image-detail",
            "warning",
            f"Images of {shown}: their proportions change by {np.median(away):.1f}.",
            "Shapes are squashed together, and detail along the longer side is lost.",
            better["wide"],
        )
