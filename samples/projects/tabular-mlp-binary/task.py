"""Binary classification: the head, the scores, and the made-up targets of the sample."""

from typing import Any, Literal

import numpy as np
from pydantic import Field
from sklearn import metrics

from schema import Section
from targets import Target, class_probabilities

HEADLINE, HIGHER_IS_BETTER = "accuracy", True


class HeadConfig(Section):
    """What must agree: one unit with a sigmoid is the probability of the second class."""

    output_units: int = Field(ge=1, le=1)
    output_activation: Literal["sigmoid"]
    loss: Literal["binary_crossentropy", "binary_focal_crossentropy"]
    metrics: list[Literal["binary_accuracy"]] = Field(min_length=1)
    output_bias: Literal["class_shares", "zeros"]
    class_weight: Literal["none", "balanced"]

    @property
    def target_columns(self) -> tuple[int, ...]:
        return (1,)

    @property
    def classes(self) -> int:
        return 2


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


def draw(scores: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, float]:
    """Labels (rows, 1) for the sample's scores (rows, 1), and the best accuracy there can be."""
    probability = 1 / (1 + np.exp(-3 * scores))
    labels = np.where(random.random(scores.shape) < probability, "yes", "no")
    return labels, float(np.maximum(probability, 1 - probability).mean())
