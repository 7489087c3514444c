"""Columns that hold times: whether they are in order, and whether they tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodfit.study.columns.aggregates import as_float

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Times:
    """A column read as times. `rising`: every row has one, later than the row above; `regular` is
    the share of the steps that are as long as the usual one, once the times are in order; `again`
    counts those that stand in a row above already, `lost` rows without one. `clocked`: not all are
    midnight. `falling`: the newest stands first; `on_grid`: every step is a multiple of the usual
    one."""

    rising: bool
    regular: float
    step: str
    missing_steps: int
    again: int = 0
    lost: int = 0
    clocked: bool = False
    falling: bool = False
    rows: int = 0
    on_grid: bool = False


def times_of(cells: pl.Series) -> Times | None:
    """A column as times, or None where it holds none."""
    from goodfit.reader.times import times_in

    times = times_in(cells)
    return None if times is None else measured(times)


def measured(times: pl.Series) -> Times:
    """How the times run, once they are in order."""
    filled = times.drop_nulls()
    steps = filled.diff().drop_nulls()
    if steps.is_empty():
        return Times(False, 0.0, "", 0)
    rising = bool((steps.dt.total_microseconds() > 0).all()) and len(filled) == len(times)
    ordered = filled.unique().sort()
    steps = ordered.diff().drop_nulls()
    if steps.is_empty():
        return Times(False, 0.0, "", 0, len(filled) - len(ordered))
    numbers = steps.dt.total_microseconds()
    usual = as_float(numbers.mode().min())
    days = usual / 86_400e6
    months = months_in(days)
    working = days == 1 and bool((ordered.dt.weekday() <= 5).all()) and len(ordered) > 10
    clocked = not bool((ordered.dt.truncate("1d") == ordered).all())
    if months:  # months differ in length, and are a step all the same
        moved = ordered.dt.year().cast(int) * 12 + ordered.dt.month().cast(int)
        whole = moved.diff().drop_nulls()
        regular, missing = as_float((whole == months).mean()), (whole // months - 1).clip(0).sum()
        on_grid = bool((whole % months == 0).all())
    elif working:  # so do working days, of which there is none at weekends
        business = working_days(ordered)
        regular, missing = as_float((business == 1).mean()), (business - 1).clip(0).sum()
        on_grid = True
    else:
        regular = as_float((numbers == usual).mean())
        missing = (numbers // max(1.0, usual) - 1).clip(0).sum()
        on_grid = bool((numbers % max(1.0, usual) == 0).all())
    step = "a working day" if working else step_words(days, months)
    again = len(filled) - len(ordered)
    falling = bool((filled.diff().drop_nulls().dt.total_microseconds() <= 0).all())
    lost, rows = len(times) - len(filled), len(times)
    return Times(rising, regular, step, int(missing), again, lost, clocked, falling, rows, on_grid)


def working_days(times: pl.Series) -> pl.Series:
    """int: how many working days lie between two times that follow one another."""
    import polars as pl

    days = pl.DataFrame({"to": times.dt.date()}).with_columns(since=pl.col("to").shift(1))
    return days.drop_nulls().select(pl.business_day_count("since", "to")).to_series()


def numbers_as_times(numbers: pl.Series) -> Times | None:
    """Numbers that rise from row to row as times, such as years; None where they do not."""
    steps = numbers.diff().drop_nulls()
    if steps.is_empty() or numbers.null_count() or not (steps > 0).all():
        return None
    usual = as_float(steps.median())
    near = max(0.01 * usual, rounded_to(numbers, usual / 4))
    regular = as_float(((steps - usual).abs() <= near).mean())
    missing = int((steps / usual - 1).round().clip(0).sum())
    return Times(True, regular, f"{usual:.4g}", missing, rows=len(numbers))


def rounded_to(numbers: pl.Series, most: float) -> float:
    """The unit to which all numbers are rounded, such as 0.001 of 1950.083, where it is at most
    `most`; else 0. Steps between them differ by as much."""
    for places in range(1, 7):
        if bool(((numbers - numbers.round(places)).abs() < 1e-9 * numbers.abs()).all()):
            unit = 1.001 * 10.0**-places
            return unit if unit <= most else 0.0
    return 0.0


def months_in(days: float) -> int:
    """1, 3 or 12 where so many days are a month, a quarter or a year; else 0."""
    for months, low, high in ((1, 28, 31), (3, 89, 92), (12, 365, 366)):
        if low <= days <= high:
            return months
    return 0


def step_words(days: float, months: int) -> str:
    """The step in words."""
    if months:
        return {1: "a month", 3: "a quarter", 12: "a year"}[months]
    for unit, length in (("week", 7.0), ("day", 1.0), ("hour", 1 / 24), ("minute", 1 / 1440)):
        count = days / length
        if count >= 1 and abs(count - round(count)) < 1e-6:
            return (
                f"{round(count)} {unit}s"
                if round(count) > 1
                else f"a{'n' * (unit == 'hour')} {unit}"
            )
    return f"{days * 86_400:g} seconds"
