"""Settings that Keras takes without a word: what is trained, how fast, how long, on what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import train
from checks.head import head_agreement, other_task
from checks.loss import loss_shape, own_loss, target_reach
from checks.network import network
from checks.pace import pace
from checks.probing import PROBES, places, trace_for_any_number
from findings import Finding
from task import training_arrays

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

UPWARDS = ("accuracy", "auc", "precision", "recall", "f1", "iou", "r2")


def settings(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Compile as `fit` does, ask the network once about a few samples, and run all checks."""
    model, (x, y, *_) = prepared.model, prepared.parts
    arrays = training_arrays(x, y, config.head)
    batches = train.training_batches(arrays, config.training)
    train.compile_model(model, config, prepared.device, batches, config.optimizer.learning_rate)
    few_x, few_y, *_ = (one[places(x, PROBES, config.training.seed)] for one in arrays)
    trace_for_any_number(model, few_x)  # step by step, long series take seconds
    outputs = model.predict_on_batch(few_x)
    wrong = list(loss_shape(model, few_y, outputs))
    yield from wrong
    if not wrong:
        loss = float(model.compute_loss(few_x, few_y, outputs))
        logged = model.compute_metrics(few_x, few_y, outputs)
        yield from monitor(config, logged, loss)
        yield from own_loss(model, config, few_y, outputs)
    yield from head_agreement(prepared, config)
    yield from other_task(prepared, config)
    yield from target_reach(prepared)
    yield from pace(model, config, batches.steps_per_epoch * config.training.epochs, len(x))
    yield from network(model, config, few_x, y)


def monitor(config: Config, logged: dict[str, Any], loss: float) -> Iterator[Finding]:
    """A value to watch that is not among what `fit` logs, or watched in the wrong direction: Keras
    only warns, and stops too early or never. Gains that cannot be as large as min_delta, since
    the first `loss` is smaller, and patience that ends within the warm-up, do the same."""
    stopping = config.early_stopping
    name, known = stopping.monitor, [*logged, *(f"val_{one}" for one in logged)]
    right = "max" if any(word in name for word in UPWARDS) else "min"
    short = stopping.patience <= config.optimizer.warmup_epochs
    table = (
        (name not in known, f"monitor = {name!r} is never logged: {', '.join(known)} are."),
        (stopping.mode != right, f"mode = {stopping.mode!r}, and {name} has a {right}imum."),
        (
            stopping.min_delta >= max(1.0, 2 * abs(loss)),
            f"min_delta = {stopping.min_delta:g}, and the loss begins at {loss:.3g}.",
        ),
        (short, f"patience = {stopping.patience} ends before the warm-up does."),
    )
    for wrong, fact in table:
        if wrong:
            level: Literal["error", "warning"] = "warning" if "patience" in fact else "error"
            why = "Early stopping would keep the wrong epoch, stop too early, or never."
            fix = "change it in [early_stopping]"
            yield Finding("monitor", level, f"early_stopping.{fact}", why, fix)
            return
