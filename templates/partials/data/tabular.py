"""Tables: read them from a file of any usual format, and split them in three."""

import csv
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd

import sample
from columns import as_text, note_size, require_columns, require_targets
from config import Config, DataConfig, refuse
from files import with_labels

SAMPLES = "rows"
READABLE = "a CSV, Parquet, Arrow, JSON lines, Excel or .npz file (arrays X and y)"
NULLABLE: dict[str, Any] = {"dtype_backend": "numpy_nullable"}


def named(table: pd.DataFrame) -> pd.DataFrame:
    """The same table, its columns called "column_1", "column_2", ..."""
    return table.set_axis([f"column_{place + 1}" for place in range(table.shape[1])], axis=1)


def read_arrays(path: Path) -> pd.DataFrame:
    """Arrays X, (rows, columns), and y, (rows,) or (rows, targets), of a .npz file: the columns
    "column_1", ... and "target" (or "target_1", ...). y may be missing where nothing is known."""
    with np.load(path, allow_pickle=False) as arrays:
        x = arrays["X"]
        y = arrays["y"].reshape(len(x), -1) if "y" in arrays else np.empty((len(x), 0))
    several = [f"target_{place + 1}" for place in range(y.shape[1])]
    targets = pd.DataFrame(y, columns=["target"] if len(several) == 1 else several)
    return named(pd.DataFrame(x)).join(targets)


def read_csv(path: Path, config: DataConfig) -> pd.DataFrame:
    """A CSV as [data] says that it is written."""
    table = pd.read_csv(
        path,
        sep=config.separator,
        encoding=config.encoding,
        decimal=config.decimal,
        header=0 if config.header else None,
        na_values=config.missing,
        keep_default_na=False,
        skipinitialspace=True,
        quotechar=config.quote or '"',
        quoting=csv.QUOTE_MINIMAL if config.quote else csv.QUOTE_NONE,
        skiprows=[line - 1 for line in config.skip_lines],
        low_memory=False,
        **NULLABLE,
    )
    if not isinstance(table.index, pd.RangeIndex):  # pandas took first cells for names of rows
        raise ValueError("its rows have more cells than its header")
    return table if config.header else named(table)


def read_typed(path: Path) -> pd.DataFrame | None:
    """A file whose format says what its columns are; None for any other."""
    ending = path.suffix.lower()
    if ending in (".parquet", ".pq"):
        return pd.read_parquet(path, **NULLABLE)
    if ending in (".arrow", ".feather", ".ipc"):
        return pd.read_feather(path, **NULLABLE)
    if ending in (".jsonl", ".ndjson"):
        return pd.read_json(path, lines=True, convert_dates=False, **NULLABLE)
    if ending in (".xlsx", ".xls"):
        return pd.read_excel(path, engine="calamine", keep_default_na=False, **NULLABLE)
    return read_arrays(path) if ending == ".npz" else None


def as_written(column: pd.Series, signs: list[str], decimal: str, missing: list[str]) -> pd.Series:
    """Text without the marks of missing values; as numbers where it is nothing else, once `signs`
    such as currency and thousands are taken out of it."""
    text = column.astype("string").str.strip()
    text = text.mask(text.isin(missing))
    plain = text
    for sign in signs:
        plain = plain.str.replace(sign, "", regex=False)
    numbers = pd.to_numeric(plain.str.replace(decimal, ".", regex=False), errors="coerce")
    return numbers if numbers.notna().equals(text.notna()) else text


def read_rows(path: Path, config: DataConfig) -> pd.DataFrame:
    """Read a file. Text is made numbers where it holds nothing else but data.number_signs."""
    try:
        typed = read_typed(path)
        table = read_csv(path, config) if typed is None else typed
    except FileNotFoundError:
        refuse(f"{path} does not exist", READABLE, "correct the path")
    except (OSError, ValueError, LookupError, BadZipFile, ImportError) as error:
        fix = "check data.separator, data.encoding and data.header"
        refuse(f"{path} cannot be read: {error}", READABLE, fix)
    table.columns = pd.Index([str(name) for name in table.columns])
    if table.empty:
        refuse(f"{path} holds no rows", "a header and rows", "check the file and data.header")
    texts = table.select_dtypes(["string", "object"]).columns.difference(config.categorical)
    for name in texts if typed is not None or config.number_signs else ():
        table[name] = as_written(table[name], config.number_signs, config.decimal, config.missing)
    return with_labels(table, config.targets)


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
    for name in data.targets if data.drop_targets else ():
        table = table[~as_text(table[name]).isin(data.drop_targets)].reset_index(drop=True)
    for name in table.columns[table.isna().all()].difference(data.ignore):
        given = f"{data.path}: column {name!r} has no value at all"
        refuse(given, "at least one value", f"add {name!r} to data.ignore")
    note_size(len(table), data.planned_rows, SAMPLES)
    return table


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Rows to predict for: a file like the one of training, or the first rows of that."""
    if not given:
        return read_table(config).head()
    return pd.concat([read_rows(Path(name), config.data) for name in given], ignore_index=True)


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
