"""Panel data: many series under one another in one table, each time once for each of something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodfit.study.columns import identifiers
from goodfit.study.columns.column import Column

TIME = re.compile(
    r"(^|[\W_])(time|t|timestamp|date|year|yr|quarter|month|mon|mnth|week|weekday|day|hour|hr|minute|"
    r"min|second|sec|step|timestep|frame|tick|cycle|period)s?$"
)
LEAST = 8  # rows of each, on average: fewer are visits or orders, and no series
MOST = 20  # columns of each kind that are looked at
AS_A_TABLE = (
    "As a table, each row is a sample by itself, and nothing is learnt from what came before; to "
    "forecast, name a file that holds the rows of one of them"
)


@dataclass(frozen=True)
class Panel:
    """The column that tells the series apart, and the time that begins anew in each of them."""

    who: Column
    clock: Column

    @property
    def why(self) -> str:
        many = (
            f"`{self.clock.name}` begins anew for each of {self.who.distinct:,} `{self.who.name}`"
        )
        return f"{many}: series under one another"


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
    return None


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
