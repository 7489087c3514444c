"""The target as several yes-or-no labels a row: one column each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from config import Config, HeadConfig, Section, refuse
from data import as_numbers


class Target(Section):
    """The labels, in the order of data.targets. Saved beside the model."""

    labels: list[str]

    @classmethod
    def fit(cls, table: pd.DataFrame, config: Config) -> Target:
        """Check that each label is yes in some training rows and no in others."""
        for name in config.data.targets:
            if len(np.unique(as_numbers(table[name], boolean=True))) < 2:
                given = f"label {name!r} is the same in every training row"
                refuse(given, "rows with it and rows without it", "drop it from data.targets")
        return cls(labels=config.data.targets)

    def encode(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (rows, labels): 0 or 1. Columns may hold 0/1, true/false or yes/no."""
        columns = [as_numbers(table[name], boolean=True) for name in self.labels]
        return np.column_stack(columns).astype("float32")

    def calibrated(self, y: np.ndarray, outputs: np.ndarray) -> Target:
        """Itself: an answer needs nothing from the validation samples."""
        return self

    def decode(self, outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
        """One row each: the labels that are likelier than not, then every label's probability."""
        given = [" ".join(np.array(self.labels)[row > 0.5]) for row in outputs]
        return pd.DataFrame({"labels": given}).join(
            pd.DataFrame(outputs.round(4), columns=[f"p({name})" for name in self.labels])
        )


def training_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """Samples and targets; every sample counts the same."""
    return x, y


def watched_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """What validation is scored on: every sample counts the same."""
    return x, y
