"""Which part a row belongs to, and how samples are known again."""

import numpy as np
import pandas as pd

from config import Config
from data import keys


def groups(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (windows,): those that forecast much the same steps have one key, where there are
    enough of them for ten keys."""
    windows = len(table) - config.data.window - config.data.horizon + 1
    alike = max(1, min(config.data.horizon, windows // 10))
    return np.arange(windows, dtype=np.uint64) // np.uint64(alike)


def part_column(config: Config) -> str:
    """None: parts follow one another in time."""
    return ""


def marks(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows, 2): what each row is known by, its time alone and with all that it holds."""
    times = pd.util.hash_pandas_object(table[config.data.time_column], index=False)
    return np.column_stack([times, keys(table, config)])
