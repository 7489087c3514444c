"""Three parts at random: to train on, to watch training, to score the result once."""

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
from targets import strata

if TYPE_CHECKING:
    from config import Config

PARTS = ("train", "validation", "test")


class SplitConfig(Section):
    validation: float = Field(gt=0, lt=1)
    test: float = Field(gt=0, lt=1)
    stratify: bool


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

    Equal samples, and those of one `data.group`, stay together: a copy in another part is a leak.
    """
    key, given = keys(table, config), given_parts(table, config)
    if config.data.group:
        key = pd.util.hash_pandas_object(table[config.data.group], index=False).to_numpy()
    free = given.get("train", np.arange(len(table)))
    rest = free[np.sort(np.unique(key[free], return_index=True)[1])]  # one of each group
    shares = {"test": config.split.test, "validation": config.split.validation}
    if len(rest) < 10:
        refuse(f"{len(rest)} distinct {SAMPLES}", "at least 10, to split in three", "collect more")
    sizes = {name: max(1, round(share * len(rest))) for name, share in shares.items()}
    labels = table[config.data.targets].to_numpy()
    parts = {name: table.iloc[places] for name, places in given.items()}
    for name in [name for name in sizes if name not in given]:
        rest, taken = train_test_split(
            rest,
            test_size=sizes[name],
            stratify=strata(labels[rest], len(rest) / sizes[name])
            if config.split.stratify
            else None,
            random_state=config.training.seed,
        )
        parts[name] = table.iloc[free[np.isin(key[free], key[taken])]]
    parts["train"] = table.iloc[free[np.isin(key[free], key[rest])]]
    report_shared(parts, key)
    if config.training.batch_size > len(parts["train"]):
        said = f"training.batch_size = {config.training.batch_size}"
        fix = "lower training.batch_size"
        refuse(said, f"at most the {len(parts['train'])} training {SAMPLES}", fix)
    return {name: parts[name] for name in ("train", "validation", "test")}


def report_shared(parts: dict[str, pd.DataFrame], key: np.ndarray) -> None:
    """Say where parts that were given hold copies of one another: a score on a copy flatters."""
    for name in ("validation", "test"):
        shared = np.isin(key[parts[name].index], key[parts["train"].index]).sum()
        if shared:
            print(f"note: {shared:,} of the {name} {SAMPLES} stand in the training part too")


def fingerprint(table: pd.DataFrame, config: Config) -> str:
    """Sixteen hex digits that change with any sample, any target or their order."""
    cells = table[config.data.targets].map(
        lambda cell: cell.tobytes().hex() if isinstance(cell, np.ndarray) else str(cell)
    )  # a large array as text would be cut short
    targets = pd.util.hash_pandas_object(cells).to_numpy()
    samples = keys(table, config)
    return hashlib.sha256(samples.tobytes() + targets.tobytes()).hexdigest()[:16]
