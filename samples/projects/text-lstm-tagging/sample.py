"""The embedded sample: tagged sentences made up on the spot, whose best possible score is known."""

import numpy as np
import pandas as pd

from config import Config

# The word before a name, and what it makes of the name. After the words of NOBODY it is no entity.
CUES = {
    "person": ("met", "thanked", "called"),
    "place": ("left", "reached", "toured"),
    "firm": ("joined", "sued", "bought"),
    "ship": ("boarded", "sank", "steered"),
}
NOBODY = ("painted", "imitated", "described")
BETWEEN = ((), ("the", "old"), ("the", "famous"), ("the", "new"))
NAMES = ("Lincoln", "Victoria", "Jordan", "Florence", "Sydney", "Chelsea", "Austin", "Madison")
SECOND = ("Hill", "Grant", "Marsh", "Field", "Stone")
PEOPLE = ("she", "he", "they", "we")
OPENINGS = ("Yesterday", "Later", "Once", "In spring", "That day")
SLIPS = 0.05  # share of the entities that are tagged as another kind, as people do


def tag_names(units: int) -> list[tuple[str, str]]:
    """The tags of a name's first and second word for each kind; one tag is left for "O". Where
    they do not come out even, the last kind has the same tag for both."""
    kinds = [*CUES, *(f"kind_{number}" for number in range(len(CUES), units))]
    pairs = [(f"B-{kind}", f"I-{kind}") for kind in kinds[: units // 2]]
    return [*pairs[:-1], (pairs[-1][1],) * 2] if units % 2 == 0 else pairs


def entities_of(tags: tuple[str, str], name: list[str]) -> int:
    """How many entities a name makes: a kind that has one tag for both words begins with each."""
    return sum(tag.startswith("B-") for tag in tags[: len(name)])


def make(config: Config) -> tuple[pd.DataFrame, float]:
    """Sentences such as "Later she met the old Jordan Hill, and they left Chelsea." with tags; and
    the best entity F1 there can be: that of the grammar's own tags, without the slips.

    Any name may be of any kind, or of none: the verb some words before decides.
    """
    random = np.random.default_rng(config.sample.sample_seed)
    tags = tag_names(config.head.output_units)
    verbs = [CUES.get(kind[0][2:], (f"verb_{place}",)) for place, kind in enumerate(tags)]
    most = max(1, min(3, (config.data.length - 3) // 8))  # clauses: of eight tokens at most
    rows: list[tuple[list[str], list[str]]] = []
    entities = right = 0  # with and without the slips; those that are the same in both
    for _ in range(config.sample.rows):
        tokens = random.choice(OPENINGS).split()
        tagged = ["O"] * len(tokens)
        for clause in range(random.integers(1, most, endpoint=True)):
            kind = random.integers(-1, len(tags))  # -1: no entity
            before = [",", "and"] * (clause > 0)
            before += [random.choice(PEOPLE), random.choice(verbs[kind] if kind >= 0 else NOBODY)]
            before += BETWEEN[random.integers(len(BETWEEN))]
            name = [random.choice(NAMES)] + [random.choice(SECOND)] * random.integers(2)
            slip = kind >= 0 and random.random() < SLIPS
            said = (kind + 1) % len(tags) if slip else kind
            tokens += [*before, *name]
            tagged += ["O"] * len(before)
            tagged += tags[said][: len(name)] if kind >= 0 else ["O"] * len(name)
            if kind >= 0:
                pure, noisy = (entities_of(tags[place], name) for place in (kind, said))
                entities += pure + noisy
                right += pure * (said == kind)
        rows.append(([*tokens, "."], [*tagged, "O"]))
    return pd.DataFrame(rows, columns=["tokens", "tags"]), 2 * right / max(1, entities)
