"""Three parts: normal samples to train on and to watch training; known anomalies only to score."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from pydantic import Field
from sklearn.model_selection import train_test_split

from columns import PART, as_text
from data import SAMPLES, keys
from schema import Section, refuse
from targets import known_marks

if TYPE_CHECKING:
    from config import Config

PARTS = ("train", "validation", "test")


class SplitConfig(Section):
    validation: float = Field(gt=0, lt=1)
    test: float = Field(gt=0, lt=1)


def given_parts(table: pd.DataFrame, config: Config) -> dict[str, np.ndarray]:
    """The places of the samples that `data.part` or their folder puts into a part; {} if none."""
    column = config.data.part or PART
    if column not in table:
        return {}
    words = as_text(table[column]).str.lower().replace({"val": "validation", "valid": "validation"})
    unknown = ~words.isin(PARTS)
    if unknown.any():
        given = f"data.part: {words[unknown].iloc[0]!r} in column {column!r}"
        refuse(given, f"one of {', '.join(PARTS)}", "mend the cells, or set data.part = ''")
    places = {name: np.flatnonzero(words == name) for name in PARTS}
    if not len(places["train"]):
        refuse("data.part leaves no sample to train on", "some called train", "mend the column")
    return {name: found for name, found in places.items() if len(found)}


def split(table: pd.DataFrame, config: Config) -> dict[str, pd.DataFrame]:
    """Samples for "train", "validation" and "test", the same for the same seed.

    Known anomalies go to "test", with their copies and all of their `data.group`: a network that
    trained on one would restore it well and miss it. Equal samples stay together everywhere.
    """
    key = keys(table, config)
    if config.data.group:
        key = pd.util.hash_pandas_object(table[config.data.group], index=False).to_numpy()
    kept_out = np.isin(key, key[known_marks(table, config) == 1])
    given = given_parts(table, config)
    places = {name: found[~kept_out[found]] for name, found in given.items()}
    free = places.get("train", np.flatnonzero(~kept_out))
    rest = free[np.sort(np.unique(key[free], return_index=True)[1])]  # one of each group
    if len(rest) < 10:
        said = f"{len(rest)} distinct {SAMPLES} that are normal and share no group with an anomaly"
        refuse(said, "at least 10, to split in three", "collect more, or correct data.group")
    for name, share in (("test", config.split.test), ("validation", config.split.validation)):
        if name not in places:
            size = max(1, round(share * len(np.unique(key[free]))))
            rest, taken = train_test_split(rest, test_size=size, random_state=config.training.seed)
            places[name] = free[np.isin(key[free], key[taken])]
    places["train"] = free[np.isin(key[free], key[rest])]
    places["test"] = np.sort(np.append(places["test"], np.flatnonzero(kept_out)))
    if config.training.batch_size > len(places["train"]):
        said = f"training.batch_size = {config.training.batch_size}"
        fix = "lower training.batch_size"
        refuse(said, f"at most the {len(places['train'])} training {SAMPLES}", fix)
    report_shared(places, key)
    return {name: table.iloc[places[name]] for name in PARTS}


def report_shared(places: dict[str, np.ndarray], key: np.ndarray) -> None:
    """Say where parts that were given hold copies of one another: a score on a copy flatters."""
    for name in ("validation", "test"):
        shared = np.isin(key[places[name]], key[places["train"]]).sum()
        if shared:
            print(f"note: {shared:,} of the {name} {SAMPLES} stand in the training part too")


def fingerprint(table: pd.DataFrame, config: Config) -> str:
    """Sixteen hex digits that change with any sample, any target or their order."""
    targets = pd.util.hash_pandas_object(table[config.data.targets].astype(str)).to_numpy()
    samples = keys(table, config)
    return hashlib.sha256(samples.tobytes() + targets.tobytes()).hexdigest()[:16]
