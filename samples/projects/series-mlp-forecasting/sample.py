"""The embedded sample: rows in time made on the spot, whose best possible score is known."""

import numpy as np
import pandas as pd

from config import Config

MEMORY, SHOCK = 0.8, 1.0  # what is left of the noise an hour later; the new noise of each hour


def make(config: Config) -> tuple[pd.DataFrame, float]:
    """Hourly rows, and the best RMSE there can be.

    Each column is a daily wave of two tones, a slow rise, and noise that remembers: a share of each
    hour's noise is still there the hour after. Wave and rise can be learnt; the new noise cannot.
    What it adds up to over the horizon, step by step, is the best RMSE.
    """
    data, rows = config.data, config.sample.rows
    random = np.random.default_rng(config.sample.sample_seed)
    others = max(0, config.sample.features - len(data.targets))
    columns = [*data.targets, *(data.inputs or [f"other_{place}" for place in range(others)])]
    columns = list(dict.fromkeys(columns))
    hours = np.arange(rows)[:, None]
    turns = 2 * np.pi * (hours / 24 + random.random(len(columns)))
    values = 50 + 6 * np.sin(turns) + 3 * np.sin(2 * turns + 1) + 10 * hours / rows
    shocks, noise = random.normal(0, SHOCK, size=(rows, len(columns))), np.zeros(len(columns))
    for hour, shock in enumerate(shocks):
        noise = MEMORY * noise + shock
        values[hour] += noise
    ahead = np.arange(1, data.horizon + 1)
    variance = SHOCK**2 * (1 - MEMORY ** (2 * ahead)) / (1 - MEMORY**2)
    times = pd.date_range("2024-01-01", periods=rows, freq="h")
    table = pd.DataFrame(values, columns=columns)
    table.insert(0, data.time_column, times)
    return table, float(np.sqrt(variance.mean()))
