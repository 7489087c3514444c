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
    TEXTS,
    YES,
    Fires,
    Training,
    X,
    compiled,
    embedding,
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


OF_INPUTS = [
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
