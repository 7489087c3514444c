"""Regression: the head, the scores."""

from typing import Any

import numpy as np
from sklearn import metrics

from config import HeadConfig
from targets import Target

HIGHER_IS_BETTER = False
LIMITED = "rmse"  # the score whose best value is known of the made-up sample


def output_bias(targets: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(targets,): the mean of the targets, about zero where they are standardised."""
    return targets.mean(axis=0) * (head.output_bias == "target_mean")


def objective(head: HeadConfig) -> dict[str, Any]:
    """What `compile` is told to make small, and what to report beside it."""
    return {"loss": head.loss, "metrics": head.metrics}


def score(targets: np.ndarray, outputs: np.ndarray, target: Target) -> dict[str, float]:
    """Scores in the targets' own units, from arrays (rows, targets) on the network's scale."""
    true, predicted = target.restore(targets), target.restore(outputs)
    scores = {
        "rmse": metrics.root_mean_squared_error(true, predicted),
        "mae": metrics.mean_absolute_error(true, predicted),
        "r2": metrics.r2_score(true, predicted),
    }
    each = metrics.root_mean_squared_error(true, predicted, multioutput="raw_values")
    names = [f"rmse({name})" for name in target.columns]
    return scores | dict(zip(names, each.tolist(), strict=True))
