"""Features that give the target away: a copy, a value that settles it, part of a sum; and columns
that only seem to, since their values mark rows that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import TYPE_CHECKING, Any, TypeAlias

from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.candidates import CLASSES
from goodfit.study.columns.column import Column
from goodfit.study.columns.target_names import words_of
from goodfit.study.columns.votes import find_votes

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

ROWS = 20_000  # looked at
FILLED = 0.98  # of the rows where a cell is filled, or empty: of one class
SURE = 0.995  # of the rows that a single feature settles
SELDOM = 5  # rows of a value
Places: TypeAlias = "slice | np.ndarray[Any, Any]"
PARTNERS = 30  # columns of numbers that are tried in pairs
WHEN = {  # in the name of a date, beside what it is the date of
    "date",
    "time",
    "datetime",
    "timestamp",
    "day",
    "at",
    "on",
    "dt",
}


@dataclass(frozen=True)
class Leak:
    """A column that gives the target away, and why. `sure`: it is the target, in other words or by
    arithmetic; else it may as well be the best of the features, and only a person can know."""

    column: Column
    why: str
    sure: bool


def find_leaks(columns: list[Column], target: Column, classes: bool) -> list[Leak]:
    """Each feature that settles the target alone or with others, and why."""
    votes = find_votes(columns, target) if classes else {}
    found = [Leak(one, votes[one.name], True) for one in columns if one.name in votes]
    places = some_places(len(target.cells))
    ranks = ranks_of(target, places)
    for column in columns:
        if column.name in votes:
            continue
        if why := (why_classes_leak if classes else why_number_leaks)(
            column, target, ranks, places
        ):
            found.append(Leak(column, why, is_target(column, target)))
        elif classes and (
            why := why_filled_leaks(column, target) or why_one_class_leaks(column, target)
        ):
            found.append(Leak(column, why, False))
    if not classes and target.numbers is not None:
        taken = {one.column.name for one in found}
        numbers = [one for one in columns if one.numbers is not None and one.name not in taken]
        found += [Leak(column, why, True) for column, why in pairs_that_leak(numbers, target)]
    return found


def dates_of_leaks(leaks: list[Leak], dates: list[Column]) -> list[Leak]:
    """Dates that are called after a leak, reservation_status_date: when that came to be known."""
    found = []
    for column in dates:
        words = {*words_of(column.name)}
        for leak in leaks:
            known = {*words_of(leak.column.name)}
            if known < words and words - known <= WHEN:
                why = f"it says when `{leak.column.name}` was, which is a leak"
                found.append(Leak(column, why, leak.sure))
                break
    return found


def is_target(column: Column, target: Column) -> bool:
    """The column is the target in other words, or in finer ones: each of its few values goes with
    one of the target, without exception, or holds its name. Or it is the target in another unit of
    measurement."""
    import polars as pl

    x, y = beside(column, target)
    if column.numbers is not None and target.numbers is not None and target.distinct > CLASSES:
        alike = pl.DataFrame({"x": x, "y": y}).select(pl.corr("x", "y")).item()
        return alike is not None and abs(alike) > 0.999999
    pairs = pl.DataFrame({"x": x.cast(pl.String), "y": y.cast(pl.String)}).unique()
    if pairs.height != x.n_unique():
        return False  # a value goes with several of the target
    if y.n_unique() == pairs.height or (pairs.height <= CLASSES and len(x) >= 10 * CLASSES):
        return True
    long = as_float(pairs["y"].str.len_chars().min()) > 2
    return long and bool(
        pairs.select(pl.col("x").str.contains(pl.col("y"), literal=True))["x"].all()
    )


def beside(column: Column, target: Column) -> tuple[pl.Series, pl.Series]:
    """Cells of a column and of the target, where both are filled."""
    import polars as pl

    values = column.numbers if column.numbers is not None else column.cells
    goal = target.numbers if target.numbers is not None else target.cells
    both = pl.DataFrame({"x": values, "y": goal}).drop_nulls()
    both = both.sample(ROWS, seed=0) if both.height > ROWS else both
    return both["x"], both["y"]


def why_classes_leak(
    column: Column, target: Column, ranks: np.ndarray[Any, Any], places: Places
) -> str:
    """Why one feature settles the class; "" where it does not. `ranks` are those of the target in
    the rows `places`.

    Left-one-out: a row is settled where most of the other rows with its value are of its class.
    """
    import numpy as np

    if column.kind not in ("words", "number") or column.filled < 50:
        return ""
    x, y = some_of(ranks_of(column, places), ranks)
    rows = np.bincount(y)
    if np.count_nonzero(rows) < 2:
        return ""
    of_value = np.bincount(x)
    if np.count_nonzero(of_value) > len(x) / 5:
        return why_threshold(x, y, rows) if column.kind == "number" else ""
    # values of few rows share one input, as the network will see them
    merged = np.where(of_value[x] < SELDOM, len(of_value), x)
    settled, rarest = max(settled_by(one, y, rows) for one in (x, merged))
    if settled < SURE or rarest < 0.9 or settled <= rows.max() / len(x):
        return ""
    return (
        f"leak: its value alone settles the class in {round(settled * len(x)):,} of {len(x):,} rows"
    )


def some_places(rows: int) -> Places:
    """The rows that are looked at: all, or some at random of very many."""
    import numpy as np

    most = 5 * ROWS  # so that enough are left where many cells are missing
    if rows <= most:
        return slice(None)
    return np.sort(np.random.default_rng(0).choice(rows, most, replace=False))


def ranks_of(column: Column, places: Places) -> np.ndarray[Any, Any]:
    """(places,) int64: the rank of each cell's value among those of its column, from 0; -1 where it
    is missing."""
    import numpy as np

    if column.numbers is None:
        return (column.cells[places].rank("dense").fill_null(0).to_numpy().astype(np.int64)) - 1
    numbers = column.numbers.to_numpy()[places]
    ranks = np.unique(numbers, return_inverse=True)[1]
    return np.where(np.isnan(numbers), -1, ranks)


def some_of(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any]) -> tuple[Any, Any]:
    """Of two columns as `ranks_of` has them the rows where both are filled, ROWS at most."""
    import numpy as np

    (rows,) = np.nonzero((x >= 0) & (y >= 0))
    if len(rows) > ROWS:
        rows = np.random.default_rng(0).choice(rows, ROWS, replace=False)
    return x[rows], y[rows]


def why_filled_leaks(column: Column, target: Column) -> str:
    """Why it tells the class that a cell is filled, or that it is not: nearly all such rows are of
    one class, which chance would not give once in a million times. "" where it does not."""
    import polars as pl

    if not 0.02 < column.missing / max(1, column.rows) < 0.98 or column.rows < 50:
        return ""
    goal = target.numbers if target.numbers is not None else target.cells
    table = pl.DataFrame(
        {"filled": column.cells.is_not_null(), "y": goal.cast(pl.String)}
    ).drop_nulls()
    shares = {y: rows / table.height for y, rows in table["y"].value_counts().iter_rows()}
    for filled in (True, False):
        counts = table.filter(pl.col("filled") == filled)["y"].value_counts(sort=True)
        y, most = counts.row(0) if counts.height else ("", 0)
        rows = as_float(counts["count"].sum())
        if rows and most >= FILLED * rows and rows * log(shares[y]) < log(1e-6):
            kind = "filled" if filled else "empty"
            return f"leak: where it is {kind}, {most:,} of {rows:,.0f} rows are {in_words(y)}"
    return ""


def in_words(value: str) -> str:
    """A value in a message: no ".0" behind whole numbers."""
    return repr(value.removesuffix(".0"))


def why_one_class_leaks(column: Column, target: Column) -> str:
    """Why a column of two values is a mark of one of several classes; "" where it is none."""
    import polars as pl

    if column.distinct != 2 or target.distinct < 3 or column.missing:
        return ""
    x, y = beside(column, target)
    table = pl.DataFrame({"x": x.cast(pl.String), "y": y.cast(pl.String)})
    for value in table["x"].unique().sort():
        inside = table.filter(pl.col("x") == value)["y"].unique()
        outside = table.filter(pl.col("x") != value)["y"].unique()
        if len(inside) == 1 and not outside.is_in(inside.to_list()).any():
            return f"leak: it is {in_words(value)} where the class is {in_words(inside[0])} alone"
    return ""


def settled_by(
    x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], rows: np.ndarray[Any, Any]
) -> tuple[float, float]:
    """The share of the rows that x settles: of all, and of the class of which the least are. `rows`
    are those of each class."""
    import numpy as np

    pairs, here = np.unique(x * len(rows) + y, return_counts=True)
    value, of_class = np.divmod(pairs, len(rows))
    others = np.bincount(value, here)[value] - here
    right = here - 1 > others
    settled = np.bincount(of_class[right], here[right], len(rows))
    return float(settled.sum() / len(x)), float((settled[rows > 0] / rows[rows > 0]).min())


def why_threshold(
    x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], rows: np.ndarray[Any, Any]
) -> str:
    """Why a number settles the class: in its order each class stands in one piece."""
    import numpy as np

    changes = np.count_nonzero(np.diff(y[np.lexsort((y, x))]))
    if changes > np.count_nonzero(rows) - 1 + (1 - SURE) * rows[rows > 0].min():
        return ""
    return "leak: in the order of its values each class stands in one piece"


def why_number_leaks(
    column: Column, target: Column, ranks: np.ndarray[Any, Any], places: Places
) -> str:
    """Why a feature is the target in other units; "" where it is not. `ranks` are those of the
    target in the rows `places`."""
    import numpy as np

    if column.numbers is None or target.numbers is None:
        return ""
    x, y = some_of(ranks_of(column, places), ranks)
    if len(x) < 20 or x.min() == x.max() or y.min() == y.max():
        return ""
    if column.distinct < 10 and (column.numbers != target.numbers).any():
        return ""
    alike = float(np.corrcoef(mean_ranks(x), mean_ranks(y))[0, 1])
    if abs(alike) < 0.9995:
        return ""
    return f"leak: it rises and falls with the target (rank correlation {alike:.4f})"


def mean_ranks(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The rank of each value, equal ones in the middle of theirs."""
    import numpy as np

    _, place, rows = np.unique(values, return_inverse=True, return_counts=True)
    ranks: np.ndarray[Any, Any] = (np.cumsum(rows) - (rows - 1) / 2)[place]
    return ranks


def pairs_that_leak(numbers: list[Column], target: Column) -> list[tuple[Column, str]]:
    """Two features whose sum, difference, product or ratio is the target: the later one, which is
    mostly the one that was computed afterwards."""
    import polars as pl

    found: dict[str, tuple[Column, str]] = {}
    wide = [one for one in numbers if one.distinct >= 10][:PARTNERS]
    table = pl.DataFrame({"y": target.numbers} | {str(one.place): one.numbers for one in wide})
    table = table.sample(min(1_000, table.height), seed=0)
    for a, b in combinations(wide, 2):
        three = table.select("y", x=str(a.place), z=str(b.place)).drop_nulls()
        if three.height < 20:
            continue
        x, z, y = three["x"], three["z"], three["y"]
        ways = {"+": x + z, "-": x - z, "×": x * z, "÷": x / z, "less": z - x, "in": z / x}
        for sign, made in ways.items():
            close = ((made - y).abs() <= 0.005 * y.abs() + 1e-9) & made.is_finite()
            if as_float(close.mean()) >= SURE:
                first, second = (b, a) if sign in ("less", "in") else (a, b)
                shown = {"less": "-", "in": "÷"}.get(sign, sign)
                why = f"leak: the target is `{first.name}` {shown} `{second.name}`"
                found.setdefault(b.name, (b, why))
    return list(found.values())
