"""Multi-class classification: the head, the scores, and the made-up targets of the sample."""

from typing import Any, Literal

import numpy as np
from pydantic import Field
from sklearn import metrics

from schema import Section
from targets import Target

HEADLINE, HIGHER_IS_BETTER = "accuracy", True


class HeadConfig(Section):
    """What must agree: a unit for each class, a softmax over them, integer labels."""

    output_units: int = Field(ge=2)
    output_activation: Literal["softmax"]
    loss: Literal["sparse_categorical_crossentropy"]
    metrics: list[Literal["sparse_categorical_accuracy"]] = Field(min_length=1)
    output_bias: Literal["class_shares", "zeros"]
    class_weight: Literal["none", "balanced"]

    @property
    def target_columns(self) -> tuple[int, ...]:
        return (1,)

    @property
    def classes(self) -> int:
        return self.output_units


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


def draw(scores: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, float]:
    """Labels (rows, 1) for the sample's scores (rows, classes), and the best possible accuracy."""
    probabilities = np.exp(4 * scores)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    codes = (probabilities.cumsum(axis=1) < random.random((len(scores), 1))).sum(axis=1)
    names = np.array([f"class_{number}" for number in range(scores.shape[1])])
    labels = names[np.minimum(codes, len(names) - 1)]
    return labels[:, None], float(probabilities.max(axis=1).mean())
