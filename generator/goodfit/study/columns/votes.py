"""Columns that count votes for each class, as of several annotators, and their total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column

if TYPE_CHECKING:
    import polars as pl

MOST = 20  # votes for a class, and classes
SURE = 0.995  # of the rows


def find_votes(columns: list[Column], target: Column) -> dict[str, str]:
    """The columns that hold votes, and why: in each row most are for the class that it has, and now
    and then some are for another. Empty where there are none."""
    import polars as pl

    counts = [
        one
        for one in columns
        if one.numbers is not None and one.whole and not one.missing and 2 <= one.distinct <= MOST
    ]
    if not 2 <= target.distinct <= min(MOST, len(counts)):
        return {}
    table = pl.DataFrame({one.name: one.numbers for one in counts})
    goal = target.cells.cast(pl.String)
    picked = {one: voted_for(table, goal == one) for one in goal.drop_nulls().unique().sort()}
    names = [*picked.values()]
    if len({*names}) < len(names):
        return {}
    own = pl.coalesce(pl.when(goal == one).then(pl.col(name)) for one, name in picked.items())
    rows = table.select(
        own=own, most=pl.max_horizontal(names), total=pl.sum_horizontal(names)
    ).drop_nulls()
    right = as_float(((rows["own"] == rows["most"]) & (rows["own"] > 0)).mean())
    if right < SURE or as_float((rows["total"] > rows["own"]).mean()) < 1 - SURE:
        return {}
    found = {
        name: f"votes: the class is the one that has most, here {one!r}"
        for one, name in picked.items()
    }
    total = table.select(pl.sum_horizontal(names)).to_series()
    for one in table:
        if one.name not in found and as_float((one == total).mean()) >= SURE:
            found[one.name] = "votes: it counts all of them"
    return found


def voted_for(table: pl.DataFrame, here: pl.Series) -> str:
    """The column whose mean in these rows is most above its mean elsewhere."""
    inside, outside = table.filter(here).mean().row(0), table.filter(~here).mean().row(0)
    above = [as_float(a) - as_float(b) for a, b in zip(inside, outside, strict=True)]
    return table.columns[above.index(max(above))]
