"""A copy of the network that learns for a moment, again and again from its start."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

import keras
import numpy as np
import tensorflow as tf

from checks.probing import quiet_copy
from checks.watching import Watched
from stepping import Stepper


class Learner(Stepper):
    """A quiet copy of a network. The network itself answers, with the weights of the copy: what it
    is asked has been traced before."""

    def __init__(self, model: keras.Model, arrays: tuple[np.ndarray, ...]) -> None:
        """`arrays` are inputs, targets and perhaps weights, (samples, ...), like those to come."""
        super().__init__(quiet_copy(model))
        self.network = model
        like = [tf.TensorSpec([None, *one.shape[1:]], one.dtype) for one in arrays]
        # traced once, for batches of any size
        self.pull = tf.function(self.gradient, like, autograph=False)

    def use(self, optimizer: keras.optimizers.Optimizer) -> None:
        super().use(optimizer)
        self.update = tf.function(self.step, autograph=False)

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
