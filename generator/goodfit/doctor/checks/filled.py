"""Gaps that somebody filled: one number in bulk, straight lines, the last value again and again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from ..samples import at_random, slides
from .numbers import SERIES, numbers_of, told_apart

MOST_TOLD = 3
FEWEST = 60  # numbers of a column, or steps of a series
GRIDS = (1.0, 0.1, 0.01, 0.001)  # to which numbers are rounded


def filled_with(values: np.ndarray) -> tuple[float, str] | None:
    """The number that fills a column, (rows,), in bulk, and whether it is the mean or the median of
    all others. These are to be smooth: many different ones, none of which is common."""
    distinct, counts = np.unique(values, return_counts=True)
    if len(values) < FEWEST or len(distinct) < 21:
        return None
    place = int(counts.argmax())
    value, rows = float(distinct[place]), int(counts[place])
    others, rest = values[values != value], np.delete(counts, place)
    usual = float(np.median(rest[max(0, place - 10) : place + 10]))
    smooth = rest.max() <= 2 * usual + 3
    if not smooth or rows < max(8, 0.03 * len(values), 4 * rest.max()):
        return None
    if value == 0 and (abs(values.mean()) > 1e-5 or abs(values.std() - 1) > 0.01):
        return None  # nothing spent, nothing changed; of a column that is standardised, the mean
    below = float((others < value).mean())
    if abs(below - 0.5) < 1 / len(others) ** 0.5:
        return value, "median"
    near_mean = abs(value - others.mean()) < 2 * others.std() / len(others) ** 0.5
    return (value, "mean") if near_mean and 0.2 < below < 0.8 else None


@check(
    Entry(
        "filled-gaps",
        "warning",
        "Gaps filled in bulk: one number, the mean or the median of a column, in many rows; "
        "straight lines or a value that stands still in a series that else never rests.",
        "The network takes made-up numbers for measured ones, and scores are on them, too; those "
        "filled with what came later know the future.",
        "leave the gaps empty where you read the data; fill them by what the training part alone "
        "knows, and tell the network in a column of its own which were empty",
        "one number in 3 % of the rows, four times as often as the next, within two standard "
        "errors of the mean or median; lines and still stretches in 2 % of the steps, longer than "
        "chance makes one in twenty series",
        "ours",
    ),
    needs=("one input",),
    sound=True,
)
def filled_in_bulk(case: Case) -> Iterator[Finding]:
    told = 0
    for numbers in numbers_of(case):
        found = filled_with(numbers.values) if numbers.rows is not None else None
        if found is None or told >= MOST_TOLD:
            continue
        value, middle = found
        marked = numbers.values == value
        if told_apart(case, numbers, marked):
            continue
        told += 1
        yield Finding(
            "filled-gaps",
            "warning",
            f"{marked.mean():.0%} of {numbers.called} are {value:.6g}, the {middle} of all others, "
            "which hardly repeat: gaps were filled with it.",
        )


class Stretches(NamedTuple):
    """Stretches of one kind in a series: what share of all steps they are, how long the longest
    is, and where it begins, from 0."""

    share: float
    longest: int
    first: int


def runs_of(still: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Begin and length of each run of True in `still`, (steps,)."""
    edges = np.diff(np.concatenate([[0], still.astype("int8"), [0]]))
    begins = np.flatnonzero(edges == 1)
    return begins, np.flatnonzero(edges == -1) - begins


def too_long(still: np.ndarray, least: int, kept: np.ndarray) -> Stretches | None:
    """Runs of True that are longer than chance makes them, where the others are few; None where
    there are hardly any, or where they are nearly all there is. `kept`: steps that may be told. The
    longest is counted in True."""
    begins, lengths = runs_of(still)
    long = lengths >= least
    elsewhere = len(still) - lengths[long].sum()
    by_chance = max(0.01, lengths[~long].sum() / max(1, elsewhere))
    if by_chance > 0.2:
        return None
    least = max(least, int(np.ceil(np.log(20 * len(still)) / -np.log(by_chance))))
    long = (lengths >= least) & kept[begins] if len(begins) else np.zeros(0, bool)
    share = lengths[long].sum() / len(still)
    if not long.any() or not 0.02 <= share <= 0.8 or (long.sum() < 3 and lengths.max() < 20):
        return None
    place = int(np.where(long, lengths, 0).argmax())
    return Stretches(float(share), int(lengths[place]), int(begins[place]))


def straight(values: np.ndarray) -> Stretches | None:
    """Straight lines, not level, in a series, (steps,), that bends nearly everywhere else. Of
    rounded numbers they are as straight as these can be."""
    steps = np.diff(values)
    bends = np.abs(np.diff(steps))
    known = np.isfinite(bends)
    if known.sum() < FEWEST:
        return None
    largest, usual = np.nanmax(np.abs(values)), float(np.median(bends[known]))
    tolerance = 1e-6 * largest
    for grid in GRIDS:
        scaled = values[np.isfinite(values)] / grid
        if np.abs(scaled - scaled.round()).max() < 1e-6 * largest / grid + 1e-3:
            tolerance = 2.01 * grid if usual > 50 * grid else tolerance
            break
    if usual <= 10 * tolerance:
        return None
    line = known & (bends <= tolerance) & (np.abs(steps[1:]) > tolerance)
    found = too_long(line, 3, np.ones(len(line), bool))
    return found and found._replace(longest=found.longest + 2)


def still(values: np.ndarray) -> Stretches | None:
    """Stretches of one value in a series, (steps,), that moves at nearly every other step. At its
    limits and at 0 a series may rest: nothing falls, a tank is full."""
    known = values[np.isfinite(values)]
    if len(known) < FEWEST:
        return None
    within = (values != known.min()) & (values != known.max()) & (values != 0)
    found = too_long(np.diff(values) == 0, 4, within)
    return found and found._replace(longest=found.longest + 1)


def in_order(case: Case) -> Iterator[tuple[str, np.ndarray]]:
    """Each column of rows in time, or each channel of series: float64 (steps,), with NaN between
    one series and the next."""
    project, x = case.project, case.known.x
    if project.in_time is not None:
        table = project.in_time.values["train"]
        for name, values in zip(project.in_time.names, table.T, strict=True):
            yield f"column {name!r}", values
        return
    if not isinstance(x, np.ndarray) or x.dtype.kind != "f" or x.ndim != 3:
        return
    if slides(x):
        joined = np.concatenate([x[:, 0], x[-1, 1:]])
        series = [joined]
    else:
        series = list(x[at_random(len(x), SERIES)])
        if project.feature_padding is not None:
            series = [one[one[:, 0] > project.feature_padding / 2] for one in series]
    apart = np.full((1, x.shape[2]), np.nan)
    table = np.concatenate([part for one in series for part in (one.astype("float64"), apart)])
    names = case.words.columns if len(case.words.columns) == x.shape[2] else ()
    for place, values in enumerate(table.T):
        yield f"channel {names[place]!r}" if names else f"channel {place + 1}", values


@check("filled-gaps", needs=("one input",), sound=True)
def filled_in_time(case: Case) -> Iterator[Finding]:
    """Straight lines and values that stand still, in series."""
    told, rows = 0, case.project.in_time is not None
    for called, values in in_order(case):
        kinds = (("straight lines", straight(values)), ("a value that stands still", still(values)))
        for kind, found in kinds:
            if found is None or told >= MOST_TOLD:
                continue
            told += 1
            where = f", the longest from row {found.first + 1:,}" if rows else ""
            yield Finding(
                "filled-gaps",
                "warning",
                f"{found.share:.0%} of {called} is {kind}, up to {found.longest} steps long"
                f"{where}; elsewhere it hardly ever rests. Gaps were filled, or the sensor hung.",
                "The network learns from numbers that nobody measured, and is scored on them.",
                "take the values from elsewhere, or cut the series there; where such stretches "
                "are honest, there is nothing to change",
            )
