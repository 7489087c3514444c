"""Faults of what goes in: marks for missing values, vocabularies, padding, order, augmentation."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pandas as pd
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


class OneLearns(keras.Model):
    """Two networks whose step trains the first of them for the second as well."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.other = network(activation=None), network(activation=None)

    @property
    def trained(self) -> list[keras.Model]:
        return [self.one, self.one]

    def train_step(self, data: Any) -> dict[str, Any]:
        x, y = data[:2]
        for asked, taught in zip((self.one, self.other), self.trained, strict=True):
            with tf.GradientTape() as tape:
                both = tf.concat([asked(x), self.one(x)], axis=1)
                loss = tf.reduce_mean((both - tf.reshape(tf.cast(y, "float32"), (-1, 1))) ** 2)
            weights = taught.trainable_weights
            for weight, slope in zip(weights, tape.gradient(loss, weights), strict=True):
                weight.assign_sub(0.01 * slope)
        return {"loss": loss}


class BothLearn(OneLearns):
    """Each is trained."""

    @property
    def trained(self) -> list[keras.Model]:
        return [self.one, self.other]


def two_networks(model: keras.Model) -> Training:
    model.compile("adam")
    return Training(model, X, NUMBERS)


def weighed(x: Any, y: Any, weights: Any) -> Training:
    return Training(yes_no(), x, y, {"sample_weight": weights})


def in_named_columns(first: str, second: str) -> Training:
    """Tables for training and for validation, with these columns beside five others."""
    tables = [pd.DataFrame(X, columns=[one, *"abcde"]) for one in (first, second)]
    return Training(yes_no(), tables[0], YES, {"validation_data": (tables[1], YES)})


def read_words(seen: Any) -> Training:
    """Attention to those places that `seen` tells of the codes; the answer is of the first."""

    def body(codes: Any) -> Any:
        words = layers.Embedding(50, 8)(codes)
        there = seen(codes)[:, None, :]
        return layers.MultiHeadAttention(2, 4)(words, words, attention_mask=there)[:, 0]

    texts = np.pad(TEXTS[:, :8], ((0, 0), (0, 4)))
    return Training(functional(body, (12,)), texts, FRIENDLY)


def characters(least: int) -> Training:
    """A word of four characters under each of 60 pictures; codes begin at `least`."""
    model = network(layers.Reshape((16, 48)), units=8, activation=None, inputs=(16, 16, 3))
    words = RANDOM.randint(least, 7, (60, 4))
    return Training(compiled(model, keras.losses.CTC()), PICTURES, words)


def judged(**losses: str) -> Training:
    """Two outputs, with the losses of some of them."""
    inputs = keras.Input((6,))
    hidden = layers.Dense(8, activation="relu")(inputs)
    outputs = {name: layers.Dense(1, name=name)(hidden) for name in ("height", "weight")}
    targets = {name: NUMBERS[:, None] for name in outputs}
    return Training(compiled(keras.Model(inputs, outputs), losses), X, targets)


def gathered(batches: int) -> Training:
    """One step for so many batches."""
    model = yes_no()
    model.compile(keras.optimizers.Adam(0.001, gradient_accumulation_steps=batches), model.loss)
    return Training(model, X, YES, {"epochs": 20})


def reservoir(scale: float) -> Training:
    """A recurrent layer that is frozen, with weights drawn on a scale of one's own, unless 0."""
    held = layers.SimpleRNN(20, trainable=False)
    model = regression(held, inputs=(12, 3))
    if scale:
        held.set_weights(
            [scale * RANDOM.normal(size=one.shape) * (one.ndim > 1) for one in held.get_weights()]
        )
    return Training(model, SERIES, RISING)


def series_unscaled() -> Training:
    """Windows in time, of which the targets for validation were not scaled."""
    series = np.sin(np.arange(700) / 9).astype("float32")
    x = np.stack([series[at : at + 12] for at in range(680)])
    y = series[12:692]
    parts = x[:500], y[:500], {"validation_data": (x[520:], 300 + 80 * y[520:])}
    return Training(regression(inputs=(12,)), *parts)


OF_INPUTS = [
    Fires(
        "weights in place of targets",
        "sample-weights",
        "error",
        lambda: weighed(X, np.where(YES > 0, 1, 0.4).astype("float32"), YES),
    ),
    Fires(
        "columns in another order",
        "validation-differs",
        "error",
        lambda: in_named_columns("city_Bonn", "city_Kiel"),
    ),
    Fires("0 is the blank", "head-agreement", "error", lambda: characters(0)),
    Fires("no step before the end", "update-budget", "error", lambda: gathered(10_000)),
    Fires(
        "a mask the wrong way round",
        "ignores-input",
        "error",
        lambda: read_words(lambda codes: ops.equal(codes, 0)),
        "asks",
    ),
    Fires(
        "a network that no step trains",
        "weights-do-not-change",
        "warning",
        lambda: two_networks(OneLearns()),
        "asks",
    ),
    Fires(
        "an output without a loss", "no-gradient", "error", lambda: judged(height="mse"), "trains"
    ),
    Fires(
        "shares from a layer without an end",
        "head-agreement",
        "error",
        lambda: Training(
            compiled(network(activation=None), "binary_crossentropy"),
            X,
            np.linspace(0, 1, len(X)).astype("float32"),
        ),
        "asks",
    ),
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
        "smoothed targets with weights",
        "sample-weights",
        "error",
        lambda: weighed(X, np.where(YES > 0, 0.9, 0.1).astype("float32"), np.arange(400) % 3 > 0),
    ),
    Fires(
        "smoothed targets are two classes",
        "class-counts",
        "warning",
        lambda: Training(yes_no(), X, np.where(YES > 0, 0.9, 0.1).astype("float32")),
    ),
    Fires(
        "columns in one order",
        "validation-differs",
        "error",
        lambda: in_named_columns("city_Bonn", "city_Bonn"),
    ),
    Fires("codes from 1 on", "head-agreement", "error", lambda: characters(1)),
    Fires("some gathered batches", "update-budget", "error", lambda: gathered(4)),
    Fires(
        "weights move with every batch in what is tried",
        "weights-do-not-change",
        "error",
        lambda: gathered(150),
        "trains",
    ),
    Fires(
        "a mask the right way round",
        "ignores-input",
        "error",
        lambda: read_words(lambda codes: ops.not_equal(codes, 0)),
        "asks",
    ),
    Fires(
        "two networks that learn",
        "weights-do-not-change",
        "warning",
        lambda: two_networks(BothLearn()),
        "asks",
    ),
    Fires(
        "both outputs with a loss",
        "no-gradient",
        "error",
        lambda: judged(height="mse", weight="mae"),
        "trains",
    ),
    Fires("a reservoir as it was drawn", "frozen-layers", "warning", lambda: reservoir(0)),
    Fires("a reservoir of one's own", "frozen-layers", "warning", lambda: reservoir(0.6)),
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
