"""The embedded sample: drawn shapes with masks drawn by a slightly unsteady hand."""

import math

import numpy as np
import pandas as pd

from config import Config

SHAPES = 4  # disc, box, diamond, ring
UNSTEADY = 0.05  # how far a drawn outline lies off the true one, as a share of the radius


def inside(shape: int, down: np.ndarray, right: np.ndarray, radius: float) -> np.ndarray:
    """bool (H, W): which pixels, `down` and `right` of the centre, a shape covers."""
    if shape == 1:
        return np.maximum(abs(down), abs(right)) < 0.9 * radius
    if shape == 2:
        return abs(down) + abs(right) < 1.2 * radius
    distance = np.hypot(down, right)
    return (distance < radius) & ((shape == 0) | (distance > 0.5 * radius))


def draw_pair(
    size: int, channels: int, classes: int, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """An image, uint8 (size, size, channels), its true mask and its drawn one, int32 (size, size).

    Class 1 are discs, class 2 boxes, and so on; each shape has more than one brightness only where
    there are few classes. One more kind of shape is always there and counts as background.
    """
    down, right = np.meshgrid(*[np.linspace(-1, 1, size)] * 2, indexing="ij")
    slope = random.uniform(-0.1, 0.1, 2)
    grey = 0.3 + slope[0] * down + slope[1] * right
    true, drawn = np.zeros((2, size, size), dtype="int32")
    levels = math.ceil(classes / SHAPES)
    for _ in range(random.integers(2, 6)):
        kind = int(random.integers(classes))
        place, radius = random.uniform(-0.8, 0.8, 2), random.uniform(0.18, 0.4)
        level = (kind // SHAPES + random.uniform(0.1, 0.9)) / levels
        code = (kind + 1) % classes  # the last kind is background
        for mask, off in ((true, 1.0), (drawn, 1 + UNSTEADY * random.normal())):
            covered = inside(kind % SHAPES, down - place[0], right - place[1], radius * off)
            mask[covered] = code
            if mask is true:
                grey[covered] = 0.45 + 0.5 * level
    tint = 1 + 0.1 * random.uniform(-1, 1, channels) * (channels > 1)
    image = grey[..., None] * tint + random.normal(0, 0.08, (size, size, channels))
    return (image.clip(0, 1) * 255).astype("uint8"), true, drawn


def make(config: Config) -> tuple[pd.DataFrame, float]:
    """Images and drawn masks; and the mean IoU of the true outlines with the drawn ones: whoever
    sees every outline exactly still cannot know where the hand slipped."""
    data, classes = config.data, config.head.output_units
    random = np.random.default_rng(config.sample.sample_seed)
    pairs = [
        draw_pair(data.image_size, data.channels, classes, random)
        for _ in range(config.sample.rows)
    ]
    images, true, drawn = zip(*pairs, strict=True)
    overlaps = []
    for code in range(classes):
        exact, sketched = np.equal(true, code), np.equal(drawn, code)
        overlaps.append((exact & sketched).sum() / (exact | sketched).sum())
    files = [f"drawn_{place + 1}.png" for place in range(len(images))]
    table = pd.DataFrame({"image": images, "file": files, "mask": drawn})
    sides = {"height": data.image_size, "width": data.image_size}
    return table.assign(**sides), float(np.mean(overlaps))
