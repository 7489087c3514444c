"""The embedded sample: series made on the spot, whose best possible score is known."""

import numpy as np
import pandas as pd

from config import Config
from draw import draw


def make(config: Config) -> tuple[pd.DataFrame, float]:
    """Series of unequal length, and the best score there can be (`task.draw`).

    Four hidden numbers shape a series: the frequency and the amplitude of its wave, its trend, and
    the height of a short burst, which comes at any time. They also decide the target, in straight
    lines and in pairs. Every channel shows all four, with a phase and noise of its own.
    """
    rows, channels = config.sample.rows, config.sample.features
    random = np.random.default_rng(config.sample.sample_seed)
    hidden = random.uniform(-1, 1, size=(rows, 4))
    lines, bends = random.normal(size=(2, 4, config.head.output_units))
    raw = hidden @ lines + (hidden * np.roll(hidden, 1, axis=1)) @ bends
    targets, best = draw((raw - raw.mean(axis=0)) / raw.std(axis=0), random)
    longest = config.data.length
    lengths = random.integers(-(-3 * longest // 4), longest + 1, size=rows)
    series = []
    for (frequency, amplitude, trend, height), length in zip(hidden, lengths, strict=True):
        steps = np.linspace(0, 1, length)[:, None]
        phases = random.uniform(0, 2 * np.pi, size=channels)
        wave = 2**amplitude * np.sin(2 * np.pi * (4 + 2 * frequency) * steps + phases)
        burst = 3 * height * np.exp(-(((steps - random.uniform(0.1, 0.9)) / 0.05) ** 2))
        noise = random.normal(0, 0.1, size=(length, channels))
        series.append((wave + 2 * trend * steps + burst + noise).astype("float32"))
    table = pd.DataFrame({"name": [f"made up {place}" for place in range(rows)], "series": series})
    return table.join(pd.DataFrame(targets, columns=config.data.targets)), best
