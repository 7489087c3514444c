"""Which samples belong together, which part they are given, and how samples are known again."""

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


def marks(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows, 2): what each sentence is known by, without its tags and with them."""
    tags = pd.util.hash_array(table["tags"].map("\n".join).to_numpy("O"))
    samples = keys(table, config)
    return np.column_stack([samples, samples * np.uint64(31) + tags])
