"""The learning-rate range test: a rate that rises with every step, and what the losses tell of it.

After Smith 2017, Cyclical Learning Rates for Training Neural Networks, arXiv:1506.01186.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf

from ..case import Case
from ..checks.optimizer import inner, rates_of
from ..network import clone, compile_like
from ..training_steps import Stepper, optimizer_again

RANGE = {"adam": (1e-5, 1.0), "sgd": (1e-4, 10.0)}
PARTS = 8  # of a ramp: after each the losses are looked at
WATCHED = 1024  # validation samples at most that a short run is judged by: it is judged often


class Copy(Stepper):
    """A copy of a compiled model that starts from its weights again and again, and takes every step
    at a rate of its own. The model itself is never trained. TensorFlow alone: its loop over many
    steps is compiled."""

    def __init__(self, case: Case) -> None:
        self.case, self.began = case, time.perf_counter()
        self.samples, self.batch_size, self.epochs = case.train.size, case.batch_size, case.epochs
        optimizer = inner(case.model.optimizer)
        self.kind = "sgd" if isinstance(optimizer, keras.optimizers.SGD) else "adam"
        self.rate_now = max(rates_of(optimizer, case.steps or 1))
        assert case.validation is not None
        rows = np.random.default_rng(0).permutation(case.validation.size)
        most = int(case.words.settings.get("prediction_rows", str(WATCHED)))
        validation = case.validation.take(rows[: min(WATCHED, most)]).arrays
        model = clone(case.model, case.train.x)
        compile_like(model, case.model)
        super().__init__(model)
        self.rate = optimizer_again(optimizer, RANGE[self.kind][0])
        arrays = case.train.arrays
        scales = hasattr(case.model.optimizer, "inner_optimizer")  # where the precision asks for it
        self.use(keras.optimizers.LossScaleOptimizer(self.rate) if scales else self.rate)
        xla = bool(case.model.jit_compile)

        def one_step(*batch: tf.Tensor) -> tf.Tensor:
            loss, gradient = self.gradient(*batch)
            self.step(gradient)
            return loss

        step = tf.function(one_step, jit_compile=True, autograph=False) if xla else one_step
        tensors = tuple(tf.constant(one) for one in arrays)

        def steps(rows: tf.Tensor, rates: tf.Tensor) -> tf.Tensor:
            def body(place: tf.Tensor, losses: tf.TensorArray) -> tuple[tf.Tensor, tf.TensorArray]:
                self.rate.learning_rate.assign(rates[place])
                batch = (tf.gather(one, rows[place]) for one in tensors)
                return place + 1, losses.write(place, step(*batch))

            size = tf.size(rates)
            start = (0, tf.TensorArray("float32", size=size))
            _, losses = tf.while_loop(lambda place, _: place < size, body, start)
            return losses.stack()

        def validate() -> tf.Tensor:
            x, y, *weights = validation
            outputs = model(x, training=False)
            return model.compute_loss(x, y, outputs, *weights, training=False)

        like = [tf.TensorSpec([None, self.batch_size], "int32"), tf.TensorSpec([None])]
        # compiled once, for any number of steps; autograph would look for what is not there
        self.steps = tf.function(steps, like, autograph=False)
        self.validate = tf.function(validate, autograph=False)
        self.start_with(0)

    def start_with(self, seed: int) -> None:
        """Back to the first weights; the batches come in the order that `seed` gives."""
        self.restart()
        self.random, self.coming = np.random.default_rng(seed), np.zeros(0, "int32")

    def take(self, rates: np.ndarray) -> np.ndarray:
        """One step at each of `rates`; the loss of each batch. Every sample comes once before one
        comes again."""
        numbers = len(rates) * self.batch_size
        while len(self.coming) < numbers:
            more = self.random.permutation(self.samples).astype("int32")
            self.coming = np.append(self.coming, more)
        rows, self.coming = np.split(self.coming, [numbers])
        rows = rows.reshape(-1, self.batch_size)
        losses: np.ndarray = self.steps(rows, rates.astype("float32")).numpy()
        return losses

    def validation_loss(self) -> float:
        """The loss on the validation part as it is now; infinite where it is not a number."""
        loss = float(self.validate())
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
    rates = np.geomspace(*RANGE[copy.kind], steps)
    copy.start_with(seed)
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
