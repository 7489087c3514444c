"""Can the network learn a few samples by heart? One that cannot will learn nothing from many."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING

import keras
import numpy as np
import tensorflow as tf

from checks.judging import activation_of, mastery
from checks.learning import Learner, loss_of
from checks.watching import Watched
from config import HeadConfig
from findings import Finding

if TYPE_CHECKING:
    from config import Config

OWN_STEPS, OWN_SECONDS = (25, 50, 100, 200), 1.0
RATE = 0.003
STEPS, SECONDS = (50, 100, 200, 400, 800), 2.0


def enough(head: HeadConfig) -> float:
    """Accuracy 0.95, R2 0.9; a code is too narrow for all, so 0.7 of an error is enough there."""
    if "crossentropy" in head.loss:
        return 0.95
    return 0.9 if activation_of(head) else 0.7


def plain_network_learns(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> bool:
    """Whether two small layers learn the batch in as many steps: some of one or two columns no
    network learns by heart. Targets of more than a row of numbers are taken to be easy."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor  # seldom asked, slow to load

    if y.ndim > 2 or not activation_of(head):
        return True
    classes = "crossentropy" in head.loss
    flat = x.reshape(len(x), -1).astype("float64")
    flat = (flat - flat.mean(axis=0)) / np.maximum(flat.std(axis=0), 1e-9)
    settings = {"hidden_layer_sizes": (32, 32), "alpha": 0, "tol": 0, "random_state": 0}
    settings |= {"learning_rate_init": RATE, "batch_size": len(x)}
    settings |= {"max_iter": STEPS[-1], "n_iter_no_change": STEPS[-1]}
    plain = MLPClassifier(**settings) if classes else MLPRegressor(**settings)
    with warnings.catch_warnings(action="ignore"):  # that it might go on
        said = plain.fit(flat, y.ravel() if y.shape[1] == 1 else y).predict(flat)
    if activation_of(head) == "softmax":
        said = np.eye(getattr(head, "output_units", 1))[said.ravel().astype(int)]
    said = said.reshape(len(y), -1)
    return mastery(y, said, said, head) >= enough(head)


def overfit_one_batch(learner: Learner, watched: Watched, config: Config) -> Iterator[Finding]:
    """32 different samples, learned by heart, without dropout and judged by predictions: with the
    project's optimizer, then with Adam at 0.003. An error only where both fail in time, since a
    third of sound networks is slow at it, and a plain network does better; where the own one alone
    does nothing, a warning."""
    head, part = config.head, watched.batch
    y, goal = watched.y[part], enough(head)
    batch = tuple(tf.constant(one[part]) for one in (watched.x, *watched.taught))
    learner.restart()
    start, before = learner.answers(watched.x[part]), loss_of(learner, watched, part)
    moved = True  # as far as is known: in few steps an optimizer of small steps moves nothing
    if learner.pace * OWN_STEPS[2] < OWN_SECONDS:
        for step in learner.learn(repeat(batch), OWN_STEPS, OWN_SECONDS):
            if mastery(y, learner.answers(watched.x[part]), start, head) >= goal:
                return
            steps = step
        moved = steps < OWN_STEPS[2] or loss_of(learner, watched, part) < 0.98 * before
    learner.use(keras.optimizers.Adam(RATE))
    learner.restart()
    fast: dict[int, float] = {}
    for step in learner.learn(repeat(batch), STEPS, SECONDS):
        fast[step] = mastery(y, learner.answers(watched.x[part]), start, head)
        if fast[step] >= goal:
            break
    learned = fast[max(fast)]
    if learned >= goal and not moved:
        yield Finding(
            "overfit-one-batch",
            "warning",
            f"{len(y)} samples are learned by heart with Adam at 0.003, and not with the optimizer "
            f"of config.toml at {config.optimizer.learning_rate:g}.",
            "The network can learn; its optimizer hardly moves it, or throws it about.",
            "change optimizer.learning_rate: python find_lr.py proposes one",
        )
    if learned < goal:
        in_training = mastery(y, learner.answers(watched.x[part], training=True), start, head)
        judged = in_training < goal and max(fast) >= STEPS[-1]
        if judged and not plain_network_learns(watched.x[part], y, head):
            print(f"note: {len(y)} samples are not learned by heart, nor by a plain network")
            return
        yield from not_learned(learned, in_training, goal, max(fast), len(y))


def not_learned(
    learned: float, in_training: float, goal: float, steps: int, samples: int
) -> Iterator[Finding]:
    """What it means that the batch is not learned: a gap between the two modes, unless weights were
    still racing ahead of the statistics; a fault; or that there was no time to tell."""
    shown = f"{learned:.2f} of {goal:g} in {steps} steps (1 is everything)"
    if in_training >= goal and steps >= STEPS[0]:
        yield Finding(
            "train-inference-gap",
            "warning",
            f"{samples} samples are learned in training mode ({in_training:.2f}), and answered "
            f"wrong in inference mode: {shown}.",
            "In use the network works with other statistics than it learned with.",
            "see momentum and axis of BatchNormalization, and what model.py calls with training=",
        )
    elif steps >= STEPS[-1]:
        yield Finding(
            "overfit-one-batch",
            "error",
            f"{samples} different samples cannot be learned by heart: {shown}.",
            "A network that cannot learn these cannot learn more; other findings may say why.",
            "see the last layer and the loss, and whether activations and gradients pass",
        )
    else:
        print(f"note: one batch was not learned by heart in {SECONDS:g} s: {shown}; not judged")
