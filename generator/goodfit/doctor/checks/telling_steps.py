"""Series in which one step, or a channel that stays the same, gives the class away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import check
from .one_place import NEARLY, SOMETHING, TELLS, Shown, View, blanked, flat, much_less, shown
from .telling_places import told_of

STEPS = 12  # numbers that are looked at closely: those in which classes differ most


def apart(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(...): how far classes lie apart in each number of samples (samples, ...), or in how far it
    is from its mean, by how much their own members do."""
    found = []
    for one in (x, np.abs(x - x.mean(axis=0))):
        kinds = [one[y == name] for name in np.unique(y) if (y == name).sum() > 2]
        middles = np.stack([kind.mean(axis=0) for kind in kinds])
        own = np.mean([kind.std(axis=0) for kind in kinds], axis=0)
        found.append(middles.std(axis=0) / (own + 1e-3 * x.std() + 1e-12))
    return np.maximum(*found)


@check(
    "telling-place",
    cost="trains",
    needs=("targets", "one input", "one output", "validation"),
    sound=True,
)
def telling_steps(case: Case) -> Iterator[Finding]:
    """Of series, (samples, steps, channels): a step of a channel, or a channel that stays the same
    over time."""
    samples = shown(case, 3)
    if samples is None or case.known.x.dtype.kind != "f" or samples.x.shape[1] < 8:
        return
    if (padding := case.project.feature_padding) is not None:
        for x in (samples.x, samples.x_val):  # far below all numbers
            x[x <= padding / 2] = 0
    least = SOMETHING if case.project.declared is None else -1.0
    for words, numbers, step, channel in telling_numbers(samples):
        around = slice(max(0, step - 2), step + 3) if step >= 0 else slice(None)
        gone = (around, slice(None) if step >= 0 else slice(channel, channel + 1))
        score = samples.score(numbers)
        rest = samples.score(without(gone)) if score >= TELLS else 1.0
        if much_less(score, rest, least):
            yield told_of(words, score, rest)
            return


def without(place: tuple[slice, ...]) -> View:
    """All that stands elsewhere."""
    return lambda x: flat(blanked(x, place))


def stands_at(step: int | slice, channel: int) -> View:
    """The numbers of one channel, in one step or in several."""
    return lambda x: flat(x[:, step, [channel]] if isinstance(step, int) else x[:, step, channel])


def telling_numbers(samples: Shown) -> Iterator[tuple[str, View, int, int]]:
    """Numbers of series by which one tree nearly tells the class, in words, with their step, -1 for
    all of them, and channel."""
    x, x_val = samples.x, samples.x_val
    for channel in range(x.shape[2]) if x.shape[2] > 1 else ():
        values = x[:, :, channel]
        if values.std(axis=1).mean() < 0.2 * values.mean(axis=1).std():
            middle = values.mean(axis=1)[:, None], x_val[:, :, channel].mean(axis=1)[:, None]
            if samples.by_one_tree(*middle) >= NEARLY:
                words = f"The values of channel {channel + 1}"
                yield words, stands_at(slice(None), channel), -1, channel
    for place in apart(x, samples.y).ravel().argsort()[::-1][:STEPS]:
        step, channel = divmod(int(place), x.shape[2])
        if samples.by_one_tree(x[:, step, [channel]], x_val[:, step, [channel]]) >= NEARLY:
            words = f"The numbers of channel {channel + 1} in step {step + 1}"
            yield words, stands_at(step, channel), step, channel
