"""Series: read .ts, .npz and CSV files into one row a series, and check what was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from pydantic import Field, PositiveInt

import sample
from columns import PART, note_size, require_columns, require_targets, whole_rows
from features import clean, parse_npz, parse_ts, require_order
from schema import Section, refuse

if TYPE_CHECKING:
    from config import Config

SAMPLES = "series"
FILES = "a .ts file, a folder with *_TRAIN.ts and *_TEST.ts, a .npz or a CSV file"
LAYOUTS = """one of
    wide: a row for each series: the columns of numbers are its steps, data.targets beside them
    long: a row for each step: data.id_column, data.time_column, data.channels, data.targets"""


class DataConfig(Section):
    path: str
    separator: str = Field(min_length=1)
    decimal: str = Field(min_length=1, max_length=1)
    encoding: str
    layout: Literal["auto", "wide", "long"]
    id_column: str
    time_column: str
    channels: list[str]
    targets: list[str]
    drop_rows_without_target: bool
    group: str
    part: str
    length: int = Field(ge=2)
    planned_rows: PositiveInt


def read_csv(path: Path, data: DataConfig) -> pd.DataFrame:
    """A CSV in either layout; "auto" takes the long one where ids repeat."""
    raw = whole_rows(
        pd.read_csv(
            path,
            sep=data.separator,
            decimal=data.decimal,
            encoding=data.encoding,
            na_values=["", "?", "NA", "NaN", "nan"],
            keep_default_na=False,
            skipinitialspace=True,
            low_memory=False,
        )
    )
    repeats = data.id_column in raw and bool(raw[data.id_column].duplicated().any())
    long = data.layout == "long" or (data.layout == "auto" and repeats)
    kept = [name for name in (*data.targets, data.group, data.part) if name in raw]
    others = raw.columns.difference([*kept, data.id_column, data.time_column], sort=False)
    columns = data.channels if long and data.channels else list(others)
    wrong = "" if long or not repeats else f"{data.id_column!r} repeats"
    if long:
        require_columns(raw, [data.id_column, *columns], f"{path}, in the long layout,")
        require_columns(raw, [data.time_column] if data.time_column else [], str(path))
    for column in (raw[name] for name in columns):
        words = column[pd.to_numeric(column, errors="coerce").isna() & column.notna()]
        wrong = f"column {column.name!r} holds {words.iloc[0]!r}" if len(words) else wrong
    rows = []
    for name, one in raw.groupby(data.id_column, sort=False) if long and not wrong else ():
        if data.time_column:
            require_order(one[data.time_column], f"{path}, series {name!r}")
        if kept and len(one[kept].drop_duplicates()) > 1:
            wrong = f"series {name!r} has several values in {kept}"
        values = one[columns].to_numpy("float64")
        rows.append(one[kept].iloc[0].to_dict() | {"name": str(name), "series": values})
    if wrong:
        fix = "set data.layout and name the columns in [data], or mend the cells"
        refuse(f"{path}, read as {'long' if long else 'wide'}: {wrong}", LAYOUTS, fix)
    if long:
        return pd.DataFrame(rows)
    names = raw[data.id_column] if data.id_column in raw else raw.index + 1
    values = raw[columns].to_numpy("float64")
    return raw[kept].assign(name=names.astype(str), series=list(values[:, :, None]))


def read_series(path: Path, data: DataConfig) -> pd.DataFrame:
    """Columns "name" and "series", float32 (steps, channels), and what stands beside them."""
    if path.is_dir():
        parts = {word: sorted(path.glob(f"*_{word.upper()}.ts")) for word in ("train", "test")}
        if [len(found) for found in parts.values()] != [1, 1]:
            refuse(f"{path} is a folder without such a pair", FILES, "correct data.path")
        both = [read_series(found[0], data).assign(**{PART: word}) for word, found in parts.items()]
        return pd.concat(both, ignore_index=True)
    try:
        if path.suffix.lower() == ".ts":
            table = parse_ts(path.read_text(encoding=data.encoding), str(path), data.targets)
        elif path.suffix.lower() == ".npz":
            table = parse_npz(path, data.targets)
        else:
            table = read_csv(path, data)
    except (OSError, ValueError, LookupError) as error:
        refuse(f"{path} cannot be read: {error}", FILES, "check data.path and [data]")
    if table.empty:
        refuse(f"{path} holds no series", FILES, "check the file")
    return clean(table, str(path), data.length)


def read_table(config: Config) -> pd.DataFrame:
    """All labelled series: those in [data], or the embedded sample where none are named."""
    data = config.data
    if not data.path:
        return sample.make(config)[0]
    table = read_series(Path(data.path), data)
    marks = [name for name in (data.group, data.part) if name]
    require_columns(table, [*data.targets, *marks], data.path)
    learnt_from = len(table) - int((table[PART] == "test").sum() if PART in table else 0)
    note_size(learnt_from, data.planned_rows, SAMPLES)
    return require_targets(table, data.targets, data.drop_rows_without_target, data.path)


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Series to predict for, in files like those of training; or the first ones of those."""
    if not given:
        return read_table(config).head()
    return pd.concat([read_series(Path(one), config.data) for one in given], ignore_index=True)


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer."""
    return table[["name"]]


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): series whose values are all equal have one key."""
    found = [hashlib.sha256(series.tobytes()).digest()[:8] for series in table["series"]]
    return np.frombuffer(b"".join(found), dtype="uint64")


def contradictions(config: Config) -> Iterator[tuple[str, str, str]]:
    """Relations of [data] with other sections: (given, expected, fix) for each one broken."""
    targets, wanted = config.data.targets, config.head.target_columns
    if len(targets) not in wanted:
        expected = f"{' or '.join(map(str, wanted))}, as [head] has it"
        yield f"data.targets = {targets}", expected, "change either"
