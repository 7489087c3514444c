"""What can go wrong while training goes on, each by its symptom: numbers in, findings out.

Only what cannot end well is an error and stops training; the rest is likely, and a warning. Where
a threshold was published, its source stands beside it. `callback.py` gathers the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ..finding import Finding, Level
from ..registry import REGISTRY, Entry
from ..words import Words
from .probe import Look

HALF_DEAD, DEAD = 0.5, 0.9  # share of a layer's units; SageMaker Debugger, for ReLUs
# A step by the length of the first weights. TheDeepChecker has 0.1 and 1e-4 for single steps; these
# are means over some that partly go one way, and no good rate has been seen outside.
LONG, SHORT = 0.3, 3e-5
SOME_STEPS = 100  # of fewer, nobody can say that they lead nowhere
GUESSING = 0.99  # of the loss of guessing: what is above has learnt nothing
FALLING = 0.01  # of the loss of guessing in two epochs: few steps an epoch take their time
RATE = "or take another: {find_rate}"


@dataclass
class Course:
    """How training has gone. Losses are relative: 1 is the loss of guessing, one answer for all;
    where that is not known (not `judged`), the first loss."""

    epochs: int  # planned
    layers: list[str]  # whose steps are measured
    look: Look
    words: Words = field(default_factory=Words)
    judged: bool = True
    losses: list[float] = field(default_factory=list)  # of each epoch so far
    watched: list[float] = field(default_factory=list)  # the same, for the validation samples
    steps: list[np.ndarray] = field(default_factory=list)  # (layers,) for each look: their length
    batches: int = 0  # learned from so far
    settled: float = SOME_STEPS  # steps after which statistics of normalisation are those of now
    rates: list[float] = field(default_factory=list)  # of each epoch, where callbacks settle them
    dropout: float = 0.0  # the strongest in the network
    weighed: bool = False  # whether classes, or samples, have weights already
    clipped: bool = False  # whether gradients are clipped already

    @property
    def best(self) -> float:
        """The best loss so far, in training or on the validation samples."""
        return min(self.losses + self.watched)

    @property
    def all_epochs(self) -> bool:
        """Whether no epoch that was planned is left."""
        return len(self.losses) >= self.epochs

    @property
    def under_way(self) -> bool:
        """Whether a tenth of the planned epochs is over, five of them and 100 steps at least."""
        enough = len(self.losses) >= max(5, self.epochs / 10)
        return enough and self.batches >= SOME_STEPS


def entry(
    name: str, level: str, catches: str, why: str, fix: str, threshold: str, source: str
) -> Entry:
    return REGISTRY.entry(Entry(name, level, catches, why, fix, threshold, source))  # type: ignore[arg-type]


def finding(of: Entry, level: Level, fact: str) -> Finding:
    return Finding(of.id, level, fact, of.why, of.fix)


DIVERGES = entry(
    "diverges",
    "error",
    "A training loss that stays far above that of the start.",
    "Each step leads further away, and weights that have left their range stay away.",
    "divide {learning_rate} by 10, " + RATE,
    "the median of 200 steps is above 3 times the start, or the loss of guessing",
    "ours; AutoTrainer looks at single steps",
)
NO_PROGRESS = entry(
    "no-progress",
    "error or warning",
    "A loss that is no better than that of one answer for all.",
    "The steps are too short or too long, or nothing in the samples tells the targets.",
    "look at the samples beside their targets; then change {learning_rate}, " + RATE,
    "above 0.99 of it after a tenth of the epochs, five and 100 steps at least; an error where all "
    "samples get one answer",
    "ours",
)
MEMORISES = entry(
    "memorises",
    "warning",
    "A training loss far below that of guessing, and a validation loss above it.",
    "The network learns its samples by heart, and nothing that holds for others.",
    "do targets belong to their rows? Then more dropout, or a smaller network",
    "for five epochs below 0.8 and above 1.05, and never below 0.95",
    "ours; losses that merely part are for early stopping",
)
TOO_LARGE = entry(
    "updates-too-large",
    "warning",
    "Steps far too long beside the weights of their layers.",
    "A step is usually a hundredth to a ten-thousandth as long as the weights are.",
    "divide {learning_rate} by 10, " + RATE,
    "0.3 of the first weights, in more than half of the layers",
    "TheDeepChecker has 0.1 for single steps",
)
TOO_SMALL = entry(
    "updates-too-small",
    "warning",
    "Steps so short that weights hardly move, from the beginning.",
    "A step is usually a hundredth to a ten-thousandth as long as the weights are.",
    "multiply {learning_rate} by 10, " + RATE,
    "3e-5 of the first weights, in more than half of the layers, while much is left to learn",
    "TheDeepChecker has 1e-4 for single steps",
)
COLLAPSE = entry(
    "gradient-collapse",
    "warning",
    "One layer that hardly moves while the others do.",
    "Next to no gradient reaches it, so that it stays as it was drawn.",
    "take fewer layers, or change activations or normalization in {model}",
    "a thousandth of the median of the layers",
    "ours",
)
EXPLOSION = entry(
    "gradient-explosion",
    "warning",
    "Steps that have suddenly grown.",
    "Gradients that grow from step to step end in weights that are not finite.",
    "set {clipnorm} to 1.0, or divide {learning_rate} by 3",
    "tenfold, and above 0.1 of the first weights",
    "ours",
)
MAJORITY = entry(
    "stuck-at-majority",
    "warning",
    "Nearly all answers are one class, which far fewer samples have.",
    "Accuracy then says no more than how common that class is.",
    "do the inputs tell the classes apart? Then less dropout, or weights where classes are uneven",
    "above 99 % of the answers, below 90 % of the samples",
    "ours",
)


def of_an_epoch(course: Course) -> Iterator[Finding]:
    """All that the losses tell."""
    yield from no_progress(course)
    yield from memorises(course)
    yield from rate_gone(course)


def of_a_look(course: Course) -> Iterator[Finding]:
    """All that steps, units and answers tell."""
    yield from dead_units(course)
    yield from lengths_of_steps(course)
    yield from gradients(course)
    yield from stuck_at_majority(course)


def diverges(loss: float, course: Course) -> Iterator[Finding]:
    """`loss`, the median of 200 steps, relative to the start. The median, since single batches may
    be as bad as they like."""
    if loss > 3 and course.judged:
        fact = f"The training loss has been {loss:.3g} times that of the start, for 200 steps."
        yield finding(DIVERGES, "error", fact)


def no_progress(course: Course) -> Iterator[Finding]:
    """Neither loss is better than guessing, nor on its way there; an error where all samples get
    one answer, since then no gradient can change it."""
    falling = len(course.losses) > 2 and course.losses[-3] - course.losses[-1] > FALLING
    if course.judged and course.under_way and course.best > GUESSING and not falling:
        same = course.look.spread < 1e-6
        more = ", and all samples get the same answer" if same else ""
        fact = f"After {len(course.losses)} epochs the loss is no better than guessing{more}."
        yield finding(NO_PROGRESS, "error" if same else "warning", fact)


def memorises(course: Course) -> Iterator[Finding]:
    """Training goes well, and validation never did."""
    trained, watched = course.losses[-5:], course.watched[-5:]
    if not course.judged or len(watched) < 5:
        return
    if max(trained) < 0.8 and min(watched) > 1.05 and min(course.watched) > 0.95:
        fact = (
            f"The training loss is {trained[-1]:.2f} of that of guessing, the validation loss "
            f"{watched[-1]:.2f}."
        )
        yield finding(MEMORISES, "warning", fact)


def rate_gone(course: Course) -> Iterator[Finding]:
    """A thousandth of the highest learning rate is left, and half of the epochs still to come."""
    rates = course.rates
    if rates and len(rates) <= course.epochs / 2 and rates[-1] < 1e-3 * max(rates):
        fact = (
            f"After {len(rates)} of {course.epochs} epochs the learning rate is {rates[-1]:.2g}, "
            f"and was {max(rates):.2g}."
        )
        why = "The epochs to come change nothing: a callback lowers the rate further every time."
        fix = "work it out from the first rate and the number of the epoch, not from the last rate"
        yield Finding("learning-rate", "warning", fact, why, fix)


def dead_units(course: Course) -> Iterator[Finding]:
    """ReLU units that are zero for every sample; an error where nearly all of a layer are and all
    samples get one answer."""
    for layer, share in course.look.dead.items():
        if share > HALF_DEAD:
            hopeless = share > DEAD and course.look.spread < 1e-6
            fact = f"{share:.0%} of the units of layer {layer} are zero for every sample."
            why = "A ReLU unit that is always zero gets no gradient: it cannot come back."
            fix = (
                "are the inputs scaled to a mean near 0? Then divide {learning_rate} by 3, or use "
                "leaky_relu in {model}"
            )
            yield Finding("dead-units", "error" if hopeless else "warning", fact, why, fix)


def lengths_of_steps(course: Course) -> Iterator[Finding]:
    """Steps too long, or from the beginning too short, in more than half of the layers."""
    if not course.layers or not course.steps:
        return
    medians = [float(np.median(one)) for one in course.steps]
    fact = f"A step is {medians[-1]:.2g} times as long as the weights of its layer were at first."
    if medians[-1] > LONG:
        yield finding(TOO_LARGE, "warning", fact)
    if max(medians) < SHORT and course.best > 0.9 and course.judged:
        still = not max(medians)
        fact = "In most layers no weight has moved at all." if still else fact
        fix = "is trainable True where it should be, and does the loss depend on these layers?"
        yield finding(TOO_SMALL, "warning", fact)._replace(fix=fix if still else TOO_SMALL.fix)


def gradients(course: Course) -> Iterator[Finding]:
    """What the steps tell of the gradients: one layer stands still while the others move, or steps
    have suddenly grown tenfold. Both are amiss only while there is much to learn."""
    if not course.layers or not course.steps or course.best < 0.9 or not course.judged:
        return
    *medians, median = [float(np.median(one)) for one in course.steps]
    if (now := course.steps[-1]).min() < 1e-3 * median:
        fact = f"{course.layers[int(now.argmin())]} hardly moves, and the other layers do."
        yield finding(COLLAPSE, "warning", fact)
    if medians and median > max(LONG / 3, 10 * max(medians)):
        fact = f"Steps are {median / max(medians):.0f} times as long as they ever were before."
        fix = "divide {learning_rate} by 3" if course.clipped else EXPLOSION.fix
        yield finding(EXPLOSION, "warning", fact)._replace(fix=fix)


def stuck_at_majority(course: Course) -> Iterator[Finding]:
    """More than 99 % of the answers are one class, where the commonest has less than 90 %."""
    share = course.look.true_share
    told = course.under_way and course.batches >= course.settled
    if told and course.look.said_share > 0.99 and 0 < share < 0.9:
        fact = f"Nearly all answers are one class, which {share:.0%} of the samples have."
        yield finding(MAJORITY, "warning", fact)._replace(fix=freed(course))


def freed(course: Course) -> str:
    """What may free a network that always gives one answer: less dropout where there is much of it,
    weights only where classes are uneven and have none."""
    if course.dropout >= 0.35:
        return f"lower {{dropout}} to {course.dropout / 2:.2g}: so much of it leaves one answer"
    if course.weighed or course.look.true_share < 0.6:
        return "do the inputs tell the classes apart? Then change {learning_rate}, " + RATE
    weigh = course.words.settings.get("class_weights", "weigh the classes")
    return f"do the inputs tell the classes apart? Then {weigh}"
