"""Faults of trainings, one for each check and level: what the doctor must find.

Those that need what only a project knows are in `doctor_project_faults.py`.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf
from doctor_faults_between_parts import BETWEEN_PARTS
from doctor_faults_of_inputs import OF_INPUTS
from keras import layers, ops
from toy_trainings import (
    BRIGHT,
    CODES,
    FRIENDLY,
    IMAGES,
    NUMBERS,
    ONE_HOT,
    RANDOM,
    RISING,
    SERIES,
    TEXTS,
    YES,
    Fires,
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


def jittered(x: np.ndarray, y: np.ndarray) -> tf.data.Dataset:
    """A dataset whose samples are moved at random, each time anew."""
    data = tf.data.Dataset.from_tensor_slices((x, y))
    return data.map(lambda one, target: (one + tf.random.normal(tf.shape(one)), target)).batch(32)


def changed(x: np.ndarray, place: Any, value: Any) -> np.ndarray:
    """A copy with another value in a place."""
    x = x.copy()
    x[place] = value
    return x


def by_rows(y: Any, outputs: Any) -> Any:
    """A squared error of (N,) against (N, 1)."""
    return ops.mean(ops.square(ops.reshape(y, [-1]) - outputs))


class AlwaysDrops(layers.Layer):
    """Dropout that knows no training."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.seed_generator = keras.random.SeedGenerator(1)

    def call(self, inputs: Any) -> Any:
        return keras.random.dropout(inputs, 0.5, seed=self.seed_generator)


class NoActivation(keras.Model):
    """A subclassed model that forgot its softmax."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden, self.last = layers.Dense(16, activation="relu"), layers.Dense(3)

    def call(self, inputs: Any) -> Any:
        return self.last(self.hidden(inputs))

    def get_config(self) -> dict[str, Any]:
        return {}


def subclassed() -> Training:
    model = compiled(NoActivation(), "sparse_categorical_crossentropy")
    model(X[:2])
    return Training(model, X, CODES)


def frozen() -> keras.Model:
    model = yes_no(layers.Dense(16, activation="relu"))
    model.trainable = False
    return compiled(model)


def first_layer_frozen() -> keras.Model:
    hidden = layers.Dense(16, activation="relu")
    model = network(hidden, layers.Dense(8, activation="relu"))
    hidden.trainable = False
    return compiled(model)


def plain_gap(y_true: Any, y_pred: Any) -> Any:
    gap = ops.reshape(y_true, (-1, 1)) - y_pred
    return ops.mean(gap / (1 + ops.abs(y_pred)) + gap, axis=-1)


def turned_quantiles(y_true: Any, y_pred: Any) -> Any:
    shares = np.array([0.1, 0.5, 0.9], "float32")
    gap = ops.reshape(y_true, (-1, 1)) - y_pred
    return ops.mean(ops.maximum(shares * gap, (1 - shares) * gap), axis=-1)


def random_backbone() -> keras.Model:
    """Frozen and never trained: a network without biases, as convolutions before normalization."""
    body = keras.Sequential(
        [keras.Input((8, 8, 3)), layers.Conv2D(8, 3, use_bias=False), layers.BatchNormalization()]
    )
    body.trainable = False
    head = [body, layers.ReLU(), layers.GlobalAveragePooling2D()]
    return compiled(
        keras.Sequential([keras.Input((8, 8, 3)), *head, layers.Dense(1, activation="sigmoid")])
    )


def masks() -> Training:
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.RandomFlip(),
            layers.Conv2D(8, 3, padding="same", activation="relu"),
            layers.Conv2D(1, 1, activation="sigmoid"),
        ]
    )
    return Training(compiled(model), IMAGES, (IMAGES[..., :1] > 0).astype("float32"))


def dataset(steps: int) -> Training:
    data = tf.data.Dataset.from_tensor_slices((X, YES)).shuffle(400).batch(40)
    return Training(yes_no(), data, None, {"steps_per_epoch": steps, "epochs": 5})


def without_effect(inputs: Any) -> Any:
    """Two branches, one of which no gradient passes."""
    lost = ops.stop_gradient(layers.Dense(8, activation="relu", name="lost")(inputs))
    return layers.Concatenate()([layers.Dense(8, activation="relu")(inputs), lost])


def spread(stddev: float) -> keras.initializers.Initializer:
    return keras.initializers.RandomNormal(stddev=stddev, seed=0)


class Untold(keras.Model):
    """A step that does not say that it is one of training."""

    def train_step(self, data: Any) -> dict[str, Any]:
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=y, y_pred=self(x))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        return {"loss": loss}


def untold() -> Training:
    inputs = keras.Input((6,))
    hidden = layers.Dropout(0.3)(layers.Dense(16, activation="relu")(inputs))
    model = Untold(inputs, layers.Dense(1, activation="sigmoid")(hidden))
    return Training(compiled(model), X, YES)


def thawed() -> Training:
    """Trained for an epoch with its first layer frozen, which is thawed without compile()."""
    model = first_layer_frozen()
    model.fit(X, YES, verbose=0)
    model.layers[0].trainable = True
    return Training(model, X, YES)


def other_way_round(outputs: Any, y: Any) -> Any:
    """A crossentropy whose arguments have changed places."""
    return keras.losses.binary_crossentropy(ops.cast(y, "float32"), ops.cast(outputs, "float32"))


ORDER = CODES.argsort(kind="stable")
RARE = np.where(np.arange(400) % 20 == 0, 1, 0).astype("int32")
TWICE = np.repeat(X[:200], 2, axis=0)
PADDED = np.pad(TEXTS[:, :5], ((0, 0), (0, 35))).astype("int32")
MANY = {"epochs": 20}
SGD, ADAM = keras.optimizers.SGD, keras.optimizers.Adam

OF_SAMPLES = [
    Fires(
        "one cell is missing",
        "not-finite",
        "error",
        lambda: Training(yes_no(), changed(X, (7, 2), np.nan), YES),
    ),
    Fires(
        "a target is infinite",
        "not-finite",
        "error",
        lambda: Training(regression(), X, changed(NUMBERS, 3, np.inf)),
    ),
    Fires(
        "forty samples",
        "few-samples",
        "warning",
        lambda: Training(yes_no(), X[:40], YES[:40], MANY),
    ),
    Fires(
        "the target is a column",
        "inputs-are-targets",
        "error",
        lambda: Training(regression(), changed(X, (slice(None), 2), NUMBERS), NUMBERS, MANY),
    ),
    Fires(
        "equal rows with other classes",
        "conflicting-labels",
        "warning",
        lambda: Training(yes_no(), TWICE, RANDOM.permutation(YES), MANY),
    ),
    Fires(
        "a column never changes",
        "constant-feature",
        "warning",
        lambda: Training(yes_no(), changed(X, (slice(None), 4), 1.0), YES, MANY),
    ),
    Fires(
        "no column ever changes",
        "constant-feature",
        "error",
        lambda: Training(yes_no(), X * 0 + 1, YES, MANY),
    ),
    Fires(
        "a column in two units",
        "duplicate-feature",
        "warning",
        lambda: Training(yes_no(), changed(X, (slice(None), 5), 1.8 * X[:, 4] + 32), YES, MANY),
    ),
    Fires(
        "rows are numbered",
        "leaking-feature",
        "warning",
        lambda: Training(yes_no(), changed(X, (slice(None), 5), np.arange(400)), YES, MANY),
    ),
    Fires(
        "a column is written after the answer",
        "leaking-feature",
        "warning",
        lambda: Training(yes_no(), changed(X, (slice(None), 5), YES + X[:, 5] / 9), YES, MANY),
    ),
    Fires(
        "columns in the thousands",
        "feature-scale",
        "warning",
        lambda: Training(yes_no(), 1_000 * X, YES, MANY),
        "asks",
    ),
    Fires(
        "channels come first",
        "axes",
        "warning",
        lambda: Training(convolution(inputs=(3, 8, 8)), IMAGES.transpose(0, 3, 1, 2), BRIGHT),
    ),
    Fires(
        "a tenth of the images is blank",
        "blank-images",
        "warning",
        lambda: Training(convolution(), changed(IMAGES, slice(12), 0.5), BRIGHT),
    ),
    Fires(
        "all images are blank",
        "blank-images",
        "error",
        lambda: Training(convolution(), IMAGES * 0, BRIGHT),
    ),
    Fires(
        "pixels up to 255",
        "image-scale",
        "warning",
        lambda: Training(convolution(), 60 * IMAGES + 128, BRIGHT),
        "asks",
    ),
    Fires(
        "texts of five words in forty places",
        "mostly-padding",
        "warning",
        lambda: Training(embedding(length=40), PADDED, FRIENDLY),
    ),
    Fires(
        "more words than the embedding has",
        "embedding-range",
        "error",
        lambda: Training(embedding(words=20), TEXTS, FRIENDLY),
    ),
    Fires(
        "measurements are looked up as codes",
        "embedding-range",
        "error",
        lambda: Training(embedding(length=6), np.abs(X), YES),
    ),
    Fires(
        "validation is training",
        "shared-rows",
        "error",
        lambda: Training(yes_no(), X, YES, {"validation_data": (X, YES)}),
    ),
    Fires(
        "a twentieth of validation is training",
        "shared-rows",
        "warning",
        lambda: Training(
            yes_no(),
            X[:300],
            YES[:300],
            {
                "validation_data": (
                    np.concatenate([X[300:], X[:5]]),
                    np.concatenate([YES[300:], YES[:5]]),
                )
            },
        ),
    ),
    Fires(
        "validation is not scaled",
        "validation-differs",
        "warning",
        lambda: Training(
            yes_no(), X[:300], YES[:300], {"validation_data": (30 * X[300:] + 90, YES[300:])}
        ),
    ),
    Fires(
        "validation_split of a sorted table",
        "sorted-file",
        "error",
        lambda: Training(one_of_three(), X[ORDER], CODES[ORDER], {"validation_split": 0.2}),
    ),
    Fires(
        "validation has a target of other times",
        "sorted-file",
        "warning",
        lambda: Training(
            regression(), X[:300], NUMBERS[:300], {"validation_data": (X[300:], NUMBERS[300:] + 9)}
        ),
    ),
    Fires(
        "sorted and not shuffled",
        "batches-differ-from-samples",
        "error",
        lambda: Training(one_of_three(), X[ORDER], CODES[ORDER], {"shuffle": False}),
    ),
    Fires(
        "numbers sorted and not shuffled",
        "batches-differ-from-samples",
        "warning",
        lambda: Training(regression(), X[NUMBERS.argsort()], np.sort(NUMBERS), {"shuffle": False}),
    ),
    Fires("a dataset shorter than an epoch", "runs-dry", "warning", lambda: dataset(20)),
]
OF_TARGETS = [
    Fires(
        "no sample has a weight",
        "sample-weights",
        "error",
        lambda: Training(yes_no(), X, YES, {"sample_weight": X[:, 0] * 0}),
    ),
    Fires(
        "no yes has a weight",
        "sample-weights",
        "warning",
        lambda: Training(yes_no(), X, YES, {"sample_weight": 1.0 - YES}),
    ),
    Fires(
        "a loss without a square",
        "right-answers",
        "warning",
        lambda: Training(compiled(network(activation=None), plain_gap), X, NUMBERS),
        "asks",
    ),
    Fires(
        "quantiles whose signs have changed places",
        "right-answers",
        "warning",
        lambda: Training(compiled(network(units=3, activation=None), turned_quantiles), X, NUMBERS),
        "asks",
    ),
    Fires(
        "targets of validation that are not scaled",
        "sorted-file",
        "warning",
        lambda: Training(
            regression(),
            X[:300],
            NUMBERS[:300, None],
            {"validation_data": (X[300:], 80 * NUMBERS[300:] + 150)},
        ),
    ),
    Fires(
        "a loss of answers and targets",
        "right-answers",
        "warning",
        lambda: Training(compiled(network(), other_way_round), X, YES),
        "asks",
    ),
    Fires("a step that is told of no training", "training-mode", "warning", untold, "asks"),
    Fires("unfrozen and not compiled", "compile-again", "warning", thawed),
    Fires(
        "codes from 1 to 3", "label-range", "error", lambda: Training(one_of_three(), X, CODES + 1)
    ),
    Fires(
        "yes is 1 and no is -1", "label-range", "error", lambda: Training(yes_no(), X, 2 * YES - 1)
    ),
    Fires("one class alone", "class-counts", "error", lambda: Training(yes_no(), X, YES * 0)),
    Fires("one in twenty is yes", "class-counts", "warning", lambda: Training(yes_no(), X, RARE)),
    Fires(
        "the common class weighs most",
        "class-weights",
        "warning",
        lambda: Training(yes_no(), X, RARE, {"class_weight": {0: 20.0, 1: 1.0}}),
    ),
    Fires(
        "weights decay by a twentieth a step",
        "penalty",
        "warning",
        lambda: Training(yes_no(optimizer=keras.optimizers.AdamW(1e-3, weight_decay=50.0)), X, YES),
    ),
    Fires(
        "validation is turned over at random",
        "augmented-validation",
        "warning",
        lambda: Training(yes_no(), X, YES, {"validation_data": jittered(X[:100], YES[:100])}),
    ),
    Fires(
        "prices in cents",
        "target-scale",
        "warning",
        lambda: Training(regression(), X, 1e6 * NUMBERS),
    ),
    Fires(
        "three targets are slips",
        "target-outliers",
        "warning",
        lambda: Training(regression(), X, changed(NUMBERS, slice(3), 500.0)),
    ),
    Fires(
        "numbers below 0 from a sigmoid",
        "target-reach",
        "error",
        lambda: Training(regression(activation="sigmoid"), X, NUMBERS),
    ),
]
OF_THE_HEAD = [
    Fires(
        "a softmax over one unit",
        "head-agreement",
        "error",
        lambda: Training(yes_no(activation="softmax"), X, YES),
    ),
    Fires(
        "scores read as probabilities",
        "head-agreement",
        "error",
        lambda: Training(one_of_three(activation=None), X, CODES),
    ),
    Fires(
        "a sign is turned",
        "head-agreement",
        "error",
        lambda: Training(
            regression(loss=lambda y, p: -ops.mean(ops.square(y - p), -1)), X, NUMBERS[:, None]
        ),
    ),
    Fires(
        "yes and no as numbers",
        "head-agreement",
        "warning",
        lambda: Training(regression(activation="sigmoid"), X, YES),
    ),
    Fires(
        "a softmax twice",
        "head-agreement",
        "warning",
        lambda: Training(
            compiled(
                network(units=3, activation="softmax"),
                keras.losses.CategoricalCrossentropy(from_logits=True),
            ),
            X,
            ONE_HOT,
        ),
    ),
    Fires(
        "every answer with every target",
        "loss-shape",
        "error",
        lambda: Training(regression(loss=by_rows), X, NUMBERS),
        "asks",
    ),
    Fires(
        "scores of a model whose layers do not tell", "output-range", "error", subclassed, "asks"
    ),
    Fires(
        "answers in half precision",
        "mixed-precision",
        "error",
        lambda: Training(yes_no(dtype="float16"), X, YES),
    ),
]
OF_TRAINING = [
    Fires(
        "Adam at 1", "learning-rate", "error", lambda: Training(yes_no(optimizer=ADAM(1.0)), X, YES)
    ),
    Fires(
        "Adam at a billionth",
        "learning-rate",
        "warning",
        lambda: Training(yes_no(optimizer=ADAM(1e-9)), X, YES),
    ),
    Fires(
        "gradients clipped to nothing",
        "learning-rate",
        "warning",
        lambda: Training(yes_no(optimizer=ADAM(clipnorm=1e-6)), X, YES),
    ),
    Fires(
        "a schedule that ends at once",
        "learning-rate",
        "warning",
        lambda: Training(
            yes_no(optimizer=ADAM(keras.optimizers.schedules.ExponentialDecay(1e-3, 5, 0.1))),
            X,
            YES,
            {"epochs": 50},
        ),
    ),
    Fires("13 steps", "update-budget", "warning", lambda: Training(yes_no(), X, YES)),
    Fires(
        "a value that is never logged",
        "monitor",
        "error",
        lambda: Training(
            yes_no(), X, YES, {"callbacks": [keras.callbacks.EarlyStopping("val_loss")]}
        ),
    ),
    Fires(
        "accuracy is to fall",
        "monitor",
        "error",
        lambda: Training(
            yes_no(),
            X,
            YES,
            {
                "validation_split": 0.2,
                "callbacks": [keras.callbacks.EarlyStopping("val_accuracy", mode="min")],
            },
        ),
    ),
    Fires(
        "a batch of ten billion",
        "memory",
        "warning",
        lambda: Training(yes_no(), X, YES, {"batch_size": 10**12}),
    ),
]
OF_LAYERS = [
    Fires("all layers are frozen", "nothing-trains", "error", lambda: Training(frozen(), X, YES)),
    Fires(
        "a layer is frozen at its start",
        "frozen-layers",
        "warning",
        lambda: Training(first_layer_frozen(), X, YES),
    ),
    Fires(
        "a backbone that nothing has trained",
        "frozen-layers",
        "warning",
        lambda: Training(random_backbone(), IMAGES, YES[: len(IMAGES)]),
    ),
    Fires(
        "four fifths are dropped",
        "dropout-rate",
        "warning",
        lambda: Training(yes_no(layers.Dense(16, activation="relu"), layers.Dropout(0.8)), X, YES),
    ),
    Fires(
        "40,000 weights for two samples",
        "capacity",
        "warning",
        lambda: Training(
            yes_no(layers.Dense(64, activation="relu"), inputs=700),
            RANDOM.normal(size=(2, 700)).astype("float32"),
            YES[:2],
        ),
    ),
    Fires(
        "nothing bends between two layers",
        "linear-stack",
        "warning",
        lambda: Training(yes_no(layers.Dense(16), layers.Dense(16, activation="relu")), X, YES),
    ),
    Fires(
        "a ReLU of a ReLU",
        "double-activation",
        "warning",
        lambda: Training(yes_no(layers.Dense(16, activation="relu"), layers.ReLU()), X, YES),
    ),
    Fires(
        "the scale of a sample is lost",
        "hidden-scale",
        "warning",
        lambda: Training(
            yes_no(layers.Dense(16, use_bias=False), layers.LayerNormalization(), layers.ReLU()),
            X,
            YES,
        ),
    ),
    Fires(
        "answers are dropped",
        "dropout-on-output",
        "error",
        lambda: Training(
            compiled(
                keras.Sequential(
                    [keras.Input((6,)), layers.Dense(1, activation="sigmoid"), layers.Dropout(0.2)]
                )
            ),
            X,
            YES,
        ),
    ),
    Fires(
        "three classes through one unit",
        "bottleneck",
        "warning",
        lambda: Training(
            one_of_three(layers.Dense(16, activation="relu"), layers.Dense(1, activation="tanh")),
            X,
            CODES,
        ),
    ),
    Fires(
        "statistics along the samples' steps",
        "train-inference-gap",
        "warning",
        lambda: Training(
            yes_no(
                layers.Conv1D(8, 3),
                layers.BatchNormalization(axis=1),
                layers.ReLU(),
                layers.Flatten(),
                inputs=(12, 3),
            ),
            SERIES,
            RISING,
        ),
    ),
    Fires("images are flipped and masks are not", "train-inference-gap", "error", masks),
    Fires(
        "a kernel starts at zero",
        "initial-weights",
        "error",
        lambda: Training(yes_no(layers.Dense(16, "relu", kernel_initializer="zeros")), X, YES),
    ),
    Fires(
        "weights a hundred times as large",
        "initial-weights",
        "warning",
        lambda: Training(yes_no(layers.Dense(16, "relu", kernel_initializer=spread(40.0))), X, YES),
    ),
]
OF_ANSWERS = [
    Fires(
        "a last layer that is sure of itself",
        "first-loss",
        "warning",
        lambda: Training(one_of_three(kernel_initializer=spread(30.0)), X, CODES),
        "asks",
    ),
    Fires(
        "a loss that is no number",
        "first-loss",
        "error",
        lambda: Training(
            regression(bias_initializer=lambda shape, dtype: ops.full(shape, np.inf, dtype)),
            X,
            NUMBERS,
        ),
        "asks",
    ),
    Fires(
        "no unit ever answers",
        "dead-units",
        "error",
        lambda: Training(
            yes_no(
                layers.Dense(
                    16, "relu", bias_initializer=lambda shape, dtype: ops.full(shape, -50.0, dtype)
                )
            ),
            X,
            YES,
        ),
        "asks",
    ),
    Fires(
        "all units are at their limit",
        "saturated-units",
        "warning",
        lambda: Training(yes_no(layers.Dense(16, "tanh", kernel_initializer=spread(40.0))), X, YES),
        "asks",
    ),
    Fires(
        "the input is lost on the way",
        "ignores-input",
        "error",
        lambda: Training(functional(lambda x: ops.zeros_like(x)), X, YES),
        "asks",
    ),
    Fires(
        "samples are centred on their batch",
        "mixes-samples",
        "error",
        lambda: Training(functional(lambda x: x - ops.mean(x, axis=0, keepdims=True)), X, YES),
        "asks",
    ),
    Fires(
        "a function of one's own that answers nothing",
        "ignores-input",
        "error",
        lambda: Training(yes_no(layers.Lambda(lambda x: x * 0)), X, YES),
        "asks",
    ),
    Fires(
        "dropout in use",
        "dropout-at-evaluation",
        "error",
        lambda: Training(yes_no(AlwaysDrops()), X, YES),
        "asks",
    ),
]
OF_FIRST_STEPS = [
    Fires(
        "steps of nothing",
        "weights-do-not-change",
        "error",
        lambda: Training(
            yes_no(layers.Dense(8, "relu", use_bias=False), optimizer=SGD(1e-20), use_bias=False),
            X,
            YES,
        ),
        "trains",
    ),
    Fires(
        "steps that throw the weights about",
        "loss-does-not-fall",
        "error",
        lambda: Training(regression(layers.Dense(64, "relu"), optimizer=SGD(1.0)), X, 20 * NUMBERS),
        "trains",
    ),
    Fires(
        "steps too short to see",
        "loss-does-not-fall",
        "warning",
        lambda: Training(yes_no(optimizer=SGD(1e-7)), X, YES),
        "trains",
    ),
    Fires(
        "no gradient passes a branch",
        "no-gradient",
        "error",
        lambda: Training(functional(without_effect), X, YES),
        "trains",
    ),
    Fires(
        "gradients fade",
        "vanishing-gradient",
        "warning",
        lambda: Training(yes_no(*(layers.Dense(8, "sigmoid") for _ in range(6))), X, YES),
        "trains",
    ),
    Fires(
        "gradients grow",
        "exploding-gradient",
        "warning",
        lambda: Training(
            regression(
                layers.Dense(16, "tanh", kernel_initializer=spread(1e-3)),
                layers.Dense(16, "tanh"),
                kernel_initializer=spread(30.0),
            ),
            X,
            NUMBERS,
        ),
        "trains",
    ),
    Fires(
        "the network sees another column alone",
        "overfit-one-batch",
        "warning",
        lambda: Training(functional(lambda x: layers.Dense(16, "relu")(x[:, 5:])), X, YES),
        "trains",
    ),
    Fires(
        "targets of other samples",
        "no-better-than-zeroed-input",
        "warning",
        lambda: Training(
            yes_no(), X, np.random.RandomState(5).permutation(YES), {"validation_split": 0.3}
        ),
        "trains",
    ),
]
FAULTS = [
    *OF_SAMPLES,
    *OF_TARGETS,
    *OF_THE_HEAD,
    *OF_TRAINING,
    *OF_LAYERS,
    *OF_ANSWERS,
    *OF_FIRST_STEPS,
    *BETWEEN_PARTS,
    *OF_INPUTS,
]
