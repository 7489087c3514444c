"""The targets of the embedded sample, and the best score that there can be."""

import numpy as np


def draw(scores: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, float]:
    """Labels (rows, 1) for the sample's scores (rows, classes), and the best possible accuracy."""
    probabilities = np.exp(4 * scores)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    codes = (probabilities.cumsum(axis=1) < random.random((len(scores), 1))).sum(axis=1)
    names = np.array([f"class_{number}" for number in range(scores.shape[1])])
    labels = names[np.minimum(codes, len(names) - 1)]
    return labels[:, None], float(probabilities.max(axis=1).mean())
