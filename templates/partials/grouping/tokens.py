"""Which samples belong together, which part they are given, and how a part is known again."""

import hashlib

import numpy as np
import pandas as pd

from columns import PART
from config import Config
from data import keys


def groups(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): what must stay together has one key: equal sentences."""
    return keys(table, config)


def part_column(config: Config) -> str:
    """The column that says which part a sentence belongs to, where there is one."""
    return PART


def fingerprint(table: pd.DataFrame, config: Config) -> str:
    """Sixteen hex digits that change with any token, any tag or their order."""
    samples = keys(table, config)
    tags = pd.util.hash_array(table["tags"].map("\n".join).to_numpy("O"))
    return hashlib.sha256(samples.tobytes() + tags.tobytes()).hexdigest()[:16]
