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

    What belongs together stays together: a copy in another part is a leak. Parts that are given
    are kept, and what is missing is drawn from the samples to train on.
    """
    key, given = groups(table, config), given_parts(table, config)
    free = given.get("train", np.arange(len(table)))
    rest = free[np.sort(np.unique(key[free], return_index=True)[1])]  # one of each group
    if len(rest) < 10:
        refuse(f"{len(rest)} distinct {SAMPLES}", "at least 10, to split in three", "collect more")
    shares = {"test": config.split.test, "validation": config.split.validation}
    sizes = {name: max(1, round(share * len(rest))) for name, share in shares.items()}
    places = dict(given)
    for name in [name for name in sizes if name not in given]:
        rest, taken = train_test_split(
            rest,
            test_size=sizes[name],
            stratify=strata(table.iloc[rest], config, len(rest) / sizes[name])
            if config.split.stratify
            else None,
            random_state=config.training.seed,
        )
        places[name] = free[np.isin(key[free], key[taken])]
    places["train"] = free[np.isin(key[free], key[rest])]
    look_at_parts(places, key, config)
    return {name: table.iloc[places[name]] for name in PART_NAMES}
