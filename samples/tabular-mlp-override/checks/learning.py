"""A copy of the network that learns for a moment, again and again from its start."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

import keras
import numpy as np
import tensorflow as tf

from checks.probing import quiet_copy
from checks.watching import Watched


class Learner:
    """A quiet copy of a network, compiled, with all its trainable weights in one vector: an
    optimizer of one variable is traced in a quarter of the time that one of many takes. The network
    itself answers, with the weights of the copy: what it is asked has been traced before."""

    def __init__(self, model: keras.Model, arrays: tuple[np.ndarray, ...]) -> None:
        """`arrays` are inputs, targets and perhaps weights, (samples, ...), like those to come."""
        self.network, self.model = model, quiet_copy(model)
        self.weights = self.model.trainable_variables
        self.sizes = [int(np.prod(weight.shape)) for weight in self.weights]
        self.start = [variable.numpy() for variable in self.model.variables]
        flat = [weight.numpy().ravel() for weight in self.weights]
        self.start_vector = np.concatenate(flat)
        self.vector = keras.Variable(self.start_vector, name="weights")
        like = [tf.TensorSpec([None, *one.shape[1:]], one.dtype) for one in arrays]
        # traced once, for batches of any size
        self.pull = tf.function(self.gradient, like, autograph=False)

    def use(self, optimizer: keras.optimizers.Optimizer) -> None:
        """Learn with `optimizer` from now on. The model has been compiled: its loss counts."""
        optimizer.build([self.vector])
        self.fresh = [variable.numpy() for variable in optimizer.variables]
        self.optimizer = optimizer

        @tf.function(autograph=False)
        def update(gradient: tf.Tensor) -> None:
            optimizer.apply([gradient], [self.vector])
            for weight, part in zip(
                self.weights, tf.split(self.vector.value, self.sizes), strict=True
            ):
                weight.assign(tf.reshape(part, weight.shape))

        self.update = update

    def gradient(
        self, x: tf.Tensor, y: tf.Tensor, weights: tf.Tensor | None = None
    ) -> tuple[tf.Tensor, tf.Tensor]:
        """The loss on a batch in training mode, and its gradient as one vector."""
        with tf.GradientTape() as tape:
            loss = self.model.compute_loss(x, y, self.model(x, training=True), weights)
            scaled = self.optimizer.scale_loss(loss)
        pulled = tape.gradient(
            scaled,
            [weight.value for weight in self.weights],
            unconnected_gradients=tf.UnconnectedGradients.ZERO,
        )
        return loss, tf.concat([tf.reshape(one, [-1]) for one in pulled], 0)

    def restart(self) -> None:
        """Back to the start: weights, statistics, and what the optimizer remembers."""
        for variable, value in zip(self.model.variables, self.start, strict=True):
            variable.assign(value)
        for variable, value in zip(self.optimizer.variables, self.fresh, strict=True):
            variable.assign(value)
        self.vector.assign(self.start_vector)

    def learn(
        self, batches: Iterable[tuple[tf.Tensor, ...]], stops: tuple[int, ...], seconds: float
    ) -> Iterator[int]:
        """Learn from `batches`; yield the number of steps done at each of `stops`, and where the
        `seconds` are over. The first step, which compiles, is not counted in them, nor in `pace`:
        the seconds that a step took."""
        began = 0.0
        for steps, batch in enumerate(batches, 1):
            _, gradient = self.pull(*batch)
            self.update(gradient)
            began = began or time.perf_counter()
            spent = time.perf_counter() - began
            late, self.pace = spent > seconds, spent / max(1, steps - 1)
            if late or steps in stops:
                yield steps
            if late or steps == stops[-1]:
                return

    def answers(self, x: np.ndarray, training: bool = False) -> np.ndarray:
        """What it answers to `x` in inference mode, or as in training."""
        if training:
            found: np.ndarray = self.model(x, training=True).numpy()
        else:
            self.hand_over()
            found = self.network.predict_on_batch(x)
        return found

    def hand_over(self) -> None:
        """Give what was learned to the network itself."""
        for weight, learned in zip(self.network.weights, self.model.weights, strict=True):
            weight.assign(learned.value)

    def unchanged(self) -> list[str]:
        """The weights that are as they were at the start."""
        same = np.split(self.vector.numpy() == self.start_vector, np.cumsum(self.sizes)[:-1])
        return [one.path for one, still in zip(self.weights, same, strict=True) if still.all()]


def loss_of(learner: Learner, watched: Watched, part: slice) -> float:
    """The loss of the watched samples in `part`, "batch" or "train", in inference mode."""
    answers = learner.answers(watched.x[part])
    y, *weights = (one[part] for one in watched.taught)
    return float(learner.model.compute_loss(None, y, answers, *weights))
