"""Rows in time: read them, put them in order, see that they are regular, cut them in three."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd
import polars as pl

import sample
from config import Config, DataConfig, refuse
from reader.cells import kind_of
from reader.digits import compact_times
from reader.how import Fault, How, printable
from reader.later import read_later
from reader.times import in_utc, joined_times, offset_of, times_in, two_ways
from reader.typed import amounts_in

TRUE, FALSE = ("true", "yes", "y", "t", "1"), ("false", "no", "n", "f", "0")
MISSING = "<missing>"
SAMPLES = "steps"
ROW_NUMBER = "row number"  # stands for the time where a file has none: each row is a step
MONTHS = {12: 1, 4: 3, 1: 12}  # rows a year: months from row to row


def as_text(column: pd.Series) -> pd.Series:
    """Every value as text: "<missing>" where there is none, no ".0" after whole numbers."""
    if pd.api.types.is_float_dtype(column):
        column = column.map(lambda value: np.format_float_positional(value, trim="-"), "ignore")
    return column.astype("string").str.strip().fillna(MISSING)


def as_numbers(column: pd.Series, boolean: bool) -> np.ndarray:
    """float64 (rows,), NaN where missing. Refuses text that is no number (or no yes and no)."""
    if boolean:
        meaning = dict.fromkeys(TRUE, 1.0) | dict.fromkeys(FALSE, 0.0)
        read = as_text(column).str.lower().map(meaning)
    else:
        read = pd.to_numeric(column, errors="coerce")
    numbers = read.to_numpy(dtype="float64", na_value=np.nan)
    wrong = ~np.isfinite(numbers) & column.notna().to_numpy()
    if wrong.any():
        row = int(wrong.argmax())
        given = f"column {column.name!r} has {str(column.iloc[row])!r}, first in row {row + 1:,}"
        expected = "yes or no (true/false, 1/0)" if boolean else "a finite number"
        refuse(f"{given}, {wrong.sum():,} such cells", expected, "mend the cells")
    return numbers


def require_columns(table: pd.DataFrame, names: list[str], where: str) -> None:
    """Refuse a table that lacks one of `names`, and show the names it has."""
    for name in names:
        if name not in table.columns:
            has = ", ".join(repr(column) for column in table.columns[:30])
            fix = "call the column that holds it so, or correct [data] in config.toml"
            refuse(f"{where} has no column {name!r}", f"one of {has}", fix)


def note_size(samples: int, planned: int, word: str) -> None:
    """Say where the data is far larger or smaller than what the rules counted on."""
    if not planned / 4 <= samples <= planned * 4:
        given = f"{samples:,} {word}; this project was planned for {planned:,}"
        print(f"note: {given}. `goodfit generate --samples {samples}` has sizes to fit.")


def frame_in(path: Path, how: How, names: Sequence[str], expected: str, fix: str) -> pl.DataFrame:
    """All rows of a table with these columns; what is written otherwise than `how` says is told.
    What cannot be read is refused, with what is `expected` and the `fix` where the file itself
    does not tell."""
    if not path.exists():
        refuse(f"{path} does not exist", expected, "correct the path")
    try:
        return read_later(path, how, names)
    except Fault as fault:
        refuse(fault.given, fault.expected, fault.fix)
    except (OSError, ValueError, LookupError, BadZipFile, ImportError) as error:
        refuse(f"{path} cannot be read: {error}", expected, fix)


def times_of(frame: pl.DataFrame, name: str, where: str) -> pd.Series:
    """Timestamps or numbers of the rows. They stand in one column, or in several: "date + time",
    "date + hour", "year + month + day + hour"."""
    if name == ROW_NUMBER and name not in frame.columns:
        return pd.Series(np.arange(frame.height), name=name)
    parts = [name] if name in frame.columns else name.split(" + ")
    missing = next((part for part in parts if part not in frame.columns), None)
    if missing is not None:
        has = ", ".join(map(repr, frame.columns[:30]))
        refuse(f"{where} has no column {missing!r}", f"one of {has}", "correct data.time_column")
    columns = [frame[part] for part in parts]
    first, expected = columns[0], "a time in each row, such as 2024-01-31 23:00"
    numbers = len(columns) == 1 and first.dtype.is_numeric() and not first.null_count()
    if numbers and compact_times(first) is None:  # 20240131 is a day
        return first.to_pandas().rename(name)
    if two_ways(first):
        given = f"{where}: {first[0]!r} may begin with the day or with the month"
        refuse(given, "dates that can be read in one way", "write them as 2024-01-31")
    if in_utc(first):
        print(f"note: {where}: the times in {name!r} have offsets, and are shown in UTC")
    times = times_in(first) if len(columns) == 1 else joined_times(columns)
    if times is None:
        odd = (at for at in range(first.len()) if times_in(first[at : at + 1]) is None)
        row = next(odd, 0)  # the first that is none by itself
        given = f"{where}: row {row + 1} has {first[row]!r} in {name!r}, which is no time"
        refuse(given, expected, "mend the cell, or correct data.time_column")
    if times.null_count():
        row = int(times.is_null().arg_max() or 0)
        given = f"{where}: row {row + 1} has {first[row]!r} in {name!r}"
        refuse(f"{given}, {times.null_count():,} such rows", expected, "correct data.time_column")
    local = times.to_pandas().rename(name)
    zone = offset_of(first)
    return local.dt.tz_localize(zone) if zone else local


def in_order(table: pd.DataFrame, data: DataConfig, where: str) -> pd.DataFrame:
    """The rows in the order of time, one for each. Rows of one time are refused, or made one."""
    name, times = data.time_column, table[data.time_column]
    if not times.is_monotonic_increasing:
        print(f"note: {where}: the rows are put in the order of {name!r}")
        table = table.sort_values(name, kind="stable", ignore_index=True)
    again = table[name].duplicated()
    if not again.any():
        return table
    said = (
        f"{again.sum():,} rows have a time that another row has, first {table[name][again].iloc[0]}"
    )
    if data.repeated == "refuse":
        fix = "--set data.repeated=average (or first, or last)"
        refuse(f"{where}: {said}", "one row for each time", fix)
    print(f"note: {where}: {said}; of these {data.repeated} is taken")
    rows = table.groupby(name, sort=True)
    found: pd.DataFrame = (
        rows.mean() if data.repeated == "average" else getattr(rows, data.repeated)()
    )
    return found.reset_index()


def days_apart(times: pd.Series) -> float:
    """How many days usually lie between two times."""
    return float(times.diff().dt.total_seconds().median()) / 86_400


def working_days(times: pd.Series) -> bool:
    """Whether the times are days, and none of them is of a weekend."""
    daily = not pd.api.types.is_numeric_dtype(times) and days_apart(times) == 1
    return daily and len(times) > 10 and bool((times.dt.day_of_week < 5).all())


def usual_step(times: pd.Series) -> Any:
    """The step from one time to the next: a number, a Timedelta, whole months, a working day."""
    step = times.diff().mode().iloc[0]
    if not isinstance(step, pd.Timedelta):
        return step
    if working_days(times):
        return pd.offsets.BusinessDay()
    months = MONTHS.get(round(365.25 / days_apart(times)))
    if months is None:
        return step
    whole = times.dt.is_month_end.all()
    return pd.offsets.MonthEnd(months) if whole else pd.DateOffset(months=months)


def times_from(first: Any, step: Any, count: int) -> pd.Index:
    """`count` times, from `first` on, one `step` apart."""
    if isinstance(first, pd.Timestamp):
        return pd.date_range(first, periods=count, freq=step)
    return pd.Index(first + step * np.arange(count))


def read_rows(path: Path, data: DataConfig) -> pd.DataFrame:
    """Read a file, rows in the order of time; it must hold the columns that [data] names."""
    order = [] if data.time_column == ROW_NUMBER else [data.time_column]
    names = [*order, *dict.fromkeys([*data.targets, *data.inputs])]
    frame = frame_in(path, data, names, "a table with a row for each time", "mend the file")
    if len(frame) < 2:
        refuse(f"{path} holds fewer than two rows", "a row for each point in time", "add rows")
    if lacking := [name for name in data.targets if name not in frame.columns]:
        given = f"{path} has no column {', '.join(map(repr, lacking))}"
        expected = f"what is to be forecast, as it was at the last {data.window} times"
        refuse(given, expected, "add it; its cells may be empty where the forecast begins")
    try:
        frame = pl.DataFrame(
            [
                amounts_in(one, data, str(path))
                if one.name in names[len(order) :] or kind_of(one, data) == "number"
                else one
                for one in frame
            ]
        )
    except Fault as fault:
        refuse(fault.given, fault.expected, fault.fix)
    times = times_of(frame, data.time_column, str(path))
    table = frame.drop(data.time_column.split(" + "), strict=False).to_pandas()
    table.insert(0, data.time_column, times)
    require_columns(table, [*data.targets, *data.inputs], str(path))
    columns = {name: as_numbers(table[name], False) for name in numeric_columns(table, data)}
    return in_order(pd.DataFrame({data.time_column: times} | columns), data, str(path))


def numeric_columns(table: pd.DataFrame, data: DataConfig) -> list[str]:
    """Targets, then data.inputs, or every other column of numbers where that names none."""
    others = list(map(str, table.columns.drop(data.time_column)))
    free = [name for name in others if pd.to_numeric(table[name], errors="coerce").notna().any()]
    if not data.inputs and len(free) < len(others):
        left = printable(", ".join(sorted({*others} - {*free})))
        print(f"note: without numbers, and not used: {left}")
    return list(dict.fromkeys([*data.targets, *(data.inputs or free)]))


def until_now(table: pd.DataFrame, data: DataConfig) -> pd.DataFrame:
    """The rows up to the last that has a target: those after it are what is to be forecast."""
    known = table[data.targets].notna().any(axis=1).to_numpy()
    if not known.any():
        given = f"no row has a value of {', '.join(map(repr, data.targets))}"
        fix = f"fill in what it was at the last {data.window} times before the forecast"
        refuse(given, "values to forecast from", fix)
    ahead = int(known[::-1].argmax())
    if ahead:
        print(f"note: the last {ahead:,} rows have no target yet; the forecast begins there")
    return table.iloc[: len(table) - ahead]


def regular(table: pd.DataFrame, data: DataConfig, where: str) -> pd.DataFrame:
    """Time and numbers, a row for every step: gaps are refused, or filled and counted."""
    table = until_now(table, data)
    times, columns = table[data.time_column], table.drop(columns=data.time_column)
    step = usual_step(times)
    if pd.api.types.is_numeric_dtype(times):  # 0.1 + 0.2 is not 0.3: take the nearest on the grid
        near = times.iloc[0] + step * ((times - times.iloc[0]) / step).round()
        times = times.where((near - times).abs() > step / 1000, near)
    rows = 2 * round((times.iloc[-1] - times.iloc[0]) / times.diff().median()) + 2
    grid = times_from(times.iloc[0], step, rows)
    grid = grid[grid <= times.iloc[-1]]
    off = ~times.isin(grid)
    if off.any():
        given = f"{where}: the time {times[off].iloc[0]} is not on the grid"
        refuse(given, f"steps of {step} from {times.iloc[0]}", "resample to a regular step")
    full = columns.set_axis(pd.Index(times)).reindex(grid)
    gaps = full.isna().any(axis=1)
    if gaps.any():
        said = f"{gaps.sum():,} of {len(full):,} steps have no row or no value"
        if data.gaps == "refuse":
            given = f"{where}: {said}, first at {gaps.idxmax()}"
            fix = "--set data.gaps=fill for straight lines across them, or add what is missing"
            refuse(given, "a value at each step", fix)
        print(f"note: {said}; filled by straight lines")
        full = full.interpolate(limit_direction="both")
    return full.rename_axis(data.time_column).reset_index()


def read_table(config: Config) -> pd.DataFrame:
    """All rows in time: the file in [data], or the embedded sample where none is named."""
    data = config.data
    if not data.path:
        return sample.make(config)[0]
    table = regular(read_rows(Path(data.path), data), data, data.path)
    note_size(len(table), data.planned_rows, SAMPLES)
    return table


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """The last window of a file, or of the training data, and the empty rows to be forecast."""
    data = config.data
    tables = [regular(read_rows(Path(name), data), data, name) for name in given]
    if len(tables) > 1 or (tables and len(tables[0]) < data.window):
        said = f"{len(tables)} file(s), the first with {len(tables[0])} times up to the forecast"
        expected = f"one file with {data.window} or more, which a forecast looks back on"
        refuse(said, expected, "add the rows before these")
    past = tables[0] if tables else read_table(config)
    times = past[data.time_column]
    future = times_from(times.iloc[-1], usual_step(times), data.horizon + 1)[1:]
    rows = [past.tail(data.window), pd.DataFrame({data.time_column: future})]
    return pd.concat(rows, ignore_index=True)


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each forecast: nothing, since it brings its time."""
    return pd.DataFrame()


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): rows that are all equal have one key."""
    return pd.util.hash_pandas_object(table, index=False).to_numpy()


def groups(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (windows,): those that forecast much the same steps have one key, where there are
    enough of them for ten keys."""
    windows = len(table) - config.data.window - config.data.horizon + 1
    alike = max(1, min(config.data.horizon, windows // 10))
    return np.arange(windows, dtype=np.uint64) // np.uint64(alike)


def part_column(config: Config) -> str:
    """None: parts follow one another in time."""
    return ""


def marks(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows, 2): what each row is known by, its time alone and with all that it holds."""
    times = pd.util.hash_pandas_object(table[config.data.time_column], index=False)
    return np.column_stack([times, keys(table, config)])


def split(table: pd.DataFrame, config: Config) -> dict[str, pd.DataFrame]:
    """Contiguous rows for "train", "validation" and "test", in the order of time.

    Windows are formed inside each part: none crosses from one into the next, so nothing that is
    forecast in one part is seen in another.
    """
    rows, data = len(table), config.data
    last = rows - round(config.split.test * rows)
    middle = last - round(config.split.validation * rows)
    parts = {
        "train": table.iloc[:middle],
        "validation": table.iloc[middle:last],
        "test": table.iloc[last:],
    }
    needed = data.window + data.horizon
    for name, part in parts.items():
        if len(part) < needed:
            given = f"{len(part)} rows in the {name} part"
            expected = f"{needed}: data.window = {data.window} and data.horizon = {data.horizon}"
            refuse(given, expected, f"shorten data.window, or raise split.{name}")
    windows = len(parts["train"]) - needed + 1
    if config.training.batch_size > windows:
        given = f"training.batch_size = {config.training.batch_size}"
        refuse(given, f"at most the {windows} training windows", "lower training.batch_size")
    return parts
