"""Windows of a series that are too short to see what comes round, or what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from ..samples import slides
from .windows import in_time

CLEAR = 0.6  # the correlation of a series with itself a season before
DEEP = 0.4  # how far the correlation falls before it comes back
MORE = 0.25  # by which a season beyond the window must beat what the window sees
TIMES = 4  # that a season comes round in the training rows, at least
LONGEST = 20_000  # rows that are looked at
MOST_TARGETS = 20

Season = tuple[int, float]


def correlations(values: np.ndarray) -> np.ndarray:
    """(lags,): how much a series, (rows,), is like itself so many steps before, its line taken
    away; up to a quarter of its rows."""
    steps = np.arange(len(values))
    rest = values - np.polyval(np.polyfit(steps, values, 1), steps)
    size = 1 << (2 * len(rest) - 1).bit_length()
    power = np.abs(np.fft.rfft(rest, size)) ** 2
    found = np.fft.irfft(power, size)[: len(rest) // TIMES]
    counts = len(rest) - np.arange(len(found))
    return (found / counts) / max(1e-12, found[0] / len(rest))


def season_beyond(values: np.ndarray, window: int) -> Season | None:
    """How many steps after which a series comes round, and how much it then is like itself, where
    that is longer than `window` and clear: a peak after a valley, again at twice the lag, and far
    above all peaks that the window sees."""
    if len(values) < TIMES * window or not np.isfinite(values).all() or np.ptp(values) == 0:
        return None
    found = correlations(values)
    valley = np.minimum.accumulate(found)
    top = (found[:-2] < found[1:-1]) & (found[1:-1] >= found[2:])
    peaks = [int(lag) for lag in np.flatnonzero(top) + 1 if found[lag] > valley[lag] + DEEP]
    seen = max((found[lag] for lag in peaks if lag <= window), default=0.0)
    beyond = [lag for lag in peaks if lag > window]
    if not beyond:
        return None
    season = max(beyond, key=lambda lag: found[lag] - 0.1 * lag / beyond[0])
    again = found[2 * season - season // 10 : 2 * season + season // 10 + 1]
    if found[season] < max(CLEAR, seen + MORE) or (len(again) and again.max() < CLEAR - 0.2):
        return None
    return season, float(found[season])


def told_by_others(rows: np.ndarray, target: int, targets: int) -> bool:
    """Whether columns beside the targets, (rows, columns), tell half of a target in the same row,
    as the hour and the month do."""
    known = rows[:, targets:]
    if known.shape[1] == 0:
        return False
    known = np.c_[known - known.mean(axis=0), known**2 - (known**2).mean(axis=0)]
    change = rows[:, target] - rows[:, target].mean()
    line = np.linalg.lstsq(known, change, rcond=None)[0]
    left = ((change - known @ line) ** 2).sum() / max(1e-12, (change**2).sum())
    return bool(left < 0.5)


@check(
    Entry(
        "window-length",
        "warning",
        "Windows shorter than the season of the series, or than what is to be forecast.",
        "Where it was a season ago is then never seen, and the best known forecast cannot be made.",
        "make the window as long as a season at least",
        "a correlation of 0.6 a season before, after a valley 0.4 deep, seen four times, and 0.25 "
        "above any within the window; a horizon longer than the window",
        "ours; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, on the seasonal "
        "naive forecast",
    ),
    needs=("rows in time",),
)
def window_length(case: Case) -> Iterator[Finding]:
    rows, window = in_time(case), case.known.x.shape[1]
    values = rows.values["train"][-LONGEST:]
    longest: Season | None = None
    for target in range(min(MOST_TARGETS, rows.targets)):
        found = season_beyond(values[:, target], window)
        if found and not told_by_others(values, target, rows.targets):
            longest = max(longest, found) if longest else found
    if longest is not None and len(values) >= TIMES * longest[0]:
        season, like = longest
        yield Finding(
            "window-length",
            "warning",
            f"A window has {window} steps, and the series comes round after {season}: it is then "
            f"like itself with a correlation of {like:.2f}.",
            fix=f"set data.window = {season}",
        )
    elif rows.horizon > window:
        yield from too_far(window, rows.horizon, f"set data.window = {2 * rows.horizon}")


def too_far(window: int, horizon: int, fix: str) -> Iterator[Finding]:
    """A forecast of more steps than a window has."""
    yield Finding(
        "window-length",
        "warning",
        f"{horizon} steps are forecast from {window}.",
        "What moves slower than a window is long cannot be told from so few steps.",
        fix,
    )


@check("window-length", needs=("one input", "one output", "targets"))
def window_of_a_script(case: Case) -> Iterator[Finding]:
    """Windows that slide over a series, and targets that are its next steps."""
    x, y = case.train.x, case.train.y
    if case.project.declared is not None or not slides(x) or not isinstance(y, np.ndarray):
        return
    if y.ndim != 2 or case.contract.classes:
        return
    window, horizon = x.shape[1], y.shape[1]
    if horizon > window and np.array_equal(y[1:20, :-1], y[:19, 1:]):
        yield from too_far(window, horizon, f"windows of {2 * horizon} steps, or fewer steps ahead")
