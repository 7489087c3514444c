"""Multi-label classification: the head, the scores."""

from typing import Any

import numpy as np
from sklearn import metrics

from config import HeadConfig
from targets import Target

HIGHER_IS_BETTER = True
LIMITED = "micro_f1"  # the score whose best value is known of the made-up sample


def output_bias(targets: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(labels,): the log-odds of each label, so that training starts at the label shares."""
    shares = targets.mean(axis=0, dtype="float64")
    return np.log(shares / (1 - shares)) * (head.output_bias == "class_shares")


def objective(head: HeadConfig) -> dict[str, Any]:
    """What `compile` is told to make small, and what to report beside it."""
    return {"loss": head.loss, "metrics": head.metrics}


def score(targets: np.ndarray, outputs: np.ndarray, target: Target) -> dict[str, float]:
    """Scores of `outputs`, probabilities (rows, labels), on 0 and 1 of the same shape."""
    labels = outputs > 0.5
    return {
        "micro_f1": metrics.f1_score(targets, labels, average="micro", zero_division=0.0),
        "macro_f1": metrics.f1_score(targets, labels, average="macro", zero_division=0.0),
        "label_accuracy": float((targets == labels).mean()),
        "all_labels_right": metrics.accuracy_score(targets, labels),
    }
