"""Columns of numbers: what they hold, of one or of thousands at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from goodfit.study.columns.column import Column

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

TOGETHER = 2  # blocks that are looked at at the same time
AT_ONCE = 2_000_000  # cells: more take no less time each, and more memory
LONG = 10_000  # rows of a column that is hashed
LOOK = 50  # cells that tell a column of words from one of numbers


def numeric(name: str, place: int, cells: pl.Series, numbers: pl.Series, **more: Any) -> Column:
    """A column of numbers."""
    held = held_in(numbers.to_numpy().reshape(1, -1))
    return Column(name, place, cells=cells, numbers=numbers, **next(held), **more)


def bare_columns(frame: pl.DataFrame, marks: Sequence[str]) -> dict[int, Column]:
    """The columns of text in which every filled cell is a number as code writes it, none of them
    one of `marks`, by place: all that most wide tables hold. They are looked at together, since a
    call takes longer than the few cells of one."""
    import polars as pl

    rows = frame.height
    text = [at for at, kind in enumerate(frame.dtypes) if kind == pl.String]
    places = [at for at in text if rows and seem_numbers(frame.to_series(at))]
    step = max(1, AT_ONCE // max(1, rows))
    some = [places[start : start + step] for start in range(0, len(places), step)]
    found: dict[int, Column] = {}
    with ThreadPoolExecutor(TOGETHER) as pool:
        for block in pool.map(lambda at: bare_of(frame, at, marks), some):
            found |= block
    return found


def seem_numbers(cells: pl.Series) -> bool:
    """The first filled cells of a column are numbers."""
    filled = [cell for cell in cells.head(LOOK).to_list() if cell is not None]
    try:
        return bool([float(cell) for cell in filled])
    except ValueError:
        return False


def bare_of(frame: pl.DataFrame, places: list[int], marks: Sequence[str]) -> dict[int, Column]:
    """Those of the columns at `places` that are bare numbers."""
    import numpy as np
    import polars as pl

    from goodfit.reader.cells import CODE

    rows = frame.height
    columns = [frame.to_series(at) for at in places]
    cells = pl.concat([one.alias("cells") for one in columns], rechunk=True)
    numbers = cells.cast(pl.Float64, strict=False)
    block = numbers.to_numpy().reshape(-1, rows)
    told = cells.str.contains(CODE) | cells.is_in(list(marks))
    strange = (told.fill_null(False).to_numpy()).reshape(-1, rows).any(axis=1)
    filled = cells.is_not_null().to_numpy().reshape(-1, rows)
    bare = (filled == np.isfinite(block)).all(axis=1) & ~strange & filled.any(axis=1)
    held = held_in(block[bare])
    found = {}
    for at in np.flatnonzero(bare).tolist():
        here, kept = numbers.slice(at * rows, rows), columns[at].alias("cells")
        found[places[at]] = Column(
            columns[at].name, places[at], cells=kept, numbers=here, **next(held)
        )
    return found


def distinct_in(block: np.ndarray[Any, Any], filled: np.ndarray[Any, Any]) -> Any:
    """int (columns,): how many numbers each row of `block` holds, `filled` of whose cells are not
    missing. A million numbers are sooner hashed than sorted, thousands of columns sooner sorted."""
    import numpy as np
    import polars as pl

    rows = block.shape[1]
    if rows >= LONG:
        both = [pl.Series(one).n_unique() for one in block]
        return np.array(both) - (filled < rows)
    ordered = np.sort(block, axis=1)  # missing ones stand last
    return (np.diff(ordered, axis=1) > 0).sum(axis=1) + (filled > 0)


def held_in(block: np.ndarray[Any, Any]) -> Iterator[dict[str, Any]]:
    """What each row of `block` holds, a column of a table (float64, NaN where a cell is missing):
    the fields of a Column that numbers alone tell."""
    import numpy as np

    rows = block.shape[1]
    missing = np.isnan(block)
    filled = rows - missing.sum(axis=1)
    distinct = distinct_in(block, filled)
    whole = ((block == np.round(block)) | missing).all(axis=1)
    for at, values in enumerate(block):
        kept = values[~missing[at]] if whole[at] else values[:0]
        rises = kept.size > 1 and distinct[at] > 0.4 * kept.size
        yield {
            "kind": "number" if filled[at] else "empty",
            "rows": rows,
            "missing": int(rows - filled[at]),
            "distinct": int(distinct[at]),
            "whole": bool(whole[at]),
            "counting": bool(rises and np.mean(np.diff(kept) == 1) > 0.9),
            "usual": float(np.median(np.abs(kept))) if kept.size else 0.0,
        }
