"""Faults that show only between parts, in images as they are read, and in what is measured."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import layers
from toy_trainings import BRIGHT, CODES, Fires, Training, X, compiled, network, one_of_three, yes_no

RANDOM = np.random.RandomState(3)
SMOOTH = np.cumsum(RANDOM.normal(size=(120, 3, 16, 1)), axis=2) + np.cumsum(
    RANDOM.normal(size=(120, 3, 1, 16)), axis=3
)
SMOOTH = (SMOOTH / SMOOTH.std()).astype("float32")
SIDES = RANDOM.randint(0, 2, size=200).astype("int32")
BARS = RANDOM.normal(0, 0.3, size=(200, 8, 8, 1)).astype("float32")
BARS[SIDES == 0, :, :3] += 1
BARS[SIDES == 1, :, 5:] += 1


def pictures(x: np.ndarray, y: np.ndarray, *before: layers.Layer) -> Training:
    middle = (*before, layers.Conv2D(4, 3, activation="relu"), layers.GlobalMaxPooling2D())
    return Training(yes_no(*middle, inputs=x.shape[1:]), x, y, {"epochs": 20})


def overlap(**settings: Any) -> Training:
    metric = keras.metrics.MeanIoU(num_classes=3, **settings)
    model = network(units=3, activation="softmax")
    return Training(
        compiled(model, "sparse_categorical_crossentropy", metrics=[metric]),
        X,
        CODES,
        {"epochs": 20},
    )


def held_out(x: np.ndarray, y: np.ndarray) -> Training:
    arguments = {"validation_data": (x, y), "epochs": 20}
    return Training(one_of_three(), X[:280], CODES[:280], arguments)


def of_rows() -> Training:
    table = X * [1, 2, 3, 1, 2, 3] + [1, 5, 9, 40, 3, 90]
    rows = (table - table.mean(axis=1, keepdims=True)) / table.std(axis=1, keepdims=True)
    return Training(one_of_three(), rows.astype("float32"), CODES, {"epochs": 20})


class Shuffling(keras.utils.PyDataset):
    """Samples in another order after each epoch, with their targets or without."""

    def __init__(self, both: bool) -> None:
        super().__init__()
        self.x, self.y, self.both = X.copy(), CODES.copy(), both

    def __len__(self) -> int:
        return 10

    def __getitem__(self, place: int) -> tuple[np.ndarray, np.ndarray]:
        rows = slice(40 * place, 40 * place + 40)
        return self.x[rows], self.y[rows]

    def on_epoch_end(self) -> None:
        order = np.random.permutation(len(self.x))
        self.x[:] = self.x[order]
        self.y = self.y[order] if self.both else self.y


BETWEEN_PARTS = [
    Fires(
        "samples are shuffled without their targets",
        "batches-differ-from-samples",
        "error",
        lambda: Training(one_of_three(), Shuffling(False), None, {"epochs": 20}),
    ),
    Fires(
        "classes have other codes in validation",
        "validation-differs",
        "warning",
        lambda: held_out(X[280:], (CODES[280:] + 1) % 3),
        "trains",
    ),
    Fires(
        "columns stand in another order in validation",
        "validation-differs",
        "warning",
        lambda: held_out(X[280:, ::-1].copy(), CODES[280:]),
        "trains",
    ),
    Fires(
        "mirrored images show another side",
        "augmentation-changes-answer",
        "warning",
        lambda: pictures(BARS, SIDES, layers.RandomFlip("horizontal")),
        "trains",
    ),
    Fires(
        "colours first, and reshaped",
        "axes",
        "warning",
        lambda: pictures(SMOOTH.reshape(120, 16, 16, 3), BRIGHT),
    ),
    Fires("overlap of probabilities", "head-agreement", "error", overlap),
    Fires("each row is scaled by itself", "feature-scale", "warning", of_rows),
]
SOUND = {
    "samples shuffled with their targets": lambda: Training(
        one_of_three(), Shuffling(True), None, {"epochs": 20}
    ),
    "images flipped upside down": lambda: pictures(BARS, SIDES, layers.RandomFlip("vertical")),
    "colours first, and turned": lambda: pictures(np.moveaxis(SMOOTH, 1, -1), BRIGHT),
    "overlap of classes": lambda: overlap(sparse_y_pred=False),
    "validation like training": lambda: held_out(X[280:], CODES[280:]),
}
