"""Samples to which a network gives no number: they get no answer, and that is said."""

from __future__ import annotations

import numpy as np
import pandas as pd


def blanked(answers: pd.DataFrame, outputs: np.ndarray) -> pd.DataFrame:
    """`answers`, empty for the samples whose `outputs`, (samples, ...), are not all finite; none of
    a forecast is left where one of its numbers is not."""
    odd = ~np.isfinite(outputs).reshape(len(outputs), -1).all(axis=1)
    rows = odd if len(odd) == len(answers) else np.full(len(answers), odd.any())
    return answers.apply(lambda cells: cells.mask(rows)) if rows.any() else answers


def unanswered(answers: pd.DataFrame) -> str:
    """How many samples have no answer, and which is the first, in words; "" where all have one."""
    blank = answers.iloc[:, -1].isna().to_numpy()
    if not blank.any():
        return ""
    first = f"number {int(blank.argmax()) + 1:,} is the first"
    return f"the network gives no finite number for {blank.sum():,} of {len(blank):,}: {first}"
