"""Three parts at random: to train on, to watch training, to score the result once."""

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

from config import Config, refuse
from data import SAMPLES, groups
from parts import PART_NAMES, given_parts, look_at_parts
from strata import strata


def split(table: pd.DataFrame, config: Config) -> dict[str, pd.DataFrame]:
    """Samples for "train", "validation" and "test", the same for the same seed.

    What belongs together stays together: a copy in another part is a leak. A group far larger than
    the others is trained on. Parts that are given are kept, the others drawn from "train".
    """
    key, given = groups(table, config), given_parts(table, config)
    free = given.get("train", np.arange(len(table)))
    _, first, rows = np.unique(key[free], return_index=True, return_counts=True)
    usual = rows <= max(5 * np.median(rows), len(free) / 100)  # others would decide for a part
    usual |= usual.sum() < 10
    rest, large = free[np.sort(first[usual])], free[first[~usual]]  # one of each group
    if len(rest) < 10:
        refuse(f"{len(rest)} distinct {SAMPLES}", "at least 10, to split in three", "collect more")
    shares = {"test": config.split.test, "validation": config.split.validation}
    more = max(1.0, min(len(free) / rows[usual].sum(), 0.8 / sum(shares.values())))
    sizes = {name: max(1, round(share * more * len(rest))) for name, share in shares.items()}
    places, seed = dict(given), config.training.seed
    for name in [name for name in sizes if name not in given]:
        size = sizes[name]
        even = strata(table.iloc[rest], config, len(rest) / size) if config.split.stratify else None
        rest, taken = train_test_split(rest, test_size=size, stratify=even, random_state=seed)
        places[name] = free[np.isin(key[free], key[taken])]
    places["train"] = free[np.isin(key[free], key[np.concatenate([rest, large])])]
    look_at_parts(places, key, config)
    return {name: table.iloc[places[name]] for name in PART_NAMES}
