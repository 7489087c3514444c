"""The loss before training, against what theory expects."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from ..backends import as_numpy
from ..case import PROBES, Case, losses_of
from ..contract import Contract, is_of_keras
from ..finding import Finding
from ..loss_identity import quantile_of
from ..network import clone, layers_of
from ..predictions import constant_loss
from ..registry import Entry, check
from ..samples import Samples, places, taken
from .initial_weights import network
from .loss_arguments import other_arguments

FIRST_LOSS = Entry(
    "first-loss",
    "error or warning",
    "A first loss far from what theory expects: negative, nothing, or far above what knowing the "
    "class shares or the means alone gives.",
    "A network that starts far from there unlearns first, or its loss is on a scale that the "
    "learning rate is not made for.",
    "see the loss in {compile}, the last layer in {model}, and how {targets} are scaled",
    "an error below 1e-6 or not finite; a warning above 2 x and 0.5 for classes, 10 x for numbers",
    "Karpathy's recipe; TheDeepChecker is stricter",
)


SCALED = ("mean_squared_error", "mean_absolute_error", "huber")


@check(
    FIRST_LOSS,
    cost="asks",
    needs=("copy", "one output", "targets", "known loss", "plain step"),
    sound=True,
)
def first_loss(case: Case) -> Iterator[Finding]:
    contract, known, probes = case.contract, case.known, case.probes
    outputs = network(case).answers(probes.x)
    if network(case).model.losses:  # what layers add: in a graph, until they are called outside
        network(case).model(taken(probes.x, slice(32)), training=False)
    loss = network(case).loss(probes.y, outputs, probes.weights)
    penalty = network(case).penalty()
    loss = loss - penalty if case.project.declared is None else loss
    shown = f"The loss before training is {loss:.4g}"
    start_is_known = case.project.declared is not None
    if not np.isfinite(loss) or loss < (1e-6 if start_is_known else -1e-6):
        if np.isfinite(loss) and contract.loss in ("poisson",):
            return  # it has no lower bound at 0
        yield Finding(
            "first-loss",
            "error",
            f"{shown}, and {contract.loss} of an untrained network is a number above 0.",
            "What is made small is then not the error, and training it teaches nothing.",
            f"see the loss in {case.words.compile}, the last layer in {case.words.model}, and "
            "that no sample is empty",
        )
        return
    rows = known.take(probe_rows(case))
    if case.project.anomalies:
        expected = restored_nothing(network(case).model, probes.x)
    elif contract.classes or contract.loss in SCALED:
        expected = expected_loss(case, contract, rows, known)
    else:
        return
    if case.project.declared is not None and probes.weights is not None:
        yield from counted_padding(rows.y, probes.weights)
    if expected is None or case.fits_before or asks_otherwise(case, outputs):
        return
    if case.project.declared is None:
        if penalty > 10 * max(loss, 0.1):
            yield Finding(
                "penalty",
                "warning",
                f"Before training, penalties on weights are {penalty:.4g}, the loss {loss:.4g}.",
            )
        if not contract.classes or contract.activation not in ("softmax", "sigmoid", "linear"):
            return  # how targets are scaled says more: see target-scale
    most = 2 * expected + 0.5 if contract.classes else 10 * expected
    if case.project.declared is None:
        most = 4 * expected + 1
        if loss > most and normalises_batches(network(case).model):
            loss = loss_in_training(case)
            shown = f"The loss before training is {loss:.4g}"
    if not (expected / 2 if start_is_known else 0) <= loss <= most:
        told = "class shares" if contract.classes else "means"
        told = "mean sample" if case.project.anomalies else told
        yield Finding(
            "first-loss", "warning", f"{shown}; knowing the {told} alone gives {expected:.4g}."
        )


def asks_otherwise(case: Case, outputs: np.ndarray) -> bool:
    """Whether a project's loss is the declared one with arguments of its own, or asks for a
    quantile: then theory expects another number."""
    if case.project.declared is None:
        return False
    loss = losses_of(case.model, case.train.y)[0]
    if loss is None or is_of_keras(loss):
        return bool(other_arguments(loss))
    return quantile_of(loss, case.probes.y, outputs) is not None


def normalises_batches(model: keras.Model) -> bool:
    """Whether it has statistics that say nothing before training."""
    return any(isinstance(one, keras.layers.BatchNormalization) for one in layers_of(model))


def loss_in_training(case: Case) -> float:
    """The loss of some probes as the first step will find it, by their own statistics, without
    dropout."""
    few = case.probes.take(slice(32))
    quiet = clone(network(case).model, few.x, quiet=True)
    return network(case).loss(few.y, as_numpy(quiet(few.x, training=True)), few.weights)


def probe_rows(case: Case) -> np.ndarray:
    """The places of the probes among the training samples."""
    return places(case.train.x, PROBES, case.seed)


def expected_loss(case: Case, contract: Contract, rows: Samples, known: Samples) -> float | None:
    """What theory expects of the loss before training, on these rows."""
    weights = case.probes.weights if case.probes.weights is not None else np.ones(len(rows.y))
    if not isinstance(weights, np.ndarray):
        return None
    declared = case.project.declared
    if declared is not None:
        return constant_loss(rows.y, known.y, weights, contract, contract.prior == "shares")
    if not contract.units:
        return None
    return constant_loss(rows.y, known.y, weights, contract, informed=False)


def restored_nothing(model: keras.Model, x: np.ndarray) -> float | None:
    """The mean error of a network that answers with its error, if its "output" layer gave nothing;
    None where no layer is called so. The weights are put back."""
    found = [layer for layer in model.layers if layer.name == "output"]
    if not found:
        return None
    kernel = found[0].get_weights()
    found[0].set_weights([np.zeros_like(weight) for weight in kernel])
    error = float(keras.ops.mean(model(x, training=False)))
    found[0].set_weights(kernel)
    return error


def counted_padding(y: np.ndarray, weights: np.ndarray) -> Iterator[Finding]:
    """Places after the end of a sample, whose target is -1, that weigh something in the loss."""
    if y.shape == weights.shape and weights[y < 0].any():
        yield Finding(
            "first-loss",
            "error",
            f"{np.mean(weights[y < 0] != 0):.0%} of the places without a target count in the loss.",
            "The network learns what to answer to padding, and the loss flatters it.",
            "see `training_arrays` in task.py: the weight of padding is 0",
        )
