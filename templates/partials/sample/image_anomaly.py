"""The embedded sample: pictures of cloth, some with a blot or a cut; the best score is known."""

import numpy as np
import pandas as pd

from config import Config

SHARE, MISTAKEN = 0.1, 0.05  # of anomalies; of those that are marked although nothing is wrong


def draw_cloth(size: int, channels: int, flawed: bool, random: np.random.Generator) -> np.ndarray:
    """uint8 (size, size, channels): threads both ways, a little shifted, in light that varies;
    where `flawed`, with a blot or a cut somewhere."""
    down, right = np.meshgrid(*[np.linspace(-1, 1, size)] * 2, indexing="ij")
    shift = random.uniform(-0.6, 0.6, 2)
    grey = 0.5 + 0.12 * np.sin(10 * down + shift[0]) + 0.12 * np.sin(10 * right + shift[1])
    slope = random.uniform(-0.08, 0.08, 2)
    grey += slope[0] * down + slope[1] * right + random.uniform(-0.1, 0.1)
    if flawed:
        place, angle = random.uniform(-0.7, 0.7, 2), random.uniform(0, np.pi)
        along = (down - place[0]) * np.cos(angle) + (right - place[1]) * np.sin(angle)
        across = (right - place[1]) * np.cos(angle) - (down - place[0]) * np.sin(angle)
        length, width = [(0.25, 0.2), (0.6, 0.06)][random.integers(2)]  # a blot, a cut
        spot = np.exp(-((along / length) ** 4) - (across / width) ** 4)
        grey += spot * (random.choice([0.0, 1.0]) - grey) * random.uniform(0.5, 0.9)
    grain = random.normal(0, 0.03, (size, size, channels))
    return ((grey[..., None] + grain).clip(0, 1) * 255).astype("uint8")


def make(config: Config) -> tuple[pd.DataFrame, float]:
    """Images, one in ten marked as an anomaly; and the best ROC AUC there can be.

    One mark in twenty is a mistake, on cloth without a flaw: those no score can tell from normal.
    """
    rows, data = config.sample.rows, config.data
    random = np.random.default_rng(config.sample.sample_seed)
    marked = random.permutation(rows) < SHARE * rows
    flawed = marked & (random.random(rows) > MISTAKEN)
    images = [draw_cloth(data.image_size, data.channels, bool(flaw), random) for flaw in flawed]
    files = [f"drawn_{place + 1}.png" for place in range(rows)]
    table = pd.DataFrame({"image": images, "file": files})
    words = np.where(marked, "anomaly", config.head.normal[0])
    for name in data.targets:
        table[name] = words
    return table, float(1 - (~flawed[marked]).mean() / 2)
