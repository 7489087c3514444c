"""A copy of a network that takes one step after another, again and again from its start."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import keras
import numpy as np
from keras import ops

from .backends import as_numpy, backend, compiled, gradient_function
from .network import Network, clone, compile_like
from .samples import joined_rows, taken

AT_ONCE = 64  # samples that are asked together: attention answers steps x steps numbers for each


def optimizer_again(optimizer: keras.Optimizer, rate: float) -> keras.Optimizer:
    """A new optimizer with the settings of this one, at a learning rate of its own: a schedule of
    somebody's own may not say what it is made of, and need not. Each batch is a step of its own,
    also where the settings would gather the gradients of many."""
    try:
        settings = optimizer.get_config()
    except NotImplementedError:
        kept = optimizer._learning_rate
        optimizer._learning_rate = 0.0
        try:
            settings = optimizer.get_config()
        finally:
            optimizer._learning_rate = kept
    return type(optimizer).from_config(
        settings | {"learning_rate": rate, "gradient_accumulation_steps": None}
    )


class Stepper:
    """A network with all its trainable weights in one vector: an optimizer of one variable is
    traced in a quarter of the time that one of many takes, and its steps are the same."""

    def __init__(self, model: keras.Model) -> None:
        """`model` is trained from now on: a copy of what is to stay as it is."""
        self.model, self.weights = model, model.trainable_variables
        self.sizes = [int(np.prod(weight.shape)) for weight in self.weights]
        self.start = [as_numpy(variable.value).copy() for variable in model.variables]
        flat = [as_numpy(weight.value).ravel() for weight in self.weights]
        self.start_vector = np.concatenate(flat) if flat else np.zeros(0, "float32")
        self.vector = keras.Variable(self.start_vector, name="weights")
        self.gradients = gradient_function(model, self.scaled_loss)

    def use(self, optimizer: keras.optimizers.Optimizer) -> None:
        """Learn with `optimizer` from now on. The model has been compiled: its loss counts."""
        optimizer.build([self.vector])
        self.fresh = [as_numpy(variable.value).copy() for variable in optimizer.variables]
        self.optimizer = optimizer

    def loss(self, x: Any, y: Any, weights: Any = None) -> Any:
        """The compiled loss on a batch in training mode."""
        return self.model.compute_loss(x, y, self.model(x, training=True), weights)

    def error(self, x: Any, y: Any, weights: Any = None) -> Any:
        """The same without penalties on weights, which pull at every weight in any case."""
        loss = self.loss(x, y, weights)
        return loss - sum(self.model.losses) if self.model.losses else loss

    def scaled_loss(self, x: Any, y: Any, weights: Any = None) -> Any:
        return self.optimizer.scale_loss(self.loss(x, y, weights))

    def gradient(self, x: Any, y: Any, weights: Any = None) -> tuple[Any, Any]:
        """The (scaled) loss on a batch in training mode, and its gradient as one vector."""
        loss, pulled = self.gradients(x, y, weights)
        return loss, ops.concatenate([ops.reshape(one, [-1]) for one in pulled], 0)

    def step(self, gradient: Any) -> None:
        """Let the optimizer take a step along `gradient`, one vector."""
        self.optimizer.apply([gradient], [self.vector])
        start = 0
        for weight, size in zip(self.weights, self.sizes, strict=True):
            weight.assign(ops.reshape(self.vector.value[start : start + size], weight.shape))
            start += size

    def restart(self) -> None:
        """Back to the start: weights, statistics, and what the optimizer remembers."""
        for variable, value in zip(self.model.variables, self.start, strict=True):
            variable.assign(value)
        for variable, value in zip(self.optimizer.variables, self.fresh, strict=True):
            variable.assign(value)
        self.vector.assign(self.start_vector)


class Learner(Stepper):
    """A quiet copy of a network. What it has learned is asked of the network itself, which has been
    traced before."""

    def __init__(self, network: Network, arrays: tuple[Any, ...]) -> None:
        """`arrays` are inputs, targets and perhaps weights, (samples, ...), like those to come.
        Raises whatever a layer's own code raises where the network cannot be copied."""
        quiet = clone(network.model, arrays[0], quiet=True)
        compile_like(quiet, network.model)
        super().__init__(quiet)
        self.network = network
        self.kept: dict[str, Any] = {}  # what was worked out once
        self.pace = 0.0
        eager = network.model.run_eagerly
        self.pull = self.gradient if eager else compiled(self.gradient, *arrays)
        self.update: Callable[[Any], None] = self.step

    def use(self, optimizer: keras.optimizers.Optimizer) -> None:
        super().use(optimizer)
        self.update = self.step
        if backend() == "tensorflow":
            import tensorflow as tf

            self.update = tf.function(self.step, autograph=False)

    def learn(
        self, batches: Iterable[tuple[Any, ...]], stops: tuple[int, ...], seconds: float
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

    def answers(self, x: Any, training: bool = False) -> np.ndarray:
        """What it answers to `x` in inference mode, or as in training."""
        if training:
            found: np.ndarray = as_numpy(self.model(x, training=True))
            return found
        self.hand_over()
        count = len(keras.tree.flatten(x)[0])
        parts = [slice(start, start + AT_ONCE) for start in range(0, count, AT_ONCE)]
        answers: np.ndarray = joined_rows([self.network.answers(taken(x, part)) for part in parts])
        return answers

    def hand_over(self) -> None:
        """Give what was learned to the network that answers."""
        for weight, learned in zip(self.network.model.weights, self.model.weights, strict=True):
            weight.assign(learned.value)

    def unchanged(self) -> list[str]:
        """The weights that are as they were at the start."""
        same = np.split(
            as_numpy(self.vector.value) == self.start_vector, np.cumsum(self.sizes)[:-1]
        )
        return [one.path for one, still in zip(self.weights, same, strict=True) if still.all()]
