"""Series: read .ts, .npz and CSV files into one row a series, and split them in three."""

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

import sample
from columns import PART, note_size, require_columns, require_targets
from config import Config, DataConfig, refuse
from features import clean
from files import folders_between, part_files
from reader.cells import kind_of, numbers_in
from reader.formats import is_table, load_arrays
from reader.how import Fault, Written
from reader.later import read_later
from reader.packages import require_file

SAMPLES = "series"
FILES = "a .ts, .npz or CSV file, *_TRAIN and *_TEST of one, or a folder with a CSV for each series"
LAYOUTS = """one of
    wide: a row for each series: the columns of numbers are its steps, data.targets beside them
    long: a row for each step: data.id_column, data.time_column, data.channels, data.targets
    pieces: a row for each step of one long series, which is cut into pieces of data.length"""
TABLES = (".csv", ".tsv", ".txt")
NO_VALUE = ("", "?", "NA", "NaN", "nan")  # cells that mean: no value


def numbers(channels: Sequence[Any], where: str) -> np.ndarray:
    """float64 (steps, channels) from numbers or their text, channel by channel; NaN is a gap."""
    if len({len(channel) for channel in channels}) != 1:
        given = f"{where}: channels of {[len(channel) for channel in channels]} steps"
        refuse(given, "channels of one length", "write ? where a value is missing")
    try:
        return np.array(channels, dtype="float64").T
    except ValueError as error:
        refuse(f"{where}: {error}", "numbers, ? where one is missing", "mend that line")


def parse_ts(path: Path, data: DataConfig) -> pd.DataFrame:
    """A row for each series in the archives' .ts format; its label becomes the first target. After
    "@data" a line is a series, such as "1,2,3:4,5,6:walking" of two channels and a label."""
    lines = [line.strip() for line in path.read_text(encoding=data.encoding).splitlines()]
    words = [line.lower().partition(" ")[::2] for line in lines if line.startswith("@")]
    begin = next((place for place, line in enumerate(lines) if line.lower() == "@data"), None)
    if begin is None or ("@timestamps", "true") in words:
        given = f"{path} has no line @data, or times beside its values"
        refuse(given, "values alone, after a line @data", "write a long CSV where times matter")
    labelled = any(word[-5:] == "label" and rest.startswith("true") for word, rest in words)
    rows: list[dict[str, Any]] = []
    for place, line in enumerate(lines[begin + 1 :], begin + 2):
        if line and not line.startswith("#"):
            channels = line.split(":")
            label = channels.pop() if labelled else ""
            row: dict[str, Any] = dict.fromkeys(data.targets[:1] if labelled else [], label)
            cells = [channel.replace("?", "nan").split(",") for channel in channels]
            row["series"] = numbers(cells, f"{path}, line {place}")
            rows.append(row | {"name": str(len(rows) + 1)})
    return pd.DataFrame(rows)


def parse_npz(path: Path, data: DataConfig) -> pd.DataFrame:
    """Series from X, (rows, steps, channels) or (rows, steps), and targets from y, (rows, any)."""
    named = {name.lower(): array for name, array in load_arrays(path).items()}
    x = named.get("x", np.zeros(0))
    y = named.get("y", np.zeros((len(x), 0)))
    if x.ndim not in (2, 3) or len(x) != len(y):
        given = ", ".join(f"{name} {array.shape}" for name, array in named.items())
        expected = "X (series, steps, channels) or (series, steps), and y with a row for each"
        refuse(f"{path} holds {given}", expected, "numpy.savez(path, X=..., y=...)")
    table = pd.DataFrame(dict(zip(data.targets, y.reshape(len(x), -1).T, strict=False)))
    series = [numbers(steps.reshape(len(steps), -1).T, str(path)) for steps in x]
    names = pd.RangeIndex(1, len(x) + 1).astype(str)
    return table.assign(name=names, series=pd.Series(series, dtype=object))


def in_pieces(raw: pd.DataFrame, name: str, data: DataConfig) -> pd.DataFrame:
    """Steps of a long series with the id of their piece, and its rarest target: one odd step makes
    a piece odd."""
    ids = name + ", " + pd.Series(np.arange(len(raw)) // data.length + 1).astype(str)
    for target in data.targets:
        rarity = raw[target].map(raw[target].value_counts())
        raw[target] = raw[target].loc[rarity.groupby(ids).transform("idxmin")].array
    return raw.assign(**{data.id_column: ids})


def read_cells(
    path: Path, how: Written, names: Collection[str], needed: Sequence[str]
) -> pd.DataFrame:
    """The rows of a CSV: numbers where a column holds nothing else, but for what `names` something.
    Columns without a header are called "0", "1", ..."""
    frame = read_later(path, how, needed if how.header else [])
    if not how.header:
        frame.columns = [str(place) for place in range(frame.width)]
    words = {*names, *(one.name for one in frame if kind_of(one, how) != "number")}
    read = [one if one.name in words else numbers_in(one, how) for one in frame]
    return pl.DataFrame(read).to_pandas()


def cells_of(root: Path, data: DataConfig) -> pd.DataFrame:
    """The rows of a CSV; or of all below a folder, each a series whose class and part its folders
    say. Targets or channels that are numbers count the columns of files without a header."""
    bare = any(name.isdigit() for name in (*data.targets, *data.channels))
    cells = (data.separator, data.encoding, data.decimal)
    how = Written(*cells, header=not bare, missing=NO_VALUE, sheet=data.sheet)
    below = next((some for end in TABLES if (some := sorted(root.rglob(f"*{end}")))), [])
    if root.is_dir() and not below and not is_table(root):
        refuse(f"{root} holds no series", FILES, "name another, or put its files there")
    folders, parts = folders_between(root, below)
    long = data.layout in ("long", "pieces")
    needed = [name for name in (data.time_column, *data.channels) if name and long]
    tables = []
    for place, path in enumerate(below or [root]):
        raw = read_cells(path, how, (data.id_column, data.group, data.part, *data.targets), needed)
        if below:
            marks = dict.fromkeys(data.targets[:1], "".join(folders[place][-1:]))
            marks |= {PART: parts[place]} if parts else {}
            raw = raw.assign(**{name: marks[name] for name in marks if name not in raw})
            raw[data.id_column] = path.relative_to(root).as_posix()
        tables.append(in_pieces(raw, path.name, data) if data.layout == "pieces" else raw)
    return pd.concat(tables, ignore_index=True)


def require_order(times: pd.Series, where: str) -> None:
    """Refuse times that cannot be read, that repeat, or that go back."""
    if not pd.api.types.is_numeric_dtype(times):
        times = pd.to_datetime(times.astype(str), errors="coerce", format="mixed")
    wrong = times.isna() | (times.diff() <= times.iloc[0] - times.iloc[0])
    if wrong.any():
        given = f"{where}: the time in row {int(wrong.argmax()) + 1} is {times[wrong].iloc[0]}"
        refuse(given, "times that rise from row to row", "sort the rows and remove doubles")


def from_cells(raw: pd.DataFrame, path: Path, data: DataConfig) -> pd.DataFrame:
    """Series from rows in one of the layouts; "auto" takes the long one where ids repeat."""
    ids = raw.get(data.id_column, raw.index.to_series() + 1)
    repeats = bool(ids.duplicated().any())
    long = data.layout in ("long", "pieces") or (data.layout == "auto" and repeats)
    kept = [name for name in (*data.targets, data.group, data.part, PART) if name in raw]
    others = raw.columns.difference([*kept, data.id_column, data.time_column], sort=False)
    columns = data.channels if long and data.channels else list(others)
    wrong = "" if long or not repeats else f"{data.id_column!r} repeats"
    needed = [name for name in (data.id_column, data.time_column, *columns) if name and long]
    require_columns(raw, needed, f"{path}, in the long layout,")
    for column in (raw[name] for name in columns):
        words = column[pd.to_numeric(column, errors="coerce").isna() & column.notna()]
        wrong = f"column {column.name!r} holds {words.iloc[0]!r}" if len(words) else wrong
    rows = []
    for name, steps in raw.groupby(ids, sort=False) if long and not wrong else ():
        if data.time_column:
            require_order(steps[data.time_column], f"{path}, series {name!r}")
        if kept and len(steps[kept].drop_duplicates()) > 1:
            wrong = f"series {name!r} has several values in {kept}"
        values = steps[columns].to_numpy("float64")
        rows.append(steps[kept].iloc[0].to_dict() | {"name": str(name), "series": values})
    if wrong:
        fix = "set data.layout and name the columns in [data], or mend the cells"
        refuse(f"{path}, read as {'long' if long else 'wide'}: {wrong}", LAYOUTS, fix)
    if long:
        return pd.DataFrame(rows)
    series = list(raw[columns].to_numpy("float64")[:, :, None])
    return raw[kept].assign(name=ids.astype(str), series=series)


def read_series(path: Path, data: DataConfig) -> pd.DataFrame:
    """Columns "name" and "series", float32 (steps, channels), and what stands beside them."""
    for suffix in (".ts", ".npz", *TABLES) if path.is_dir() else ():
        both = part_files(path, suffix)
        if sorted(part for _, part in both) == ["test", "train"]:
            tables = [read_series(file, data).assign(**{PART: part}) for file, part in both]
            return pd.concat(tables, ignore_index=True)
    if not path.exists():
        refuse(f"{path} does not exist", FILES, "correct the path")
    try:
        require_file(path)
        parse = {".ts": parse_ts, ".npz": parse_npz}.get(path.suffix.lower())
        table = parse(path, data) if parse else from_cells(cells_of(path, data), path, data)
    except Fault as fault:
        refuse(fault.given, fault.expected, fault.fix)
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
    require_columns(table, [*data.targets, *filter(None, (data.group, data.part))], data.path)
    learnt_from = len(table) - int((table[PART] == "test").sum() if PART in table else 0)
    note_size(learnt_from, data.planned_rows, SAMPLES)
    return require_targets(table, data.targets, data.drop_rows_without_target, data.path)


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Series to predict for, in files like those of training; or the first ones of those."""
    tables = [read_series(Path(name), config.data) for name in given]
    return pd.concat(tables, ignore_index=True) if tables else read_table(config).head()


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer."""
    return table[["name"]]


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): series whose values are all equal have one key."""
    digests = [hashlib.sha256(series.tobytes()).digest()[:8] for series in table["series"]]
    return np.frombuffer(b"".join(digests), dtype="uint64")
