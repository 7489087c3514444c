"""Digits as points in time: 20240131, 202401, 240131, and seconds since 1970."""

from __future__ import annotations

import polars as pl

DAY_OF_YEAR = r"^(19|20)\d\d(00[1-9]|0[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])$"
SECONDS = (500_000_000, 1_900_000_000)  # since 1970, of 1985 to 2030: none is 2024013123
COMPACT = {
    6: "%Y%m%d",
    7: "%Y%j",
    8: "%Y%m%d",
    10: "%Y%m%d%H%M",
    12: "%Y%m%d%H%M",
    14: "%Y%m%d%H%M%S",
}
LARGEST = 1e15  # a number of more digits is no date
LOOKED_AT = 500


def compact_times(cells: pl.Series) -> pl.Series | None:
    """Datetime: times without anything between, 20240131, 2024013123, 202401, 240131 or 2024031 (a
    day of the year), as text or as whole numbers, and seconds or milliseconds since 1970; null
    where a cell is. None where a cell is none of 1900 to 2099; of two digits of a year, 1930 to
    2029."""
    if (since := times_since(cells)) is not None:
        return since
    text = cells.drop_nulls()
    if cells.dtype.is_numeric():
        if not len(text) or not ((text == text.round()) & (text.abs() < LARGEST)).all():
            return None
        text = text.cast(pl.Int64)
    text = text.cast(pl.String) if text.dtype != pl.String else text
    text = text.str.strip_chars()
    size = len(str(text[0])) if len(text) else 0
    form = rf"^(19|20)\d\d(0[1-9]|1[0-2])\d{{{max(0, size - 6)}}}$" if size != 7 else DAY_OF_YEAR
    if size not in COMPACT or not text.head(LOOKED_AT).str.contains(form).all():
        return short_years(cells) if size in (5, 6) else None  # soon seen, of a million
    if not text.str.contains(form).all():
        return short_years(cells) if size == 6 else None
    whole = cells.cast(pl.Int64) if cells.dtype.is_numeric() else cells.str.strip_chars()
    full = whole.cast(pl.String) + {6: "01", 10: "00"}.get(size, "")
    if size <= 8:
        times = full.str.to_date(COMPACT[size], strict=False).cast(pl.Datetime("us"))
    else:
        times = full.str.to_datetime(COMPACT[size], strict=False, time_unit="us")
    return times if times.null_count() == cells.null_count() else None


def times_since(cells: pl.Series) -> pl.Series | None:
    """Datetime: whole numbers, or such text, as seconds or milliseconds since 1970; None where one
    lies beyond the years 1985 to 2030."""
    filled = cells.drop_nulls()
    if cells.dtype == pl.String:
        few = filled.head(LOOKED_AT).str.strip_chars()
        if not len(few) or not few.str.contains(r"^\d{9,13}$").all():
            return None
        numbers = cells.str.strip_chars().cast(pl.Int64, strict=False)
    else:
        if not len(filled) or not (filled == filled.round()).all():
            return None
        numbers = cells.cast(pl.Int64, strict=False)
    if numbers.null_count() > cells.null_count():
        return None
    low, high = int(str(numbers.min())), int(str(numbers.max()))
    for unit in (1, 1_000):
        if SECONDS[0] * unit <= low <= high < SECONDS[1] * unit:
            return (numbers * (1_000_000 // unit)).cast(pl.Datetime("us"))
    return None


def short_years(cells: pl.Series) -> pl.Series | None:
    """Datetime: days such as 960131, as text or as numbers, of which 80131 has lost its zero; null
    where a cell is. Years are those from 1930 to 2029. None where a cell is no day."""
    whole = cells.cast(pl.Int64) if cells.dtype.is_numeric() else cells.str.strip_chars()
    text = whole.cast(pl.String)
    digits = text.drop_nulls().str.len_chars()
    if not digits.is_between(5 if cells.dtype.is_numeric() else 6, 6).all():
        return None
    full = text.str.zfill(6)
    century = full.str.contains("^[3-9]").replace_strict({True: "19", False: "20"}, default="")
    days = (century + full).str.to_date("%Y%m%d", strict=False).cast(pl.Datetime("us"))
    return days if days.null_count() == cells.null_count() else None
