"""How fast and how long: the learning rate and its schedule, clipping, and the number of steps."""

from __future__ import annotations

import json
from collections.abc import Iterator

import keras
import numpy as np

from ..case import Case
from ..commands import RUNS
from ..finding import Finding
from ..registry import Entry, check

RANGE_TEST = RUNS / "find_lr.json"  # what find_lr.py left when it last ran


def inner(optimizer: keras.optimizers.Optimizer) -> keras.optimizers.Optimizer:
    """The optimizer within one that scales the loss."""
    return getattr(optimizer, "inner_optimizer", optimizer)


def rates_of(optimizer: keras.optimizers.Optimizer, steps: int) -> list[float]:
    """The learning rate at 50 places of its schedule."""
    rate = getattr(inner(optimizer), "_learning_rate", None)
    if isinstance(rate, keras.optimizers.schedules.LearningRateSchedule):
        places = np.unique(np.linspace(0, max(1, steps), 50, dtype=int))
        peaks = [getattr(rate, name, None) for name in ("initial_learning_rate", "warmup_target")]
        known = [float(one) for one in peaks if isinstance(one, float)]
        return [*known, *(float(rate(int(place))) for place in places)]
    return [float(keras.ops.convert_to_numpy(inner(optimizer).learning_rate))]


RATE = Entry(
    "learning-rate",
    "error or warning",
    "A learning rate, a schedule or clipping with which nothing can be learnt.",
    "The weights hardly move, or are thrown about.",
    "set {learning_rate} = 0.001 for Adam or 0.01 for SGD, and try from there",
    "an error at 0 or less, above 0.05 for Adam and its kin, above 1 for SGD (in a script above "
    "ten times that, a warning above three times); a warning up to 1e-5 and 1e-4 (a tenth in a "
    "script); a hundredth of its peak in three quarters of the steps; gradients clipped below "
    "0.001; above the rate at which the loss turned in the last range test",
    "measured on small networks; UMLAUT; Smith 2017, arXiv:1506.01186, for the range test",
)
ENOUGH_STEPS = 500  # in all: who takes as many with all samples in one batch means it
LIMITS = {  # beyond which nothing, or hardly anything, is learnt
    "sgd": (1e-4, 1.0),
    "adadelta": (2e-3, 20.0),
    "adagrad": (1e-4, 1.0),
    "ftrl": (1e-4, 2.0),
    "lion": (1e-6, 0.02),
    "muon": (1e-5, 0.5),
    "adafactor": (1e-5, 0.5),
}


@check(RATE, needs=("optimizer",))
def learning_rate(case: Case) -> Iterator[Finding]:
    optimizer, words = case.model.optimizer, case.words
    peak = max(rates_of(optimizer, case.steps or 1))
    name = words.setting("learning_rate")
    yield from one_rate(optimizer, peak, name, case)
    tuning = float(words.settings.get("fine_tuning_rate", "0"))
    if tuning > 0.05:
        yield from one_rate(optimizer, tuning, "model.fine_tuning_rate", case)


def one_rate(
    optimizer: keras.optimizers.Optimizer, peak: float, name: str, case: Case
) -> Iterator[Finding]:
    """The highest rate of the schedule against what that optimizer learns with."""
    kind = inner(optimizer).__class__.__name__.lower()
    low, high = LIMITS.get(kind, (1e-5, 0.05))
    sure = high
    if case.project.declared is None:
        low /= 10 if kind != "adadelta" else 1  # fine-tuning takes small steps
        high, sure = 3 * high, 10 * high  # in between the first steps tell: loss-does-not-fall
    if kind == "adadelta" and case.steps is not None and case.steps > 20_000:
        low = 0.0  # slow, and there is time
    if not low < peak <= high:
        much = peak > high
        usual = {"sgd": 0.01, "adadelta": 1.0}.get(kind, 0.0003)
        yield Finding(
            "learning-rate",
            "error" if peak > sure or peak <= 0 else "warning",
            f"{name} peaks at {peak:.2g}; {inner(optimizer).name} learns between {low:g} and "
            f"{high:g}.",
            "Steps that large throw the weights about." if much else "The weights hardly move.",
            f"set {name} = {usual:g}, and try from there",
        )


@check("learning-rate", needs=("declared",))
def range_test(case: Case) -> Iterator[Finding]:
    """A rate above the one at which, over three seeds, the loss turned upwards when find_lr.py last
    looked; one that its short runs have tried and recommended may be there."""
    if not RANGE_TEST.is_file():
        return
    rate = float(case.words.settings.get("peak_rate", "0"))
    found = json.loads(RANGE_TEST.read_text(encoding="utf-8"))
    *_, turn, _ = sorted(one or float("inf") for one in found["turns"])
    if rate > turn and rate != found["recommended"]:
        yield Finding(
            "learning-rate",
            "warning",
            f"{case.words.setting('learning_rate')} = {rate:g}; when find_lr.py last looked, the "
            f"loss turned upwards at {turn:.2g}.",
            "From there on steps overshoot, and the loss rises from batch to batch.",
            f"python find_lr.py looks again; it recommended {found['recommended']:.2g}",
        )


@check("learning-rate", needs=("optimizer", "steps"))
def schedule(case: Case) -> Iterator[Finding]:
    """A rate below a hundredth of its peak in three quarters of the steps: only the first epochs
    learn, and the others cost time."""
    rates = rates_of(case.model.optimizer, case.steps or 1)
    spent = float(np.mean(np.array(rates) < 0.01 * max(rates)))
    if spent > 0.75 and max(rates) > 0:
        length = case.words.settings.get("decay_epochs", "decay_steps")
        yield Finding(
            "learning-rate",
            "warning",
            f"In {spent:.0%} of the steps the learning rate is below a hundredth of its peak.",
            "Only the first epochs learn, and early stopping cannot tell that from being done.",
            f"let the schedule end later ({length}), or lower {case.words.setting('epochs')}",
        )


@check("learning-rate", needs=("optimizer",))
def clipping(case: Case) -> Iterator[Finding]:
    """Gradients clipped below 0.001: Adam's own 1e-7 in the divisor then stops the steps."""
    optimizer = inner(case.model.optimizer)
    for name in ("global_clipnorm", "clipnorm", "clipvalue"):
        longest = getattr(optimizer, name, None)
        if longest is not None and longest < 1e-3:
            setting = case.words.setting("clipnorm") if name == "global_clipnorm" else name
            setting = name if setting == "clipnorm" else setting
            yield Finding(
                "learning-rate",
                "warning",
                f"{setting} = {longest:g} clips every gradient.",
                "Every step is then cut to nearly nothing, whatever the learning rate.",
                f"set {setting} = 1.0",
            )


@check(
    Entry(
        "penalty",
        "warning",
        "Penalties on weights, or weight decay, that outweigh what the samples say.",
        "Training then makes weights small, and hardly looks at the samples.",
        "lower the factor of kernel_regularizer in {model}, or weight_decay of the optimizer",
        "weight decay that takes a five-hundredth of the weights with every step; penalties of ten "
        "times the first loss, and of more than 1",
        "TheDeepChecker compares gradients of both",
    ),
    needs=("optimizer",),
)
def weight_decay(case: Case) -> Iterator[Finding]:
    optimizer = inner(case.model.optimizer)
    decay = getattr(optimizer, "weight_decay", None)
    share = float(decay or 0) * max(rates_of(optimizer, case.steps or 1))
    if share > 0.002:
        yield Finding(
            "penalty",
            "warning",
            f"weight_decay = {decay:g} takes {share:.2%} of every weight away with each step.",
        )


@check(
    Entry(
        "update-budget",
        "error or warning",
        "So few steps that training ends before much is learnt.",
        "Weights move a little with each step: so few end before much is learnt.",
        "lower {batch_size}, or raise {epochs}",
        "fewer than 100 steps in all, or 500 where an epoch is one step; an error where not one is "
        "taken",
        "DeepFD's class of faults",
    ),
    needs=("steps",),
)
def update_budget(case: Case) -> Iterator[Finding]:
    if case.no_epochs:
        fact = "fit trains no epoch at all: initial_epoch is not below epochs."
        fix = "epochs is the number of the last epoch: initial_epoch + those to come"
        yield Finding("update-budget", "warning", fact, "Weights stay as they are.", fix)
        return
    samples, steps = case.samples, case.steps or 0
    gathered = getattr(inner(case.model.optimizer), "gradient_accumulation_steps", None) or 1
    if gathered > steps:
        yield Finding(
            "update-budget",
            "error",
            f"gradient_accumulation_steps = {gathered}, and training has {steps:,} batches: it "
            "ends before the first step.",
            "Gradients of so many batches are gathered before weights change once.",
            "lower gradient_accumulation_steps of the optimizer, such as to 4",
        )
        return
    steps //= gathered
    if samples is None or case.project.declared is None:
        few = steps < 50 and not case.fits_before and (samples is None or samples < 50_000)
        one_batch = False
    else:
        few = steps < 100
        one_batch = case.batch_size >= samples and steps < ENOUGH_STEPS
    if few or one_batch:
        counted = f"{samples:,} samples in batches" if samples else "Batches"
        asked, fix = case.steps_asked, ""
        if asked and samples and 2 * asked * case.batch_size < samples:
            counted = f"steps_per_epoch = {asked} of {samples:,} samples:"
            fix = "leave steps_per_epoch out, so that an epoch sees all samples"
            counted += " batches"
        yield Finding(
            "update-budget",
            "warning",
            f"{counted} of {case.batch_size} for {case.epochs} epochs are {steps:,} steps.",
            fix=fix,
        )


@check(
    Entry(
        "compile-again",
        "warning",
        "Layers frozen or unfrozen between two calls of fit, without compile() between them.",
        "What is trained was settled in the first of them: `trainable` changes nothing any more.",
        "call compile() again after `trainable` has changed, with a new optimizer, before fit()",
        "the weights that the optimizer knows, against those that are trainable",
        "Keras' guide to transfer learning; measured on Keras 3.15",
    ),
    needs=("optimizer", "tensorflow"),
)
def compile_again(case: Case) -> Iterator[Finding]:
    """Only on TensorFlow is the traced step kept; compile() takes it away."""
    known = getattr(inner(case.model.optimizer), "_trainable_variables", None)
    if case.model.train_function is None or not known:
        return
    now = case.model.trainable_variables
    new = [one.path for one in now if not any(one is other for other in known)]
    gone = [one.path for one in known if not any(one is other for other in now)]
    for found, fact in (
        (new, "have been unfrozen since the last fit, and will stay as they are"),
        (gone, "have been frozen since the last fit, and will be trained all the same"),
    ):
        if found:
            fact = f"Weights such as {found[0]} ({len(found)}) {fact}: compile() was not called."
            yield Finding("compile-again", "warning", fact)
