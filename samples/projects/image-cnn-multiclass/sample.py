"""The embedded sample: drawn shapes, whose looks decide the target; the best score is known."""

import numpy as np
import pandas as pd

from config import Config


def draw(scores: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, float]:
    """Labels (rows, 1) for the sample's scores (rows, classes), and the best possible accuracy."""
    probabilities = np.exp(4 * scores)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    codes = (probabilities.cumsum(axis=1) < random.random((len(scores), 1))).sum(axis=1)
    names = np.array([f"class_{number}" for number in range(scores.shape[1])])
    labels = names[np.minimum(codes, len(names) - 1)]
    return labels[:, None], float(probabilities.max(axis=1).mean())


def draw_image(
    looks: np.ndarray, size: int, channels: int, random: np.random.Generator
) -> np.ndarray:
    """uint8 (size, size, channels): an ellipse on stripes. `looks`, four numbers about 0, are how
    large it is, how bright, how much taller than wide, and how dark the stripes are. Where it lies,
    the tint and the grain are left to chance and tell nothing."""
    large, bright, tall, striped = looks
    down, right = np.meshgrid(*[np.linspace(-1, 1, size)] * 2, indexing="ij")
    down, right = down + random.uniform(-0.25, 0.25), right + random.uniform(-0.25, 0.25)
    radius = 0.4 * np.exp(0.2 * large)
    distance = np.hypot(down / np.exp(0.2 * tall), right * np.exp(0.2 * tall))
    inside = 1 / (1 + np.exp((distance - radius) * size / 2))  # about a pixel of soft edge
    waves = np.sin(12 * (right + down) + random.uniform(0, 2 * np.pi))
    ground = 0.35 + (0.12 + 0.05 * striped) * waves
    grey = ground + inside * (0.7 + 0.1 * bright - ground)
    tint = 1 + 0.1 * random.uniform(-1, 1, channels) * (channels > 1)
    grain = random.normal(0, 0.03, (size, size, channels))
    return ((grey[..., None] * tint + grain).clip(0, 1) * 255).astype("uint8")


def make(config: Config) -> tuple[pd.DataFrame, float]:
    """Images and targets; and the best score there can be (`task.draw`).

    The four looks act in straight lines and in pairs. They are there to be seen, but no single
    pixel shows them.
    """
    rows, data = config.sample.rows, config.data
    random = np.random.default_rng(config.sample.sample_seed)
    looks = random.normal(size=(rows, 4)).clip(-2, 2)
    lines, bends = random.normal(size=(2, 4, config.head.output_units))
    raw = looks @ lines + 0.5 * (looks * np.roll(looks, 1, axis=1)) @ bends
    targets, best = draw((raw - raw.mean(axis=0)) / raw.std(axis=0), random)
    images = [draw_image(look, data.image_size, data.channels, random) for look in looks]
    files = [f"drawn_{place + 1}.png" for place in range(rows)]
    table = pd.DataFrame({"image": images, "file": files})
    return table.join(pd.DataFrame(targets, columns=data.targets)), best
