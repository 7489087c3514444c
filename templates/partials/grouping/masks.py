"""Which samples belong together, which part they are given, and how a part is known again."""

import hashlib

import numpy as np
import pandas as pd

from columns import PART
from config import Config
from data import keys


def groups(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): what must stay together has one key: images that look the same."""
    return keys(table, config)


def part_column(config: Config) -> str:
    """The column that says which part an image belongs to, where there is one."""
    return PART


def fingerprint(table: pd.DataFrame, config: Config) -> str:
    """Sixteen hex digits that change with any pixel, any mask or their order."""
    samples = keys(table, config)
    masks = b"".join(mask.tobytes() for mask in table["mask"])
    return hashlib.sha256(samples.tobytes() + masks).hexdigest()[:16]
