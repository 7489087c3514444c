"""Panel data: many series under one another in one table, each time once for each of something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from goodfit.study.columns import identifiers
from goodfit.study.columns.column import Column

TIME = re.compile(
    r"(^|[\W_])(time|t|timestamp|date|year|yr|quarter|month|mon|mnth|week|weekday|day|hour|hr|minute|"
    r"min|second|sec|step|timestep|frame|tick|cycle|period)s?$"
)
LEAST = 8  # rows of each, on average: fewer are visits or orders, and no series
SEVERAL = 6  # columns of which two may tell the series apart
MOST = 20  # columns of each kind that are looked at
AS_A_TABLE = (
    "As a table, each row is a sample by itself, and nothing is learnt from what came before; to "
    "forecast, name a file that holds the rows of one of them"
)


@dataclass(frozen=True)
class Panel:
    """The column that tells the series apart, or that and another one, and the time that begins
    anew in each of them."""

    who: Column
    clock: Column
    beside: Column | None = None

    @property
    def why(self) -> str:
        many = f"{self.who.distinct:,} `{self.who.name}`"
        many += f" and {self.beside.distinct:,} `{self.beside.name}`" if self.beside else ""
        return f"`{self.clock.name}` begins anew for each of {many}: series under one another"


def find_panel(columns: list[Column]) -> Panel | None:
    """The series that stand under one another; None where there are none."""
    import polars as pl

    clocks = [*clocks_in(columns)][:MOST]
    names = [one for one in columns if may_name_a_series(one)][:MOST]
    for clock in clocks:
        for who in names:
            if who is clock or who.distinct * clock.distinct < clock.rows:
                continue  # too few pairs for each to stand there once: nothing needs counting
            pairs = pl.DataFrame([who.cells.alias("who"), clock.cells.alias("clock")])
            if pairs.is_unique().all():
                return Panel(who, clock)
        for who, beside in combinations(names[:SEVERAL], 2):
            if fills_a_grid(clock, who, beside):
                return Panel(who, clock, beside)
    return None


def fills_a_grid(clock: Column, who: Column, beside: Column) -> bool:
    """Each time stands once for each pair of values of two columns, and for half of all pairs at
    least: a day for each store and item."""
    import polars as pl

    if clock in (who, beside) or who.distinct * beside.distinct * clock.distinct > 2 * clock.rows:
        return False
    cells = {"who": who.cells, "beside": beside.cells, "clock": clock.cells}
    table = pl.DataFrame([one.alias(name) for name, one in cells.items()])
    pairs = table.select("who", "beside").n_unique()
    return bool(pairs * LEAST <= clock.rows and table.is_unique().all())


def clocks_in(columns: list[Column]) -> Iterator[Column]:
    """Times, or whole numbers that are called so, each of which stands there several times."""
    for column in columns:
        named = column.whole and TIME.search(identifiers.plain(column.name))
        several = LEAST <= column.distinct <= column.rows / 2
        if (column.times or named) and several and not column.missing:
            yield column


def may_name_a_series(column: Column) -> bool:
    """Words or whole numbers, each in several rows, and no times: each hour has each day once."""
    if TIME.search(identifiers.plain(column.name)):
        return False
    names = column.kind == "words" or (column.kind == "number" and column.whole)
    return names and not column.missing and 2 <= column.distinct <= column.rows / LEAST
