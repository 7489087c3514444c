"""Regression: the head, the scores, and the made-up targets of the sample."""

from typing import Any, Literal

import numpy as np
from pydantic import Field
from sklearn import metrics

from schema import Section
from targets import Target

HEADLINE, HIGHER_IS_BETTER = "rmse", False


class HeadConfig(Section):
    """What must agree: a linear unit for each target, on the targets' standardised scale."""

    output_units: int = Field(ge=1)
    output_activation: Literal["linear"]
    loss: Literal["mean_squared_error", "mean_absolute_error", "huber"]
    metrics: list[Literal["mean_absolute_error", "mean_squared_error"]] = Field(min_length=1)
    output_bias: Literal["target_mean", "zeros"]
    standardize_targets: bool

    @property
    def target_columns(self) -> tuple[int, ...]:
        return (self.output_units,)


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


def draw(scores: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, float]:
    """Targets (rows, targets) for scores of that shape, and the RMSE of the noise in them."""
    return 100 + 20 * (scores + random.normal(0, 0.3, scores.shape)), 20 * 0.3
