"""Numbers in a column that are no numbers of that column: marks of what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from .numbers import Numbers, numbers_of, told_apart

DIFFERENT = 21  # numbers that a column has, at least
MARKS = (-1, -9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, 999999)  # written for "no value"
MOST_TOLD = 3


class End(NamedTuple):
    """The least or the largest number of a column: how many rows have it; `gap`: how far off the
    next one is; `step`: the largest step between those that follow, and `crowd` how many rows the
    commonest of them has; `away`: how far it lies from nine tenths of the others, whose width is
    `width`; `range`: the width of all others; `alone_below`: no other is negative."""

    value: float
    rows: int
    gap: float
    step: float
    crowd: int
    away: float
    width: float
    range: float
    alone_below: bool


def ends_of(column: np.ndarray) -> list[End]:
    """Both ends of a column, (rows,), which is to have 21 different numbers."""
    values, counts = np.unique(column, return_counts=True)
    if len(values) < DIFFERENT:
        return []
    found = []
    for sign in (1, -1):
        ordered, rows = sign * values[::sign], counts[::sign]  # from this end on
        others = np.repeat(ordered[1:], rows[1:])  # sorted
        low, high = others[int(0.05 * len(others))], others[int(0.95 * len(others))]
        wide = float(others[-1] - others[0])
        near = 1 + max(5, len(values) // 10)
        end = End(
            float(values[::sign][0]),
            int(rows[0]),
            float(ordered[1] - ordered[0]),
            float(np.diff(ordered[1 : near + 1]).max()),
            int(rows[1:near].max()),
            float(low - ordered[0]),
            float(high - low) or wide,
            wide,
            bool(sign == 1 and ordered[0] < 0 <= ordered[1]),
        )
        found.append(end)
    return found


def is_mark(end: End, count: int) -> bool:
    """Whether so many of `count` rows have the number at an end of a column, and so far from all
    others, that it is none of them. A number such as -999, or one below 0 alone, may be nearer."""
    known = end.value in MARKS
    often = end.rows >= max(5, (0.002 if known else 0.01) * count)
    if not often or end.value == 0:
        return False
    if end.gap > end.range > 0:
        return True
    crowded = end.rows < 1.5 * end.crowd and end.gap < 5 * end.step
    detached = end.gap >= 2 * end.step and not crowded
    least = (0.1 if end.alone_below else 0.3) if known else 1.0
    return detached and end.away >= least * end.width


def is_zero_for_missing(end: End, count: int) -> bool:
    """Whether 0 stands where all others are far from it, as a weight or a blood pressure is. What
    is spent or counted begins near 0, and goes on from there."""
    if end.value != 0 or end.rows < max(5, 0.01 * count):
        return False
    detached = end.gap >= 2.5 * end.step and end.rows >= 1.5 * end.crowd
    return detached and end.away >= 0.7 * end.width


def share_of(numbers: Numbers, value: float) -> str:
    """What share of the numbers is `value`, as it is told."""
    share = float((numbers.values == value).mean())
    return f"{share:.0%}" if share >= 0.01 else f"{share:.1%}"


def fix_of(numbers: Numbers, value: float) -> str:
    """What to change in a project's table; "" for what the entry says."""
    if not numbers.column:
        return ""
    if numbers.target:
        return f"leave out the rows whose {numbers.column!r} is not known"
    setting = f'"{numbers.column}={value:g}"'
    return f"if it stands for no value: add {setting} to data.no_value in config.toml"


@check(
    Entry(
        "sentinel-value",
        "warning",
        "One number, far from all others of a column, a channel or a target, again and again: a "
        "mark for a missing value, such as -999.",
        "The network reads it as a number, and scaling by it squeezes all others together.",
        "df.replace(value, nan) before anything is scaled; then fill what is missing, and tell the "
        "network in a column of its own; leave out samples whose target is missing",
        "a hundredth of the numbers (0.2 % of -1, -99, 999, ...), and farther away than nine "
        "tenths of the others are wide (0.3 of that for 99, ...; 0.1 for the only one below 0)",
        "ours; goodfit study asks about the same",
    ),
    needs=("one input",),
    sound=True,
)
def sentinel_value(case: Case) -> Iterator[Finding]:
    told = 0
    for numbers in numbers_of(case):
        count = len(numbers.values)
        for end in [end for end in ends_of(numbers.values) if is_mark(end, count)]:
            value, near = end.value, end.away < end.width
            known = near and told_apart(case, numbers, numbers.values == value)
            if told < MOST_TOLD and not known:
                told += 1
                yield Finding(
                    "sentinel-value",
                    "warning",
                    f"{share_of(numbers, value)} of {numbers.called} are {value:.6g}, and nothing "
                    "else comes near.",
                    fix=fix_of(numbers, value),
                )


@check(
    Entry(
        "zero-for-missing",
        "warning",
        "Zeros in a column whose other numbers are all far from 0: a blood pressure of 0.",
        "If 0 was written where nothing was measured, the network takes it for the lowest value "
        "there can be.",
        "if 0 stands for no value: df.replace(0, nan) in that column before it is scaled; then "
        "fill it, and tell the network in a column of its own",
        "a hundredth of the numbers; nine tenths of the others begin 0.7 of their own width above, "
        "and between 0 and the next is 2.5 times the largest step after it",
        "ours; five columns of the Pima diabetes data have such zeros",
    ),
    needs=("one input",),
    sound=True,
)
def zero_for_missing(case: Case) -> Iterator[Finding]:
    told = 0
    for numbers in numbers_of(case):
        count = len(numbers.values)
        zeros = [end for end in ends_of(numbers.values) if is_zero_for_missing(end, count)]
        if zeros and told < MOST_TOLD and not told_apart(case, numbers, numbers.values == 0):
            told += 1
            others = numbers.values[numbers.values != 0]
            yield Finding(
                "zero-for-missing",
                "warning",
                f"{share_of(numbers, 0.0)} of {numbers.called} are 0, and all others are from "
                f"{others.min():.6g} to {others.max():.6g}.",
                fix=fix_of(numbers, 0.0),
            )
