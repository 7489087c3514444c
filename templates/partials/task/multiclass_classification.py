"""Multi-class classification: the head, the scores."""

from typing import Any

import numpy as np
from sklearn import metrics

from config import HeadConfig
from targets import Target

HIGHER_IS_BETTER = True
LIMITED = "accuracy"  # the score whose best value is known of the made-up sample


def output_bias(targets: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(classes,): the log of each class's share, so that training starts at the class shares."""
    units = head.output_units  # a code beyond them is for check.py to name
    shares = np.bincount(targets.ravel(), minlength=units)[:units] / len(targets)
    return np.log(shares) if head.output_bias == "class_shares" else np.zeros(units)


def objective(head: HeadConfig) -> dict[str, Any]:
    """What `compile` is told to make small, and what to report beside it."""
    return {"loss": head.loss, "metrics": head.metrics}


def score(targets: np.ndarray, outputs: np.ndarray, target: Target) -> dict[str, float]:
    """Scores of `outputs`, probabilities (rows, classes), on codes (rows, 1)."""
    classes = outputs.argmax(axis=1)
    return {
        "accuracy": metrics.accuracy_score(targets, classes),
        "balanced_accuracy": metrics.recall_score(
            targets, classes, labels=np.unique(targets), average="macro", zero_division=0.0
        ),
        "macro_f1": metrics.f1_score(targets, classes, average="macro", zero_division=0.0),
        "log_loss": metrics.log_loss(targets, outputs, labels=np.arange(outputs.shape[1])),
    }
