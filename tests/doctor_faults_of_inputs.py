"""Faults of what goes in: marks for missing values, vocabularies, padding, order, augmentation."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops
from toy_trainings import (
    CODES,
    FRIENDLY,
    NUMBERS,
    ONE_HOT,
    RISING,
    SERIES,
    TEXTS,
    YES,
    Fires,
    Training,
    X,
    compiled,
    embedding,
    functional,
    network,
    one_of_three,
    regression,
    yes_no,
)

RANDOM = np.random.RandomState(11)
PICTURES = RANDOM.uniform(size=(60, 16, 16, 3)).astype("float32")
MASKS = (PICTURES[..., :1] > 0.5).astype("float32")


def without_readings() -> np.ndarray:
    """A table whose second column is -200 where a sensor was off."""
    x = X * [1, 4, 1, 1, 1, 1] + [0, 20, 0, 0, 0, 0]
    x[::17, 1] = -200
    return ((x - x.mean(axis=0)) / x.std(axis=0)).astype("float32")


def short_texts() -> np.ndarray:
    """Texts of four words, with 36 places of padding behind them."""
    return np.pad(TEXTS[:, :4], ((0, 0), (0, 36)))


def remembering(masked: bool, **settings: Any) -> Any:
    words = layers.Embedding(50, 8, mask_zero=masked)
    return yes_no(words, layers.LSTM(8, **settings), inputs=(40,))


def pixelwise(turn: Any) -> Training:
    """A mask for each image; `turn` is what the dataset maps."""
    model = yes_no(layers.Conv2D(4, 3, padding="same", activation="relu"), inputs=(16, 16, 3))
    data = tf.data.Dataset.from_tensor_slices((PICTURES, MASKS)).map(turn).batch(20)
    return Training(model, data)


def both_at_once(x: Any, y: Any) -> tuple[Any, Any]:
    both = tf.image.random_flip_left_right(tf.concat([x, y], axis=-1))
    return both[..., :3], both[..., 3:]


def stateful(**arguments: Any) -> Training:
    model = keras.Sequential(
        [
            keras.Input(batch_shape=(40, 6, 2)),
            layers.LSTM(4, stateful=True),
            layers.Dense(1),
        ]
    )
    steps = np.repeat(X[:, :, None], 2, axis=2)
    return Training(compiled(model, "mse"), steps, NUMBERS, {"batch_size": 40, **arguments})


def three_quantiles(y: Any, answers: Any) -> Any:
    """Targets (N, 1) beside answers (N, 3), which are meant to be broadcast."""
    share = np.array([[0.1, 0.5, 0.9]], "float32")
    return ops.mean(ops.maximum(share * (y - answers), (share - 1) * (y - answers)), axis=-1)


def one_batch_for_ever() -> Any:
    while True:
        yield X[:32], CODES[:32]


class OverTheBatch(layers.Layer):
    """Shares of attention over the samples of a batch, in place of the steps of a sample."""

    def call(self, inputs: Any) -> Any:
        shares = ops.softmax(ops.sum(inputs, axis=-1, keepdims=True), axis=0)
        return ops.sum(shares * inputs, axis=1)


class AlwaysTraining(layers.Layer):
    """A block whose dropout is told to train, always."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden, self.drop = layers.Dense(16, activation="relu"), layers.Dropout(0.5)

    def call(self, inputs: Any) -> Any:
        return self.drop(self.hidden(inputs), training=True)


class WithABlock(keras.Model):
    """A subclassed model with such a block."""

    def __init__(self) -> None:
        super().__init__()
        self.block, self.last = AlwaysTraining(), layers.Dense(1, activation="sigmoid")

    def call(self, inputs: Any) -> Any:
        return self.last(self.block(inputs))


def series_unscaled() -> Training:
    """Windows in time, of which the targets for validation were not scaled."""
    series = np.sin(np.arange(700) / 9).astype("float32")
    x = np.stack([series[at : at + 12] for at in range(680)])
    y = series[12:692]
    parts = x[:500], y[:500], {"validation_data": (x[520:], 300 + 80 * y[520:])}
    return Training(regression(inputs=(12,)), *parts)


OF_INPUTS = [
    Fires(
        "one batch for ever",
        "batches-differ-from-samples",
        "warning",
        lambda: Training(one_of_three(), one_batch_for_ever(), None, {"steps_per_epoch": 50}),
    ),
    Fires(
        "attention over the batch",
        "mixes-samples",
        "error",
        lambda: Training(functional(lambda x: OverTheBatch()(x), (12, 3)), SERIES, RISING),
        "asks",
    ),
    Fires(
        "dropout in a block of one's own",
        "dropout-at-evaluation",
        "warning",
        lambda: Training(compiled(WithABlock()), X, YES),
        "asks",
    ),
    Fires("targets in time that were not scaled", "sorted-file", "warning", series_unscaled),
    Fires(
        "a mark for a missing value is scaled",
        "sentinel-value",
        "warning",
        lambda: Training(one_of_three(), without_readings(), CODES),
    ),
    Fires(
        "a vocabulary of other texts",
        "unknown-words",
        "warning",
        lambda: Training(embedding(), np.where(TEXTS > 0, 1, 0), FRIENDLY),
        "asks",
    ),
    Fires(
        "padding behind the words is read",
        "padding-changes-answer",
        "warning",
        lambda: Training(remembering(False), short_texts(), FRIENDLY),
        "asks",
    ),
    Fires(
        "images are turned without their masks",
        "train-inference-gap",
        "warning",
        lambda: pixelwise(lambda x, y: (tf.image.random_flip_left_right(x), y)),
        "asks",
    ),
    Fires(
        "a state goes on among shuffled samples",
        "state-of-others",
        "warning",
        stateful,
        "asks",
    ),
    Fires(
        "one step is no series",
        "no-gradient",
        "warning",
        lambda: Training(regression(layers.LSTM(8), inputs=(1, 6)), X[:, None], NUMBERS),
        "trains",
    ),
    Fires(
        "a loss that counts",
        "no-gradient",
        "error",
        lambda: Training(
            regression(loss=lambda y, answer: ops.mean(ops.abs(ops.round(answer) - y))),
            X,
            YES[:, None].astype("float32"),
        ),
        "trains",
    ),
]
SOUND_INPUTS = [
    Fires(
        "one against all the others",
        "head-agreement",
        "error",
        lambda: Training(compiled(network(units=3), metrics=["categorical_accuracy"]), X, ONE_HOT),
    ),
    Fires(
        "quantiles far below all targets",
        "loss-shape",
        "error",
        lambda: Training(
            compiled(network(units=3, activation=None), three_quantiles), X, 50 + NUMBERS[:, None]
        ),
        "asks",
    ),
    Fires(
        "pixels of no class",
        "label-range",
        "error",
        lambda: Training(
            compiled(
                network(layers.Conv2D(4, 3, padding="same"), units=3, inputs=(16, 16, 3)),
                keras.losses.SparseCategoricalCrossentropy(ignore_class=255),
            ),
            PICTURES,
            np.where(PICTURES[..., 0] > 0.9, 255, (PICTURES[..., 1] * 3).astype(int)),
        ),
    ),
    Fires(
        "nothing spent is a number",
        "sentinel-value",
        "warning",
        lambda: Training(
            one_of_three(),
            np.where(np.arange(400)[:, None] % 17 == 0, 0, np.abs(X) / 9 + 5).astype("float32"),
            CODES,
        ),
    ),
    Fires(
        "padding that is masked",
        "padding-changes-answer",
        "warning",
        lambda: Training(remembering(True), short_texts(), FRIENDLY),
        "asks",
    ),
    Fires(
        "padding that is read first",
        "padding-changes-answer",
        "warning",
        lambda: Training(remembering(False), short_texts()[:, ::-1], FRIENDLY),
        "asks",
    ),
    Fires(
        "images turned with their masks",
        "train-inference-gap",
        "warning",
        lambda: pixelwise(both_at_once),
        "asks",
    ),
    Fires(
        "images that are brighter, with the same masks",
        "train-inference-gap",
        "warning",
        lambda: pixelwise(lambda x, y: (tf.image.random_brightness(x, 0.1), y)),
        "asks",
    ),
    Fires(
        "a state among samples in order",
        "state-of-others",
        "warning",
        lambda: stateful(shuffle=False),
        "asks",
    ),
]
