"""How numbers are shared out evenly among the parts."""

import numpy as np
import pandas as pd

from config import Config


def strata(table: pd.DataFrame, config: Config, least: float) -> np.ndarray:
    """(rows,): the first target, cut into at most ten ranges of equally many rows."""
    ranges = int(min(10, len(table) // least))
    numbers = table[config.data.targets[0]].to_numpy().astype(float)
    return pd.qcut(numbers, ranges, labels=False, duplicates="drop")
