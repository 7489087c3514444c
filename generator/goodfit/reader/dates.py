"""Dates as numbers to learn from: the part of the year, of the week, of the day, and days since.

What comes round is told by a sine and a cosine, so that December lies beside January.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import tau

import polars as pl

from .cells import plainly_named
from .times import ZONE, times_in

ROUNDS = {"month": 12, "weekday": 7, "hour": 24}  # until it is the same again
DATE_PARTS = (*ROUNDS, "year", "days")


@plainly_named
def on_the_clock(cells: pl.Series) -> pl.Series:
    """Times with a zone or an offset as the clock there shows them: the hour, and the day, that
    people had."""
    if isinstance(cells.dtype, pl.Datetime) and cells.dtype.time_zone:
        return cells.dt.replace_time_zone(None)
    return cells.str.replace(ZONE, "${1}") if cells.dtype == pl.String else cells


@plainly_named
def ordered(cells: pl.Series, day_first: bool) -> pl.Series:
    """The cells with dates such as 02/01/2024 written as 2024-01-02 (or 2024-02-01), so that each
    file is read in the same way, whatever else stands in it. With points the day is always first.
    """
    if cells.dtype != pl.String:
        return cells
    groups = cells.str.strip_chars().str.extract_groups(r"^(\d\d?)([/.-])(\d\d?)[/.-](\d{4})(.*)$")
    first, sign, second, year, rest = (groups.struct[place] for place in range(5))
    turned = (sign == ".") | day_first
    day, month = first.zip_with(turned, second), second.zip_with(turned, first)
    made = year + "-" + month.str.zfill(2) + "-" + day.str.zfill(2) + rest
    return cells.zip_with(made.is_null(), made)


def date_parts_in(cells: pl.Series, wanted: Sequence[str], day_first: bool) -> dict[str, pl.Series]:
    """Float64 columns for the `wanted` ones of DATE_PARTS, null where a cell is no date; none where
    the column holds no dates."""
    if cells.null_count() == len(cells):
        times = pl.Series([None] * len(cells), dtype=pl.Datetime("us"))
    elif (read := times_in(ordered(on_the_clock(cells), day_first))) is not None:
        times = read
    else:
        return {}
    times = times.alias("times")
    numbers = {
        "month": times.dt.month().cast(pl.Float64) - 1,
        "weekday": times.dt.weekday().cast(pl.Float64) - 1,
        "hour": times.dt.hour().cast(pl.Float64) + times.dt.minute().cast(pl.Float64) / 60,
        "year": times.dt.year().cast(pl.Float64),
        "days": times.cast(pl.Int64).cast(pl.Float64) / 86_400e6,
    }
    found = {}
    for part in wanted:
        if part in ROUNDS:
            turn = numbers[part] * (tau / ROUNDS[part])
            found[f"{cells.name} {part} sin"] = turn.sin()
            found[f"{cells.name} {part} cos"] = turn.cos()
        else:
            found[f"{cells.name} {part}"] = numbers[part]
    return found
