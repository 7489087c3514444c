"""What can go wrong while training goes on, each by its symptom: numbers in, findings out.

Only what cannot end well is an error and stops training; the rest is likely, and a warning. Where
a threshold was published, its source stands beside it. `__init__.py` gathers the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from findings import Finding
from monitors.probe import Look

HALF_DEAD, DEAD = 0.5, 0.9  # share of a layer's units; SageMaker Debugger, for ReLUs
# A step by the length of the first weights. TheDeepChecker has 0.1 and 1e-4 for single steps; these
# are means over some that partly go one way, and no good rate has been seen outside.
LONG, SHORT = 0.3, 3e-5
GUESSING = 0.99  # of the loss of guessing: what is above has learnt nothing
FIND_LR = "or take the rate that find_lr.py recommends"


@dataclass
class Course:
    """How training has gone. Losses are relative: 1 is the loss of guessing, one answer for all."""

    epochs: int  # planned
    layers: list[str]  # whose steps are measured
    look: Look
    losses: list[float] = field(default_factory=list)  # of each epoch so far
    watched: list[float] = field(default_factory=list)  # the same, for the validation samples
    steps: list[np.ndarray] = field(default_factory=list)  # (layers,) for each look: their length

    @property
    def best(self) -> float:
        """The best loss so far, in training or on the validation samples."""
        return min(self.losses + self.watched)

    @property
    def under_way(self) -> bool:
        """Whether a tenth of the planned epochs is over, and five of them at least."""
        return len(self.losses) >= max(5, self.epochs / 10)


def of_an_epoch(course: Course) -> Iterator[Finding]:
    """All that the losses tell."""
    yield from no_progress(course)
    yield from memorises(course)


def of_a_look(course: Course) -> Iterator[Finding]:
    """All that steps, units and answers tell."""
    yield from dead_units(course)
    yield from lengths_of_steps(course)
    yield from gradients(course)
    yield from stuck_at_majority(course)


def diverges(loss: float) -> Iterator[Finding]:
    """`loss`, the median of 200 steps, relative to the start, is above 3. The median, since single
    batches may be as bad as they like."""
    if loss > 3:
        fact = f"The training loss has been {loss:.3g} times that of the start, for 200 steps."
        why = "Each step leads further away, and weights that have left their range stay away."
        fix = f"divide optimizer.learning_rate by 10, {FIND_LR}; nothing was saved"
        yield Finding("diverges", "error", fact, why, fix)


def no_progress(course: Course) -> Iterator[Finding]:
    """Neither loss is better than guessing, after a tenth of the epochs; an error where all samples
    get one answer, since then no gradient can change it."""
    if course.under_way and course.best > GUESSING:
        same = course.look.spread < 1e-6
        more = ", and all samples get the same answer" if same else ""
        fact = f"After {len(course.losses)} epochs the loss is no better than guessing{more}."
        why = "The steps are too short or too long, or nothing in the samples tells the targets."
        fix = f"run check.py for the data; then change optimizer.learning_rate, {FIND_LR}"
        yield Finding("no-progress", "error" if same else "warning", fact, why, fix)


def memorises(course: Course) -> Iterator[Finding]:
    """For five epochs the training loss is far below guessing, and the validation loss above it and
    never was much better. (Losses that merely part are for early stopping, and no fault.)"""
    trained, watched = course.losses[-5:], course.watched[-5:]
    apart = len(trained) == 5 and max(trained) < 0.8 and min(watched) > 1.05
    if apart and min(course.watched) > 0.95:
        fact = (
            f"The training loss is {trained[-1]:.2f} of that of guessing, the validation loss "
            f"{watched[-1]:.2f}."
        )
        why = "The network learns its samples by heart, and nothing that holds for others."
        fix = "run check.py: do targets belong to their rows? Then raise model.dropout"
        yield Finding("memorises", "warning", fact, why, fix)


def dead_units(course: Course) -> Iterator[Finding]:
    """ReLU units that are zero for every sample; an error where nearly all of a layer are and all
    samples get one answer."""
    for layer, share in course.look.dead.items():
        if share > HALF_DEAD:
            hopeless = share > DEAD and course.look.spread < 1e-6
            fact = f"{share:.0%} of the units of layer {layer} are zero for every sample."
            why = "A ReLU unit that is always zero gets no gradient: it cannot come back."
            fix = "divide optimizer.learning_rate by 3, or set model.activation to leaky_relu"
            yield Finding("dead-units", "error" if hopeless else "warning", fact, why, fix)


def lengths_of_steps(course: Course) -> Iterator[Finding]:
    """Steps too long, or from the beginning too short, in more than half of the layers."""
    if not course.layers:
        return
    medians = [float(np.median(one)) for one in course.steps]
    why = "A step is usually a hundredth to a ten-thousandth as long as the weights are."
    fact = f"A step is {medians[-1]:.2g} times as long as the weights of its layer were at first."
    if medians[-1] > LONG:
        fix = f"divide optimizer.learning_rate by 10, {FIND_LR}"
        yield Finding("updates-too-large", "warning", fact, why, fix)
    if max(medians) < SHORT and course.best > 0.9:
        fix = f"multiply optimizer.learning_rate by 10, {FIND_LR}"
        yield Finding("updates-too-small", "warning", fact, why, fix)


def gradients(course: Course) -> Iterator[Finding]:
    """What the steps tell of the gradients: one layer stands still while the others move, or steps
    have suddenly grown tenfold. Both are amiss only while there is much to learn."""
    if not course.layers or course.best < 0.9:
        return
    *medians, median = [float(np.median(one)) for one in course.steps]
    if (now := course.steps[-1]).min() < 1e-3 * median:
        fact = f"{course.layers[int(now.argmin())]} hardly moves, and the other layers do."
        why = "Next to no gradient reaches it, so that it stays as it was drawn."
        fix = "take fewer layers, or change model.activation or model.normalization"
        yield Finding("gradient-collapse", "warning", fact, why, fix)
    if medians and median > max(LONG / 3, 10 * max(medians)):
        fact = f"Steps are {median / max(medians):.0f} times as long as they ever were before."
        why = "Gradients that grow from step to step end in weights that are not finite."
        fix = "set optimizer.global_clipnorm to 1.0, or divide optimizer.learning_rate by 3"
        yield Finding("gradient-explosion", "warning", fact, why, fix)


def stuck_at_majority(course: Course) -> Iterator[Finding]:
    """More than 99 % of the answers are one class, where the commonest has less than 90 %."""
    share = course.look.true_share
    if course.under_way and course.look.said_share > 0.99 and 0 < share < 0.9:
        fact = f"Nearly all answers are one class, which {share:.0%} of the samples have."
        why = "Accuracy then says no more than how common that class is."
        fix = "run check.py: do the features tell the classes apart? Then set head.class_weight"
        yield Finding("stuck-at-majority", "warning", fact, why, fix)
