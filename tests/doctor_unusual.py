"""Sound trainings that differ from what most people do: of none of them anything is to be said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from keras import layers, ops
from toy_trainings import (
    CODES,
    IMAGES,
    NUMBERS,
    ONE_HOT,
    RISING,
    SERIES,
    YES,
    Training,
    X,
    compiled,
    network,
    one_of_three,
    regression,
    yes_no,
)

LONG = {"epochs": 20, "validation_split": 0.2}
RANDOM = np.random.RandomState(1)
SHARES = (1 / (1 + np.exp(-NUMBERS))).astype("float32")
ANSWERS = RANDOM.randint(0, 3, size=(400, 3)).astype("float32")
STAYS = ((ANSWERS.sum(axis=1) > 3) ^ (RANDOM.uniform(size=400) < 0.2)).astype("int32")
DENSE = layers.Dense


def pinball(share: float) -> Callable[[Any, Any], Any]:
    """The loss whose best answer is a quantile."""

    def loss(true: Any, answers: Any) -> Any:
        away = ops.reshape(true, ops.shape(answers)) - answers
        return ops.mean(ops.maximum(share * away, (share - 1) * away), axis=-1)

    return loss


def watched(*callbacks: keras.callbacks.Callback) -> dict[str, Any]:
    return LONG | {"callbacks": [*callbacks], "epochs": 60}


def plateau() -> Training:
    """The rate falls where validation stands still, training goes on, and the best is kept."""
    lower = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", patience=3)
    stop = keras.callbacks.EarlyStopping(patience=20)
    best = keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True)
    return Training(yes_no(), X, YES, watched(lower, stop, best))


def by_training_loss() -> Training:
    """Without validation samples there is nothing else to watch."""
    stop = keras.callbacks.EarlyStopping(monitor="loss", patience=3)
    return Training(yes_no(), X, YES, {"epochs": 60, "callbacks": [stop]})


def arguments_of_losses() -> Training:
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.1)
    top = keras.metrics.TopKCategoricalAccuracy(k=2, name="top_2")
    model = compiled(network(units=3, activation="softmax"), loss, metrics=["accuracy", top])
    return Training(model, X, ONE_HOT, LONG)


def focal() -> Training:
    loss = keras.losses.BinaryFocalCrossentropy(gamma=3.0, apply_class_balancing=True, alpha=0.6)
    metrics = [keras.metrics.AUC(curve="PR", name="auc"), keras.metrics.Precision(thresholds=0.7)]
    return Training(compiled(network(), loss, metrics=metrics), X, YES, LONG)


def roots_of_weights() -> Training:
    """Weights by the root of how rare a class is."""
    y = np.where(X[:, 0] > 1, 2, np.where(X[:, 1] > 0, 1, 0)).astype("int32")
    counts = np.bincount(y)
    weights = {code: float(np.sqrt(counts.max() / count)) for code, count in enumerate(counts)}
    return Training(one_of_three(), X, y, LONG | {"class_weight": weights})


def enlarged() -> Training:
    """Small pictures for a network that is made for somewhat larger ones."""
    middle = (
        layers.Resizing(32, 32),
        layers.Conv2D(8, 3, activation="relu"),
        layers.GlobalAveragePooling2D(),
    )
    bright = (IMAGES.mean(axis=(1, 2, 3)) > 0).astype("int32")
    return Training(yes_no(*middle, inputs=(8, 8, 3)), IMAGES, bright, {"epochs": 20})


def some_count() -> Training:
    """Samples of which half are left out by weights, in both classes."""
    weights = (RANDOM.uniform(size=400) < 0.5).astype("float32")
    return Training(yes_no(), X, YES, LONG | {"sample_weight": weights})


def averaged_weights() -> Training:
    """The mean of the weights is what is kept, not those of one epoch."""
    optimizer = keras.optimizers.Adam(use_ema=True, ema_momentum=0.9)
    stop = keras.callbacks.EarlyStopping(patience=8)
    mean = keras.callbacks.SwapEMAWeights(swap_on_epoch=True)
    return Training(yes_no(optimizer=optimizer), X, YES, watched(stop, mean))


def distilled() -> Training:
    """A small network learns the shares that a large one gives."""
    scores = X[:, :3] * 2
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    model = compiled(network(units=3, activation="softmax"), "kl_divergence")
    return Training(model, X, shares.astype("float32"), LONG)


def by_recall() -> Training:
    metrics = [keras.metrics.Recall(name="recall"), keras.metrics.SpecificityAtSensitivity(0.5)]
    stop = keras.callbacks.EarlyStopping(
        "val_recall", mode="max", patience=6, min_delta=0.01, restore_best_weights=True
    )
    return Training(yes_no(metrics=metrics), X, YES, watched(stop))


def many_held_out() -> Training:
    """Few samples to learn from, since labels are dear, and as many again to be watched."""
    held_out = (X[150:380], YES[150:380])
    return Training(yes_no(), X[:150], YES[:150], {"epochs": 40, "validation_data": held_out})


def as_far_ahead() -> Training:
    """As many steps ahead as a window has, of a series that drifts."""
    series = RANDOM.normal(size=460).cumsum().astype("float32")
    series = (series - series.mean()) / series.std()
    x = np.stack([series[first : first + 12] for first in range(430)])
    y = np.stack([series[first + 12 : first + 24] for first in range(430)])
    model = compiled(network(units=12, activation=None, inputs=12), "mean_absolute_error")
    held_out = (x[340:], y[340:])
    return Training(model, x[:316], y[:316], {"epochs": 20, "validation_data": held_out})


def tempered() -> Training:
    """Scores divided by a temperature, for a loss that reads scores."""
    middle = (DENSE(16, "relu"), DENSE(3), layers.Rescaling(1 / 2.0))
    model = keras.Sequential([keras.Input((6,)), *middle])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return Training(compiled(model, loss, metrics=["accuracy"]), X, CODES, LONG)


def steps_of_five() -> Training:
    """Marks from 1 to 5, learnt as numbers."""
    marks = np.clip(np.round(3 + NUMBERS), 1, 5).astype("float32")
    metrics = [keras.metrics.RootMeanSquaredError(name="rmse"), "mae"]
    return Training(compiled(network(activation=None), "mae", metrics=metrics), X, marks, LONG)


def equal_weights() -> Training:
    return Training(yes_no(), X, YES, LONG | {"class_weight": {0: 1.0, 1: 1.0}})


def rate_by_training_steps() -> Training:
    """Dropout before and behind a frozen normalisation, and a rate for each step."""
    scale = layers.Normalization()
    scale.adapt(X)
    rate = keras.optimizers.schedules.ExponentialDecay(3e-3, 100, 0.9)
    middle = (scale, layers.Dropout(0.2), DENSE(32, "elu"), layers.Dropout(0.3))
    return Training(yes_no(*middle, optimizer=keras.optimizers.RMSprop(rate)), X, YES, LONG)


LATER: dict[str, Callable[[], Training]] = {  # made after the checks of settings were finished
    "half of the samples weigh nothing": some_count,
    "the mean of the weights": averaged_weights,
    "shares of a larger network": distilled,
    "early stopping by recall": by_recall,
    "as many to be watched as to learn from": many_held_out,
    "as far ahead as back": as_far_ahead,
    "scores by a temperature": tempered,
    "marks from 1 to 5 as numbers": steps_of_five,
    "class weights that are all 1": equal_weights,
    "a rate for each step": rate_by_training_steps,
}
UNUSUAL: dict[str, Callable[[], Training]] = {
    **LATER,
    "a sigmoid for shares": lambda: Training(
        compiled(network(), "mean_squared_error", metrics=["mae"]), X, SHARES, LONG
    ),
    "crossentropy of shares": lambda: Training(compiled(network()), X, SHARES, LONG),
    "three questions with three answers": lambda: Training(yes_no(inputs=3), ANSWERS, STAYS, LONG),
    "all samples in one batch, for long": lambda: Training(
        yes_no(), X, YES, {"batch_size": 400, "epochs": 600}
    ),
    "two units to draw a picture of": lambda: Training(
        one_of_three(DENSE(32, "relu"), DENSE(2, name="picture")), X, CODES, LONG
    ),
    "random features and a trained line": lambda: Training(
        yes_no(DENSE(300, "relu", trainable=False)), X, YES, LONG
    ),
    "a reservoir and a trained line": lambda: Training(
        yes_no(layers.SimpleRNN(80, trainable=False), inputs=(12, 3)), SERIES, RISING, LONG
    ),
    "the ninth decile": lambda: Training(regression(loss=pinball(0.9)), X, NUMBERS, LONG),
    "the first decile, targets (N, 1)": lambda: Training(
        regression(loss=pinball(0.1)), X, NUMBERS[:, None], LONG
    ),
    "a rate that falls, and a checkpoint of the best": plateau,
    "the training loss where there is no validation": by_training_loss,
    "smoothed labels and the best two": arguments_of_losses,
    "a focal loss that is balanced": focal,
    "weights by roots": roots_of_weights,
    "pictures that are enlarged": enlarged,
    "a Huber loss that turns early": lambda: Training(
        regression(loss=keras.losses.Huber(delta=0.3)), X, NUMBERS, LONG
    ),
}
