"""What must agree at the end of the network: units, activation, loss and targets.

In a project the task is declared, so most of this is a comparison. In any other script only what
mathematics rules out is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from keras import losses

from ..case import Case, losses_of
from ..contract import Contract, closing_activations, is_of_keras, loss_name, output_shape
from ..finding import Finding
from ..registry import Entry, check
from .losses import outside_domain
from .metrics import MISFITS, kind_of, metric_classes, misfit_metrics
from .targets import outputs_of

AGREEMENT = Entry(
    "head-agreement",
    "error or warning",
    "Units, last activation, loss, metrics and targets that do not belong together.",
    "Training measures something else than is asked, often without any sign of it in the loss.",
    "one of several classes: softmax and (sparse) categorical crossentropy; yes or no: sigmoid and "
    "binary crossentropy; numbers: no activation and a squared or absolute error; see {model} and "
    "{compile}",
    "none: in a project it is compared with what is declared; elsewhere an error is only what "
    "mathematics rules out",
    "NeuraLint, UMLAUT and AutoTrainer look for parts of it; a softmax over one unit trains with "
    "the loss of a correct model (measured)",
)


WHY = {
    "sigmoid": "Only a sigmoid makes each number a probability by itself; scores and thresholds "
    "read it as one.",
    "softmax": "Only a softmax makes the classes' probabilities add up to 1, as the loss expects.",
    "linear": "An activation at the end cuts off numbers that targets may be.",
}


@check(AGREEMENT, needs=("declared", "one output"))
def declared_head(case: Case) -> Iterator[Finding]:
    """Every line of the table of what must be equal, in a project that declares its task."""
    model, words, declared = case.model, case.words, case.contract
    if case.project.anomalies:
        return
    found, shape = closing_activations(model) or [], tuple(model.output_shape)
    y, loss = case.known.y, losses.get(model.loss)
    name = loss_name(loss)
    misfits = [one for one in metric_classes(model, declared) if one in MISFITS[kind_of(declared)]]
    sparse = declared.answer == "one-of"
    fitting = ((*shape[1:-1], 1), shape[1:-1]) if sparse else (shape[1:],)
    table = (
        (
            shape[-1] != declared.units,
            f"The network answers with {shape[-1]} numbers, {words.head} says {declared.units}.",
            "Each class, label or target needs a number of its own.",
            f"mend the last layer in {words.model}",
        ),
        (
            {*found} != {declared.activation} - {"linear"},
            f"The network ends in {' and '.join(found) or 'no activation'}, {words.head} says "
            f"{declared.activation}.",
            WHY[declared.activation],
            f"mend the last layer in {words.model}",
        ),
        (
            shape[-1] == 1 and "softmax" in found,
            "A softmax stands over a single unit.",
            "The shares of one thing are always 1: every answer is 1.0, while the loss falls.",
            f"use a sigmoid, in {words.model} and {words.head}",
        ),
        (
            hasattr(losses, name) and name != declared.loss,
            f"The network is trained on {name}, {words.head} says {declared.loss}.",
            "It would learn to answer another question than the one it is scored on.",
            f"mend objective() in {words.compile}",
        ),
        (
            getattr(loss, "from_logits", False),
            "The loss is told from_logits = True.",
            "Answers are read as probabilities: an activation would count twice, or not at all.",
            f"leave from_logits out, in {words.compile}",
        ),
        (
            bool(misfits),
            f"{', '.join(misfits)} is reported beside {declared.loss}.",
            "It counts answers that equal the target, which these never do: it means nothing.",
            "set head.metrics to those of the task",
        ),
        (
            y.shape[1:] not in fitting,
            f"Targets have the shape {y.shape[1:]} for each sample, answers {shape[1:]}.",
            f"{declared.loss} would refuse them, or compare each answer with every target.",
            f"mend encode() in {words.targets}, or the last layer in {words.model}",
        ),
    )
    for wrong, fact, why, fix in table:
        if wrong:
            yield Finding("head-agreement", "error", fact, why, fix)


@check("head-agreement", needs=("targets",))
def inferred_head(case: Case) -> Iterator[Finding]:
    """The same where nothing is declared: what the loss reads, against what the network answers."""
    if case.project.declared is not None:
        return
    for place, (contract, y) in enumerate(outputs_of(case)):
        yield from one_head(case, contract, y, place)


def one_head(case: Case, contract: Contract, y: np.ndarray, place: int) -> Iterator[Finding]:
    """One output of a script: contradictions as errors, what is likelier wrong than not as
    warnings. An unknown activation is not judged here: `output-range` looks at the answers."""
    units, last, loss = contract.units, contract.activation, contract.loss
    logits, ends = (
        contract.from_logits,
        "no activation" if contract.activation == "linear" else contract.activation,
    )
    integers = y.dtype.kind in "biu" or (
        y.dtype.kind == "f" and (y[:10_000] == np.round(y[:10_000])).all()
    )
    distinct = np.unique(y[:10_000]) if y.dtype.kind in "biuf" and y.size else np.array([])
    flat = y.ndim == 1 or y.shape[-1] == 1
    rows_of_one = (
        y.ndim == 2
        and y.shape[-1] > 2
        and integers
        and bool((y >= 0).all())
        and (y.sum(axis=-1) == 1).all()
    )

    def found(level: Any, fact: str, why: str, fix: str = "") -> Finding:
        return Finding("head-agreement", level, fact, why, fix)

    if units == 1 and last == "softmax":
        yield found(
            "error",
            "A softmax stands over a single unit.",
            "The shares of one thing are always 1: every answer is 1.0, while the loss may fall.",
            "yes or no: Dense(1, activation='sigmoid') and binary_crossentropy; a number: no "
            "activation",
        )
        return
    if contract.turned:
        yield found(
            "error",
            f"The loss is the negative of {loss}: its sign is turned.",
            "Training makes it small, and so the error as large as it can.",
            "take the minus away from the loss",
        )
        return
    if not shapes_fit(case, contract, y, place):
        shape = output_shape(case.shown, place)
        yield found(
            "error",
            f"Answers have the shape {shape[1:]} for each sample, targets {y.shape[1:]}.",
            f"{loss} spreads the one over the other: every answer is compared with targets that "
            "are not its own.",
            "one answer for each target: return_sequences=False, Flatten or pooling before the "
            "last layer",
        )
        return
    yield from outside_domain(case, contract, y, place)
    if contract.answer == "one-of":
        if units == 1:
            yield found(
                "error",
                f"{loss} over a single unit.",
                "Of one class there is nothing to choose: the loss is 0, or the same, whatever "
                "the network says.",
                "a unit for each class; for yes or no Dense(1, activation='sigmoid') and "
                "binary_crossentropy",
            )
            return
        if last == "softmax" and logits:
            yield found(
                "warning",
                f"The network ends in softmax, and {loss} is told from_logits=True.",
                "The softmax would be taken twice; Keras undoes it here, other losses do not.",
                "leave out one of the two",
            )
        elif last not in ("softmax", "", "linear") and not logits:
            sure: Any = "error" if last in ("relu", "tanh", "linear") else "warning"
            yield found(
                sure,
                f"The network ends in {ends}, and {loss} reads shares that add up to 1.",
                WHY["softmax"],
                "end in softmax, or give scores without activation and from_logits=True",
            )
        elif last == "linear" and not logits and looks_like_scores(case, place):
            yield found(
                "error",
                f"The network ends in no activation, and {loss} reads probabilities.",
                "Scores are cut off at 0 and 1 and scaled: the loss falls while accuracy does not "
                "rise.",
                "end in softmax, or give the loss from_logits=True",
            )
    if contract.answer == "yes-no":
        if last == "softmax" and units > 1:
            level: Any = "warning" if units == 2 or rows_of_one else "error"
            yield found(
                level,
                f"The network ends in softmax over {units} units, {loss} takes each by itself.",
                "A softmax lets one label rise only where the others fall."
                if not rows_of_one
                else "Then the loss counts every class that is not there, and accuracy means "
                "something else.",
                "several labels at once: sigmoid; one class of several: categorical_crossentropy",
            )
        elif (
            last in ("relu", "tanh", "softplus", "elu", "gelu", "silu", "leaky_relu") and not logits
        ):
            yield found(
                "error",
                f"The network ends in {ends}, and {loss} reads probabilities.",
                "Below 0 and above 1 answers are cut off, and have no gradient.",
                "end in sigmoid",
            )
        elif last == "linear" and not logits and looks_like_scores(case, place):
            yield found(
                "error",
                f"The network ends in no activation, and {loss} reads probabilities.",
                "Below 0 and above 1 answers are cut off, and have no gradient.",
                "end in sigmoid, or give the loss from_logits=True",
            )
        elif last == "sigmoid" and logits:
            yield found(
                "warning",
                f"The network ends in sigmoid, and {loss} is told from_logits=True.",
                "The sigmoid would be taken twice; Keras undoes it here, other losses do not.",
                "leave out one of the two",
            )
        if last == "sigmoid" and rows_of_one and units == y.shape[-1]:
            yield found(
                "warning",
                f"Every sample has exactly one of {units} labels, and {loss} takes each for "
                "itself.",
                "Nearly all labels are 0, so that accuracy is high at once and says nothing.",
                "one class of several: softmax and categorical_crossentropy",
            )
    if contract.answer == "numbers" and loss_is_squared(loss) and len(distinct):
        codes = flat and integers and units == 1 and 3 <= len(distinct) <= 20
        # one of their own that gives the same numbers, such as a contrastive loss, is meant
        picked = is_of_keras(losses_of(case.shown, case.train.y)[place])
        if units > 1 and flat:
            yield found(
                "error",
                f"The network answers with {units} numbers, and there is one target a sample.",
                f"{loss} compares each answer with the same target: all units learn the same.",
                "one unit, or a target for each unit",
            )
        elif last == "softmax" and integers and rows_of_one and picked:
            yield found(
                "warning",
                f"Classes are trained with {loss}.",
                "Its gradient fades where the network is most wrong.",
                "categorical_crossentropy is made for it",
            )
        elif last == "sigmoid" and flat and set(distinct.tolist()) == {0, 1} and picked:
            yield found(
                "warning",
                f"Yes and no are trained with {loss}.",
                "Its gradient fades where the network is most wrong.",
                "binary_crossentropy is made for it",
            )
        elif last == "linear" and flat and set(distinct.tolist()) == {0, 1}:
            yield found(
                "warning",
                f"A target of 0 and 1 is trained as a number, with {loss}.",
                "Answers are no probabilities, and a threshold is a guess.",
                "Dense(1, activation='sigmoid') and binary_crossentropy",
            )
        elif last in ("sigmoid", "tanh", "softmax") and codes and distinct.max() > 1:
            pass  # target-reach says it
    yield from misfit_metrics(case, contract, y, integers)


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


PLAIN = (
    *("sparse_categorical_crossentropy", "categorical_crossentropy", "binary_crossentropy"),
    *("mean_squared_error", "mean_absolute_error", "huber", "log_cosh"),
)


def loss_is_squared(loss: str) -> bool:
    return loss in ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")


def looks_like_scores(case: Case, place: int) -> bool:
    """Whether the untrained network answers below 0 or above 1, or shares that are not 1 in all:
    a layer whose activation is not written down may be a softmax all the same."""
    if case.network is None:
        return False
    outputs = keras.tree.flatten(case.network.answers(case.probes.x))
    values = outputs[place] if place < len(outputs) else outputs[0]
    off = np.abs(values.sum(axis=-1) - 1).max() > 1e-2 if values.shape[-1] > 1 else False
    return bool(values.min() < -1e-3 or values.max() > 1 + 1e-3 or off)


@check("head-agreement", needs=("declared", "one output"))
def other_task(case: Case) -> Iterator[Finding]:
    """Targets that are of another task than the declared one: labels of which each sample has
    exactly one, numbers of which there are two."""
    y, classes = case.known.y, case.contract.classes
    if y.dtype.kind != "f" or case.project.anomalies:
        return
    one_each = classes and y.shape[1] > 2 and (y.sum(axis=1) == 1).all()
    if one_each or (not classes and len(np.unique(y[:, 0])) == 2):
        task = "multi-class" if one_each else "binary"
        fact = "Every sample has exactly one label." if one_each else "The target has two values."
        why = f"That is {task} classification, and easier to learn and to score as such."
        fix = f"put the target into one column; goodfit generate --task {task}-classification"
        yield Finding("head-agreement", "warning", fact, why, fix.replace("multi-", "multi"))
