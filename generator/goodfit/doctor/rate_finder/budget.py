"""How long a search for a rate may be: what it takes, beside what a training takes."""

from __future__ import annotations

import time
from typing import NamedTuple, Protocol

import numpy as np

RAMPS, RUNS = 3, 2  # seeds of the ramp, and of the short run at each candidate
LASTS = 0.25  # of the planned epochs, at least, until early stopping ends most trainings
LEAST_RAMP, LEAST_RUN = 200, 25  # steps at the very least, below which neither tells anything
LEAST = RAMPS * LEAST_RAMP + 5 * RUNS * LEAST_RUN  # steps of all, with five candidates
LONGEST_RAMP = 400  # steps: slow enough
SECONDS = 1.0  # that the steps may take in any case: in a small project they are cheap
EPOCH = 0.02  # seconds of `fit` for an epoch besides its steps, at least: validation, callbacks


class Trainee(Protocol):
    """A copy of a network that takes steps at rates of their own (`range_test.Copy`)."""

    began: float
    samples: int
    batch_size: int
    epochs: int
    rate_now: float

    def take(self, rates: np.ndarray) -> np.ndarray: ...

    def validation_loss(self) -> float: ...


class Pace(NamedTuple):
    """What this machine makes of a training: its likely length in steps, what goes between them
    counted as such; seconds a step; and what it takes to compile one, in steps again."""

    steps: float
    seconds: float
    compiling: float


def measured(copy: Trainee) -> Pace:
    """The pace of a copy just made; it takes its first steps, which compile."""
    rate = copy.rate_now
    copy.take(np.full(2, rate))
    copy.validation_loss()
    compiling = time.perf_counter() - copy.began
    seconds: list[float] = []
    while len(seconds) < 2 or sum(seconds) < 0.1:  # the fastest of many: other work may interrupt
        began = time.perf_counter()
        copy.take(np.full(4, rate))
        seconds.append(time.perf_counter() - began)
    step = min(seconds) / 4
    an_epoch = np.ceil(copy.samples / copy.batch_size) + EPOCH / step
    return Pace(LASTS * copy.epochs * an_epoch, step, compiling / step)


def lengths(pace: Pace, share: float) -> tuple[int, int]:
    """Steps of a ramp and of a short run, (0, 0) where there is time for neither.

    All together take `share` of the training, compiling included, or `SECONDS` where that is more.
    Both grow by doublings, so that what is found hardly depends on how busy the machine is.
    """
    steps = share * (pace.steps + pace.compiling) - pace.compiling
    fits = max(steps, SECONDS / pace.seconds) / LEAST
    scale = 2 ** int(np.log2(fits)) if fits >= 1 else 0
    return min(scale * LEAST_RAMP, LONGEST_RAMP), scale * LEAST_RUN


def shortest() -> tuple[int, int]:
    """Steps of a ramp and of a short run that tell something, and no more."""
    return LEAST_RAMP, LEAST_RUN


def shortest_time(pace: Pace) -> str:
    """What the shortest search takes, in words: seconds, and their share of a training's time."""
    steps = LEAST + pace.compiling
    return (
        f"{steps * pace.seconds:.0f} s, {steps / (pace.steps + pace.compiling):.2g} of a training"
    )
