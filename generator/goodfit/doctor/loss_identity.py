"""Which loss of Keras somebody's own loss is, told by its numbers.

A lambda around `keras.losses.sparse_categorical_crossentropy(..., from_logits=True)` is that loss;
a squared error written by hand is the mean squared error; one that is the negative of a loss of
Keras has its sign turned.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from keras import losses, ops

from .backends import as_numpy

SAMPLES = 6
CODES = (("sparse_categorical_crossentropy", True), ("sparse_categorical_crossentropy", False))
ROWS = (
    ("categorical_crossentropy", True),
    ("categorical_crossentropy", False),
    ("binary_crossentropy", True),
    ("binary_crossentropy", False),
    ("mean_squared_error", False),
    ("mean_absolute_error", False),
)

OF_NUMBERS = ("mean_squared_error", "mean_absolute_error")


class Identity(NamedTuple):
    """A loss of Keras, whether it is told from_logits, and 1, or -1 where its sign is turned."""

    name: str
    from_logits: bool
    sign: int


def value_of(loss: Any, y: Any, outputs: Any) -> float:
    """The mean of a loss on these targets and answers."""
    each = loss.call(y, outputs) if isinstance(loss, losses.Loss) else loss(y, outputs)
    return float(np.mean(as_numpy(each)))


def of_keras(name: str, logits: bool, y: Any, outputs: Any) -> float:
    """The mean of a loss of Keras."""
    function = getattr(losses, name)
    each = function(y, outputs, from_logits=True) if logits else function(y, outputs)
    return float(np.mean(as_numpy(each)))


def identify(loss: Any, y: np.ndarray, units: int) -> Identity | None:
    """The loss of Keras that gives the same numbers as `loss` on a few made-up answers in 0 to 1,
    rows of which add up to 1; `y` shows what targets look like. None where there is none."""
    random = np.random.default_rng(0)
    outputs = random.uniform(0.05, 1, (SAMPLES, max(1, units)))
    if units > 1:
        outputs /= outputs.sum(axis=-1, keepdims=True)
    codes = y.ndim == 1 or (y.ndim == 2 and y.shape[1] == 1 and units > 1)
    if y.ndim > 2 or (codes and units > 1 and y.dtype.kind not in "iuf"):
        return None
    targets: np.ndarray
    if codes and units > 1:
        targets = random.integers(0, units, (SAMPLES, *y.shape[1:]))
    elif units > 1:
        targets = np.eye(units)[random.integers(0, units, SAMPLES)]
    else:
        targets = random.integers(0, 2, (SAMPLES, 1)).astype(float)
    dtype = "int32" if codes and units > 1 and y.dtype.kind in "iu" else "float32"
    tensors = (
        ops.convert_to_tensor(targets.astype(dtype)),
        ops.convert_to_tensor(outputs, "float32"),
    )
    try:
        own = value_of(loss, *tensors)
    except Exception:  # it wants targets of another form
        return None
    for name, logits in CODES if codes and units > 1 else ROWS:
        theirs = of_keras(name, logits, *tensors)
        for sign in (1, -1):
            near = abs(own - sign * theirs) < 1e-4 * max(1e-2, abs(theirs))
            if near and same_beyond(loss, name, logits, sign, tensors):
                return Identity(name, logits, sign)
    return None


def quantile_of(loss: Any, y: np.ndarray, answers: np.ndarray) -> float | None:
    """The quantile that a loss asks for, such as 0.9: nothing for right answers, and on both sides
    of them a straight line, steeper on one. None for any other loss. `answers`: some of the
    network's, which are moved; targets are made up beside them."""
    if y.dtype.kind != "f" or y.size != answers.size or len(y) < 2:
        return None
    true = np.linspace(-1, 1, y.size).reshape(y.shape).astype("float32")
    near = true.reshape(answers.shape)

    def at(away: float) -> float:
        return value_of(
            loss, ops.convert_to_tensor(true), ops.convert_to_tensor(near + np.float32(away))
        )

    try:
        right, low, high, lower, higher = (at(away) for away in (0.0, -1.0, 1.0, -2.0, 2.0))
    except Exception:  # it wants something else
        return None
    straight = np.allclose([lower, higher], [2 * low, 2 * high], rtol=1e-3)
    if abs(right) > 1e-5 or not straight or min(low, high) <= 0:
        return None
    return float(low / (low + high))


def same_beyond(loss: Any, name: str, logits: bool, sign: int, tensors: tuple[Any, Any]) -> bool:
    """Whether the two are equal for answers below 0 and above 1 as well, where the loss of Keras
    reads such: between 0 and 1 a contrastive loss, too, is a squared error."""
    if not logits and name not in OF_NUMBERS:
        return True
    targets, outputs = tensors
    wide = 8 * outputs - 3
    own, theirs = value_of(loss, targets, wide), of_keras(name, logits, targets, wide)
    return abs(own - sign * theirs) < 1e-4 * max(1e-2, abs(theirs))
