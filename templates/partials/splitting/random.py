"""Three parts at random: to train on, to watch training, to score the result once."""

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

from config import Config, refuse
from data import SAMPLES, groups
from parts import PART_NAMES, given_parts, look_at_parts
from strata import strata

FAR = 5  # times the usual size of a group: it would decide what a part looks like


def split(table: pd.DataFrame, config: Config) -> dict[str, pd.DataFrame]:
    """Samples for "train", "validation" and "test", the same for the same seed.

    What belongs together stays together: a copy in another part is a leak. Parts that are given
    are kept, and what is missing is drawn from the samples to train on.
    """
    key, given = groups(table, config), given_parts(table, config)
    free = given.get("train", np.arange(len(table)))
    shares = {"test": config.split.test, "validation": config.split.validation}
    rest, sizes = to_draw_from(free, key[free], shares)
    if len(rest) < 10:
        refuse(f"{len(rest)} distinct {SAMPLES}", "at least 10, to split in three", "collect more")
    places = dict(given)
    drawn = np.zeros(len(free), bool)
    for name in [name for name in sizes if name not in given]:
        rest, taken = train_test_split(
            rest,
            test_size=sizes[name],
            stratify=strata(table.iloc[rest], config, len(rest) / sizes[name])
            if config.split.stratify
            else None,
            random_state=config.training.seed,
        )
        here = np.isin(key[free], key[taken])
        places[name], drawn = free[here], drawn | here
    places["train"] = free[~drawn]
    look_at_parts(places, key, config)
    parts = {name: len(places[name]) / len(table) for name in PART_NAMES}
    if not given and any(abs(parts[name] - share) > 0.05 for name, share in shares.items()):
        said = ", ".join(f"{name} {share:.0%}" for name, share in parts.items())
        print(f"note: the parts hold {said} of the {SAMPLES}: what belongs together is not divided")
    return {name: table.iloc[places[name]] for name in PART_NAMES}


def to_draw_from(
    free: np.ndarray, key: np.ndarray, shares: dict[str, float]
) -> tuple[np.ndarray, dict[str, int]]:
    """One sample of each group that may be drawn, and how many to draw for a part to hold its share
    of the samples. A group far larger than others is trained on."""
    _, first, rows = np.unique(key, return_index=True, return_counts=True)
    usual = rows <= max(FAR * np.median(rows), min(shares.values()) * len(free) / 20)
    usual = usual if usual.sum() >= 10 else np.ones(len(rows), bool)
    rest = free[np.sort(first[usual])]
    each = rows[usual].mean()  # samples of a group
    most = 0.6 * len(rest) / sum(shares.values())  # where few are left, some are for training
    return rest, {
        name: max(1, round(share * min(len(free) / each, max(most, len(rest)))))
        for name, share in shares.items()
    }
