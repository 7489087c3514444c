"""Anomaly detection: the network answers with its reconstruction error; the scores; the loss."""

from typing import Any

import numpy as np
from sklearn import metrics

from config import HeadConfig
from targets import Target

HIGHER_IS_BETTER = True
LIMITED = "roc_auc"  # the score whose best value is known of the made-up sample


def output_bias(y: np.ndarray, head: HeadConfig) -> np.ndarray:
    """Nothing: there is no unit whose start could be set, only an error that is measured."""
    return np.zeros(0)


def mean_error(y: Any, error: Any) -> Any:
    """The error that comes out, (batch, 1), is the loss; the labels have no part in training."""
    return error


def objective(head: HeadConfig) -> dict[str, Any]:
    """The loss for `compile`. `head.loss` is at work in model.py, where the error is measured."""
    return {"loss": mean_error}


def score(y: np.ndarray, outputs: np.ndarray, target: Target) -> dict[str, float]:
    """Scores of errors (rows, 1) on labels (rows, 1): 1 anomaly, 0 normal, -1 not known.

    Without both anomalies and normal samples there is nothing to tell apart: `roc_auc` is then 0.5,
    what guessing has, and of the rest only the share above the threshold is known.
    """
    labels, errors = y.ravel(), outputs.ravel()
    above = errors > target.threshold
    scores = {"roc_auc": 0.5, "above_threshold": float(above.mean())}
    known = labels >= 0
    if len(np.unique(labels[known])) == 2:
        labels, errors, above = labels[known], errors[known], above[known]
        scores["roc_auc"] = metrics.roc_auc_score(labels, errors)
        scores["average_precision"] = metrics.average_precision_score(labels, errors)
        scores["anomalies_found"] = metrics.recall_score(labels, above)
        scores["false_alarms"] = float(above[labels == 0].mean())
    return scores
