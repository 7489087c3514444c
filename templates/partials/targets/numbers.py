"""The target as one or several numbers a row, standardised for training and put back after."""

from __future__ import annotations

import numpy as np
import pandas as pd

from config import Config, HeadConfig, Section, refuse
from data import as_numbers


def as_matrix(table: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """float64 (rows, targets)."""
    return np.column_stack([as_numbers(table[name], boolean=False) for name in columns])


class Target(Section):
    """Mean and standard deviation of each target in the training rows. Saved beside the model."""

    columns: list[str]
    mean: list[float]
    deviation: list[float]

    @classmethod
    def fit(cls, table: pd.DataFrame, config: Config) -> Target:
        """Learn the scale from the training rows' target columns."""
        columns = config.data.targets
        values = as_matrix(table, columns)
        for name, column in zip(columns, values.T, strict=True):
            if column.std() < 1e-12 * max(1.0, abs(column.mean())):
                given = f"target {name!r} is {column[0]:g} in every training row"
                refuse(given, "a target that varies", "choose another column")
        mean, deviation = values.mean(axis=0), values.std(axis=0)
        if not config.head.standardize_targets:
            mean, deviation = np.zeros_like(mean), np.ones_like(deviation)
        return cls(columns=columns, mean=mean.tolist(), deviation=deviation.tolist())

    def encode(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (rows, targets), standardised."""
        scaled = (as_matrix(table, self.columns) - self.mean) / self.deviation
        return scaled.astype("float32")

    def restore(self, outputs: np.ndarray) -> np.ndarray:
        """(rows, targets) in the targets' own units."""
        return outputs * self.deviation + self.mean

    def calibrated(self, y: np.ndarray, outputs: np.ndarray) -> Target:
        """Itself: an answer needs nothing from the validation samples."""
        return self

    def decode(self, outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
        """One row each, in the targets' own units."""
        return pd.DataFrame(self.restore(outputs), columns=self.columns)


def training_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """Samples and targets; every sample counts the same."""
    return x, y


def watched_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """What validation is scored on: every sample counts the same."""
    return x, y
