"""The targets of the embedded sample, and the best score that there can be."""

import numpy as np


def draw(scores: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, float]:
    """Targets (rows, targets) for scores of that shape, and the RMSE of the noise in them."""
    return 100 + 20 * (scores + random.normal(0, 0.3, scores.shape)), 20 * 0.3
