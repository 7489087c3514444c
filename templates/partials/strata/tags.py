"""How tags are shared out evenly among the parts."""

import numpy as np
import pandas as pd

from config import Config

OUTSIDE = "O"  # the tag of a token that belongs to no entity


def strata(table: pd.DataFrame, config: Config, least: float) -> np.ndarray | None:
    """(rows,): whether a sentence holds any entity."""
    codes = np.array([any(tag != OUTSIDE for tag in tags) for tags in table["tags"]])
    return codes if least <= codes.sum() <= len(codes) - least else None
