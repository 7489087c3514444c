"""Which samples belong together, which part they are given, and how samples are known again."""

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


def marks(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows, 2): what each sample is known by, without its target and with it."""
    samples = keys(table, config)
    whole = samples
    for name in config.data.targets:
        whole = whole * np.uint64(31) + pd.util.hash_array(as_text(table[name]).to_numpy("O"))
    return np.column_stack([samples, whole])
