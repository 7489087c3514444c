"""Segmentation: the head, and the scores of what every pixel is said to be."""

from typing import Any

import numpy as np

from config import HeadConfig
from targets import VOID, Target

HIGHER_IS_BETTER = True
LIMITED = "mean_iou"  # the score whose best value is known of the made-up sample


def output_bias(targets: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(classes,): the log of each class's share of the pixels, so that training starts there."""
    pixels = targets[targets != VOID]
    shares = np.bincount(pixels, minlength=head.output_units) / len(pixels)
    return np.log(shares) if head.output_bias == "class_shares" else np.zeros(head.output_units)


def objective(head: HeadConfig) -> dict[str, Any]:
    """What `compile` is told: void pixels weigh nothing in the loss, nor in the metrics."""
    return {"loss": head.loss, "weighted_metrics": head.metrics}


def overlaps(true: np.ndarray, said: np.ndarray, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """(classes,) twice: pixels in both, and pixels in either, of codes of one shape, void in
    neither."""
    pairs = (true.astype("int64") * classes + said)[true != VOID]
    counts = np.bincount(pairs, minlength=classes**2).reshape(classes, classes)
    both = np.diag(counts)
    return both, counts.sum(axis=0) + counts.sum(axis=1) - both


def score(targets: np.ndarray, outputs: np.ndarray, target: Target) -> dict[str, float]:
    """Scores of `outputs`, probabilities (rows, H, W, classes), on codes (rows, H, W).

    Pixels of all images are counted together, at the network's size. A class's intersection over
    union (IoU) counts the background too; one that is neither there nor said is left out, and so
    are void pixels.
    """
    both, either = overlaps(targets, outputs.argmax(axis=-1), len(target.classes))
    present = either > 0
    each = both[present] / either[present]
    names = np.array([f"iou({value})" for value in target.classes])[present]
    return {
        "mean_iou": float(each.mean()),
        "mean_dice": float((2 * both[present] / (either + both)[present]).mean()),
        "pixel_accuracy": float(both.sum() / (targets != VOID).sum()),
        **dict(zip(names.tolist(), each.tolist(), strict=True)),
    }
