"""Forecasting: the head and the scores."""

from typing import Any

import numpy as np

from config import HeadConfig
from targets import Target

HIGHER_IS_BETTER = False
LIMITED = "rmse"  # the score whose best value is known of the made-up sample


def output_bias(targets: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(horizon * targets,): the mean difference to the anchor, step by step."""
    return targets.mean(axis=0) * (head.output_bias == "target_mean")


def objective(head: HeadConfig) -> dict[str, Any]:
    """What `compile` is told to make small, and what to report beside it."""
    return {"loss": head.loss, "metrics": head.metrics}


def score(targets: np.ndarray, outputs: np.ndarray, target: Target) -> dict[str, float]:
    """Errors over all windows and steps, from arrays (windows, horizon * targets) on the network's
    scale: in the targets' own units (of several targets their mean), and `z_rmse`, in standard
    deviations of each target in the training rows."""
    errors = target.steps(outputs - targets) * target.deviation
    each = np.sqrt(np.mean(errors**2, axis=(0, 1)))
    scores = {
        "rmse": float(each.mean()),
        "mae": float(np.abs(errors).mean()),
        "z_rmse": float(np.sqrt(np.mean((errors / target.spread) ** 2))),
    }
    names = [f"rmse({name})" for name in target.columns]
    return scores | dict(zip(names, each.tolist(), strict=True))
