"""What must agree at the end of the network in a project, which declares its task: units,
activation, loss and targets."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from keras import losses

from ..case import Case
from ..contract import closing_activations, loss_name
from ..finding import Finding
from ..registry import Entry, check
from .losses import REACH
from .metrics import MISFITS, kind_of, metric_classes

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


KIN = (
    {"mean_squared_error", "mean_absolute_error", "huber", "log_cosh"},
    {"binary_crossentropy", "binary_focal_crossentropy"},
    {"categorical_crossentropy", "categorical_focal_crossentropy"},
)
"""Losses that ask for answers of the same kind: one in place of another may be meant."""


def akin(loss: str, declared: str) -> bool:
    return any({loss, declared} <= some for some in KIN)


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
            {*found} != {declared.activation} - {"linear"} and not reaches_all(case, found),
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
            hasattr(losses, name) and name != declared.loss and not akin(name, declared.loss),
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
    if name != declared.loss and akin(name, declared.loss):
        yield Finding(
            "head-agreement",
            "warning",
            f"The network is trained on {name}, {words.head} says {declared.loss}.",
            "Both ask for answers of the same kind; who reads the settings takes it for the other.",
            f"set head.loss, or mend objective() in {words.compile}",
        )


def reaches_all(case: Case, closing: list[str]) -> bool:
    """Whether a network for numbers ends in an activation that can answer with every target there
    is, such as a sigmoid for shares between 0 and 1: then it is meant."""
    if case.contract.answer != "numbers" or len(closing) != 1 or closing[0] not in REACH:
        return False
    low, high = REACH[closing[0]]
    parts = [case.known, *([case.validation] if case.validation is not None else [])]
    return all(bool((part.y >= low).all() and (part.y <= high).all()) for part in parts)


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
