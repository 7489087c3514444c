"""How classes are shared out evenly among the parts."""

import numpy as np
import pandas as pd

from config import Config


def strata(table: pd.DataFrame, config: Config, least: float) -> np.ndarray | None:
    """(rows,): the class of each row; classes of fewer than `least` rows join the largest."""
    classes = table[config.data.targets].to_numpy().astype(str)
    codes, counts = np.unique(classes, return_inverse=True, return_counts=True)[1:]
    codes = np.where(counts[codes.ravel()] >= least, codes.ravel(), counts.argmax())
    return codes if len(np.unique(codes)) > 1 else None
