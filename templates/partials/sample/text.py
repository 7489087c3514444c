"""The embedded sample: short reviews made up on the spot, whose best possible score is known."""

import numpy as np
import pandas as pd

from config import Config
from draw import draw

THINGS = ("room", "bed", "food", "staff", "view", "bath", "garden", "street", "music", "bill")
PRAISE = ("good", "lovely", "clean", "warm", "friendly", "cheap")
BLAME = ("bad", "awful", "dirty", "cold", "rude", "noisy")
STRENGTH = {"": 1.0, "very": 2.0, "not": -1.0, "not very": -0.5}
OPENINGS = ("", "we came by train", "i stayed two nights", "it was in may", "my second visit")


def make(config: Config) -> tuple[pd.DataFrame, float]:
    """Reviews such as "we came by train. the bed was not good, the staff was very rude." and
    their targets; and the best score (`task.draw`).

    Each clause adds what its word of praise or blame weighs: twice for "very", against itself for
    "not", half against itself for "not very". To count words, or pairs of them, is not enough.
    """
    rows, units = config.sample.rows, config.head.output_units
    random = np.random.default_rng(config.sample.sample_seed)
    opinions, strengths = [*PRAISE, *BLAME], [*STRENGTH]
    weights = random.normal(size=(len(opinions), units))  # by word, and by unit
    weights[:, 0] = [1.0] * len(PRAISE) + [-1.0] * len(BLAME)
    most = max(
        1, min(5, (config.data.length - 5) // 7)
    )  # clauses: of seven words and signs at most
    texts, scores = [], np.zeros((rows, units))
    for row in range(rows):
        clauses = []
        for _ in range(random.integers(1, most, endpoint=True)):
            thing, strength = random.choice(THINGS), strengths[random.integers(len(strengths))]
            opinion = random.integers(len(opinions))
            clauses.append(f"the {thing} was {strength} {opinions[opinion]}".replace("  ", " "))
            scores[row] += STRENGTH[strength] * weights[opinion]
        opening = random.choice(OPENINGS)
        texts.append(f"{opening}. {', '.join(clauses)}.".removeprefix(". "))
    targets, best = draw((scores - scores.mean(axis=0)) / scores.std(axis=0), random)
    table = pd.DataFrame({"text": texts})
    return table.join(pd.DataFrame(targets, columns=config.data.targets)), best
