"""The embedded sample: waves of one family, a few of them broken; the best score is known."""

import numpy as np
import pandas as pd

from config import Config

SHARE, NOISE = 0.05, 0.1  # of anomalies; around the wave


def make(config: Config) -> tuple[pd.DataFrame, float]:
    """Series with one in twenty an anomaly; and the best ROC AUC there can be.

    A normal series is a wave and its overtone, of a phase, strength and speed of its own, the same
    in every channel but for the sign and the noise. An anomaly sticks at its last value for a
    quarter of the time, which no wave does: whoever knows the family tells all of them, a score of
    1. No single step gives it away.
    """
    rows, channels = config.sample.rows, config.sample.features
    random = np.random.default_rng(config.sample.sample_seed)
    length = config.data.length
    steps = np.arange(length) / length
    phase, strength = random.uniform(0, 2 * np.pi, (rows, 1)), random.uniform(0.7, 1.3, (rows, 1))
    turns = 2 * np.pi * random.uniform(1.5, 2.5, (rows, 1)) * steps + phase
    waves = strength * (np.sin(turns) + 0.5 * np.sin(2 * turns))
    anomalous = random.permutation(rows) < SHARE * rows
    stuck = max(1, length // 4)
    for place in np.flatnonzero(anomalous):
        begin = random.integers(0, length - stuck + 1)
        waves[place, begin : begin + stuck] = waves[place, begin]
    signs = np.where(np.arange(channels) % 2, -1, 1)
    x = waves[:, :, None] * signs + random.normal(0, NOISE, (rows, length, channels))
    table = pd.DataFrame({"name": [f"made up {place}" for place in range(rows)]})
    table["series"] = list(x.astype("float32"))
    for name in config.data.targets:
        table[name] = np.where(anomalous, "anomaly", config.head.normal[0])
    return table, 1.0
