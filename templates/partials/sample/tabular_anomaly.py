"""The embedded sample: rows on a curved surface, a few off it; the best possible score is known."""

import numpy as np
import pandas as pd

from config import Config

SHARE, NOISE, FACTOR = 0.05, 0.1, 3.0  # of anomalies; of normal rows; how much more anomalies have


def make(config: Config) -> tuple[pd.DataFrame, float]:
    """A table of numbers with one row in twenty an anomaly; and the best ROC AUC there can be.

    Up to two free numbers decide all others: waves of them, plus noise. In an anomaly the noise is
    three times as strong, so that no number alone gives it away. The best score of a row is its
    distance from the surface, whose square has a chi-square distribution.
    """
    random = np.random.default_rng(config.sample.sample_seed)
    rows, free = config.sample.rows, min(2, config.sample.features // 2)
    bound = config.sample.features - free
    place = random.uniform(-1, 1, (rows, free))
    slopes, starts = random.normal(0, 2, (free, bound)), random.uniform(0, 2 * np.pi, bound)
    anomalous = random.permutation(rows) < SHARE * rows
    noise = NOISE * np.where(anomalous, FACTOR, 1)[:, None] * random.normal(size=(rows, bound))
    x = np.hstack([place, np.sin(place @ slopes + starts) + noise])
    table = pd.DataFrame(x, columns=[f"number_{column}" for column in range(x.shape[1])])
    words = np.where(anomalous, "anomaly", config.head.normal[0])
    for name in config.data.targets:
        table[name] = words
    normal, odd = random.chisquare(bound, (2, 1_000_000))
    return table, float((FACTOR**2 * odd > normal).mean())
