"""Whole numbers that are times: digits of a date, and seconds since 1970."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column
from goodfit.study.columns.dates import measured

if TYPE_CHECKING:
    import polars as pl

FIRST_MONTH, FIRST_DAY = 190_001, 10_101  # as numbers: of 1900, and of 2001 as 010101
FEWEST_DATES = 12  # distinct ones
FIRST_HOUR = 1_900_000_000  # as a number: of 1900, beyond all seconds since 1970
SINCE_1970, DAY_OF_YEAR = (9, 10, 12, 13), 7  # digits of seconds and milliseconds, and of 2024031
NUMBERS_SOMETHING = re.compile(
    r"(id|ids|no|nr|num|number|code|key|ref|phone|account|ean|isbn|barcode|serial|order|invoice)"
    r"[\W\d_]*$",
    re.IGNORECASE,
)
SHORT = 6  # digits of 240131
EVEN, RISES = 0.5, 0.9  # of the rows, at least, where numbers are seconds or milliseconds
CALLED_A_TIME = re.compile(
    r"(^|[\W_])(times?|timestamp|ts|date|datetime|day|doy|julian|epoch|unix|utc|created|updated|when)"
    r"([\W_]|$)|(time|date|stamp)$|(?-i:[a-z]At$)|_at$",
    re.IGNORECASE,
)


def compact_date(column: Column) -> Column | None:
    """Whole numbers such as 20240131, 202401 or 1706659200 as dates: so many that all are dates by
    no chance; None for others."""
    import polars as pl

    from goodfit.reader.digits import compact_times

    numbers = column.numbers
    if numbers is None or not column.whole or column.distinct < FEWEST_DATES:
        return None
    called = says_time(column)
    if as_float(numbers.min()) < (FIRST_DAY if called else FIRST_MONTH):
        return None  # soon seen, where there are thousands of columns
    if (times := compact_times(numbers)) is None or not (called or runs_on(column, numbers)):
        return None
    cells = numbers.cast(pl.Int64).cast(pl.String)
    return replace(
        column, kind="date", cells=cells, numbers=None, whole=False, times=measured(times)
    )


def says_time(column: Column) -> bool:
    """The name of a column says that it holds times."""
    return bool(CALLED_A_TIME.search(column.name))


def runs_on(column: Column, numbers: pl.Series) -> bool:
    """Whole numbers are times whatever they are called: by the digits of a date, but for days of
    the year, or as seconds that rise or fall from row to row, mostly by one step, and number
    nothing."""
    first = as_float(numbers.drop_nulls()[0])
    digits = len(f"{first:.0f}")
    if digits <= SHORT and as_float((numbers % 100).max()) > 12:
        return False  # 240131 may be anything, 202401 to 202412 are months
    if digits not in SINCE_1970 or FIRST_HOUR <= first < 10**10:
        return digits != DAY_OF_YEAR
    if column.counting or digits < 10 or NUMBERS_SOMETHING.search(column.name):
        return False
    steps = numbers.drop_nulls().diff().drop_nulls()
    even = as_float((steps == steps.mode().min()).mean()) >= EVEN  # a product in time is no time
    return even and max(as_float((steps >= 0).mean()), as_float((steps <= 0).mean())) >= RISES
