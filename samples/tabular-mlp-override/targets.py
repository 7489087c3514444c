"""The target as one or several numbers a row, standardised for training and put back after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.multioutput import MultiOutputRegressor

from features import as_numbers
from schema import Section, refuse

if TYPE_CHECKING:
    from task import HeadConfig


def strata(labels: np.ndarray, least: float) -> np.ndarray:
    """The first target, (rows, targets), cut into at most ten ranges of equally many rows."""
    ranges = int(min(10, len(labels) // least))
    return pd.qcut(labels[:, 0].astype(float), ranges, labels=False, duplicates="drop")


def as_matrix(table: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """float64 (rows, targets)."""
    return np.column_stack([as_numbers(table[name], boolean=False) for name in columns])


class Target(Section):
    """Mean and standard deviation of each target in the training rows. Saved beside the model."""

    columns: list[str]
    mean: list[float]
    deviation: list[float]

    @classmethod
    def fit(cls, table: pd.DataFrame, columns: list[str], head: HeadConfig) -> Target:
        """Learn the scale from the training rows' target columns."""
        values = as_matrix(table, columns)
        for name, column in zip(columns, values.T, strict=True):
            if column.std() < 1e-12 * max(1.0, abs(column.mean())):
                given = f"target {name!r} is {column[0]:g} in every training row"
                refuse(given, "a target that varies", "choose another column")
        mean, deviation = values.mean(axis=0), values.std(axis=0)
        if not head.standardize_targets:
            mean, deviation = np.zeros_like(mean), np.ones_like(deviation)
        return cls(columns=columns, mean=mean.tolist(), deviation=deviation.tolist())

    def encode(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (rows, targets), standardised."""
        scaled = (as_matrix(table, self.columns) - self.mean) / self.deviation
        return scaled.astype("float32")

    def decode(self, outputs: np.ndarray) -> pd.DataFrame:
        """One row each, in the targets' own units."""
        return pd.DataFrame(outputs * self.deviation + self.mean, columns=self.columns)


def row_weights(targets: np.ndarray, head: HeadConfig) -> np.ndarray | None:
    """Every row counts the same."""
    return None


def baseline_targets(targets: np.ndarray) -> np.ndarray:
    """Numbers in the shape that scikit-learn wants, (rows, targets)."""
    return targets


def baselines(seed: int) -> dict[str, Any]:
    """What the network has to beat, from trivial to strong."""
    trees = HistGradientBoostingRegressor(random_state=seed)
    return {
        "mean": DummyRegressor(strategy="mean"),
        "ridge regression": Ridge(),
        "gradient-boosted trees": MultiOutputRegressor(trees),
    }
