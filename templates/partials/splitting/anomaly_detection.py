"""Three parts: normal samples to train on and to watch training; known anomalies only to score."""

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

from columns import as_text
from config import Config, refuse
from data import SAMPLES, groups
from parts import PART_NAMES, given_parts, look_at_parts


def anomaly_marks(table: pd.DataFrame, column: str, normal: list[str]) -> np.ndarray:
    """int32 (rows,): 1 anomaly, 0 normal, -1 not known, as all are where there is no `column`."""
    if not column:
        return np.full(len(table), -1, dtype="int32")
    words = as_text(table[column]).str.lower()
    odd = ~words.isin([word.lower() for word in normal]).to_numpy()
    return np.where(table[column].isna(), -1, odd).astype("int32")


def known_marks(table: pd.DataFrame, config: Config) -> np.ndarray:
    """`anomaly_marks` of the whole table, which must hold normal samples to train on."""
    column, normal = "".join(config.data.targets), config.head.normal
    known = anomaly_marks(table, column, normal)
    if (known == 1).all():
        words = ", ".join(as_text(table[column]).value_counts().index[:12])
        given = f"column {column!r} holds {words}; head.normal = {normal} is not among them"
        refuse(given, "the labels that mean normal", "name them in head.normal")
    return known


def split(table: pd.DataFrame, config: Config) -> dict[str, pd.DataFrame]:
    """Samples for "train", "validation" and "test", the same for the same seed.

    Known anomalies go to "test", with their copies and all of their `data.group`: a network that
    trained on one would restore it well and miss it. Equal samples stay together everywhere.
    """
    key, given = groups(table, config), given_parts(table, config)
    kept_out = np.isin(key, key[known_marks(table, config) == 1])
    places = {name: taken[~kept_out[taken]] for name, taken in given.items()}
    free = places.get("train", np.flatnonzero(~kept_out))
    rest = free[np.sort(np.unique(key[free], return_index=True)[1])]  # one of each group
    if len(rest) < 10:
        said = f"{len(rest)} distinct {SAMPLES} that are normal and share no group with an anomaly"
        refuse(said, "at least 10, to split in three", "collect more, or correct data.group")
    shares = {"test": config.split.test, "validation": config.split.validation}
    sizes = {name: max(1, round(share * len(rest))) for name, share in shares.items()}
    for name in [name for name in sizes if name not in places]:
        rest, taken = train_test_split(
            rest, test_size=sizes[name], random_state=config.training.seed
        )
        places[name] = free[np.isin(key[free], key[taken])]
    places["train"] = free[np.isin(key[free], key[rest])]
    places["test"] = np.sort(np.append(places["test"], np.flatnonzero(kept_out)))
    look_at_parts(places, key, config)
    return {name: table.iloc[places[name]] for name in PART_NAMES}
