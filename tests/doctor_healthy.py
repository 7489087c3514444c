"""Sound trainings that look suspicious: of none of them an error or a warning is to be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from doctor_unusual import UNUSUAL
from keras import layers, ops
from toy_trainings import (
    BRIGHT,
    CODES,
    FRIENDLY,
    IMAGES,
    NUMBERS,
    ONE_HOT,
    RISING,
    SERIES,
    TEXTS,
    YES,
    Training,
    X,
    compiled,
    convolution,
    embedding,
    functional,
    network,
    one_of_three,
    regression,
    yes_no,
)

LONG = {"epochs": 20, "validation_split": 0.2}
HELD_OUT = (X[300:], YES[300:])


class Subclassed(keras.Model):
    """Layers as attributes, and a call."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden, self.drop = layers.Dense(16, activation="relu"), layers.Dropout(0.2)
        self.last = layers.Dense(1, activation="sigmoid")

    def call(self, inputs: Any, training: bool = False) -> Any:
        return self.last(self.drop(self.hidden(inputs), training=training))


class OwnStep(keras.Model):
    """A functional model with a training step of its own."""

    def train_step(self, data: Any) -> dict[str, Any]:
        x, y = data[:2]
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x, y, self(x, training=True))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
        return {"loss": loss}


class OwnLayer(layers.Layer):
    """A layer with weights of its own."""

    def build(self, shape: Any) -> None:
        self.kernel = self.add_weight(shape=(shape[-1], 16), name="kernel")

    def call(self, inputs: Any) -> Any:
        return ops.relu(inputs @ self.kernel)


class Drawn(layers.Layer):
    """A code drawn around its mean, in use as in training, with a penalty of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seed = keras.random.SeedGenerator(0)

    def call(self, inputs: Any) -> Any:
        self.add_loss(1e-3 * ops.mean(inputs**2))
        return inputs + 0.1 * keras.random.normal(ops.shape(inputs), seed=self.seed)


class Placed(layers.Layer):
    """Word codes, and the places that they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places = layers.Embedding(9_000, 8), layers.Embedding(12, 8)

    def call(self, inputs: Any) -> Any:
        return self.words(inputs) + self.places(ops.arange(12))


class Compared(layers.Layer):
    """A layer that gets the targets, and makes the loss of them."""

    def call(self, answers: Any, targets: Any) -> Any:
        self.add_loss(ops.mean((answers - targets) ** 2))
        return answers


class Filled(layers.Layer):
    """What is missing becomes 0, and a column says so."""

    def call(self, inputs: Any) -> Any:
        missing = ops.isnan(inputs)
        filled = ops.where(missing, 0.0, inputs)
        return ops.concatenate([filled, ops.cast(missing, "float32")], axis=-1)


class Batches(keras.utils.PyDataset):
    def __len__(self) -> int:
        return 10

    def __getitem__(self, place: int) -> tuple[np.ndarray, np.ndarray]:
        rows = slice(40 * place, 40 * (place + 1))
        return X[rows], YES[rows]


def endless() -> Iterator[tuple[np.ndarray, np.ndarray]]:
    random = np.random.default_rng(1)
    while True:
        rows = random.integers(0, 400, 40)
        yield X[rows], YES[rows]


def two_inputs(loss: str = "binary_crossentropy") -> keras.Model:
    first, second = keras.Input((3,), name="first"), keras.Input((3,), name="second")
    both = layers.Concatenate()([first, second])
    hidden = layers.Dense(16, activation="relu")(both)
    return compiled(
        keras.Model([first, second], layers.Dense(1, activation="sigmoid")(hidden)), loss
    )


def two_outputs(names: bool) -> keras.Model:
    first = keras.Input((6,))
    hidden = layers.Dense(16, activation="relu")(first)
    kind = layers.Dense(3, activation="softmax", name="kind")(hidden)
    size = layers.Dense(1, name="size")(hidden)
    losses = ["sparse_categorical_crossentropy", "mean_squared_error"]
    model = keras.Model(first, {"kind": kind, "size": size} if names else [kind, size])
    return compiled(model, dict(zip(("kind", "size"), losses, strict=True)) if names else losses)


def datasets() -> Training:
    data = tf.data.Dataset.from_tensor_slices((X[:300], YES[:300])).shuffle(300).batch(30)
    held_out = tf.data.Dataset.from_tensor_slices(HELD_OUT).batch(30)
    return Training(yes_no(), data, None, {"validation_data": held_out, "epochs": 20})


def repeated() -> Training:
    data = tf.data.Dataset.from_tensor_slices((X, YES)).shuffle(400).repeat().batch(40)
    return Training(yes_no(), data, None, {"steps_per_epoch": 10, "epochs": 20})


def table() -> Training:
    frame = pd.DataFrame(X, columns=["a", "b", "c", "d", "e", "f"])
    return Training(yes_no(), frame, pd.Series(YES), LONG)


def from_logits() -> Training:
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model = compiled(network(units=3, activation=None), loss, metrics=["accuracy"])
    return Training(model, X, CODES, LONG)


def scores_of_yes() -> Training:
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    metrics = [keras.metrics.BinaryAccuracy(threshold=0.0)]
    return Training(compiled(network(activation=None), loss, metrics=metrics), X, YES, LONG)


def categorical() -> keras.Model:
    model = network(units=3, activation="softmax")
    return compiled(model, "categorical_crossentropy", metrics=["accuracy"])


def labels() -> Training:
    """Two labels at once, each yes or no."""
    y = np.stack([YES, (X[:, 2] > X[:, 3]).astype("int32")], axis=1)
    model = compiled(network(units=2), metrics=["binary_accuracy"])
    return Training(model, X, y, LONG)


def own_loss() -> Training:
    def quartic(y: Any, outputs: Any) -> Any:
        return ops.mean((y - outputs) ** 2 + 0.1 * ops.abs(y - outputs), axis=-1)

    return Training(regression(loss=quartic), X, NUMBERS[:, None], LONG)


def own_step() -> Training:
    first = keras.Input((6,))
    hidden = layers.Dense(16, activation="relu")(first)
    model = OwnStep(first, layers.Dense(1, activation="sigmoid")(hidden))
    return Training(compiled(model), X, YES[:, None].astype("float32"), LONG)


def autoencoder() -> Training:
    code = layers.Dense(2, activation="relu")
    hidden = [layers.Dense(16, activation="relu") for _ in range(2)]
    model = network(hidden[0], code, hidden[1], units=6, activation=None)
    return Training(compiled(model, "mean_squared_error"), X, X, LONG)


def filled() -> Training:
    gaps = np.where(np.random.RandomState(3).uniform(size=X.shape) < 0.1, np.nan, X)
    return Training(yes_no(Filled(), layers.Dense(16, activation="relu")), gaps, YES, LONG)


def rising_series() -> Training:
    """Windows of a series that rises, cut in time."""
    steps = np.arange(600)
    series = (0.02 * steps + np.sin(steps / 7)).astype("float32")
    series = (series - series[:450].mean()) / series[:450].std()
    windows = np.stack([series[first : first + 12] for first in range(588)])
    model, held_out = regression(inputs=12), (windows[440:], series[452:])
    fit = {"epochs": 20, "validation_data": held_out}
    return Training(model, windows[:440], series[12:452], fit)


def backbone() -> Training:
    """A trained network, frozen, with a new layer behind it."""
    trained = network(layers.Dense(16, "relu"), layers.Dense(16, "relu"))
    compiled(trained).fit(X, YES, epochs=30, verbose=0)
    front = keras.Model(trained.inputs, trained.layers[-2].output)
    front.trainable = False
    return Training(functional(lambda inputs: front(inputs, training=False)), X, YES, LONG)


def augmented() -> Training:
    middle = (
        layers.RandomFlip(),
        layers.RandomRotation(0.05),
        layers.Conv2D(8, 3, activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dropout(0.3),
    )
    return Training(yes_no(*middle, inputs=(8, 8, 3)), IMAGES, BRIGHT, {"epochs": 20})


def rescaled() -> Training:
    middle = (
        layers.Rescaling(1 / 255),
        layers.Conv2D(8, 3, activation="relu"),
        layers.GlobalAveragePooling2D(),
    )
    pixels = np.clip(40 * IMAGES + 128, 0, 255).astype("uint8")
    return Training(yes_no(*middle, inputs=(8, 8, 3)), pixels, BRIGHT, {"epochs": 20})


def normalized() -> Training:
    """Columns in the thousands, and a layer that scales them."""
    scale = layers.Normalization()
    scale.adapt(5_000 * X + 900)
    model = yes_no(scale, layers.Dense(16, activation="relu"))
    return Training(model, 5_000 * X + 900, YES, LONG)


def lstm() -> Training:
    return Training(yes_no(layers.LSTM(8), inputs=(12, 3)), SERIES, RISING, {"epochs": 20})


def tagged() -> Training:
    """One of three tags for each word."""
    middle = (
        layers.Embedding(50, 8, mask_zero=True),
        layers.Bidirectional(layers.LSTM(8, return_sequences=True)),
    )
    model = network(*middle, units=3, activation="softmax", inputs=(12,))
    return Training(
        compiled(model, "sparse_categorical_crossentropy"), TEXTS, TEXTS % 3, {"epochs": 20}
    )


def mixed() -> Training:
    """Half precision within, float32 at the end, as on a GPU."""
    hidden = layers.Dense(16, activation="relu", dtype="mixed_bfloat16")
    return Training(yes_no(hidden, dtype="float32"), X, YES, LONG)


def residual(inputs: Any) -> Any:
    hidden = layers.Dense(16, activation="relu")(inputs)
    change = layers.Dense(16, kernel_initializer="zeros")(hidden)
    return layers.Add()([hidden, change])


def attention(inputs: Any) -> Any:
    heads = layers.MultiHeadAttention(2, 4)(inputs, inputs)
    return layers.GlobalAveragePooling1D()(layers.LayerNormalization()(inputs + heads))


def scheduled() -> Training:
    rate = keras.optimizers.schedules.CosineDecay(1e-3, 250, warmup_target=3e-3, warmup_steps=20)
    stop = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
    model = yes_no(optimizer=keras.optimizers.Adam(rate, clipnorm=1.0))
    return Training(model, X, YES, {"callbacks": [stop], "epochs": 30, "validation_split": 0.2})


def siamese() -> Training:
    """One network for both inputs."""
    shared = keras.Sequential([keras.Input((3,)), layers.Dense(16, activation="relu")])
    first, second = keras.Input((3,)), keras.Input((3,))
    apart = layers.Subtract()([shared(first), shared(second)])
    model = keras.Model([first, second], layers.Dense(1, activation="sigmoid")(apart))
    return Training(compiled(model), [X[:, :3], X[:, 3:]], (X[:, 0] > X[:, 3]).astype(int), LONG)


HALVES = {"first": X[:, :3], "second": X[:, 3:]}
WEIGHTS = np.where(YES == 1, 2.0, 1.0).astype("float32")


def codes_within_a_layer() -> Training:
    few = keras.Sequential(
        [Placed(), layers.GlobalAveragePooling1D(), layers.Dense(1, activation="sigmoid")]
    )
    few.build((None, 12))
    return Training(compiled(few), TEXTS * 150, FRIENDLY, {"epochs": 20})


def targets_as_an_input() -> Training:
    x, y = keras.Input((6,)), keras.Input((1,))
    hidden = layers.Dense(16, activation="relu")(x)
    model = keras.Model([x, y], Compared()(layers.Dense(1)(hidden), y))
    model.compile("adam")
    return Training(model, [X, NUMBERS[:, None]], None, {"epochs": 20})


def parts_in_an_order() -> Training:
    """Streams of more samples than are read, which do not shuffle: all of one class come first."""
    random = np.random.RandomState(0)
    x = random.normal(size=(9_000, 6)).astype("float32")
    y = (x.sum(axis=1) > 0).astype("int32")
    train = tf.data.Dataset.from_tensor_slices((x[:3_000], y[:3_000])).shuffle(3_000).batch(32)
    order = 3_000 + y[3_000:].argsort(kind="stable")
    watched = tf.data.Dataset.from_tensor_slices((x[order], y[order])).batch(32)
    return Training(yes_no(), train, None, {"epochs": 5, "validation_data": watched})


class Warmup(keras.optimizers.schedules.LearningRateSchedule):
    """As many people write it: it does not say what it is made of."""

    def __call__(self, step: Any) -> Any:
        return 1e-3 * ops.minimum(1.0, (ops.cast(step, "float32") + 1) / 20)


def warmed_up() -> keras.optimizers.Optimizer:
    return keras.optimizers.Adam(Warmup())


def quantiles(y_true: Any, y_pred: Any) -> Any:
    shares = np.array([0.1, 0.5, 0.9], "float32")
    gap = ops.reshape(y_true, (-1, 1)) - y_pred
    return ops.mean(ops.maximum(shares * gap, (shares - 1) * gap), axis=-1)


HEALTHY: dict[str, Callable[[], Training]] = {
    "a schedule of one's own": lambda: Training(yes_no(optimizer=warmed_up()), X, YES, LONG),
    "three quantiles": lambda: Training(
        compiled(network(units=3, activation=None), quantiles), X, NUMBERS, LONG
    ),
    "yes or no, targets (N,)": lambda: Training(yes_no(), X, YES, LONG),
    "yes or no, targets (N, 1) of floats": lambda: Training(
        yes_no(), X, YES[:, None].astype("float32"), LONG
    ),
    "codes (N,)": lambda: Training(one_of_three(), X, CODES, LONG),
    "codes (N, 1)": lambda: Training(one_of_three(), X, CODES[:, None], LONG),
    "one-hot": lambda: Training(categorical(), X, ONE_HOT, LONG),
    "scores and from_logits": from_logits,
    "scores of yes or no, cut at 0": scores_of_yes,
    "several labels at once": labels,
    "numbers (N,)": lambda: Training(regression(), X, NUMBERS, LONG),
    "numbers (N, 1) of float64": lambda: Training(
        regression(), X.astype("float64"), NUMBERS[:, None].astype("float64"), LONG
    ),
    "a model not yet built": lambda: Training(
        compiled(
            keras.Sequential(
                [layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")]
            )
        ),
        X,
        YES,
        LONG,
    ),
    "a subclassed model": lambda: Training(compiled(Subclassed()), X, YES, LONG),
    "a functional model with a way around": lambda: Training(functional(residual), X, YES, LONG),
    "two inputs as a list": lambda: Training(two_inputs(), [X[:, :3], X[:, 3:]], YES, LONG),
    "two inputs as a dictionary": lambda: Training(two_inputs(), HALVES, YES, LONG),
    "one network for both inputs": siamese,
    "two outputs as a list": lambda: Training(two_outputs(False), X, [CODES, NUMBERS], LONG),
    "two outputs as a dictionary": lambda: Training(
        two_outputs(True), X, {"kind": CODES, "size": NUMBERS}, LONG
    ),
    "datasets": datasets,
    "a dataset without an end": repeated,
    "a PyDataset": lambda: Training(yes_no(), Batches(), None, {"epochs": 20}),
    "a generator without an end": lambda: Training(
        yes_no(), endless(), None, {"steps_per_epoch": 10, "epochs": 20}
    ),
    "pandas": table,
    "tensors": lambda: Training(yes_no(), tf.constant(X), tf.constant(YES), LONG),
    "validation_data": lambda: Training(
        yes_no(), X[:300], YES[:300], {"validation_data": HELD_OUT, "epochs": 20}
    ),
    "a loss of one's own": own_loss,
    "a layer of one's own": lambda: Training(yes_no(OwnLayer()), X, YES, LONG),
    "a training step of one's own": own_step,
    "an autoencoder": autoencoder,
    "codes that are drawn": lambda: Training(
        regression(layers.Dense(16, activation="relu"), Drawn()), X, NUMBERS, LONG
    ),
    "gaps that the network fills": filled,
    "codes that a layer of one's own looks up": codes_within_a_layer,
    "targets as an input, for a loss in a layer": targets_as_an_input,
    "validation samples in an order, of which the first are read": parts_in_an_order,
    "windows of a series that rises": rising_series,
    "sample weights": lambda: Training(yes_no(), X, YES, LONG | {"sample_weight": WEIGHTS}),
    "class weights": lambda: Training(yes_no(), X, YES, LONG | {"class_weight": {0: 1.0, 1: 2.0}}),
    "an embedding": lambda: Training(embedding(), TEXTS, FRIENDLY, {"epochs": 20}),
    "an LSTM": lstm,
    "tags of words": tagged,
    "attention": lambda: Training(functional(attention, (12, 3)), SERIES, RISING, {"epochs": 20}),
    "a convolution": lambda: Training(convolution(), IMAGES, BRIGHT, {"epochs": 20}),
    "a convolution with augmentation": augmented,
    "bytes and a layer that scales them": rescaled,
    "columns in the thousands and a layer that scales them": normalized,
    "a trained and frozen network in front": backbone,
    "mixed precision": mixed,
    "a schedule, clipping and early stopping": scheduled,
    "dropout and noise": lambda: Training(
        yes_no(layers.GaussianNoise(0.1), layers.Dense(32, activation="relu"), layers.Dropout(0.5)),
        X,
        YES,
        LONG,
    ),
    "batch normalization before a ReLU": lambda: Training(
        yes_no(layers.Dense(16, use_bias=False), layers.BatchNormalization(), layers.ReLU()),
        X,
        YES,
        LONG,
    ),
    "plain SGD": lambda: Training(
        yes_no(optimizer=keras.optimizers.SGD(0.05, momentum=0.9)), X, YES, LONG
    ),
    "sorted, and shuffled by fit": lambda: Training(
        yes_no(), X[YES.argsort()], YES[YES.argsort()], {"epochs": 20}
    ),
    "counts and a Poisson loss": lambda: Training(
        regression(loss="poisson", activation="softplus"),
        X,
        np.floor(np.exp(np.clip(NUMBERS, -2, 2))).astype("float32"),
        LONG,
    ),
    **UNUSUAL,
}
