"""The target as a mark on anomalies: which labels mean normal, and which error is one too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from columns import as_text
from schema import Section, refuse

if TYPE_CHECKING:
    from config import Config
    from task import HeadConfig


def marks(table: pd.DataFrame, column: str, normal: list[str]) -> np.ndarray:
    """int32 (rows,): 1 anomaly, 0 normal, -1 not known, as all are where there is no `column`."""
    if not column:
        return np.full(len(table), -1, dtype="int32")
    words = as_text(table[column]).str.lower()
    found = ~words.isin([word.lower() for word in normal]).to_numpy()
    return np.where(table[column].isna(), -1, found).astype("int32")


def known_marks(table: pd.DataFrame, config: Config) -> np.ndarray:
    """`marks` of the whole table, which must hold normal samples to train on."""
    column, normal = "".join(config.data.targets), config.head.normal
    found = marks(table, column, normal)
    if (found == 1).all():
        words = ", ".join(as_text(table[column]).value_counts().index[:12])
        given = f"column {column!r} holds {words}; head.normal = {normal} is not among them"
        refuse(given, "the labels that mean normal", "name them in head.normal")
    return found


def training_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """What `fit` trains on: the samples; their marks are passed along and not used."""
    return x, y


def watched_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """What training is watched on."""
    return x, y


class Target(Section):
    """Where the marks stand, and the error above which a sample is called an anomaly."""

    column: str  # "" where nothing marks the anomalies
    normal: list[str]
    quantile: float
    threshold: float = 1.0

    @classmethod
    def fit(cls, table: pd.DataFrame, config: Config) -> Target:
        """What the config says; the threshold follows when there are errors (`calibrated`)."""
        head = config.head
        column = "".join(config.data.targets)
        return cls(column=column, normal=head.normal, quantile=head.threshold_quantile)

    def encode(self, table: pd.DataFrame) -> np.ndarray:
        """int32 (rows, 1): 1 anomaly, 0 normal, -1 not known."""
        return marks(table, self.column, self.normal)[:, None]

    def calibrated(self, y: np.ndarray, outputs: np.ndarray) -> Target:
        """With the threshold at the quantile of these errors, those of the validation samples."""
        return self.model_copy(update={"threshold": float(np.quantile(outputs, self.quantile))})

    def decode(self, outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
        """One row each: anomaly or normal, and the error as a multiple of the threshold."""
        times = outputs.ravel() / self.threshold
        answers = np.where(times > 1, "anomaly", "normal")
        return pd.DataFrame({"answer": answers, "times_threshold": times.round(3)})
