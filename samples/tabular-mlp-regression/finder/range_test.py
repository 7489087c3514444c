"""The learning-rate range test: a rate that rises with every step, and what the losses tell of it.

After Smith 2017, Cyclical Learning Rates for Training Neural Networks, arXiv:1506.01186.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from device import Batches, training_batches
from fitting import make_optimizer
from targets import training_arrays, watched_arrays
from task import objective

if TYPE_CHECKING:
    from config import Config
    from preparing import Prepared

RANGE = {"adam": (1e-5, 1.0), "sgd": (1e-4, 10.0)}
PARTS = 8  # of a ramp: after each the losses are looked at
WATCHED = 1024  # validation samples at most that a short run is judged by: it is judged often


class Copy:
    """A copy of the prepared model that starts from its weights again and again, and takes every
    step at a rate of its own. The prepared model is never trained."""

    def __init__(self, prepared: Prepared, config: Config) -> None:
        self.config, self.began = config, time.perf_counter()
        parts, head = prepared.parts, config.head
        self.arrays = tuple(tf.constant(one) for one in training_arrays(parts.x, parts.y, head))
        self.model = keras.models.clone_model(prepared.model)
        self.model.set_weights(prepared.model.get_weights())
        self.start = [(variable, variable.numpy()) for variable in self.model.variables]
        self.optimizer = make_optimizer(config, RANGE[config.optimizer.optimizer][0])
        self.model.compile(self.optimizer, jit_compile=prepared.device.xla, **objective(head))
        self.optimizer.build(self.model.trainable_variables)
        watched = watched_arrays(parts.watched_x, parts.watched_y, head)
        rows = np.random.default_rng(0).permutation(len(parts.watched_x))
        rows = rows[: min(WATCHED, config.training.prediction_batch_size)]
        self.watched = tuple(array[rows] for array in watched)
        xla = prepared.device.xla
        step = tf.function(self.model.train_step, jit_compile=xla, autograph=False)

        def steps(batches: tf.data.Iterator, rates: tf.Tensor) -> tf.Tensor:
            losses = tf.TensorArray("float32", size=tf.size(rates))
            for place in tf.range(tf.size(rates)):
                self.optimizer.learning_rate.assign(rates[place])
                self.model.reset_metrics()  # so that the mean loss is that of this batch
                losses = losses.write(place, step(next(batches))["loss"])
            return losses.stack()

        def watch() -> tf.Tensor:
            x, y, *weights = self.watched
            outputs = self.model(x, training=False)
            return self.model.compute_loss(x, y, outputs, *weights, training=False)

        self.batches_of: dict[int, Batches] = {}  # by seed
        self.restart(0)
        like = [tf.data.IteratorSpec(self.batches.element_spec), tf.TensorSpec([None])]
        self.steps = tf.function(steps, like)  # compiled once, for any number of steps
        self.watch = tf.function(watch, autograph=False)

    def restart(self, seed: int) -> None:
        """Back to the first weights; the batches come in the order that `seed` gives."""
        for variable, value in self.start:
            variable.assign(value)
        for variable in self.optimizer.variables:
            variable.assign(tf.zeros_like(variable))
        if seed not in self.batches_of:
            training = self.config.training.model_copy(update={"seed": seed})
            self.batches_of[seed] = training_batches(self.arrays, training)
        self.steps_per_epoch = self.batches_of[seed].steps_per_epoch
        self.batches = iter(self.batches_of[seed].dataset)

    def take(self, rates: np.ndarray) -> np.ndarray:
        """One step at each of `rates`; the loss of each batch."""
        losses: np.ndarray = self.steps(self.batches, tf.constant(rates, "float32")).numpy()
        return losses

    def watched_loss(self) -> float:
        """The loss on the validation part as it is now; infinite where it is not a number."""
        loss = float(self.watch())
        return loss if np.isfinite(loss) else np.inf


class Reading(NamedTuple):
    """One ramp: rates and losses (steps,), and the rates at which something happens."""

    rates: np.ndarray
    losses: np.ndarray  # smoothed
    steepest: float
    lowest: float
    divergence: float | None  # None where the loss does not turn


def ramp(copy: Copy, steps: int, seed: int) -> Reading:
    """Train a fresh copy at rates that rise evenly on a log scale, until the loss has exploded."""
    rates = np.geomspace(*RANGE[copy.config.optimizer.optimizer], steps)
    copy.restart(seed)
    losses = np.zeros(0)
    for part in np.array_split(rates, PARTS):
        losses = np.append(losses, copy.take(part))
        if not losses[-len(part) :].mean() < 4 * losses[: len(part)].mean():
            break
    return read(rates[: len(losses)], losses, steps / 18)


def smoothed(losses: np.ndarray, width: float) -> np.ndarray:
    """Each loss, (steps,), as the mean of its neighbours on both sides, weighed by a bell curve."""
    reach = np.arange(-len(losses) + 1, len(losses))
    bell = np.exp(-((reach / width) ** 2) / 2)
    return np.convolve(losses, bell, "valid") / np.convolve(np.ones(len(losses)), bell, "valid")


def read(rates: np.ndarray, losses: np.ndarray, width: float) -> Reading:
    """Smooth the losses, (steps,), and read them.

    Divergence is where the loss turns, not where it explodes: the first rate after the lowest loss
    at which a seventh of what was gained is lost again.
    """
    finite = len(losses) if np.isfinite(losses).all() else int(np.isfinite(losses).argmin())
    exploded, count = finite < len(losses), max(2, finite)
    rates = rates[:count]
    smooth = smoothed(np.nan_to_num(losses[:count]), width)
    low = int(smooth.argmin())
    gained = max(smooth[0] - smooth[low], 0.05 * abs(smooth[0]))
    turned = np.flatnonzero(smooth[low:] > smooth[low] + gained / 7)
    divergence = rates[low + turned[0]] if len(turned) else rates[-1] if exploded else None
    steepest = int(np.gradient(smooth)[: low + 1].argmin())
    return Reading(rates, smooth, rates[steepest], rates[low], divergence)
