"""Fit a model: the optimizer and its schedule, early stopping, and what may go wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import keras
import numpy as np
import pandas as pd

from device import Batches, Device, Speed, training_batches
from findings import tell
from monitors import Monitors, blew_up, not_the_best
from schema import refuse
from targets import training_arrays, watched_arrays
from task import objective

if TYPE_CHECKING:
    from config import Config


class Parts(NamedTuple):
    """Encoded samples and targets: those to train on, and those that training is watched on."""

    x: np.ndarray
    y: np.ndarray
    watched_x: np.ndarray
    watched_y: np.ndarray


class Fitted(NamedTuple):
    """How a fit went: losses and metrics by epoch, the epoch kept (from 1), samples a second."""

    curves: pd.DataFrame
    best_epoch: int
    samples_per_second: float
    stopped_by_hand: bool


def make_schedule(
    config: Config, steps_per_epoch: int, learning_rate: float
) -> keras.optimizers.schedules.LearningRateSchedule:
    """How the rate goes: warm up to `learning_rate`, then cosine decay."""
    settings = config.optimizer
    warm = settings.warmup_epochs > 0
    return keras.optimizers.schedules.CosineDecay(
        learning_rate / 10 if warm else learning_rate,
        decay_steps=settings.decay_epochs * steps_per_epoch,
        alpha=settings.final_share,
        warmup_target=learning_rate if warm else None,
        warmup_steps=settings.warmup_epochs * steps_per_epoch,
    )


def make_optimizer(
    config: Config, rate: float | keras.optimizers.schedules.LearningRateSchedule
) -> keras.optimizers.Optimizer:
    """The optimizer, taking its steps at `rate`."""
    settings = config.optimizer
    common = {
        "learning_rate": rate,
        "weight_decay": settings.weight_decay or None,
        "global_clipnorm": settings.global_clipnorm,
    }
    if settings.optimizer == "sgd":
        return keras.optimizers.SGD(momentum=settings.momentum, nesterov=True, **common)
    return keras.optimizers.Adam(beta_1=settings.momentum, **common)


def compile_model(
    model: keras.Model, config: Config, device: Device, batches: Batches, learning_rate: float
) -> None:
    """Give `model` its optimizer, loss and metrics, as `fit` and the checks use them."""
    schedule = make_schedule(config, batches.steps_per_epoch, learning_rate)
    model.compile(
        optimizer=make_optimizer(config, schedule),
        steps_per_execution=batches.steps_per_execution,
        jit_compile=device.xla,
        **objective(config.head),
    )


def require_one_answer_a_target(model: keras.Model, y: np.ndarray) -> None:
    """Refuse outputs that would be compared with the wrong targets, or spread over them."""
    answers, targets = tuple(model.output_shape), y.shape
    if answers[:-1] != (None, *targets[1:-1]) and answers[:-1] != (None, *targets[1:]):
        given = f"the network answers {answers} for targets of shape {targets}"
        refuse(given, "one answer for each target", "see model.pooling and head.output_units")


def fit(
    model: keras.Model, parts: Parts, config: Config, device: Device, learning_rate: float
) -> Fitted:
    """Fit `model` until the watched samples stop getting better; its best weights are put back.

    Ctrl-C ends training and keeps the best weights so far. Raises SystemExit(1) where training
    blows up or is hopeless, SystemExit(2) where outputs and targets do not belong together.
    """
    require_one_answer_a_target(model, parts.y)
    arrays = training_arrays(parts.x, parts.y, config.head)
    batches = training_batches(arrays, config.training)
    compile_model(model, config, device, batches, learning_rate)
    speed = Speed(device, batches.steps_per_execution * config.training.batch_size)
    stopping = keras.callbacks.EarlyStopping(
        **config.early_stopping.model_dump(), restore_best_weights=True
    )
    callbacks = [stopping, keras.callbacks.TerminateOnNaN(), speed]
    if config.checks.monitors:
        callbacks.append(Monitors(model, parts, config))
    stopped_by_hand = False
    try:
        model.fit(
            batches.dataset,
            epochs=config.training.epochs,
            steps_per_epoch=batches.steps_per_epoch,
            validation_data=watched_arrays(parts.watched_x, parts.watched_y, config.head),
            validation_batch_size=config.training.prediction_batch_size,
            shuffle=False,  # the dataset shuffles itself
            verbose=1 if sys.stdout.isatty() else 2,
            callbacks=callbacks,
        )
    except KeyboardInterrupt:
        if stopping.best_weights is None:
            raise SystemExit("Stopped before the first epoch ended; nothing was saved.") from None
        model.set_weights(stopping.best_weights)
        stopped_by_hand = True
        print("\nStopped by hand: the best weights so far are kept.")
    curves = pd.DataFrame(model.history.history).rename_axis("epoch")
    tell(blew_up(model, curves.to_numpy().ravel(), len(curves)))
    settings, kept = config.early_stopping, stopping.best_epoch
    watched = curves[settings.monitor].tolist()
    tell(not_the_best(watched, kept, settings.mode, settings.min_delta))
    return Fitted(curves, kept + 1, speed.samples_per_second, stopped_by_hand)
