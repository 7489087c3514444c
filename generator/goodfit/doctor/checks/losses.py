"""The loss: one number for each target, for targets that it can read and the network can reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from keras import losses, ops

from ..backends import as_numpy
from ..case import Case, losses_of
from ..contract import Contract, closing_activations, is_of_keras, loss_name
from ..finding import Finding
from ..loss_identity import quantile_of
from ..network import Network
from ..registry import Entry, check
from ..samples import vary
from .targets import outputs_of

REACH = {
    "sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "relu": (0.0, np.inf),
    "softplus": (0.0, np.inf),
    "exponential": (0.0, np.inf),
    "hard_sigmoid": (0.0, 1.0),
}


def never_negative(case: Case, place: int) -> bool:
    """Whether the untrained network answers no sample with a number below 0."""
    if case.network is None:
        return True
    return bool(keras.tree.flatten(case.network.answers(case.probes.x))[place].min() >= 0)


def share_with_blanks(y: np.ndarray) -> float:
    """The share of targets, (samples, characters), with a 0 before a code that is none."""
    if y.ndim != 2:
        return 0.0
    later = np.maximum.accumulate(y[:, ::-1] != 0, axis=1)[:, ::-1]
    return float(((y == 0) & later).any(axis=1).mean())


def outside_domain(case: Case, contract: Contract, y: np.ndarray, place: int) -> Iterator[Finding]:
    """Losses that read only some numbers: positive ones, directions, shares."""
    if y.dtype.kind not in "biuf" or not is_of_keras(losses_of(case.shown, case.train.y)[place]):
        return
    loss, last = contract.loss, contract.activation
    negative = float((y < 0).mean())
    positive = last in ("softplus", "exponential", "relu", "sigmoid", "softmax", "")
    positive = positive or (last != "linear" and never_negative(case, place))
    shares = y.ndim == 2 and (y >= 0).all() and np.allclose(y.sum(axis=-1), 1, atol=1e-2)
    table = (
        (
            loss == "poisson" and negative > 0,
            f"{negative:.0%} of the targets are below 0, and {loss} counts.",
            "There is no rate whose count is negative: the loss has no lowest point.",
            "mean_squared_error, or targets that are counts",
        ),
        (
            loss == "poisson" and not positive,
            f"The network ends in {last or 'no activation'}, and {loss} takes the logarithm of "
            "its answers.",
            "Of an answer below 0 there is none: it is cut off, and has no gradient, or is NaN.",
            "activation='exponential' or 'softplus' in the last layer",
        ),
        (
            loss == "mean_squared_logarithmic_error" and negative > 0.001,
            f"{negative:.0%} of the targets are below 0, where {loss} cuts them off.",
            "They are all read as 0, and nothing is learnt of how far below they are.",
            "mean_squared_error, or targets that are never negative",
        ),
        (
            loss == "mean_absolute_percentage_error" and float((y == 0).mean()) > 0.01,
            f"{float((y == 0).mean()):.0%} of the targets are 0, and {loss} divides by them.",
            "These few make all of the loss.",
            "mean_absolute_error",
        ),
        (
            loss == "cosine_similarity" and contract.units == 1,
            f"{loss} over a single unit.",
            "It compares directions: of one number only the sign counts, and gradients are 0.",
            "mean_squared_error",
        ),
        (
            loss == "kl_divergence" and not (shares and last in ("softmax", "")),
            f"{loss} compares shares that add up to 1; "
            + ("the network does not end in softmax." if shares else "the targets do not."),
            "It can fall below 0, and is least for answers that mean nothing.",
            "softmax and targets that add up to 1; for classes sparse_categorical_crossentropy",
        ),
        (
            loss == "ctc" and share_with_blanks(y) > 0.1,
            f"{share_with_blanks(y):.0%} of the targets have a 0 before other codes, and {loss} "
            "takes 0 for the blank between two characters.",
            "What has the code 0 is never written, and never learnt.",
            "codes from 1 on, 0 only behind the last one; one unit more than there are characters",
        ),
        (
            loss in ("hinge", "squared_hinge") and last in ("sigmoid", "relu", "softmax"),
            f"The network ends in {last}, and {loss} wants answers below -1 and above 1.",
            "One side of the margin is never reached.",
            "activation='tanh' or none, and targets -1 and 1",
        ),
    )
    for wrong, fact, why, fix in table:
        if wrong:
            yield Finding("head-agreement", "error", fact, why, fix)


def each_loss(loss: Any, y: np.ndarray, outputs: np.ndarray) -> np.ndarray:
    """The loss of each sample, before Keras weighs them and takes their mean."""
    loss, y = losses.get(loss), ops.convert_to_tensor(y)
    outputs = ops.convert_to_tensor(outputs)
    if "int" in str(y.dtype) or "bool" in str(y.dtype):
        y = ops.cast(y, "float32")
    if tuple(y.shape) == tuple(outputs.shape)[:-1] and outputs.shape[-1] == 1:
        y = ops.expand_dims(y, -1)  # as `fit` does
    return as_numpy(loss.call(y, outputs) if isinstance(loss, losses.Loss) else loss(y, outputs))


@check(
    Entry(
        "loss-shape",
        "error or warning",
        "A loss or a metric that is not one number for each target: (N,) against (N, 1) is N x N.",
        "Each sample has a loss of its own; Keras weighs them and takes their mean.",
        "mend the loss in {compile}: no mean over samples, and y and outputs of one shape",
        "the shape of the outputs, or that without its last axis",
        "measured: the loss of an N x N table is least at the mean",
    ),
    cost="asks",
    needs=("one output", "targets", "copy"),
)
def loss_shape(case: Case) -> Iterator[Finding]:
    """Also a loss that cannot be computed on these targets: then the two do not agree."""
    network, (x, y, _) = case.network, case.probes
    loss = losses_of(case.model, y)[0]
    assert network is not None
    declared = case.project.declared is not None
    if loss is None or (is_of_keras(loss) and not declared):
        return
    outputs = network.answers(x)
    if not isinstance(outputs, np.ndarray):
        return
    try:
        each = each_loss(loss, y, outputs)
    except Exception as error:  # a loss may raise anything
        said = re.sub(
            r"\{\{.*?\}\} ", "", (str(error).splitlines() or [""])[0]
        )  # TensorFlow's names
        fact = f"The loss cannot be computed: {said[:200]}"
        why = "Loss, targets and answers do not fit each other."
        fix = f"mend {case.words.compile} or {case.words.targets}"
        yield Finding("head-agreement", "error", fact, why, fix)
        return
    shape = tuple(each.shape)
    if declared:
        if shape not in (outputs.shape, outputs.shape[:-1]):
            yield Finding(
                "loss-shape",
                "error" if shape else "warning",
                f"For {len(y)} samples the loss gives {shape or 'a single number'}, "
                f"and not {outputs.shape[:-1]}.",
            )
    elif pairs_do_not_count(network, y, outputs):
        yield Finding(
            "loss-shape",
            "error",
            f"The loss stays the same when targets change places: y has the shape {y.shape}, the "
            f"answers {outputs.shape}.",
            "Every answer is compared with every target, and the least such loss is their mean.",
            "give both the same shape in the loss: y_true = keras.ops.reshape(y_true, "
            "keras.ops.shape(y_pred))",
        )


def pairs_do_not_count(network: Network, y: np.ndarray, outputs: np.ndarray) -> bool:
    """Whether a loss depends on the targets, and not on which answer they belong to."""
    if len(y) < 4 or np.ptp(outputs, axis=0).max() < 1e-6 or not vary(y):
        return False
    order = np.random.default_rng(0).permutation(len(y))

    def blind(answers: np.ndarray) -> bool:
        here, elsewhere, without = (network.loss(one, answers) for one in (y, y[order], y * 0 + 1))
        return bool(abs(here - elsewhere) < 1e-6 * abs(here) + 1e-9 < abs(here - without))

    if not blind(outputs):
        return False
    if y.dtype.kind != "f":
        return True
    # beyond all answers an absolute error is a plain sum of targets: so among them, too
    middle = (y.min() + y.max()) / 2 + np.ptp(y) * (outputs - outputs.mean()) / np.ptp(outputs)
    return blind(middle.astype(outputs.dtype))


@check("head-agreement", cost="asks", needs=("declared", "one output", "copy"))
def own_loss(case: Case) -> Iterator[Finding]:
    """A loss that is none of Keras' own and gives other numbers than the declared one."""
    loss, (x, y, _) = losses.get(case.model.loss), case.probes
    if hasattr(losses, loss_name(loss)) or case.project.anomalies or list(loss_shape(case)):
        return
    assert case.network is not None
    outputs = case.network.answers(x)
    share = quantile_of(loss, y, outputs)
    if share is not None and abs(share - 0.5) > 0.05:  # the median is the absolute error
        case.note(f"the loss asks for the quantile {share:.2g}: scores of the mean are not its own")
        return
    given, declared = (
        np.atleast_1d(each_loss(one, y, outputs)) for one in (loss, case.contract.loss)
    )
    if given.shape != declared.shape:
        given, declared = (np.atleast_1d(one.mean()) for one in (given, declared))
    if not np.allclose(given, declared, rtol=0.01, atol=1e-4):
        yield Finding(
            "head-agreement",
            "warning",
            f"The loss is one of your own: {given.max():.3g} for a sample whose "
            f"{case.contract.loss} is {declared.flat[given.argmax()]:.3g}.",
            f"What {case.words.head}, the checks and the scores expect is another one.",
            f"mend objective() in {case.words.compile}, unless it is meant",
        )


@check(
    Entry(
        "target-reach",
        "error",
        "Targets outside what the last activation can say.",
        "The network never answers beyond that, and stays at the edge or at the mean.",
        "end the network in a linear layer, in {model}; or scale {targets} into its range",
        "more than 1 % of the targets",
        "DeepDiagnosis",
    ),
    needs=("targets",),
)
def target_reach(case: Case) -> Iterator[Finding]:
    for place, (contract, y) in enumerate(outputs_of(case)):
        if case.project.declared is not None:  # any target that is a number
            asked = y.dtype.kind == "f" and not case.project.anomalies
        else:
            asked = y.dtype.kind in "fiu" and contract.answer == "numbers"
        if not asked:
            continue
        for name in closing_activations(case.shown, place) or []:
            low, high = REACH.get(name, (-np.inf, np.inf))
            slack = 1e-6 * max(1.0, float(np.abs(y).max()))
            outside = ((y < low - slack) | (y > high + slack)).mean()
            if outside > 0.01:
                yield Finding(
                    "target-reach",
                    "error",
                    f"{outside:.0%} of the targets lie outside {low:g} to {high:g}.",
                    f"A {name} at the end of the network never answers beyond that.",
                )
