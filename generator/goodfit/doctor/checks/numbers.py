"""The numbers of a case by column, whatever its form: what checks of values look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ..case import Case
from ..samples import at_random
from .columns import is_table, steps_of

MOST_COLUMNS = 200
MOST_TARGETS = 10  # of more, samples are restored or go on, and are not numbers to predict
SERIES = 400  # of which all steps are looked at


class Numbers(NamedTuple):
    """The numbers of one column, one channel or one target: float64 (count,), all finite.

    `called`: what it is called where it is told. `column`: its name in a table of a project, ""
    elsewhere. `rows`: which samples the numbers are of, (count,), None for steps of series.
    `target`: whether it is to be predicted."""

    called: str
    values: np.ndarray
    column: str = ""
    rows: np.ndarray | None = None
    target: bool = False


def numbers_of(case: Case) -> Iterator[Numbers]:
    """Every column, channel and target of numbers: of many samples, some at random."""
    yield from inputs_of(case)
    yield from targets_of(case)


def inputs_of(case: Case) -> Iterator[Numbers]:
    """The columns of a table, those of rows in time, or the channels of series."""
    project, x = case.project, case.known.x
    if project.in_time is not None:
        table = project.in_time.values["train"]
        for name, values in zip(project.in_time.names, table.T, strict=True):
            yield Numbers(f"column {name!r}", finite(values), name)
    elif not isinstance(x, np.ndarray) or x.dtype.kind != "f":
        return
    elif x.ndim == 2 and is_table(case):
        yield from columns_of_table(case)
    elif x.ndim == 3:
        steps = steps_of(case, x[at_random(len(x), SERIES)])
        names = case.words.columns if len(case.words.columns) == steps.shape[1] else ()
        for place, values in enumerate(steps.T[:MOST_COLUMNS]):
            called = f"channel {names[place]!r}" if names else f"channel {place + 1}"
            yield Numbers(called, finite(values))


def columns_of_table(case: Case) -> Iterator[Numbers]:
    """The columns of a table that are numbers, and no marks of categories."""
    x, project = case.known.x, case.project
    declared = project.sources is not None
    if not declared and x.shape[1] > MOST_COLUMNS:
        return  # flat pixels, words of a vocabulary
    rows = at_random(len(x))
    count = len(project.numeric) if declared else x.shape[1]
    for place in range(count):
        values = x[rows, place].astype("float64")
        known = np.isfinite(values)
        name = project.numeric[place] if declared else ""
        called = f"column {name!r}" if declared else f"column {case.words.column(place)}"
        yield Numbers(called, values[known], name, rows[known])


def targets_of(case: Case) -> Iterator[Numbers]:
    """Targets that are numbers, as they stand in the data where that is known; none of rows in
    time, which are columns already."""
    project, y = case.project, case.known.y
    if project.anomalies or project.in_time is not None or not isinstance(y, np.ndarray):
        return
    if y.ndim > 2 or len(case.contracts) != 1 or case.contract.answer != "numbers":
        return
    flat, names = y.reshape(len(y), -1), project.target_names
    if flat.shape[1] > MOST_TARGETS or flat.dtype.kind not in "fiu":
        return
    named = project.target_values or dict(zip(names, flat.T, strict=False))
    columns = named or {f"{place + 1}": values for place, values in enumerate(flat.T)}
    rows = at_random(len(y))
    for name, values in columns.items():
        if len(values) != len(y):
            continue
        some = values[rows].astype("float64")
        known = np.isfinite(some)
        called = f"target {name!r}" if named else f"target {name}"
        yield Numbers(called, some[known], name if named else "", rows[known], target=True)


def finite(values: np.ndarray) -> np.ndarray:
    """float64: those that are numbers."""
    return values[np.isfinite(values)].astype("float64")


def told_apart(case: Case, numbers: Numbers, marked: np.ndarray) -> bool:
    """Whether a column of yes and no says which numbers, bool (count,), are `marked`: then the
    network is told of them."""
    x = case.known.x
    if numbers.rows is None or not isinstance(x, np.ndarray) or x.ndim != 2:
        return False
    table = x[numbers.rows]
    flags = np.flatnonzero(
        ((table == table.min(axis=0)) | (table == table.max(axis=0))).all(axis=0)
    )
    for place in flags:
        high = table[:, place] == table[:, place].max()
        if high.all() or not high.any():
            continue
        for said in (high, ~high):
            if said[marked].mean() > 0.75 and said[~marked].mean() < 0.02:
                return True
    return False
