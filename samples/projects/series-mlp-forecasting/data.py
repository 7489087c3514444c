"""Rows in time: read them, check that the times are regular, and know what comes after the last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from pydantic import Field, NonNegativeInt, PositiveInt

import sample
from columns import as_numbers, note_size, require_columns
from features import ordered_times, times_from, usual_step, with_time
from reading import read_cells
from schema import Section, refuse

if TYPE_CHECKING:
    from config import Config

SAMPLES = "steps"


class DataConfig(Section):
    path: str
    separator: str = Field(min_length=1)
    decimal: str = Field(min_length=1, max_length=1)
    encoding: str
    missing: list[str]
    time_column: str = Field(min_length=1)
    targets: list[str] = Field(min_length=1)
    inputs: list[str]
    gaps: Literal["refuse", "fill"]
    window: PositiveInt
    horizon: PositiveInt
    season: NonNegativeInt
    planned_rows: PositiveInt


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
    tables = [regular(read_rows(Path(one), data), data, one) for one in given]
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


def contradictions(config: Config) -> Iterator[tuple[str, str, str]]:
    """Relations of [data] with other sections: (given, expected, fix) for each one broken."""
    data, units = config.data, config.head.output_units
    if data.horizon * len(data.targets) != units:
        given = f"data.horizon = {data.horizon}, {len(data.targets)} targets"
        yield given, f"head.output_units = {units} is their product", "change head.output_units"
    if config.head.anchor == "season" and data.season > data.window:
        given = f"head.anchor = 'season', data.season = {data.season}"
        yield given, f"a season within data.window = {data.window}", "lengthen data.window"
