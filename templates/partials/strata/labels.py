"""How labels are shared out evenly among the parts."""

import numpy as np
import pandas as pd

from config import Config


def strata(table: pd.DataFrame, config: Config, least: float) -> np.ndarray | None:
    """(rows,): which labels each row has; what fewer than `least` rows have joins the commonest."""
    labels = table[config.data.targets].to_numpy().astype(str)
    codes, counts = np.unique(labels, axis=0, return_inverse=True, return_counts=True)[1:]
    codes = np.where(counts[codes.ravel()] >= least, codes.ravel(), counts.argmax())
    return codes if len(np.unique(codes)) > 1 else None
