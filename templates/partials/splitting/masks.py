"""Three parts at random: to train on, to watch training, to score the result once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from pydantic import Field
from sklearn.model_selection import train_test_split

from data import SAMPLES, keys
from schema import Section, refuse

if TYPE_CHECKING:
    from config import Config


class SplitConfig(Section):
    validation: float = Field(gt=0, lt=1)
    test: float = Field(gt=0, lt=1)


def split(table: pd.DataFrame, config: Config) -> dict[str, pd.DataFrame]:
    """Images for "train", "validation" and "test", the same for the same seed.

    Equal images stay together: a copy in another part is a leak.
    """
    key = keys(table, config)
    rest = np.sort(np.unique(key, return_index=True)[1])  # one of each
    if len(rest) < 10:
        refuse(f"{len(rest)} distinct {SAMPLES}", "at least 10, to split in three", "collect more")
    shares = {"test": config.split.test, "validation": config.split.validation}
    sizes = {name: max(1, round(share * len(rest))) for name, share in shares.items()}
    parts = {}
    for name, size in sizes.items():
        rest, taken = train_test_split(rest, test_size=size, random_state=config.training.seed)
        parts[name] = table[np.isin(key, key[taken])]
    parts["train"] = table[np.isin(key, key[rest])]
    if config.training.batch_size > len(parts["train"]):
        said = f"training.batch_size = {config.training.batch_size}"
        fix = "lower training.batch_size"
        refuse(said, f"at most the {len(parts['train'])} training {SAMPLES}", fix)
    return parts


def fingerprint(table: pd.DataFrame, config: Config) -> str:
    """Sixteen hex digits that change with any image, any mask or their order."""
    masks = b"".join(np.ascontiguousarray(mask).tobytes() for mask in table["mask"])
    return hashlib.sha256(keys(table, config).tobytes() + masks).hexdigest()[:16]
