"""Columns of a table in time that know what comes later: centred averages, shifts the wrong way,
and whatever else is computed from the target's own future."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ..case import Case
from ..finding import Finding
from ..project import InTime
from ..registry import Entry, check
from .windows import in_time

ROWS = 2_000  # of the training rows, the last
FEWEST = 100  # rows of a part
PAST = 72  # steps before a row: three days of hours, or six years of months
SPANS = (2, 8, 30)  # steps after it that a column may be computed from
OPEN = 0.002  # of a column's variance, that the target's past and future leave open, at most
TIMES = 20.0  # as much at least is left open by its past alone
MOST = 3  # findings
TARGETS = 3


class Knows(NamedTuple):
    """How much of a column the target's past and future leave open; `ahead`: how many steps later
    the last one is that counts."""

    left: float
    ahead: int


def around(target: np.ndarray, past: int, future: int) -> np.ndarray:
    """(rows - past - future, past + 1 + future + 1): the target around each row, and a 1."""
    near = sliding_window_view(target, past + 1 + future)
    return np.column_stack([near, np.ones(len(near))])


def left_open(known: np.ndarray, wanted: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """(columns,): the share of the variance of each column of `wanted` that its line from `known`
    does not tell."""
    away = wanted - known @ lines
    return np.asarray((away**2).mean(axis=0) / np.maximum(wanted.var(axis=0), 1e-300))


def what_they_know(
    columns: list[np.ndarray], target: list[np.ndarray], span: int
) -> list[Knows | None]:
    """Of each column, in the training and the validation rows, (rows, columns), and a target,
    (rows,): learned from the first, judged on the second. None where it knows no more than the
    past does."""
    past = min(PAST, len(target[0]) // 6, len(target[1]) // 3)
    own = [one[past : len(one) - span] for one in columns]
    near = [around(one, past, span) for one in target]
    before = [np.delete(one, np.s_[past + 1 : -1], axis=1) for one in near]
    lines = np.linalg.lstsq(near[0], own[0], rcond=None)[0]
    both = left_open(near[1], own[1], lines)
    alone = left_open(before[1], own[1], np.linalg.lstsq(before[0], own[0], rcond=None)[0])
    later = np.abs(lines[past + 1 : -1])
    ahead = [int(np.flatnonzero(one > 0.1 * one.max())[-1]) + 1 for one in later.T]
    told = (both < OPEN) & (alone > TIMES * both) & (alone > 1e-4)
    return [
        Knows(float(left), steps) if there else None
        for left, steps, there in zip(both, ahead, told, strict=True)
    ]


def scaled(values: np.ndarray, train: np.ndarray) -> np.ndarray:
    return np.asarray((values - train.mean(axis=0)) / np.maximum(train.std(axis=0), 1e-12))


@check(
    Entry(
        "future-in-inputs",
        "warning",
        "A column that is computed from later values of the target: a centred average, a "
        "difference to a later row, a shift the wrong way.",
        "What is to be forecast went into it; when a forecast is due it cannot be computed, and "
        "all scores are too good.",
        "compute it from rows before, or leave it out",
        "a straight line of the target's past and of up to 30 steps after a row leaves open 0.002 "
        "of the column in the validation rows, and its past alone 20 times as much",
        "ours",
    ),
    needs=("rows in time",),
    sound=True,
)
def future_in_inputs(case: Case) -> Iterator[Finding]:
    """What a column owes to the target's future shows in it, however it was computed, as long as
    sums of its values are behind it. A column that drives the target in a straight line and without
    noise does so as well; no such thing is measured."""
    rows = in_time(case)
    told: dict[int, Finding] = {}
    parts = [rows.values[name] for name in ("train", "validation")]
    train, held = (scaled(part[-ROWS:], parts[0][-ROWS:]) for part in parts)
    if not np.isfinite(train).all() or not np.isfinite(held).all():
        return
    moving = np.minimum(train.std(axis=0), held.std(axis=0)) > 1e-9
    places = [place for place in range(rows.targets, len(rows.names)) if moving[place]]
    for target in range(min(rows.targets, TARGETS) if places else 0):
        for span in SPANS if moving[target] else ():
            if len(train) < FEWEST + 8 * span or len(held) < FEWEST / 4 + 4 * span:
                continue
            columns = [train[:, places], held[:, places]]
            found = what_they_know(columns, [train[:, target], held[:, target]], span)
            for place, knows in zip(places, found, strict=True):
                if knows is not None:
                    told.setdefault(place, told_of(rows, place, target, knows))
    yield from [told[place] for place in sorted(told)][:MOST]


def told_of(rows: InTime, place: int, target: int, knows: Knows) -> Finding:
    column, named = repr(rows.names[place]), repr(rows.names[target])
    return Finding(
        "future-in-inputs",
        "warning",
        f"Column {column} is made of {named} up to {knows.ahead} "
        f"step{'s' * (knows.ahead > 1)} later: with these a straight line gives "
        f"{1 - knows.left:.1%} of it in the validation rows.",
        fix=f"compute {column} from rows before (in pandas rolling() without center=True, shift() "
        f"by 1 or more), or leave it out: see data.inputs",
    )
