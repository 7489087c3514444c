"""Toy trainings: small tables and networks that the doctor is shown, each made in milliseconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import numpy as np
from goodfit.doctor.case import Case
from goodfit.doctor.registry import Cost
from keras import layers

RANDOM = np.random.RandomState(0)
X = RANDOM.normal(size=(400, 6)).astype("float32")
YES = (X[:, 0] + X[:, 1] > 0).astype("int32")
CODES = X[:, :3].argmax(axis=1).astype("int32")
ONE_HOT = np.eye(3, dtype="float32")[CODES]
NUMBERS = (X @ np.array([1, -1, 0.5, 0, 0.3, 0.2]) + 0.1 * RANDOM.normal(size=400)).astype(
    "float32"
)
BRIGHT = RANDOM.randint(0, 2, size=120).astype("int32")
IMAGES = RANDOM.normal(size=(120, 8, 8, 3)).astype("float32") + (BRIGHT - 0.5)[:, None, None, None]
IMAGES = IMAGES.astype("float32")
SERIES = RANDOM.normal(size=(200, 12, 3)).astype("float32")
RISING = (SERIES[:, :, 0].mean(axis=1) > 0).astype("int32")
TEXTS = RANDOM.randint(1, 50, size=(300, 12)).astype("int32")
FRIENDLY = ((TEXTS < 10).sum(axis=1) > 2).astype("int32")


class Training(NamedTuple):
    """A call of `fit`: the compiled model, x, y, and the other arguments."""

    model: keras.Model
    x: Any
    y: Any = None
    arguments: dict[str, Any] = {}  # noqa: RUF012  it is never changed


class Fires(NamedTuple):
    """A fault: in a sentence, the check that finds it, its level, and what makes it."""

    sentence: str
    check: str
    level: str
    make: Callable[[], Training | Case]
    cost: Cost = "free"


def network(
    *middle: layers.Layer, units: int = 1, activation: Any = "sigmoid", inputs: Any = 6, **last: Any
) -> keras.Sequential:
    """An input, the layers given (or one of 16 units), and a dense layer that answers."""
    shape = inputs if isinstance(inputs, tuple) else (inputs,)
    between = middle or (layers.Dense(16, activation="relu"),)
    return keras.Sequential(
        [keras.Input(shape), *between, layers.Dense(units, activation=activation, **last)]
    )


def compiled(
    model: keras.Model, loss: Any = "binary_crossentropy", optimizer: Any = "adam", **settings: Any
) -> keras.Model:
    model.compile(optimizer, loss, **settings)
    return model


def yes_no(
    *middle: layers.Layer, optimizer: Any = "adam", metrics: Any = ("accuracy",), **settings: Any
) -> keras.Model:
    """Yes or no: a sigmoid and binary crossentropy."""
    return compiled(network(*middle, **settings), optimizer=optimizer, metrics=list(metrics))


def one_of_three(
    *middle: layers.Layer, activation: Any = "softmax", **settings: Any
) -> keras.Model:
    """One of three classes, as codes."""
    model = network(*middle, units=3, activation=activation, **settings)
    return compiled(model, "sparse_categorical_crossentropy", metrics=["accuracy"])


def regression(
    *middle: layers.Layer,
    loss: Any = "mean_squared_error",
    optimizer: Any = "adam",
    activation: Any = None,
    **settings: Any,
) -> keras.Model:
    """A number."""
    return compiled(network(*middle, activation=activation, **settings), loss, optimizer)


def convolution(**settings: Any) -> keras.Model:
    """Yes or no of images of 8 x 8 pixels."""
    middle = (layers.Conv2D(8, 3, activation="relu"), layers.GlobalAveragePooling2D())
    return yes_no(*middle, **{"inputs": (8, 8, 3)} | settings)


def embedding(words: int = 50, length: int = 12) -> keras.Model:
    """Yes or no of texts, as codes of words."""
    middle = (layers.Embedding(words, 8), layers.GlobalAveragePooling1D())
    return yes_no(*middle, inputs=(length,))


def functional(through: Callable[[Any], Any], inputs: Any = (6,)) -> keras.Model:
    """Yes or no by whatever `through` makes of the input."""
    first = keras.Input(inputs)
    last = layers.Dense(1, activation="sigmoid")(through(first))
    return compiled(keras.Model(first, last), metrics=["accuracy"])
