"""Multi-label classification: the head, the scores, and the made-up targets of the sample."""

from typing import Any, Literal

import numpy as np
from pydantic import Field
from sklearn import metrics

from schema import Section
from targets import Target

HEADLINE, HIGHER_IS_BETTER = "micro_f1", True


class HeadConfig(Section):
    """What must agree: a unit with its own sigmoid for each label, a column of 0 and 1 each."""

    output_units: int = Field(ge=2)
    output_activation: Literal["sigmoid"]
    loss: Literal["binary_crossentropy", "binary_focal_crossentropy"]
    metrics: list[Literal["binary_accuracy"]] = Field(min_length=1)
    output_bias: Literal["class_shares", "zeros"]

    @property
    def target_columns(self) -> tuple[int, ...]:
        return (self.output_units,)


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


def draw(scores: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, float]:
    """Labels (rows, labels) for scores of that shape, and the micro-F1 of knowing the odds."""
    probability = 1 / (1 + np.exp(-3 * scores))
    labels = (random.random(scores.shape) < probability).astype("int64")
    return labels, float(metrics.f1_score(labels, probability > 0.5, average="micro"))
