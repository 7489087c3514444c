"""Rows that follow one another where no column says when: a series without its times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goodfit.study.columns.column import Column
from goodfit.study.evidence import Evidence

if TYPE_CHECKING:
    import numpy as np

WINDOW, FEWEST = 40, 3  # rows of a window, in which blocks of sorted rows show no order; windows
FOLLOWS = 0.65  # correlation with the row before, in a usual window; of shuffled rows it is none
CLOSELY = 0.85  # of sorted rows it is seldom so much
SORTED, AGAIN = 10, 1.2  # words that rows may be sorted by; in how many places each stands
AMOUNT = 20  # distinct numbers that tell whether they follow one another
MOST = 50  # columns that are looked at
AS_ROWS = (
    "As a table, each row is a sample by itself, and rows that follow one another lie in all parts"
)


def rows_follow(columns: list[Column], targets: list[Column]) -> Evidence | None:
    """The question whether rows are steps in time, each nearly as the one before it: the target is,
    and so are most other amounts, also within a few rows, as few ways to sort make them. None where
    they are not."""
    amounts = [one for one in columns if one.numbers is not None and one.distinct > AMOUNT]
    amounts = [one for one in amounts if not one.counting and not one.missing]
    others = [one for one in amounts if one not in targets][:MOST]
    if not others or not targets or any(one not in amounts for one in targets):
        return None
    if any(are_sorted(one) for one in columns if one not in targets):
        return None
    first = [follows(one) for one in targets]
    beside = [follows(one) for one in others]
    if min(first) < FOLLOWS or sum(one >= FOLLOWS for one in beside) <= len(beside) / 2:
        return None
    names = ", ".join(f"`{one.name}`" for one in targets)
    why = (
        f"no column holds times, but {names} is nearly as in the row before (within {WINDOW} rows "
        f"their correlation is {min(first):.2f}), and so are most other numbers: is each row a "
        f"step in time, in the order of the file? {AS_ROWS}"
    )
    ways = ("series", "tabular") if min(first) >= CLOSELY else ("tabular", "series")
    return Evidence("input", ways[0], "unsure", why, ways[1:])


def are_sorted(column: Column) -> bool:
    """The rows are sorted by what a column calls them, few at a time: cars by their maker. So
    neighbours are alike, whatever time it is."""
    if column.kind != "words" or column.distinct < SORTED:
        return False
    cells = column.cells.fill_null("")
    runs = int((cells != cells.shift(1)).sum()) + 1
    return runs <= AGAIN * column.distinct and column.rows < WINDOW * runs


def follows(column: Column) -> float:
    """The usual correlation of a row with the one before it, within windows of rows."""
    import numpy as np

    assert column.numbers is not None
    values = column.numbers.to_numpy().astype("float64")
    windows = len(values) // WINDOW
    if windows < FEWEST:
        return 0.0
    block = values[: windows * WINDOW].reshape(windows, WINDOW)
    return float(np.median(correlations(block[:, :-1], block[:, 1:])))


def correlations(first: np.ndarray[Any, Any], second: np.ndarray[Any, Any]) -> Any:
    """float64 (rows,): of each row of one array with that of the other; 0 where one is constant."""
    import numpy as np

    x, y = (one - one.mean(axis=1, keepdims=True) for one in (first, second))
    spread = np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
    return np.divide((x * y).sum(axis=1), spread, out=np.zeros(len(x)), where=spread > 0)
