"""Binary classification: the head, the scores."""

from typing import Any

import numpy as np
from sklearn import metrics

from config import HeadConfig
from targets import Target, class_probabilities

HIGHER_IS_BETTER = True
LIMITED = "accuracy"  # the score whose best value is known of the made-up sample


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
