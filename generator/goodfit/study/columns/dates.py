"""Columns that hold times: in which format, whether the day stands first, and whether they tick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodfit.study.columns.aggregates import as_float

if TYPE_CHECKING:
    import polars as pl

DAYS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%B %d %Y",
    "%d %B %Y",
    "%d/%m/%y",
    "%m/%d/%y",
)
MONTHS = ("%Y-%m", "%Y/%m", "%m/%Y", "%b %Y", "%B %Y", "%b-%Y")
CLOCKS = ("", " %H:%M:%S", " %H:%M", "T%H:%M:%S", " %H:%M:%S%.f", "T%H:%M:%S%.f", "T%H:%M:%SZ")
LOOKED_AT = 500


@dataclass(frozen=True)
class Times:
    """A column read as times. `order` is 1 where they rise from row to row, 0 where they do not;
    `regular` is the share of the steps that are as long as the usual one."""

    format: str
    day_first: bool
    rising: bool
    regular: float
    step: str
    missing_steps: int


def formats_of(cells: pl.Series) -> Iterator[str]:
    """Every format in which all of the first cells can be read."""
    first = cells.drop_nulls().unique(maintain_order=True).head(LOOKED_AT)
    sample = str(first[0]).strip() if len(first) else ""
    if not 6 <= len(sample) <= 35 or not any(sign in sample for sign in "-/. "):
        return
    for day in DAYS:
        for clock in CLOCKS:
            if (":" in clock) == (":" in sample) and parsed(first, day + clock).null_count() == 0:
                yield day + clock
    yield from (month for month in MONTHS if parsed(first, month).null_count() == 0)


def parsed(cells: pl.Series, form: str) -> pl.Series:
    """The cells as times; null where they are none."""
    import polars as pl

    cells = cells.str.strip_chars()
    if form in MONTHS:
        cells, form = "01 " + cells, f"%d {form}"
    if "%H" not in form:
        return cells.str.to_date(form, strict=False).cast(pl.Datetime("us"))
    return cells.str.to_datetime(form, strict=False, time_unit="us", ambiguous="null")


def times_of(cells: pl.Series) -> Times | None:
    """A column as times, or None where it holds none. Of two ways to read it the one counts in
    which the times rise."""
    import polars as pl

    if cells.dtype in (pl.Date, pl.Datetime):
        return measured(cells.cast(pl.Datetime("us")), "")
    if cells.dtype != pl.String:
        return None
    found = []
    for form in formats_of(cells):
        whole = parsed(cells, form)
        if whole.null_count() <= cells.null_count() + len(cells) // 100:
            found.append(measured(whole, form))
    return max(found, key=lambda one: (one.rising, one.regular), default=None)


def measured(times: pl.Series, form: str) -> Times:
    """How the times run."""
    filled = times.drop_nulls()
    steps = filled.diff().drop_nulls()
    if steps.is_empty():
        return Times(form, form.startswith("%d"), False, 0.0, "", 0)
    numbers = steps.dt.total_microseconds()
    rising = bool((numbers > 0).all()) and len(filled) == len(times)
    usual = as_float(numbers.mode().min())
    days = usual / 86_400e6
    months = months_in(days)
    if months:  # months differ in length, and are a step all the same
        whole = (filled.dt.year().cast(int) * 12 + filled.dt.month().cast(int)).diff().drop_nulls()
        regular, missing = (
            as_float((whole == months).mean()),
            int((whole // months - 1).clip(0).sum()),
        )
    else:
        regular = as_float((numbers == usual).mean())
        missing = int((numbers // max(1.0, usual) - 1).clip(0).sum())
    return Times(form, form.startswith("%d"), rising, regular, step_words(days, months), missing)


def numbers_as_times(numbers: pl.Series) -> Times | None:
    """Numbers that rise from row to row as times, such as years; None where they do not."""
    steps = numbers.diff().drop_nulls()
    if steps.is_empty() or numbers.null_count() or not (steps > 0).all():
        return None
    usual = as_float(steps.median())
    regular = as_float(((steps - usual).abs() <= 0.01 * usual).mean())
    missing = int((steps / usual - 1).round().clip(0).sum())
    return Times("", False, True, regular, f"{usual:.4g}", missing)


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
