"""The embedded sample: a table made on the spot, whose best possible score is known."""

import numpy as np
import pandas as pd

from config import Config


def draw(scores: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, float]:
    """Labels (rows, 1) for the sample's scores (rows, 1), and the best accuracy there can be."""
    probability = 1 / (1 + np.exp(-3 * scores))
    labels = np.where(random.random(scores.shape) < probability, "yes", "no")
    return labels, float(np.maximum(probability, 1 - probability).mean())


def make(config: Config) -> tuple[pd.DataFrame, float]:
    """A table with numbers, a category, a yes-or-no and gaps; and the best score (`task.draw`).

    At most six features carry anything. They act in straight lines and in pairs, so that a linear
    model cannot reach the best. Gaps are only where nothing is carried, so the best stays exact.
    """
    rows, features = config.sample.rows, config.sample.features
    random = np.random.default_rng(config.sample.sample_seed)
    x = random.normal(size=(rows, features))
    mixed = features >= 4
    if mixed:
        x[:, 1] = np.digitize(x[:, 1], [-0.5, 0.5]) - 1
        x[:, 2] = x[:, 2] > 0
    carriers = np.delete(x, 3, axis=1)[:, :6] if mixed else x
    pairs = carriers * np.roll(carriers, 1, axis=1)
    lines, bends = random.normal(size=(2, carriers.shape[1], config.head.output_units))
    raw = carriers @ lines + pairs @ bends
    targets, best = draw((raw - raw.mean(axis=0)) / raw.std(axis=0), random)
    table = pd.DataFrame(x, columns=[f"number_{place}" for place in range(features)])
    if mixed:
        table["number_1"] = table["number_1"].map({-1: "low", 0: "middle", 1: "high"})
        table["number_2"] = table["number_2"] > 0
        table["number_3"] = table["number_3"].mask(random.random(rows) < 0.1)
        renamed = {"number_1": "category", "number_2": "yes_no", "number_3": "gaps"}
        table = table.rename(columns=renamed)
    return table.join(pd.DataFrame(targets, columns=config.data.targets)), best
