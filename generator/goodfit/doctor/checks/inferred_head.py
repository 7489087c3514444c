"""What must agree at the end of a network that declares nothing: what the loss reads, against what
the network answers. Only what mathematics rules out is an error; what is likelier wrong than not is
a warning. `output-range` looks at answers where the last activation is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import keras
import numpy as np

from ..case import Case, losses_of
from ..contract import YES_NO, Contract, is_of_keras, output_shape
from ..finding import Finding, Level
from ..registry import check
from .head import WHY
from .losses import outside_domain
from .metrics import misfit_metrics
from .targets import outputs_of

LOOKED_AT = 10_000  # targets
SQUARED = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")
PLAIN = (
    *("sparse_categorical_crossentropy", "categorical_crossentropy", "binary_crossentropy"),
    *SQUARED,
)
UNBOUNDED = ("relu", "tanh", "softplus", "elu", "gelu", "silu", "leaky_relu")
CUT_OFF = "Below 0 and above 1 answers are cut off, and have no gradient."
TWICE = "would be taken twice; Keras undoes it here, other losses do not."


@dataclass(frozen=True)
class Head:
    """One output of a script's network, its targets, and what is to be known of both."""

    case: Case
    contract: Contract
    y: np.ndarray
    place: int

    @property
    def ends(self) -> str:
        """The last activation, in words."""
        last = self.contract.activation
        return "no activation" if last == "linear" else last

    @cached_property
    def integers(self) -> bool:
        """Whether the targets are whole numbers."""
        few = self.y[:LOOKED_AT]
        return few.dtype.kind in "biu" or (
            few.dtype.kind == "f" and bool((few == few.round()).all())
        )

    @cached_property
    def distinct(self) -> np.ndarray:
        numbers = self.y.dtype.kind in "biuf" and self.y.size
        return np.unique(self.y[:LOOKED_AT]) if numbers else np.array([])

    @property
    def flat(self) -> bool:
        """One target a sample."""
        return self.y.ndim == 1 or self.y.shape[-1] == 1

    @cached_property
    def one_each(self) -> bool:
        """Every sample has exactly one of three labels or more."""
        y = self.y
        if not (y.ndim == 2 and y.shape[-1] > 2 and self.integers):
            return False
        return bool((y >= 0).all() and (y.sum(axis=-1) == 1).all())


def found(level: Level, fact: str, why: str, fix: str) -> Finding:
    return Finding("head-agreement", level, fact, why, fix)


@check("head-agreement", needs=("targets",))
def inferred_head(case: Case) -> Iterator[Finding]:
    """All outputs, one after another."""
    if case.project.declared is None:
        for place, (contract, y) in enumerate(outputs_of(case)):
            yield from one_head(Head(case, contract, y, place))


def one_head(head: Head) -> Iterator[Finding]:
    """What makes an output meaningless, or else what is to be said of it by what it answers."""
    case, contract, y, place = head.case, head.contract, head.y, head.place
    if contract.units == 1 and contract.activation == "softmax":
        yield found(
            "error",
            "A softmax stands over a single unit.",
            "The shares of one thing are always 1: every answer is 1.0, while the loss may fall.",
            "yes or no: Dense(1, activation='sigmoid') and binary_crossentropy; a number: no "
            "activation",
        )
    elif contract.turned:
        yield found(
            "error",
            f"The loss is the negative of {contract.loss}: its sign is turned.",
            "Training makes it small, and so the error as large as it can.",
            "take the minus away from the loss",
        )
    elif not shapes_fit(case, contract, y, place):
        shape = output_shape(case.shown, place)
        yield found(
            "error",
            f"Answers have the shape {shape[1:]} for each sample, targets {y.shape[1:]}.",
            f"{contract.loss} spreads the one over the other: every answer is compared with "
            "targets that are not its own.",
            "one answer for each target: return_sequences=False, Flatten or pooling before the "
            "last layer",
        )
    elif contract.answer == "one-of" and contract.units == 1:
        yield from outside_domain(case, contract, y, place)
        yield found(
            "error",
            f"{contract.loss} over a single unit.",
            "Of one class there is nothing to choose: the loss is 0, or the same, whatever the "
            "network says.",
            "a unit for each class; for yes or no Dense(1, activation='sigmoid') and "
            "binary_crossentropy",
        )
    else:
        yield from outside_domain(case, contract, y, place)
        if contract.answer == "one-of":
            yield from one_of(head)
        elif contract.answer == "yes-no":
            yield from yes_or_no(head)
        elif contract.answer == "numbers" and contract.loss in SQUARED and len(head.distinct):
            yield from numbers(head)
        elif contract.loss in YES_NO:  # shares between 0 and 1, such as pixels
            yield from probabilities(head)
        yield from misfit_metrics(case, contract, y, head.integers)


def one_of(head: Head) -> Iterator[Finding]:
    """A loss that reads shares of classes."""
    last, logits, loss = head.contract.activation, head.contract.from_logits, head.contract.loss
    if last == "softmax" and logits:
        yield found(
            "warning",
            f"The network ends in softmax, and {loss} is told from_logits=True.",
            f"The softmax {TWICE}",
            "leave out one of the two",
        )
    elif last not in ("softmax", "", "linear") and not logits:
        yield found(
            "error" if last in ("relu", "tanh") else "warning",
            f"The network ends in {head.ends}, and {loss} reads shares that add up to 1.",
            WHY["softmax"],
            "end in softmax, or give scores without activation and from_logits=True",
        )
    elif last == "linear" and not logits and looks_like_scores(head.case, head.place):
        yield found(
            "error",
            f"The network ends in no activation, and {loss} reads probabilities.",
            "Scores are cut off at 0 and 1 and scaled: the loss falls while accuracy does not "
            "rise.",
            "end in softmax, or give the loss from_logits=True",
        )


def yes_or_no(head: Head) -> Iterator[Finding]:
    """A loss that reads a probability for each label by itself."""
    last, loss = head.contract.activation, head.contract.loss
    units, one_each = head.contract.units, head.one_each
    if last == "softmax" and units > 1:
        yield found(
            "warning" if units == 2 or one_each else "error",
            f"The network ends in softmax over {units} units, {loss} takes each by itself.",
            "Then the loss counts every class that is not there, and accuracy means something else."
            if one_each
            else "A softmax lets one label rise only where the others fall.",
            "several labels at once: sigmoid; one class of several: categorical_crossentropy",
        )
    else:
        yield from probabilities(head)
    if last == "sigmoid" and one_each and units == head.y.shape[-1]:
        yield found(
            "warning",
            f"Every sample has exactly one of {units} labels, and {loss} takes each for itself.",
            "Nearly all labels are 0, so that the loss is small, and binary accuracy high, for a "
            "network that names none.",
            "one class of several: softmax and categorical_crossentropy",
        )


def probabilities(head: Head) -> Iterator[Finding]:
    """A loss that reads numbers between 0 and 1."""
    last, logits, loss = head.contract.activation, head.contract.from_logits, head.contract.loss
    if last in UNBOUNDED and not logits:
        fact = f"The network ends in {head.ends}, and {loss} reads probabilities."
        yield found("error", fact, CUT_OFF, "end in sigmoid")
    elif last == "linear" and not logits and looks_like_scores(head.case, head.place):
        fact = f"The network ends in no activation, and {loss} reads probabilities."
        fix = "end in sigmoid, or give the loss from_logits=True"
        yield found("error", fact, CUT_OFF, fix)
    elif last == "sigmoid" and logits:
        yield found(
            "warning",
            f"The network ends in sigmoid, and {loss} is told from_logits=True.",
            f"The sigmoid {TWICE}",
            "leave out one of the two",
        )


def numbers(head: Head) -> Iterator[Finding]:
    """A loss that reads numbers, where targets look like classes. What is out of reach,
    `target-reach` says."""
    last, units, loss = head.contract.activation, head.contract.units, head.contract.loss
    truths = head.flat and {*head.distinct.tolist()} == {0, 1}
    # one of their own that gives the same numbers, such as a contrastive loss, is meant
    picked = is_of_keras(losses_of(head.case.shown, head.case.train.y)[head.place])
    fades = "Its gradient fades where the network is most wrong."
    if units > 1 and head.flat:
        yield found(
            "error",
            f"The network answers with {units} numbers, and there is one target a sample.",
            f"{loss} compares each answer with the same target: all units learn the same.",
            "one unit, or a target for each unit",
        )
    elif last == "softmax" and head.one_each and picked:
        fix = "categorical_crossentropy is made for it"
        yield found("warning", f"Classes are trained with {loss}.", fades, fix)
    elif last == "sigmoid" and truths and picked:
        fix = "binary_crossentropy is made for it"
        yield found("warning", f"Yes and no are trained with {loss}.", fades, fix)
    elif last == "linear" and truths:
        yield found(
            "warning",
            f"A target of 0 and 1 is trained as a number, with {loss}.",
            "Answers are no probabilities, and a threshold is a guess.",
            "Dense(1, activation='sigmoid') and binary_crossentropy",
        )


def shapes_fit(case: Case, contract: Contract, y: np.ndarray, place: int) -> bool:
    """Whether a loss of Keras compares each answer with its own target. Sides that the model leaves
    open fit anything."""
    answers, targets = output_shape(case.shown, place)[1:], y.shape[1:]
    if not answers or contract.answer == "own-loss" or contract.loss not in PLAIN:
        return True

    def same(one: tuple[int | None, ...], other: tuple[int, ...]) -> bool:
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(a is None or a == b for a, b in pairs)

    if contract.loss.startswith("sparse"):
        return same(answers[:-1], targets) or same((*answers[:-1], 1), targets)
    single = answers[-1] == 1 and same(answers[:-1], targets)
    several = answers[-1] != 1 and len(answers) == 1  # told in other words below
    return same(answers, targets) or single or several or same(answers, (*targets, 1))


def looks_like_scores(case: Case, place: int) -> bool:
    """Whether the untrained network answers below 0 or above 1, or shares that are not 1 in all:
    a layer whose activation is not written down may be a softmax all the same."""
    if case.network is None:
        return False
    outputs = keras.tree.flatten(case.network.answers(case.probes.x))
    values = outputs[place] if place < len(outputs) else outputs[0]
    off = np.abs(values.sum(axis=-1) - 1).max() > 1e-2 if values.shape[-1] > 1 else False
    return bool(values.min() < -1e-3 or values.max() > 1 + 1e-3 or off)
