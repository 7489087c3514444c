"""Which samples belong together, which part they are given, and how a part is known again."""

import hashlib

import numpy as np
import pandas as pd

from columns import PART, as_text
from config import Config
from data import keys
from reader.pairs import group_marks


def groups(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): what must stay together has one key: equal samples, or one `data.group`."""
    if config.data.group:
        marks = group_marks(table[config.data.group].astype(str).tolist())
        return pd.util.hash_array(np.array(marks, object))
    return keys(table, config)


def part_column(config: Config) -> str:
    """The column that says which part a sample belongs to, where there is one."""
    return config.data.part or PART


def fingerprint(table: pd.DataFrame, config: Config) -> str:
    """Sixteen hex digits that change with any sample, any target or their order."""
    targets = pd.util.hash_pandas_object(table[config.data.targets].apply(as_text)).to_numpy()
    samples = keys(table, config)
    return hashlib.sha256(samples.tobytes() + targets.tobytes()).hexdigest()[:16]
