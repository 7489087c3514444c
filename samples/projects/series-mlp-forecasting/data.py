"""Rows in time: read them, check that the times are regular, and cut them in three."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import sample
from config import Config, DataConfig, refuse

TRUE, FALSE = ("true", "yes", "y", "t", "1"), ("false", "no", "n", "f", "0")
MISSING = "<missing>"
SAMPLES = "steps"
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
        given = f"column {column.name!r}, row {row + 1}: {str(column.iloc[row])!r}"
        expected = "yes or no (true/false, 1/0)" if boolean else "a finite number"
        refuse(given, expected, "mend the cell, or see data.missing and data.categorical")
    return numbers


def require_columns(table: pd.DataFrame, names: list[str], where: str) -> None:
    """Refuse a table that lacks one of `names`, and show the names it has."""
    for name in names:
        if name not in table.columns:
            has = ", ".join(repr(column) for column in table.columns[:30])
            fix = "correct [data], or data.separator if the columns look run together"
            refuse(f"{where} has no column {name!r}", f"one of {has}", fix)


def note_size(samples: int, planned: int, word: str) -> None:
    """Say where the data is far larger or smaller than what the rules counted on."""
    if not planned / 4 <= samples <= planned * 4:
        given = f"{samples:,} {word}; this project was planned for {planned:,}"
        print(f"note: {given}. `goodfit generate --samples {samples}` has sizes to fit.")


def read_cells(path: Path, separator: str, encoding: str, **options: Any) -> pd.DataFrame:
    """A CSV as it is. Raises OSError, ValueError or LookupError where it cannot be read."""
    usual: dict[str, Any] = {
        "na_values": ["", "?", "NA", "NaN", "nan"],
        "keep_default_na": False,
        "skipinitialspace": True,
        "low_memory": False,
    }
    table = pd.read_csv(path, sep=separator, encoding=encoding, **(usual | options))
    if not isinstance(table.index, pd.RangeIndex):  # pandas took first cells for names of rows
        raise ValueError("its rows have more cells than its header")
    return table


def with_time(table: pd.DataFrame, name: str, where: str) -> pd.DataFrame:
    """The table with its time in one column, where it stands in several: "date + time", or
    "year + month + day + hour", each a number."""
    parts = name.split(" + ")
    if name in table or len(parts) == 1:
        return table
    require_columns(table, parts, where)
    times: pd.Series = table[parts].astype(str).agg(" ".join, axis=1)
    if pd.api.types.is_numeric_dtype(table[parts[0]]):
        try:
            units = {part.lower(): table[part] for part in parts}
            times = pd.to_datetime(pd.DataFrame({"month": 1, "day": 1} | units, table.index))
        except ValueError as error:
            fix = "name columns called year, month, day, hour, minute, second"
            refuse(f"{where}, data.time_column = {name!r}: {error}", "dates in numbers", fix)
    return table.drop(columns=parts).assign(**{name: times})


def read_times(texts: pd.Series, where: str) -> pd.Series:
    """Timestamps, NaT where there is none. Whether 02.01.2024 is in January or in February shows
    in the order of the rows: in the right reading they rise, in even steps. Else it is refused."""
    month_first = pd.to_datetime(texts, errors="coerce", format="mixed")
    if not texts.str.match(r"\s*\d{1,2}\D\d{1,2}\D\d{2}").all():
        return month_first
    day_first = pd.to_datetime(texts, errors="coerce", format="mixed", dayfirst=True)
    rising = [
        times
        for times in (month_first, day_first)
        if times.notna().all() and (times.diff().iloc[1:] > pd.Timedelta(0)).all()
    ]
    if len(rising) == 2 and not rising[0].equals(rising[1]):
        steps = [times.diff() for times in rising]
        even = [place for place, step in enumerate(steps) if step.max() <= 1.2 * step.min()]
        if len(even) != 1:
            given = f"{where}: {texts.iloc[0]!r} may begin with the day or with the month"
            refuse(given, "dates that can be read in one way", "write them as 2024-01-31")
        return rising[even[0]]
    return [*rising, month_first][0]


def ordered_times(column: pd.Series, where: str) -> pd.Series:
    """Numbers or timestamps that rise from row to row; anything else is refused."""
    numeric = pd.api.types.is_numeric_dtype(column)
    times = column if numeric else read_times(column.astype(str), where)
    if times.isna().any():
        row = int(times.isna().argmax())
        given = f"{where}: row {row + 1} has {column.iloc[row]!r} in {column.name!r}"
        refuse(given, "a time in each row, such as 2024-01-31 23:00", "correct data.time_column")
    wrong = times.diff().shift(-1) <= times.iloc[0] - times.iloc[0]
    if wrong.any():
        row = int(wrong.argmax()) + 1
        given = f"{where}: row {row + 1} has the time {column.iloc[row]}, row {row} has "
        fix = "sort the rows, keep one for each time, and write dates as 2024-01-31"
        refuse(f"{given}{column.iloc[row - 1]}", "times that rise", fix)
    return times


def days_apart(times: pd.Series) -> float:
    """How many days usually lie between two times."""
    return float(times.diff().dt.total_seconds().median()) / 86_400


def usual_step(times: pd.Series) -> Any:
    """The step from one time to the next: a number, a Timedelta, or whole months."""
    step = times.diff().mode().iloc[0]
    if not isinstance(step, pd.Timedelta):
        return step
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
    """Read a CSV as it is; it must hold the columns that [data] names."""
    try:
        options = {"decimal": data.decimal, "na_values": data.missing}
        table = read_cells(path, data.separator, data.encoding, **options)
    except (OSError, ValueError, LookupError) as error:
        fix = "check data.path, data.separator and data.encoding"
        refuse(f"{path} cannot be read: {error}", "a CSV file", fix)
    if len(table) < 2:
        refuse(f"{path} holds fewer than two rows", "a row for each point in time", "add rows")
    table = with_time(table, data.time_column, str(path))
    require_columns(table, [data.time_column, *data.targets, *data.inputs], str(path))
    return table


def numeric_columns(table: pd.DataFrame, data: DataConfig) -> list[str]:
    """Targets, then data.inputs, or every other column of numbers where that names none."""
    others = list(map(str, table.columns.drop(data.time_column)))
    free = [name for name in others if pd.to_numeric(table[name], errors="coerce").notna().any()]
    if not data.inputs and len(free) < len(others):
        print(f"note: without numbers, and not used: {', '.join(sorted({*others} - {*free}))}")
    return list(dict.fromkeys([*data.targets, *(data.inputs or free)]))


def regular(table: pd.DataFrame, data: DataConfig, where: str) -> pd.DataFrame:
    """Time and numbers, a row for every step: gaps are refused, or filled and counted."""
    times = ordered_times(table[data.time_column], where)
    columns = {name: as_numbers(table[name], False) for name in numeric_columns(table, data)}
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
    full = pd.DataFrame(columns, index=times.to_numpy()).reindex(grid)
    gaps = full.isna().any(axis=1)
    if gaps.any():
        said = f"{gaps.sum():,} of {len(full):,} steps have no row or no value"
        if data.gaps == "refuse":
            given = f"{where}: {said}, first at {gaps.idxmax()}"
            fix = 'set data.gaps = "fill" for straight lines across them, or add what is missing'
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
        said = f"{len(tables)} files, the first of {len(tables[0])} rows"
        refuse(said, f"one file of {data.window} rows or more", "give the rows before the forecast")
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


def part_column(config: Config) -> str:
    """None: parts follow one another in time."""
    return ""


def fingerprint(table: pd.DataFrame, config: Config) -> str:
    """Sixteen hex digits that change with any time, any value or their order."""
    return hashlib.sha256(keys(table, config).tobytes()).hexdigest()[:16]


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
