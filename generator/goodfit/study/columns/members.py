"""Columns that only seem to give the target away, since their values mark rows that belong
together: of one person or thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodfit.reader.pairs import ALONE, group_marks
from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column
from goodfit.study.columns.identifiers import FEW, LARGE_GROUP, may_be_group
from goodfit.study.columns.leakage import beside, is_target
from goodfit.study.columns.reading import read_column

if TYPE_CHECKING:
    import polars as pl

STEMMED = 0.9  # of the rows whose cells begin as others do, or that have as many beside them


def find_members(columns: list[Column], target: Column, classes: bool) -> list[Column]:
    """Columns whose values stand in several rows each and settle the target, without that near
    values go with near targets: marks of groups, which a random split would tear apart."""
    import polars as pl

    found = []
    for column in columns:
        if not may_be_group(column) or column.filled < 50 or column.filled < 2 * column.distinct:
            continue
        x, y = beside(column, target)
        if not classes and target.numbers is not None:
            table = pl.DataFrame({"x": x, "y": y.cast(pl.Float64)})
            inside = table.group_by("x").agg(var=pl.col("y").var(), rows=pl.len())
            share = (inside["var"] * inside["rows"]).sum() / max(1, table.height)
            settled = share < 0.2 * as_float(table["y"].var())
        else:
            first = y.cast(pl.String).mode().sort()[0]
            table = pl.DataFrame({"x": x, "y": y.cast(pl.String)})
            counts = table.group_by("y").len()
            most = as_float(counts["len"].max()) / max(1, table.height)
            share = settled_at_most(table) / max(1, table.height)
            settled = counts.height > 1 and share > max(0.95, most + (1 - most) / 2)
            table = table.with_columns(y=(pl.col("y") == first).cast(pl.Float64))
        if settled and not smooth(table) and not is_target(column, target):
            found.append(column)
    return found


def settled_at_most(table: pl.DataFrame) -> int:
    """The rows of the commonest class of each value of x."""
    import polars as pl

    most = table.lazy().group_by("x", "y").len().group_by("x").agg(pl.col("len").max())
    return int(most.select(pl.col("len").sum()).collect().item())


def find_stems(columns: list[Column], target: Column, classes: bool) -> tuple[Column, int] | None:
    """A column whose words are all different and begin alike in ten ways or more, S01_1 and S01_2,
    where what they begin with stands in as many rows each or settles the target; and in how many
    ways they begin."""
    import polars as pl

    for column in columns:
        if column.kind != "words" or column.missing or column.distinct <= ALONE * column.filled:
            continue
        cells = group_marks(column.cells.cast(pl.String).to_list())
        rows = pl.Series(cells).value_counts()["count"]
        each = column.filled / len(rows)
        several = as_float(rows.filter(rows > 1).sum())
        if len(rows) < FEW or not 2 <= each <= LARGE_GROUP or several < STEMMED * column.filled:
            continue
        stems = read_column(column.name, column.place, pl.Series(column.name, cells))
        even = (rows == rows.max()).mean()
        if find_members([stems], target, classes) or as_float(even) > STEMMED:
            return column, len(rows)
    return None


def smooth(table: pl.DataFrame) -> bool:
    """Whether the mean of y changes little from one value of x to the next, as of an amount; the
    order of words says nothing. By von Neumann's ratio, which is 1 without any order."""
    import polars as pl

    if not table["x"].dtype.is_numeric():
        return False
    means = table.group_by("x").agg(pl.col("y").mean()).sort("x")["y"]
    variance = as_float(means.var())
    steps = as_float((means.diff() ** 2).mean())
    return variance > 0 and steps / (2 * variance) < 0.5
