"""Windows of a table in time: parts that share steps, windows that know the future, columns that
jump or that tell the target steps ahead."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

import numpy as np

from ..case import Case
from ..finding import Finding
from ..project import InTime
from ..registry import Entry, check
from ..words import PARTS


def in_time(case: Case) -> InTime:
    assert case.project.in_time is not None
    return case.project.in_time


@check(
    Entry(
        "overlapping-windows",
        "error",
        "A part that begins before the one before it has ended, or windows that are not the rows "
        "before their forecasts.",
        "What is to be forecast is then seen; no true forecast is as good.",
        "cut the parts one after another, in {split}; see encode() in {inputs}",
        "one step is one too many",
    ),
    needs=("rows in time",),
    sound=True,
)
def overlapping_windows(case: Case) -> Iterator[Finding]:
    rows, x = in_time(case), case.known.x
    for first, second in pairwise(rows.times):
        end, begin = rows.times[first][1], rows.times[second][0]
        if begin <= end:
            fact = f"The {PARTS[second]} part begins {begin}, the {PARTS[first]} part ends {end}."
            fix = f"cut the parts one after another, in {case.words.split}"
            yield Finding("overlapping-windows", "error", fact, fix=fix)
    values, last = rows.values["train"], len(x) - 1
    wanted = [values[place : place + x.shape[1]].astype("float32") for place in (0, last)]
    if not np.array_equal(x[[0, last]], wanted):
        fact = "The training windows do not end with the row before their forecast."
        yield Finding(
            "overlapping-windows", "error", fact, fix=f"mend encode() in {case.words.inputs}"
        )


LAGS = (0, 1, 2, 3, 5, 8, 13, 21)  # steps of the target's past that tell where it is in its swing


def explained(known: np.ndarray, change: np.ndarray) -> float:
    """The share of the variance of `change`, (rows,), that a straight line from `known` gives."""
    known, change = known - known.mean(axis=0), change - change.mean()
    line = np.linalg.lstsq(known, change, rcond=None)[0]
    return float(1 - ((change - known @ line) ** 2).sum() / max(1e-12, (change**2).sum()))


def tells_more(known: np.ndarray, more: np.ndarray, change: np.ndarray) -> bool:
    """`more` gives nine tenths of the change, and four fifths of what is left by `known`."""
    share = explained(more, change)
    return share > 0.9 and 1 - share < 0.2 * (1 - explained(known, change))


@check("leaking-feature", needs=("rows in time",), sound=True)
def future_feature(case: Case) -> Iterator[Finding]:
    """A column whose value gives 0.9 of the change of a target up to `reach` steps later (from the
    first step that is seen to the last that is forecast), and four fifths of what the target's own
    value leaves open, and its past too: of two that swing alike, one tells where the other is in
    its swing (ours; what is measured in time comes nowhere near). The last 10,000 rows and 96 steps
    are enough to tell."""
    rows = in_time(case)
    values, names = rows.values["train"][-10_000:], rows.names
    reach = min(case.known.x.shape[1] + rows.horizon - 1, 96, len(values) - 2)
    for column in range(rows.targets, len(names)):
        for target, ahead in product(range(rows.targets), range(1, reach + 1)):
            change = values[ahead:, target] - values[:-ahead, target]
            known = values[:-ahead, [target, column]]
            if not tells_more(known[:, :1], known, change):
                continue
            past = [np.roll(known[:, :1], lag, axis=0) for lag in LAGS]
            seen = np.hstack(past)[LAGS[-1] :]
            more = np.hstack([seen, known[LAGS[-1] :, 1:]])
            if tells_more(seen, more, change[LAGS[-1] :]):
                yield Finding(
                    "leaking-feature",
                    "warning",
                    f"Column {names[column]!r} tells {names[target]!r} {ahead} steps ahead.",
                    "It was probably filled in later, and is not known when a forecast is due.",
                    f"leave {names[column]!r} out: see data.inputs",
                )
                break


@check("shifted-test", needs=("rows in time",), sound=True)
def jumps(case: Case) -> Iterator[Finding]:
    """Columns whose middle in the test rows lies farther outside the training rows than these are
    wide (ours: trends stay nearer)."""
    rows = in_time(case)
    values, names = rows.values["train"], rows.names
    low, high = values.min(axis=0), values.max(axis=0)
    middle = np.median(rows.values["test"], axis=0)
    far = (middle < low - (high - low)) | (middle > high + (high - low))
    for place in np.flatnonzero(far & (high > low)):
        yield Finding(
            "shifted-test",
            "warning",
            f"{names[place]!r} is {low[place]:.4g} to {high[place]:.4g} in the training rows and "
            f"{middle[place]:.4g} in the test rows.",
            "The network has never seen such values: another unit, another sensor, a break.",
            "mend the column from that time on, or leave out what came before",
        )
