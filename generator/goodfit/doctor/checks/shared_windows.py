"""Windows of one series in two parts, which overlap: what one holds stands in the others too."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import check
from ..words import PARTS
from .data import ODD, keys_of
from .near_copies import held_out, plain

STEPS = 600_000  # of training windows, at most
RUN = 8  # steps, one behind the other, that hardly come twice; half of a short window
FEWEST, SHORTEST, LARGEST = 30, 4, 10_000  # windows of a part; steps; numbers in a window
OVERLAP = 0.3  # of a window that training holds, at least
SHARE, DRAWN = 0.5, 0.1  # of the windows that are such; where parts are known to be no times
FEWEST_STEPS = 500  # different ones: of fewer, runs of them come twice by chance
COPIES, DIFFERENT = 0.2, 0.3  # of the windows that stand in training as they are; that begin anew


def runs(x: np.ndarray) -> np.ndarray:
    """uint64 (windows, runs): a key for every few steps that follow one another in a window,
    (windows, steps, channels); 0 where nothing changes in them, as it may anywhere. Of (windows,
    steps), which may be a table with codes in many columns, for all steps but one."""
    length = min(RUN, x.shape[1] // 2 + 1) if x.ndim == 3 else x.shape[1] - 1
    x = x.reshape(*x.shape[:2], -1)
    keys = keys_of(x.reshape(-1, x.shape[2])).reshape(x.shape[:2])
    count = x.shape[1] - length + 1
    made, still = np.zeros((len(x), count), "uint64"), np.ones((len(x), count), bool)
    for place in range(length):
        made = made * ODD + keys[:, place : place + count]
        still &= keys[:, place : place + count] == keys[:, :count]
    return np.where(still, 0, made)


@check("shared-rows", needs=("one input",))
def shared_windows(case: Case) -> Iterator[Finding]:
    """Windows of one series, drawn at random: what a held-out window holds stands, some steps on,
    in training windows. Of windows that follow one another in time only the first few do."""
    x = case.known.x
    if case.project.in_order or x.dtype.kind != "f" or x.ndim not in (2, 3):
        return
    if case.project.declared is not None and x.ndim == 2:
        return  # a table
    if x.shape[1] < SHORTEST or x[0].size > LARGEST or len(x) < FEWEST:
        return
    train = np.arange(min(len(x), 20_000, STEPS // x.shape[1]))
    places, parts = held_out(case, 500)
    some = plain(case, x, train)
    known = runs(some)
    few_steps = len(np.unique(keys_of(some[:200].reshape(-1, *some.shape[2:])))) < FEWEST_STEPS
    if few_steps or len(np.unique(known[:, 0])) <= DIFFERENT * len(train):
        return  # the same comes again and again by itself
    known = np.unique(np.append(known[known > 0], known.max()))
    for part, rows in places.items():
        held = parts[part].x
        if held.shape[1:] == x.shape[1:] and len(held) >= FEWEST:
            few = plain(case, held, rows)
            whole = np.isin(keys_of(few), keys_of(some))
            yield from overlapping(case, part, whole, among(runs(few), known))


def among(keys: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Which keys are among `known`, which are sorted: sooner than np.isin, which sorts both."""
    places = np.searchsorted(known, keys).clip(max=len(known) - 1)
    found: np.ndarray = known[places] == keys
    return found


def overlapping(case: Case, part: str, whole: np.ndarray, there: np.ndarray) -> Iterator[Finding]:
    """The finding, where most windows are made of what stands in training. `whole`, (windows,):
    which stand there as they are; `there`, (windows, runs): which of their runs do."""
    moved = float((there.mean(axis=1) >= OVERLAP).mean())
    project = case.project.declared is not None
    if whole.mean() > COPIES or moved <= (DRAWN if project else SHARE):
        return  # whole samples that stand in both parts are said to
    fix = "cut the series in time before windows are made of it"
    yield Finding(
        "shared-rows",
        "warning",
        f"{moved:.0%} of the {PARTS[part]} windows are made of steps that training windows hold.",
        "They overlap, so that the answer was nearly seen in training.",
        "name the column of the recording in data.group; of a single one: " + fix
        if project
        else fix,
    )
