"""A table whose columns are the steps of a series: each row is a curve."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column
from goodfit.study.evidence import Evidence, counted
from goodfit.study.kinds.case import Case

if TYPE_CHECKING:
    import polars as pl

FEWEST, LOOKED_AT, ROWS = 20, 60, 500  # columns of numbers; at most; and rows of them
FOLLOWS = 0.8  # correlation of a step with the one before it, usually
AS_WIDE = (
    "As a table, the order of the columns says nothing, and a shift by one step makes another row"
)


def steps_in_a_row(case: Case, targets: list[Column]) -> Evidence | None:
    """The question whether each row is a series: columns of one numbered family that are all
    numbers, none of them missing, and nearly follow one another."""
    others = [one for one in case.columns if one not in targets]
    steps = [one for one in others if one.kind == "number" and not one.missing]
    family = {re.sub(r"[\d.]+$", "", one.name) for one in steps}
    one_kind = len(family) == 1 and not any("pix" in name.lower() for name in family)
    one_kind &= case.named or targets[:1] == case.columns[:1]  # as archives of series are written
    if len(targets) != 1 or len(steps) < FEWEST or len(steps) < len(others) or not one_kind:
        return None
    usual = follows([one.numbers for one in steps[:LOOKED_AT] if one.numbers is not None])
    if usual < FOLLOWS:
        return None
    why = f"{counted(len(steps), 'column')} of numbers, each nearly as the one before it (their "
    why += f"correlation is {usual:.2f}): is each row a series, step by step? {AS_WIDE}"
    return Evidence("input", "series", "unsure", why, ("tabular",))


def follows(steps: list[pl.Series]) -> float:
    """The median correlation of a column with the one before it; 0 where a column never changes."""
    import polars as pl

    rows = [scaled(one) for one in steps]
    both = [as_float((one * other).mean()) for one, other in pairwise(rows)]
    return as_float(pl.Series(both).fill_nan(0.0).median())


def scaled(numbers: pl.Series) -> pl.Series:
    few = numbers.head(ROWS)
    return (few - as_float(few.mean())) / max(1e-12, as_float(few.std()))
