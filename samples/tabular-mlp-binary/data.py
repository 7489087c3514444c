"""Tables: read CSV or Parquet, check what was read, split without leaks."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from pydantic import Field, PositiveInt
from sklearn.model_selection import train_test_split

import sample
from schema import Section, refuse
from targets import strata

if TYPE_CHECKING:
    from config import Config


class DataConfig(Section):
    path: str
    separator: str = Field(min_length=1)
    decimal: str = Field(min_length=1, max_length=1)
    encoding: str
    header: bool
    missing: list[str]
    targets: list[str] = Field(min_length=1)
    drop_rows_without_target: bool
    ignore: list[str]
    numeric: list[str]
    boolean: list[str]
    categorical: list[str]
    group: str
    max_categories: PositiveInt
    planned_rows: PositiveInt


def read_rows(path: Path, config: DataConfig) -> pd.DataFrame:
    """Read a CSV or Parquet file as it is. Without a header, columns are named "0", "1", ..."""
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            table = pd.read_parquet(path, dtype_backend="numpy_nullable")
        else:
            table = pd.read_csv(
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
    except FileNotFoundError:
        refuse(f"{path} does not exist", "a CSV or Parquet file", "correct the path")
    except (OSError, ValueError, LookupError) as error:
        fix = "check data.separator, data.encoding and data.header"
        refuse(f"{path} cannot be read: {error}", "a CSV or Parquet file", fix)
    table.columns = pd.Index([str(name) for name in table.columns])
    if table.empty:
        refuse(f"{path} holds no rows", "a header and rows", "check the file and data.header")
    return table


def require_columns(table: pd.DataFrame, names: list[str], where: str) -> None:
    """Refuse a table that lacks one of `names`, and show the names it has."""
    for name in names:
        if name not in table.columns:
            has = ", ".join(repr(column) for column in table.columns[:30])
            fix = "correct [data], or data.separator if the columns look run together"
            refuse(f"{where} has no column {name!r}", f"one of {has}", fix)


def read_table(config: Config) -> pd.DataFrame:
    """The whole labelled table: the file in [data], or the embedded sample where none is named."""
    data = config.data
    if not data.path:
        return sample.make(config.sample, config.head, data.targets)[0]
    table = read_rows(Path(data.path), data)
    named = [*data.targets, *data.ignore, *data.numeric, *data.boolean, *data.categorical]
    require_columns(table, named + [data.group] * bool(data.group), data.path)
    for name in {name for name in named if named.count(name) > 1}:
        refuse(f"[data] names {name!r} twice", "one meaning for each column", "remove one of them")
    empty = table[data.targets].isna().any(axis=1).to_numpy()
    if empty.any() and not data.drop_rows_without_target:
        given = f"{data.path}: {empty.sum()} of {len(table)} rows have no target, "
        fix = "fill them in, or set data.drop_rows_without_target = true"
        refuse(f"{given}first in row {empty.argmax() + 1}", f"a value in {data.targets}", fix)
    table = table[~empty].reset_index(drop=True)
    for name in table.columns[table.isna().all()].difference(data.ignore):
        given = f"{data.path}: column {name!r} has no value at all"
        refuse(given, "at least one value", f"add {name!r} to data.ignore")
    if not data.planned_rows / 4 <= len(table) <= data.planned_rows * 4:
        given = f"{len(table):,} rows; this project was planned for {data.planned_rows:,}"
        print(f"note: {given}. `goodfit generate --samples {len(table)}` has sizes to fit.")
    return table


def split(table: pd.DataFrame, config: Config) -> dict[str, pd.DataFrame]:
    """Rows for "train", "validation" and "test", the same for the same seed.

    Equal rows, and rows of one `data.group`, stay together: a copy in another split is a leak.
    """
    unused = [*config.data.targets, *config.data.ignore]
    keys = [config.data.group] if config.data.group else list(table.columns.difference(unused))
    if not keys:
        refuse("no feature column is left", "at least one", "shorten data.ignore")
    group = pd.util.hash_pandas_object(table[keys], index=False).to_numpy()
    rest = np.sort(np.unique(group, return_index=True)[1])  # one row for each group
    shares = {"test": config.split.test, "validation": config.split.validation}
    sizes = {name: max(1, round(share * len(rest))) for name, share in shares.items()}
    if len(rest) < 10:
        refuse(f"{len(rest)} distinct rows", "at least 10, to split in three", "collect more")
    labels, parts = table[config.data.targets].to_numpy(), {}
    for name, size in sizes.items():
        least = 2 / min(shares.values())
        rest, taken = train_test_split(
            rest,
            test_size=size,
            stratify=strata(labels[rest], least) if config.split.stratify else None,
            random_state=config.training.seed,
        )
        parts[name] = table[np.isin(group, group[taken])]
    parts["train"] = table[np.isin(group, group[rest])]
    if config.training.batch_size > len(parts["train"]):
        given = f"training.batch_size = {config.training.batch_size}"
        refuse(given, f"at most the {len(parts['train'])} training rows", "lower batch_size")
    return parts


def fingerprint(table: pd.DataFrame) -> str:
    """Sixteen hex digits that change with any value or the order of the rows."""
    rows = pd.util.hash_pandas_object(table, index=True).to_numpy()
    return hashlib.sha256(rows.tobytes()).hexdigest()[:16]
