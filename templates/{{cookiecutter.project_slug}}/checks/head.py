"""What must agree at the end of the network: units, activation, loss, metrics, and the targets.

The task is declared in [head] of config.toml, so most of this is a comparison and no guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import keras
import numpy as np
from keras import losses

from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

WHY = {
    "sigmoid": "Only a sigmoid makes each number a probability by itself; scores and thresholds "
    "read it as one.",
    "softmax": "Only a softmax makes the classes' probabilities add up to 1, as the loss expects.",
    "linear": "An activation at the end cuts off numbers that targets may be.",
}
CLOSING = {
    "sigmoid",
    "softmax",
    "tanh",
    "relu",
    "elu",
    "gelu",
    "silu",
    "softplus",
    "leaky_relu",
    "exponential",
    "hard_sigmoid",
}
MISFITS = {  # metrics that a loss makes meaningless, by their classes
    "sparse": ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy"),
    "binary": ("Accuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"),
    "numbers": (
        *("Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"),
        *("AUC", "F1Score", "Precision", "Recall"),
    ),
}


def closing_activations(model: keras.Model) -> list[str]:
    """The activations from the output back to the last layer that has weights; linear left out."""
    found = []
    for operation in reversed(model.operations):
        activation = getattr(operation, "activation", None)
        name = getattr(activation, "__name__", type(operation).__name__.lower())
        found += [name] * (name in CLOSING or (callable(activation) and name != "linear"))
        if getattr(operation, "weights", []):
            break
    return found


def head_agreement(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Every line of the table of what must be equal. Where one is not, training measures something
    else than is scored, often without any sign of it in the loss."""
    model, head, y = prepared.model, config.head, prepared.parts.y
    found, shape = closing_activations(model), tuple(model.output_shape)
    activation = getattr(head, "output_activation", "linear")
    units = getattr(head, "output_units", 1)
    loss = losses.get(model.loss)
    name = getattr(loss, "__name__", getattr(loss, "name", ""))
    kind = head.loss.split("_")[0] if "crossentropy" in head.loss else "numbers"
    metrics = [one for group in model.metrics for one in getattr(group, "metrics", [])]
    misfits = [one.name for one in metrics if type(one).__name__ in MISFITS[kind]]
    fitting = ((*shape[1:-1], 1), shape[1:-1]) if kind == "sparse" else (shape[1:],)
    table = (
        (
            shape[-1] != units,
            f"The network answers with {shape[-1]} numbers, [head] says {units}.",
            "Each class, label or target needs a number of its own.",
            "mend the last layer in model.py",
        ),
        (
            {*found} != {activation} - {"linear"},
            f"The network ends in {' and '.join(found) or 'no activation'}, [head] says "
            f"{activation}.",
            WHY[activation],
            "mend the last layer in model.py",
        ),
        (
            shape[-1] == 1 and "softmax" in found,
            "A softmax stands over a single unit.",
            "The shares of one thing are always 1: every answer is 1.0, while the loss falls.",
            "use a sigmoid, in model.py and [head]",
        ),
        (
            hasattr(losses, name) and name != head.loss,
            f"The network is trained on {name}, [head] says {head.loss}.",
            "It would learn to answer another question than the one it is scored on.",
            "mend objective() in task.py",
        ),
        (
            getattr(loss, "from_logits", False),
            "The loss is told from_logits = True.",
            "Answers are read as probabilities: an activation would count twice, or not at all.",
            "leave from_logits out, in task.py",
        ),
        (
            bool(misfits),
            f"{', '.join(misfits)} is reported beside {head.loss}.",
            "It counts answers that equal the target, which these never do: it means nothing.",
            "set head.metrics to those of the task",
        ),
        (
            y.shape[1:] not in fitting,
            f"Targets have the shape {y.shape[1:]} for each sample, answers {shape[1:]}.",
            f"{head.loss} would refuse them, or compare each answer with every target.",
            "mend encode() in task.py, or the last layer in model.py",
        ),
    )
    for wrong, fact, why, fix in table:
        if wrong:
            yield Finding("head-agreement", "error", fact, why, fix)


def other_task(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Targets that are of another task than [head]: labels of which each sample has exactly one,
    numbers of which there are two."""
    y = prepared.parts.y
    if y.dtype.kind != "f":
        return
    one_each = "crossentropy" in config.head.loss and y.shape[1] > 2 and (y.sum(axis=1) == 1).all()
    if one_each or ("crossentropy" not in config.head.loss and len(np.unique(y[:, 0])) == 2):
        task = "multi-class" if one_each else "binary"
        fact = "Every sample has exactly one label." if one_each else "The target has two values."
        why = f"That is {task} classification, and easier to learn and to score as such."
        fix = f"put the target into one column; goodfit generate --task {task}-classification"
        yield Finding("head-agreement", "warning", fact, why, fix.replace("multi-", "multi"))
