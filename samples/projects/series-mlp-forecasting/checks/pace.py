"""How fast and how long: the learning rate and its schedule, clipping, and the number of steps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import keras
import numpy as np

from findings import Finding

if TYPE_CHECKING:
    from config import Config

RANGE_TEST = Path("runs/find_lr.json")  # what find_lr.py left when it last ran


def pace(model: keras.Model, config: Config, steps: int, samples: int) -> Iterator[Finding]:
    """All checks of this file, for `steps` in all on so many training samples."""
    rates = rates_of(model.optimizer, steps)
    yield from learning_rate(model.optimizer, max(rates), "optimizer.learning_rate")
    tuning = getattr(config.model, "fine_tuning_rate", 1e-4)
    if tuning > 0.05:
        yield from learning_rate(model.optimizer, tuning, "model.fine_tuning_rate")
    yield from range_test(config.optimizer.learning_rate)
    yield from schedule(rates)
    yield from clipping(config)
    yield from update_budget(config, steps, samples)


def rates_of(optimizer: keras.optimizers.Optimizer, steps: int) -> list[float]:
    """The learning rate at 50 places of the schedule."""
    optimizer = getattr(optimizer, "inner_optimizer", optimizer)
    taken, *_ = optimizer.variables  # its first is the number of steps
    rates = []
    for step in np.linspace(0, steps, 50, dtype=int):
        taken.assign(step)
        rates.append(float(optimizer.learning_rate))
    taken.assign(0)
    return rates


def learning_rate(
    optimizer: keras.optimizers.Optimizer, peak: float, name: str
) -> Iterator[Finding]:
    """The highest rate of the schedule: above 0.05 for Adam or 1 for SGD, or not above 0, nothing
    is learnt (measured); up to 1e-5 or 1e-4 hardly anything."""
    inner = getattr(optimizer, "inner_optimizer", optimizer)
    sgd = isinstance(inner, keras.optimizers.SGD)
    low, high = (1e-4, 1.0) if sgd else (1e-5, 0.05)
    if not low < peak <= high:
        much = peak > high
        yield Finding(
            "learning-rate",
            "error" if much or peak <= 0 else "warning",
            f"{name} peaks at {peak:.2g}; {inner.name} learns between {low:g} and {high:g}.",
            "Steps that large throw the weights about." if much else "The weights hardly move.",
            f"set {name} = {0.01 if sgd else 0.0003}, and try from there",
        )


def range_test(rate: float) -> Iterator[Finding]:
    """A rate above the one at which, over three seeds, the loss turned upwards when find_lr.py last
    looked (Smith 2017); one that its short runs have tried and recommended may be there."""
    if not RANGE_TEST.is_file():
        return
    found = json.loads(RANGE_TEST.read_text(encoding="utf-8"))
    *_, turn, _ = sorted(one or float("inf") for one in found["turns"])
    if rate > turn and rate != found["recommended"]:
        yield Finding(
            "learning-rate",
            "warning",
            f"optimizer.learning_rate = {rate:g}; when find_lr.py last looked, the loss turned "
            f"upwards at {turn:.2g}.",
            "From there on steps overshoot, and the loss rises from batch to batch.",
            f"python find_lr.py looks again; it recommended {found['recommended']:.2g}",
        )


def schedule(rates: list[float]) -> Iterator[Finding]:
    """A rate below a hundredth of its peak in three quarters of the steps (ours): only the first
    epochs learn, and the others cost time."""
    spent = float(np.mean(np.array(rates) < 0.01 * max(rates)))
    if spent > 0.75:
        yield Finding(
            "learning-rate",
            "warning",
            f"In {spent:.0%} of the steps the learning rate is below a hundredth of its peak.",
            "Only the first epochs learn, and early stopping cannot tell that from being done.",
            "raise optimizer.decay_epochs, or lower training.epochs",
        )


def clipping(config: Config) -> Iterator[Finding]:
    """Gradients clipped below 0.001 (ours): Adam's own 1e-7 in the divisor then stops the steps."""
    if (longest := config.optimizer.global_clipnorm) < 1e-3:
        yield Finding(
            "learning-rate",
            "warning",
            f"optimizer.global_clipnorm = {longest:g} clips every gradient.",
            "Every step is then cut to nearly nothing, whatever the learning rate.",
            "set optimizer.global_clipnorm = 1.0",
        )


def update_budget(config: Config, steps: int, samples: int) -> Iterator[Finding]:
    """Fewer than 100 steps in all, or one step an epoch (DeepFD's class of faults)."""
    training = config.training
    if steps < 100 or training.batch_size >= samples:
        yield Finding(
            "update-budget",
            "warning",
            f"{samples:,} samples in batches of {training.batch_size} for {training.epochs} epochs "
            f"are {steps:,} steps.",
            "Weights move a little with each step: so few end before much is learnt.",
            "lower training.batch_size, or raise training.epochs",
        )
