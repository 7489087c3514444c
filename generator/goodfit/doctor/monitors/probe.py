"""What the monitors measure by: the loss that guessing has, and answers to some of the samples."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import keras
import numpy as np

from ..backends import as_numpy
from ..case import Case, losses_of
from ..contract import is_of_keras
from ..needs import own_step
from ..predictions import codes_of
from ..samples import Samples, at_random, size_of

SAMPLES = 128  # whose answers are looked at
FEW_DEAD, MORE = 0.4, 4_096  # share of a layer's units beyond which more samples are asked
NUMBERS = 10**7  # at most, in the answers that the loss of guessing is measured on


def guessing_loss(case: Case, part: Samples | None, shape: tuple[int, ...]) -> float | None:
    """The loss of one answer for all, on the samples of a part; `shape`: of a single answer.
    It is the class shares, or the mean or median of the targets, whichever is better. None where
    the loss is no function of targets and answers, as in an autoencoder, or not known."""
    if part is None or part.y is None or len(case.contracts) != 1 or case.project.anomalies:
        return None
    contract, model = case.contract, case.model
    if type(model).compute_loss is not keras.Model.compute_loss:
        return None  # it may ask for the samples, or the model, anew
    if contract.answer == "own-loss" or not is_of_keras(losses_of(model, part.y)[0]):
        return None
    if not isinstance(part.y, np.ndarray) or not shape:
        return None
    most = math.ceil(NUMBERS / math.prod(shape))
    rows = np.random.default_rng(0).permutation(len(part.y))[:most]
    y, weight = part.y[rows], None if part.weights is None else part.weights[rows]
    if contract.answer == "one-of":  # a class for each row, or for each place in it
        codes = y.argmax(axis=-1) if contract.one_hot else y.reshape(y.shape[:1] + shape[:-1])
        codes, count = codes.astype(int), shape[-1]
        there = (codes >= 0) & (codes < count)  # what is of no class may have any other code
        each = None if weight is None else np.broadcast_to(weight.T, codes.T.shape).T[there]
        counts = np.bincount(codes[there], each, minlength=count)
        answers = [counts / counts.sum()]
    else:
        answers = [np.average(y, axis=0, weights=weight), np.median(y, axis=0)]
    losses = []
    for answer in answers:
        if contract.from_logits:
            answer = np.log(np.clip(answer, 1e-7, 1))
            answer = (
                answer if contract.answer == "one-of" else answer - np.log1p(-np.exp(answer) + 1e-7)
            )
        outputs = np.broadcast_to(answer, (len(y), *shape)).astype("float32")
        losses.append(model.compute_loss(None, y, outputs, weight, training=False))
    return min(float(loss) for loss in losses)


class Look(NamedTuple):
    """What the answers to some of the training samples are like."""

    loss: float  # NaN where only training itself can work it out
    spread: float  # the largest standard deviation of an output over the samples
    true_share: float  # of the commonest class, or set of labels, in the targets; 0 without classes
    said_share: float  # and in the answers
    dead: dict[str, float]  # ReLU layer: share of its units that are zero for every sample
    right: float = math.nan  # share of the answers, where there are right ones


def fired(values: dict[str, Any]) -> dict[str, np.ndarray]:
    """Layer: whether a unit, (units,), is above zero for any sample of what came out of it."""
    arrays = {name: as_numpy(value) for name, value in values.items()}
    return {name: one.reshape(-1, one.shape[-1]).max(axis=0) > 0 for name, one in arrays.items()}


class Probe:
    """Some of the training samples, drawn at random, and a way to look at what becomes of them."""

    def __init__(self, model: keras.Model, case: Case) -> None:
        rows = int(case.words.settings.get("prediction_rows", "1024"))
        size = min(SAMPLES, rows, case.train.size, max(8, 10**6 // max(1, size_of(case.train.x))))
        places = np.random.default_rng(0).choice(case.train.size, size, replace=False)
        self.samples, self.model, self.case = case.train.take(np.sort(places)), model, case
        self.shape: tuple[int, ...] = ()  # of an answer to one sample
        self.inside: keras.Model | None = None
        if getattr(model, "inputs", None) and getattr(model, "outputs", None):
            tensors = {
                layer.name: layer.output
                for layer in model.layers
                if getattr(layer, "activation", None) is keras.activations.relu
                and len(layer._inbound_nodes) == 1
            }
            if tensors:
                self.inside = keras.Model(model.inputs, [model.outputs, tensors])

    def look(self) -> Look:
        """Answer the samples as in use: nothing is trained, and no unit dropped. A model with a
        step of its own may answer nothing when it is called, or have no compiled loss."""
        x, y, weights = self.samples
        try:
            outputs, values = self.asked(x)
            loss = self.model.compute_loss(x, y, outputs, weights, training=False)
        except Exception:  # whatever the user's own code may raise
            if not own_step(self.model):
                raise
            return Look(math.nan, math.inf, 0.0, 0.0, {})
        dead = {name: 1 - float(units.mean()) for name, units in fired(values).items()}
        if max(dead.values(), default=0.0) > FEW_DEAD:
            dead = self.dead_for_more()
        first = as_numpy(keras.tree.flatten(outputs)[0])
        self.shape = first.shape[1:]
        spread = float(first.reshape(len(first), -1).std(axis=0).max())
        shares, right = self.shares(y, first, weights)
        return Look(float(loss), spread, *shares, dead, right)

    def dead_for_more(self) -> dict[str, float]:
        """The same for up to 4,096 samples: what is of use to few of them hardly shows in 128."""
        assert self.inside is not None
        units: dict[str, np.ndarray] = {}
        rows, size = at_random(self.case.train.size, MORE), self.samples.size
        for start in range(0, len(rows), size):
            x = self.case.train.take(rows[start : start + size]).x
            for name, one in fired(self.inside(keras.tree.flatten(x), training=False)[1]).items():
                units[name] = one | units.get(name, False)
        return {name: 1 - float(one.mean()) for name, one in units.items()}

    def asked(self, x: Any) -> tuple[Any, dict[str, Any]]:
        """What the model answers, and what its ReLU layers do, where their places are known."""
        if self.inside is None:
            return self.model(x, training=False), {}
        answers, values = self.inside(keras.tree.flatten(x), training=False)
        return answers[0] if len(answers) == 1 else self.model(x, training=False), values

    def shares(
        self, y: object, outputs: np.ndarray, weights: object
    ) -> tuple[tuple[float, float], float]:
        """`true_share` and `said_share`, and `right`, over all places of all samples that weigh
        something."""
        contracts = self.case.contracts
        if len(contracts) != 1 or not contracts[0].classes or not isinstance(y, np.ndarray):
            return (0.0, 0.0), math.nan
        contract = contracts[0]
        outputs = contract.probabilities(outputs).reshape(-1, outputs.shape[-1])
        if contract.answer == "one-of":
            true = codes_of(y, contract).reshape(len(outputs), 1)
            said = outputs.argmax(axis=1)[:, None]
        else:
            true, said = y.reshape(len(outputs), -1) > 0.5, outputs > 0.5
        if isinstance(weights, np.ndarray) and weights.size == len(outputs):
            there = weights.ravel() > 0
            true, said = true[there], said[there]
        one, other = (
            np.unique(codes, axis=0, return_counts=True)[1].max() / len(codes)
            for codes in (true, said)
        )
        return (float(one), float(other)), float((true == said).mean())
