"""One class that is spread over several columns: in each row exactly one of them is 1."""

from __future__ import annotations

from collections.abc import Sequence

from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column
from goodfit.study.evidence import Evidence, listed

FEWEST = 3  # columns: two of yes and no, one the opposite of the other, are one feature
MOST = 200


def spread_class(columns: Sequence[Column]) -> list[Column]:
    """The columns at the end of a table, three or more, of which exactly one is 1 in every row and
    all others are 0; [] where there are none."""
    import polars as pl

    marks: list[Column] = []
    for column in reversed(columns[-MOST:]):
        if not is_mark(column):
            break
        marks.insert(0, column)
    sums = pl.Series([0.0] * (len(marks[0].cells) if marks else 0))
    found: list[Column] = []
    for place in reversed(range(len(marks))):
        sums += marks[place].numbers
        if len(marks) - place >= FEWEST and bool((sums == 1).all()):
            found = marks[place:]
    return found


def is_mark(column: Column) -> bool:
    """The column holds 0 and 1 alone, and misses nothing."""
    if column.numbers is None or column.distinct != 2 or column.missing:
        return False
    return as_float(column.numbers.min()) == 0 and as_float(column.numbers.max()) == 1


def asked_of(columns: Sequence[Column]) -> Evidence:
    """The question whether these are the targets; it says how to make one class of them."""
    names = [one.name for one in columns]
    why = (
        f"in every row exactly one of {listed(names)} is 1: is that one class, spread over "
        f"{len(names)} columns? They are learned as labels, each by itself; to learn one class, "
        "write the name of the column that is 1 into a column of its own, and leave these out"
    )
    return Evidence("targets", names, "unsure", why, ([names[-1]],))
