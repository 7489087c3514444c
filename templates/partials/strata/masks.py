"""How masks are shared out evenly among the parts."""

import numpy as np
import pandas as pd

from config import Config


def strata(table: pd.DataFrame, config: Config, least: float) -> np.ndarray | None:
    """(rows,): masks with little and masks with much that is not 0."""
    shares = np.array([(mask != 0).mean() for mask in table["mask"]])
    much = (shares > np.median(shares)).astype(int)
    return much if np.bincount(much, minlength=2).min() >= least else None
