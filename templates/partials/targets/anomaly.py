"""The target as a mark on anomalies: which labels mean normal, and which error is one too many."""

from __future__ import annotations

import numpy as np
import pandas as pd

from config import Config, HeadConfig, Section
from data import anomaly_marks


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
        return anomaly_marks(table, self.column, self.normal)[:, None]

    def calibrated(self, y: np.ndarray, outputs: np.ndarray) -> Target:
        """With the threshold at the quantile of these errors, those of the validation samples."""
        return self.model_copy(update={"threshold": float(np.quantile(outputs, self.quantile))})

    def decode(self, outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
        """One row each: anomaly or normal, and the error as a multiple of the threshold."""
        times = outputs.ravel() / self.threshold
        answers = np.where(times > 1, "anomaly", "normal")
        return pd.DataFrame({"answer": answers, "times_threshold": times.round(3)})
