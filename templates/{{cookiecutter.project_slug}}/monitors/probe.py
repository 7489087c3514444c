"""What the monitors measure by: the loss that guessing has, and answers to some of the samples."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import keras
import numpy as np

from task import objective

if TYPE_CHECKING:
    from config import Config, HeadConfig

SAMPLES = 128  # whose answers are looked at
NUMBERS = 10**7  # at most, in the answers that the loss of guessing is measured on


def guessing_loss(
    model: keras.Model, arrays: tuple[np.ndarray, ...], head: HeadConfig
) -> float | None:
    """The loss of one answer for all, on `arrays`: samples, targets and, where there are any,
    weights. The answer is the class shares, or the mean or median of the targets, whichever is
    better. None where the loss is no function of targets and answers, as in an autoencoder.
    """
    if not isinstance(objective(head)["loss"], str):
        return None
    shape = model.output_shape[1:]
    most = math.ceil(NUMBERS / math.prod(shape))
    rows = np.random.default_rng(0).permutation(len(arrays[1]))[:most]
    y, *weights = (array[rows] for array in arrays[1:])
    weight = weights[0] if weights else None
    if "sparse" in head.loss:  # a class for each row, or for each place in it
        each = None if weight is None else np.broadcast_to(weight.T, y.T.shape).T.ravel()
        counts = np.bincount(y.ravel(), each, minlength=shape[-1])
        answers = [counts / counts.sum()]
    else:
        answers = [np.average(y, axis=0, weights=weight), np.median(y, axis=0)]
    losses = []
    for answer in answers:
        outputs = np.broadcast_to(answer, (len(y), *shape)).astype("float32")
        losses.append(model.compute_loss(None, y, outputs, weight, training=False))
    return min(float(loss) for loss in losses)


class Look(NamedTuple):
    """What the answers to some of the training samples are like."""

    loss: float
    spread: float  # the largest standard deviation of an output over the samples
    true_share: float  # of the commonest class, or set of labels, in the targets; 0 without classes
    said_share: float  # and in the answers
    dead: dict[str, float]  # ReLU layer: share of its units that are zero for every sample


class Probe:
    """Some of the training samples, drawn at random, and a way to look at what becomes of them."""

    def __init__(self, model: keras.Model, arrays: tuple[np.ndarray, ...], config: Config) -> None:
        size = min(SAMPLES, config.training.prediction_batch_size, len(arrays[0]))
        rows = np.random.default_rng(0).choice(len(arrays[0]), size, replace=False)
        self.arrays = tuple(array[rows] for array in arrays)
        self.model, self.head = model, config.head
        tensors = {
            layer.name: layer.output
            for layer in model.layers
            if getattr(layer, "activation", None) is keras.activations.relu
        }
        self.inside = keras.Model(model.input, tensors | {"answers": model.output})

    def look(self) -> Look:
        """Answer the samples as in use: nothing is trained, and no unit dropped."""
        x, y, *weights = self.arrays
        values = self.inside(x, training=False)
        outputs = values.pop("answers")
        loss = self.model.compute_loss(x, y, outputs, *weights, training=False)
        dead = {}
        for name, value in values.items():
            largest = np.asarray(value).reshape(-1, value.shape[-1]).max(axis=0)
            dead[name] = float((largest <= 0).mean())
        answers = np.asarray(outputs)
        spread = answers.reshape(len(answers), -1).std(axis=0).max()
        shares = self.shares(y, answers, weights)
        return Look(float(loss), float(spread), *shares, dead)

    def shares(
        self, y: np.ndarray, outputs: np.ndarray, weights: list[np.ndarray]
    ) -> tuple[float, float]:
        """`true_share` and `said_share`, over all places of all samples that weigh something."""
        if "crossentropy" not in self.head.loss:
            return 0.0, 0.0
        outputs = outputs.reshape(-1, outputs.shape[-1])
        true = y.reshape(len(outputs), -1)
        said = outputs.argmax(axis=1)[:, None] if "sparse" in self.head.loss else outputs > 0.5
        if weights and weights[0].size == len(outputs):
            there = weights[0].ravel() > 0
            true, said = true[there], said[there]
        one, other = (
            np.unique(codes, axis=0, return_counts=True)[1].max() / len(codes)
            for codes in (true, said)
        )
        return float(one), float(other)
