"""Which parts of its dates a table can learn from: what comes round, and the days since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column

if TYPE_CHECKING:
    import polars as pl

TICKS = 0.95  # of the steps are alike: each row is one, and the next will lie beyond all of them
FAR = 3_653  # days: ten years
SHORT_YEAR = r"^\d\d?[/. -](\d\d?|\p{L}{3,9})[/. -]\d\d(\D|$)|^\p{L}{3}[- ]\d\d$|^\d\d-\p{L}{3}$"


@dataclass
class Dates:
    """`parts` of each column, as `dates` in [data] has them; whether the day stands before the
    month; and why other columns of dates are not learnt from."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    day_first: bool = False
    unclear: str = ""  # a cell that can be read both ways, where no other tells
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def setting(self) -> list[str]:
        return [f"{name}={part}" for name, parts in self.parts.items() for part in parts]


def find_dates(
    columns: Iterable[Column],
    given: Sequence[str] | None = None,
    day_first: bool | None = None,
) -> Dates:
    """The columns of dates that vary, and what to take of each; `given` are those that the user
    names, and no others; `day_first` is what the user has said of all."""
    import polars as pl

    from goodfit.reader.dates import on_the_clock, ordered
    from goodfit.reader.times import times_in

    found, said = Dates(day_first=bool(day_first)), day_first is not None
    for name, _, part in (one.rpartition("=") for one in given or ()):
        found.parts.setdefault(name, []).append(part)
    if given is not None:
        return found
    for column in columns:
        if column.kind != "date" or column.distinct < 2:
            continue
        cells = on_the_clock(column.cells)
        times = times_in(cells)
        text = cells.cast(pl.String)
        lost = cells.null_count()
        if times is None or text.str.contains(SHORT_YEAR).any():
            found.left_out[column.name] = "its years have two digits: write 2024-01-31"
            continue
        ways = {way: times_in(ordered(cells, way)) for way in (False, True)}
        both = [one for one in ways.values() if one is not None and one.null_count() == lost]
        if day_first is not None and (read := ways[day_first]) is not None:
            times = read
        fits = [way for way, read in ways.items() if same(read, times)]
        if len(both) == 2 and not both[0].equals(both[1]) and not said:
            found.unclear = str(text.drop_nulls()[0])
            fits = [True, False]
        if not fits or (said and found.day_first not in fits):
            found.left_out[column.name] = "its days and months stand otherwise than in the others"
            continue
        if len(fits) == 1 and not said:
            found.day_first, said, found.unclear = fits[0], True, ""
        parts = {
            "month": times.dt.month().n_unique() > 2,  # of two, sine and cosine say one thing
            "weekday": times.dt.weekday().n_unique() > 2,
            "hour": not bool((times.dt.truncate("1d") == times).all()),
            "days": not (column.times and column.times.regular > TICKS and not column.times.again),
        }
        found.parts[column.name] = [part for part, varies in parts.items() if varies]
    return found


def far_dates(column: Column) -> dict[str, str]:
    """Cells such as 9999-12-31, in three rows or more and farther from all others than these are
    from one another, and ten years at least; each with what to say of it."""
    import polars as pl

    from goodfit.reader.times import times_in

    cells = column.cells
    times = times_in(cells) if cells.dtype == pl.String else None
    if times is None or column.distinct < 12:
        return {}
    days = times.dt.date()
    found = {}
    for mark in {days.min(), days.max()}:
        others = days.filter(days != mark).drop_nulls()
        if others.is_empty():
            continue
        rows = len(days.drop_nulls()) - len(others)
        numbers = others.cast(pl.Int32)
        low, high = as_float(numbers.min()), as_float(numbers.max())
        at = as_float(pl.Series([mark]).cast(pl.Int32).max())
        if rows >= max(3, len(days) / 1_000) and max(low - at, at - high) > max(high - low, FAR):
            cell = str(cells.filter(days == mark)[0])
            first, *_, last = others.dt.strftime("%Y-%m-%d").unique().sort().to_list()
            found[cell] = f"{cell} in {rows:,} rows, and {first} to {last} else"
    return found


def same(times: pl.Series | None, others: pl.Series) -> bool:
    """Two readings of a column are one."""
    return times is not None and times.equals(others)
