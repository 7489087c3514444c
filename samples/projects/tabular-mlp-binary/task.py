"""Binary classification: the head, the scores."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn import metrics
from sklearn.utils.class_weight import compute_sample_weight

from config import Config, HeadConfig, Section, refuse
from data import as_text

HIGHER_IS_BETTER = True
LIMITED = "accuracy"  # the score whose best value is known of the made-up sample


def class_probabilities(outputs: np.ndarray) -> np.ndarray:
    """(rows, classes) from a softmax as it is, from a sigmoid (rows, 1) as [1 - p, p]."""
    return np.hstack([1 - outputs, outputs]) if outputs.shape[1] == 1 else outputs


class Target(Section):
    """The classes in sorted order; a class is its place in this list. Saved beside the model."""

    column: str
    classes: list[str]

    @classmethod
    def fit(cls, table: pd.DataFrame, config: Config) -> Target:
        """Learn the classes from the target column of the training rows."""
        (column,) = config.data.targets
        classes = sorted(as_text(table[column]).unique())
        wanted = max(2, config.head.output_units)  # one unit tells two classes apart
        if len(classes) != wanted:
            shown = ", ".join(classes[:12]) + ", ..." * (len(classes) > 12)
            given = f"target {column!r} has {len(classes)} class(es) in the training rows: {shown}"
            fix = "correct data.targets or head.output_units, or generate for another task"
            refuse(given, f"{wanted} classes", fix)
        return cls(column=column, classes=classes)

    def encode(self, table: pd.DataFrame) -> np.ndarray:
        """int32 (rows, 1): the code of each row's class."""
        codes = pd.Index(self.classes).get_indexer(pd.Index(as_text(table[self.column])))
        if (codes < 0).any():
            given = f"target {self.column!r}: {table[self.column].iloc[int(codes.argmin())]!r}"
            refuse(given, f"a class seen in training: {self.classes}", "merge or drop this class")
        return codes.astype("int32")[:, None]

    def calibrated(self, y: np.ndarray, outputs: np.ndarray) -> Target:
        """Itself: an answer needs nothing from the validation samples."""
        return self

    def decode(self, outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
        """One row each: the likeliest class and the probability that the model gives it."""
        probabilities = class_probabilities(outputs)
        names = np.array(self.classes)[probabilities.argmax(axis=1)]
        return pd.DataFrame({self.column: names, "probability": probabilities.max(axis=1).round(4)})


def training_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """Samples, targets, and weights (rows,) that make classes count alike where they are asked."""
    if head.class_weight == "none":
        return x, y
    return x, y, compute_sample_weight(head.class_weight, y.ravel()).astype("float32")


def watched_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """What validation is scored on, weighed as training is: else the epoch that is kept would be
    the first, before the weights have moved any probability."""
    return training_arrays(x, y, head)


def output_bias(targets: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(1,): the log-odds of the second class, so that training starts at the class shares."""
    share = targets.mean()
    return np.array([np.log(share / (1 - share)) if head.output_bias == "class_shares" else 0.0])


def objective(head: HeadConfig) -> dict[str, Any]:
    """What `compile` is told to make small, and what to report beside it."""
    return {"loss": head.loss, "metrics": head.metrics}


def score(targets: np.ndarray, outputs: np.ndarray, target: Target) -> dict[str, float]:
    """Scores of `outputs`, (rows, 1) or (rows, 2) probabilities, on codes (rows, 1)."""
    probabilities = class_probabilities(outputs)
    classes = probabilities.argmax(axis=1)
    return {
        "accuracy": metrics.accuracy_score(targets, classes),
        "balanced_accuracy": metrics.balanced_accuracy_score(targets, classes),
        "f1": metrics.f1_score(targets, classes, zero_division=0.0),
        "roc_auc": metrics.roc_auc_score(targets, probabilities[:, 1]),
    }
