"""The targets of the embedded sample, and the best score that there can be."""

import numpy as np


def draw(scores: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, float]:
    """Labels (rows, 1) for the sample's scores (rows, 1), and the best accuracy there can be."""
    probability = 1 / (1 + np.exp(-3 * scores))
    labels = np.where(random.random(scores.shape) < probability, "yes", "no")
    return labels, float(np.maximum(probability, 1 - probability).mean())
