"""The target as one class a row: which classes there are, as codes, and back to names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight

from features import as_text
from schema import Section, refuse

if TYPE_CHECKING:
    from task import HeadConfig


def strata(labels: np.ndarray, least: float) -> np.ndarray | None:
    """Labels (rows, 1) to strata (rows,); classes of fewer than `least` rows join the largest."""
    codes, counts = np.unique(labels.astype(str), return_inverse=True, return_counts=True)[1:]
    codes = np.where(counts[codes.ravel()] >= least, codes.ravel(), counts.argmax())
    return codes if len(np.unique(codes)) > 1 else None


def class_probabilities(outputs: np.ndarray) -> np.ndarray:
    """(rows, classes) from a softmax as it is, from a sigmoid (rows, 1) as [1 - p, p]."""
    return np.hstack([1 - outputs, outputs]) if outputs.shape[1] == 1 else outputs


class Target(Section):
    """The classes in sorted order; a class is its place in this list. Saved beside the model."""

    column: str
    classes: list[str]

    @classmethod
    def fit(cls, table: pd.DataFrame, columns: list[str], head: HeadConfig) -> Target:
        """Learn the classes from the target column of the training rows."""
        (column,) = columns
        classes = sorted(as_text(table[column]).unique())
        if len(classes) != head.classes:
            shown = ", ".join(classes[:12]) + ", ..." * (len(classes) > 12)
            given = f"target {column!r} has {len(classes)} class(es) in the training rows: {shown}"
            fix = "correct data.targets or head.output_units, or generate for another task"
            refuse(given, f"{head.classes} classes", fix)
        return cls(column=column, classes=classes)

    def encode(self, table: pd.DataFrame) -> np.ndarray:
        """int32 (rows, 1): the code of each row's class."""
        codes = pd.Index(self.classes).get_indexer(pd.Index(as_text(table[self.column])))
        if (codes < 0).any():
            given = f"target {self.column!r}: {table[self.column].iloc[int(codes.argmin())]!r}"
            refuse(given, f"a class seen in training: {self.classes}", "merge or drop this class")
        return codes.astype("int32")[:, None]

    def decode(self, outputs: np.ndarray) -> pd.DataFrame:
        """One row each: the likeliest class and the probability that the model gives it."""
        probabilities = class_probabilities(outputs)
        names = np.array(self.classes)[probabilities.argmax(axis=1)]
        return pd.DataFrame({self.column: names, "probability": probabilities.max(axis=1).round(4)})


def row_weights(targets: np.ndarray, head: HeadConfig) -> np.ndarray | None:
    """float32 (rows,) that give each class the same total weight, or None for equal rows."""
    if head.class_weight == "none":
        return None
    return compute_sample_weight(head.class_weight, targets.ravel()).astype("float32")


def baseline_targets(targets: np.ndarray) -> np.ndarray:
    """Codes in the shape that scikit-learn wants, (rows,)."""
    return targets.ravel()


def baselines(seed: int) -> dict[str, Any]:
    """What the network has to beat, from trivial to strong."""
    return {
        "largest class": DummyClassifier(strategy="prior"),
        "logistic regression": LogisticRegression(max_iter=1000),
        "gradient-boosted trees": HistGradientBoostingClassifier(random_state=seed),
    }
