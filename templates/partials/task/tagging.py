"""Tagging: the head, and the scores of tags and of the entities that they mark."""

from typing import Any

import numpy as np

from config import HeadConfig
from targets import PADDING, Target

HIGHER_IS_BETTER = True
LIMITED = "entity_f1"  # the score whose best value is known of the made-up sample


def objective(head: HeadConfig) -> dict[str, Any]:
    """What `compile` is told: padding weighs nothing in the loss, nor in the metrics."""
    return {"loss": head.loss, "weighted_metrics": head.metrics}


def output_bias(y: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(tags,): the log of each tag's share, so that training starts at the tag shares."""
    tokens = y[y != PADDING]
    shares = np.bincount(tokens, minlength=head.output_units) / len(tokens)
    return np.log(shares) if head.output_bias == "class_shares" else np.zeros(head.output_units)


def score(y: np.ndarray, outputs: np.ndarray, target: Target) -> dict[str, float]:
    """Scores of `outputs`, probabilities (rows, length, tags), on codes (rows, length).

    An entity is right where first token, last token and kind are all right.
    """
    codes = np.where(y == PADDING, PADDING, outputs.argmax(axis=-1))
    true, found = ({*map(tuple, target.spans(one).tolist())} for one in (y, codes))
    right = len(true & found)
    return {
        "entity_f1": 2 * right / max(1, len(true) + len(found)),
        "entity_precision": right / max(1, len(found)),
        "entity_recall": right / max(1, len(true)),
        "token_accuracy": float((codes == y)[y != PADDING].mean()),
    }
