"""A copy of a network that takes one step after another, again and again from its start: what
check.py and find_lr.py share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keras
import numpy as np
import tensorflow as tf


@contextmanager
def hasty_graphs() -> Iterator[None]:
    """For a while, TensorFlow runs graphs as they are: improving them takes longer than it saves
    in a few steps."""
    before = tf.config.optimizer.get_experimental_options()
    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
    try:
        yield
    finally:
        tf.config.optimizer.set_experimental_options(before)


class Stepper:
    """A network with all its trainable weights in one vector: an optimizer of one variable is
    traced in a quarter of the time that one of many takes, and its steps are the same."""

    def __init__(self, model: keras.Model) -> None:
        """`model` is trained from now on: a copy of what is to stay as it is."""
        self.model, self.weights = model, model.trainable_variables
        self.sizes = [int(np.prod(weight.shape)) for weight in self.weights]
        self.start = [variable.numpy() for variable in model.variables]
        flat = [weight.numpy().ravel() for weight in self.weights]
        self.start_vector = np.concatenate(flat) if flat else np.zeros(0, "float32")
        self.vector = keras.Variable(self.start_vector, name="weights")

    def use(self, optimizer: keras.optimizers.Optimizer) -> None:
        """Learn with `optimizer` from now on. The model has been compiled: its loss counts."""
        optimizer.build([self.vector])
        self.fresh = [variable.numpy() for variable in optimizer.variables]
        self.optimizer = optimizer

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

    def step(self, gradient: tf.Tensor) -> None:
        """Let the optimizer take a step along `gradient`, one vector."""
        self.optimizer.apply([gradient], [self.vector])
        parts = tf.split(self.vector.value, self.sizes)
        for weight, part in zip(self.weights, parts, strict=True):
            weight.assign(tf.reshape(part, weight.shape))

    def restart(self) -> None:
        """Back to the start: weights, statistics, and what the optimizer remembers."""
        for variable, value in zip(self.model.variables, self.start, strict=True):
            variable.assign(value)
        for variable, value in zip(self.optimizer.variables, self.fresh, strict=True):
            variable.assign(value)
        self.vector.assign(self.start_vector)
