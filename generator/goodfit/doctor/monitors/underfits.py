"""A training that has ended, and that does not even fit the samples it learned from: what holds it
back, where that can be told."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from ..finding import Finding
from ..registry import REGISTRY, Entry
from .symptoms import Course

LITTLE = 0.8  # of the loss of guessing: who ends above it has learnt little
HELD = 0.07  # of the loss of guessing, by which dropout makes the loss of training worse
STRONG = 0.35  # dropout
STILL = 0.03  # of the loss of guessing, by which it fell in the last fifth of the epochs

UNDERFITS = REGISTRY.entry(
    Entry(
        "underfits",
        "warning",
        "A training that ends with a loss near that of guessing on its own samples, while strong "
        "dropout holds it back, or the loss still falls.",
        "It is not that samples are learned by heart: less freedom, or more of them, will not "
        "help.",
        "lower {dropout}, or let it train longer: {epochs}",
        "above 0.8 of the loss of guessing; dropout of 0.35 or more, without which the loss of the "
        "same samples is lower by 0.07 of that; a loss that fell by 0.03 of it in the last fifth "
        "of all epochs",
        "ours",
    )
)


class End(NamedTuple):
    """How a training ended: `loss`, that of training samples in inference mode, relative to
    guessing; the share of right answers, NaN where none are; the strongest dropout."""

    loss: float
    right: float
    dropout: float


def underfits(course: Course, end: End) -> Iterator[Finding]:
    """Both losses ended near guessing; what is sure of the reason."""
    if not little_learnt(course, end):
        return
    shown = f"{course.losses[-1]:.2f} of that of guessing"
    if not math.isnan(end.right):
        shown += f", and {end.right:.0%} of the training samples are answered rightly"
    if end.dropout >= STRONG and min(course.losses[-5:]) - end.loss > HELD:
        fact = f"The training loss ends at {shown}; without dropout it is {end.loss:.2f}."
        why = f"Dropout of {end.dropout:g} holds it back: more of that, or other weights of classes"
        why += ", will not help."
        fix = f"lower {course.words.setting('dropout')} to {max(0.1, end.dropout / 2):.2g}"
        yield Finding("underfits", "warning", fact, why, fix)
        return
    fifth = len(course.losses) // 5
    if fifth and course.losses[-1 - fifth] - course.losses[-1] > STILL and course.all_epochs:
        fact = f"The training loss ends at {shown}, and was still falling in the last epochs."
        why = "Training was over before it had learnt what it can."
        fix = f"set {course.words.setting('epochs')} to twice as many, and the schedule with them"
        yield Finding("underfits", "warning", fact, why, fix)


def little_learnt(course: Course, end: End) -> bool:
    """Whether training and validation both ended near the loss of guessing."""
    if not course.judged or not course.under_way or not math.isfinite(end.loss):
        return False
    watched = min(course.watched, default=1.0)
    return min(course.losses[-5:]) > LITTLE and watched > LITTLE


def in_a_note(course: Course, end: End) -> str:
    """Where the reason is not known: what is plain, and what may be tried; "" where all is well."""
    if not little_learnt(course, end) or math.isnan(end.right):
        return ""
    return (
        f"training ends with {end.right:.0%} of its own samples answered rightly, and a loss of "
        f"{course.losses[-1]:.2f} of that of guessing: it does not learn them by heart. Less "
        "dropout, more units or a higher learning rate may help; or the inputs tell no more"
    )
