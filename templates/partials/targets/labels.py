"""The target as several yes-or-no labels a row: one column each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from features import as_numbers
from schema import Section, refuse

if TYPE_CHECKING:
    from task import HeadConfig


def strata(labels: np.ndarray, least: float) -> np.ndarray | None:
    """Labels (rows, labels) to strata (rows,): how many labels each row has, rare counts merged."""
    codes, counts = np.unique(labels.astype(str), axis=0, return_inverse=True, return_counts=True)[
        1:
    ]
    codes = np.where(counts[codes.ravel()] >= least, codes.ravel(), counts.argmax())
    return codes if len(np.unique(codes)) > 1 else None


class Target(Section):
    """The labels, in the order of data.targets. Saved beside the model."""

    labels: list[str]

    @classmethod
    def fit(cls, table: pd.DataFrame, columns: list[str], head: HeadConfig) -> Target:
        """Check that each label is yes in some training rows and no in others."""
        for name in columns:
            if len(np.unique(as_numbers(table[name], boolean=True))) < 2:
                given = f"label {name!r} is the same in every training row"
                refuse(given, "rows with it and rows without it", "drop it from data.targets")
        return cls(labels=columns)

    def encode(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (rows, labels): 0 or 1. Columns may hold 0/1, true/false or yes/no."""
        columns = [as_numbers(table[name], boolean=True) for name in self.labels]
        return np.column_stack(columns).astype("float32")

    def decode(self, outputs: np.ndarray) -> pd.DataFrame:
        """One row each: the labels that are likelier than not, then every label's probability."""
        given = [" ".join(np.array(self.labels)[row > 0.5]) for row in outputs]
        return pd.DataFrame({"labels": given}).join(
            pd.DataFrame(outputs.round(4), columns=[f"p({name})" for name in self.labels])
        )


def row_weights(targets: np.ndarray, head: HeadConfig) -> np.ndarray | None:
    """Every row counts the same: a row's labels pull in different directions."""
    return None


def baseline_targets(targets: np.ndarray) -> np.ndarray:
    """Labels in the shape that scikit-learn wants, (rows, labels)."""
    return targets


def baselines(seed: int) -> dict[str, Any]:
    """What the network has to beat, from trivial to strong."""
    trees = HistGradientBoostingClassifier(random_state=seed)
    return {
        "label shares": OneVsRestClassifier(DummyClassifier(strategy="prior")),
        "logistic regression": OneVsRestClassifier(LogisticRegression(max_iter=1000)),
        "gradient-boosted trees": OneVsRestClassifier(trees),
    }
