"""Fit a model: the optimizer and its schedule, early stopping, and what may go wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import keras
import numpy as np
import pandas as pd

from device import Device, Speed, training_batches
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


def make_optimizer(
    config: Config, steps_per_epoch: int, learning_rate: float
) -> keras.optimizers.Optimizer:
    """The optimizer with its schedule: warm up to the learning rate, then cosine decay."""
    settings = config.optimizer
    warm = settings.warmup_epochs > 0
    rate = keras.optimizers.schedules.CosineDecay(
        learning_rate / 10 if warm else learning_rate,
        decay_steps=settings.decay_epochs * steps_per_epoch,
        alpha=settings.final_share,
        warmup_target=learning_rate if warm else None,
        warmup_steps=settings.warmup_epochs * steps_per_epoch,
    )
    common = {
        "learning_rate": rate,
        "weight_decay": settings.weight_decay or None,
        "global_clipnorm": settings.global_clipnorm,
    }
    if settings.optimizer == "sgd":
        return keras.optimizers.SGD(momentum=settings.momentum, nesterov=True, **common)
    return keras.optimizers.Adam(beta_1=settings.momentum, **common)


def require_one_answer_a_target(model: keras.Model, y: np.ndarray) -> None:
    """Refuse outputs that would be compared with the wrong targets, or spread over them."""
    answers, targets = tuple(model.output_shape), y.shape
    if answers[:-1] != (None, *targets[1:-1]) and answers[:-1] != (None, *targets[1:]):
        given = f"the network answers {answers} for targets of shape {targets}"
        refuse(given, "one answer for each target", "see model.pooling and head.output_units")


def require_finite(model: keras.Model, curves: pd.DataFrame) -> None:
    """Stop with exit code 1 where training blew up. The weights count too: on some devices a
    fused ReLU turns NaN into zero, and the loss alone looks healthy."""
    finite = all(np.isfinite(weight.numpy()).all() for weight in model.weights)
    if not finite or not np.isfinite(curves.to_numpy()).all():
        print(
            f"error: training blew up in epoch {len(curves)}: a loss or a weight is not finite\n"
            "  why: steps too large for this data let weights grow without bound\n"
            "  fix: divide optimizer.learning_rate by 10; nothing was saved",
            file=sys.stderr,
        )
        raise SystemExit(1)


def fit(
    model: keras.Model, parts: Parts, config: Config, device: Device, learning_rate: float
) -> Fitted:
    """Fit `model` until the watched samples stop getting better; its best weights are put back.

    Ctrl-C ends training and keeps the best weights so far. Raises SystemExit(1) where training
    blows up, SystemExit(2) where outputs and targets do not belong together.
    """
    require_one_answer_a_target(model, parts.y)
    arrays = training_arrays(parts.x, parts.y, config.head)
    batches = training_batches(arrays, config.training)
    model.compile(
        optimizer=make_optimizer(config, batches.steps_per_epoch, learning_rate),
        steps_per_execution=batches.steps_per_execution,
        jit_compile=device.xla,
        **objective(config.head),
    )
    speed = Speed(device, batches.steps_per_execution * config.training.batch_size)
    stopping = keras.callbacks.EarlyStopping(
        **config.early_stopping.model_dump(), restore_best_weights=True
    )
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
            callbacks=[stopping, keras.callbacks.TerminateOnNaN(), speed],
        )
    except KeyboardInterrupt:
        if stopping.best_weights is None:
            raise SystemExit("Stopped before the first epoch ended; nothing was saved.") from None
        model.set_weights(stopping.best_weights)
        stopped_by_hand = True
        print("\nStopped by hand: the best weights so far are kept.")
    curves = pd.DataFrame(model.history.history).rename_axis("epoch")
    require_finite(model, curves)
    return Fitted(curves, stopping.best_epoch + 1, speed.samples_per_second, stopped_by_hand)
