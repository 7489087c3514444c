"""Tables: read CSV, Parquet or NumPy arrays, and check what was read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
import pandas as pd
from pydantic import Field, PositiveInt

import sample
from columns import note_size, require_columns, require_targets, whole_rows
from schema import Section, refuse

if TYPE_CHECKING:
    from config import Config

SAMPLES = "rows"
READABLE = "a CSV, Parquet or .npz file (arrays X and y)"


class DataConfig(Section):
    path: str
    separator: str = Field(min_length=1)
    decimal: str = Field(min_length=1, max_length=1)
    encoding: str
    header: bool
    missing: list[str]
    targets: list[str]
    drop_rows_without_target: bool
    ignore: list[str]
    numeric: list[str]
    boolean: list[str]
    categorical: list[str]
    group: str
    part: str
    max_categories: PositiveInt
    planned_rows: PositiveInt


def read_arrays(path: Path) -> pd.DataFrame:
    """Arrays X, (rows, columns), and y, (rows,) or (rows, targets), of a .npz file: the columns
    "0", "1", ... and "target" (or "target_1", ...). y may be missing where nothing is known."""
    with np.load(path, allow_pickle=False) as arrays:
        x = arrays["X"]
        y = arrays["y"].reshape(len(x), -1) if "y" in arrays else np.empty((len(x), 0))
    several = [f"target_{place + 1}" for place in range(y.shape[1])]
    targets = pd.DataFrame(y, columns=["target"] if len(several) == 1 else several)
    return pd.DataFrame(x).rename(columns=str).join(targets)


def read_rows(path: Path, config: DataConfig) -> pd.DataFrame:
    """Read a CSV, Parquet or .npz file as it is. Without a header, columns are "0", "1", ..."""
    try:
        if path.suffix.lower() == ".npz":
            table = read_arrays(path)
        elif path.suffix.lower() in (".parquet", ".pq"):
            table = pd.read_parquet(path, dtype_backend="numpy_nullable")
        else:
            table = whole_rows(
                pd.read_csv(
                    path,
                    sep=config.separator,
                    decimal=config.decimal,
                    encoding=config.encoding,
                    header=0 if config.header else None,
                    na_values=config.missing,
                    keep_default_na=False,
                    skipinitialspace=True,
                    low_memory=False,
                    dtype_backend="numpy_nullable",
                )
            )
    except FileNotFoundError:
        refuse(f"{path} does not exist", READABLE, "correct the path")
    except (OSError, ValueError, LookupError, BadZipFile) as error:
        fix = "check data.separator, data.encoding and data.header"
        refuse(f"{path} cannot be read: {error}", READABLE, fix)
    table.columns = pd.Index([str(name) for name in table.columns])
    if table.empty:
        refuse(f"{path} holds no rows", "a header and rows", "check the file and data.header")
    return table


def read_table(config: Config) -> pd.DataFrame:
    """The whole labelled table: the file in [data], or the embedded sample where none is named."""
    data = config.data
    if not data.path:
        return sample.make(config)[0]
    table = read_rows(Path(data.path), data)
    named = [*data.targets, *data.ignore, *data.numeric, *data.boolean, *data.categorical]
    marks = [name for name in (data.group, data.part) if name]
    require_columns(table, named + marks, data.path)
    for name in {name for name in named if named.count(name) > 1}:
        refuse(f"[data] names {name!r} twice", "one meaning for each column", "remove one of them")
    table = require_targets(table, data.targets, data.drop_rows_without_target, data.path)
    for name in table.columns[table.isna().all()].difference(data.ignore):
        given = f"{data.path}: column {name!r} has no value at all"
        refuse(given, "at least one value", f"add {name!r} to data.ignore")
    note_size(len(table), data.planned_rows, SAMPLES)
    return table


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Rows to predict for: a file like the one of training, or the first rows of that."""
    if not given:
        return read_table(config).head()
    return pd.concat([read_rows(Path(one), config.data) for one in given], ignore_index=True)


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer: nothing, since the rows come in the order of the file."""
    return pd.DataFrame(index=table.index)


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): rows whose features are all equal have one key."""
    unused = [*config.data.targets, *config.data.ignore, config.data.part]
    names = list(table.columns.difference(unused))
    if not names:
        refuse("no feature column is left", "at least one", "shorten data.ignore")
    return pd.util.hash_pandas_object(table[names], index=False).to_numpy()


def contradictions(config: Config) -> Iterator[tuple[str, str, str]]:
    """Relations of [data] with other sections: (given, expected, fix) for each one broken."""
    targets, wanted = config.data.targets, config.head.target_columns
    if len(targets) not in wanted:
        expected = f"{' or '.join(map(str, wanted))}, as [head] has it"
        yield f"data.targets = {targets}", expected, "change either"
