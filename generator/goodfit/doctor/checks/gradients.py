"""What the loss pulls at: gradients that are nothing, that fade, or that grow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from ..backends import as_numpy, gradient_function
from ..case import Case, losses_of
from ..finding import Finding
from ..layer_graph import multiplies
from ..network import awake, kernels, name_of, read_by
from ..registry import Entry, check
from ..samples import taken
from ..training_steps import Learner
from .motion import NEEDED, Motion, first_array, motion_of
from .trainable import UNCHANGED


def gradients(motion: Motion) -> list[tuple[keras.Layer, keras.Variable, np.ndarray]]:
    """Each trainable kernel with its layer and its gradient on four batches, in training mode;
    zeros where nothing connects it to the loss."""
    learner, kept = motion.learner, motion.learner.kept
    if "gradients" not in kept:
        whole = min(4 * motion.size, len(first_array(motion.arrays[0])))
        pulled: Any = 0.0
        with awake(learner.model):
            for start in range(0, whole, motion.size):  # no more at once than training takes
                rows = slice(start, min(start + motion.size, whole))
                some = tuple(taken(one, rows) for one in motion.arrays)
                if learner.model.losses and case_loss(learner):
                    each = gradient_function(learner.model, learner.error)(*some)[1]
                    flat = np.concatenate([as_numpy(one).ravel() for one in each])
                else:
                    flat = as_numpy(learner.pull(*some)[1])
                pulled = pulled + flat * (rows.stop - start) / whole
        parts = np.split(pulled, np.cumsum(learner.sizes)[:-1])
        by_path = {weight.path: part for weight, part in zip(learner.weights, parts, strict=True)}
        kept["no gradient at all"] = not np.any(pulled)
        kept["gradients"] = [
            (layer, one, by_path[one.path]) for layer, one in kernels(learner.model)
        ]
        learner.restart()
    found: list[tuple[keras.Layer, keras.Variable, np.ndarray]] = kept["gradients"]
    return found


def case_loss(learner: Learner) -> bool:
    """Whether there is a compiled loss beside penalties and what layers add."""
    return learner.model.loss is not None


@check(
    Entry(
        "no-gradient",
        "error or warning",
        "A trainable kernel that the loss does not depend on.",
        "Nothing connects this layer to the answers, so it cannot learn.",
        "see where its output goes in {model}, and that its activation lets values pass",
        "its gradient is exactly 0 on four batches; a warning where recurrent weights see one step",
        "mltest, TrainCheck",
    ),
    cost="trains",
    needs=NEEDED,
    sound=True,
)
def no_gradient(case: Case) -> Iterator[Finding]:
    motion = motion_of(case)
    if motion is None:
        yield Finding(
            "weights-do-not-change",
            "error",
            "No weight of the network can change.",
            "Training would change nothing: every layer is frozen.",
            case.words.fill(UNCHANGED.fix),
        )
        return
    if case.project.declared is None and not callable(getattr(case.model, "get_layer", None)):
        return
    found = gradients(motion)
    if found and motion.learner.kept["no gradient at all"]:
        yield Finding(
            "no-gradient",
            "error",
            "No weight of the network has a gradient: the loss does not follow its answers.",
            "What is rounded, compared, counted or cast to whole numbers has no slope, and no step "
            "changes anything.",
            "see what the loss and the last layer are made of; train with a smooth loss, and count "
            "right answers in a metric",
        )
        return
    still = [(layer, kernel) for layer, kernel, one in found if not one.any()]
    if still and (unjudged := outputs_without_loss(case)):
        named = ", ".join(dict.fromkeys(layer.name for layer, _ in still))
        yield Finding(
            "no-gradient",
            "error",
            f"compile() has no loss for {', '.join(unjudged)}: {named} do not learn.",
            "Training looks at the other outputs alone; this one stays as it started.",
            f"give each output a loss: loss={{{unjudged[0]!r}: ...}}; or leave the output out",
        )
        return
    for layer, kernel in still:
        fact = f"The weights '{kernel.name}' of layer {name_of(layer)} have no gradient"
        if kernel.name == "recurrent_kernel" and reads_one_step(layer):
            yield Finding(
                "no-gradient",
                "warning",
                f"{fact}: it reads a single step.",
                "It has nothing to remember, and a Dense layer would do as well.",
                "give it samples of shape (steps, features); reshape((-1, columns, 1)) would make "
                "a step of each column",
            )
        else:
            yield Finding("no-gradient", "error", f"{fact}.")


def outputs_without_loss(case: Case) -> list[str]:
    """The names of outputs that have targets and no compiled loss, where others have one."""
    found = losses_of(case.shown, case.train.y)
    names = list(getattr(case.shown, "output_names", None) or [])
    if len(found) < 2 or len(names) != len(found) or not any(one is not None for one in found):
        return []
    return [name for name, one in zip(names, found, strict=True) if one is None]


def reads_one_step(layer: keras.Layer) -> bool:
    try:
        return bool(read_by(layer).shape[1] == 1)
    except (AttributeError, ValueError):  # of a subclassed model: its layers do not tell
        return False


@check(
    Entry(
        "vanishing-gradient",
        "warning",
        "Gradients that fade on their way back to the first layers.",
        "No learning rate suits layers whose gradients are so far apart.",
        "relu or silu instead of sigmoid, normalization, or fewer layers",
        "a thousandth of the last layer's",
        "AutoTrainer has 1,000; healthy networks of ours stay within 100",
    ),
    cost="trains",
    needs=NEEDED,
    sound=True,
)
def vanishing_gradient(case: Case) -> Iterator[Finding]:
    yield from fading(case, "vanishing-gradient")


@check(
    Entry(
        "exploding-gradient",
        "warning",
        "Gradients that grow on their way back to the first layers.",
        "No learning rate suits layers whose gradients are so far apart.",
        "relu or silu instead of sigmoid, normalization, or fewer layers",
        "a thousand times the last layer's",
        "AutoTrainer has 70; healthy networks of ours stay within 100",
    ),
    cost="trains",
    needs=NEEDED,
    sound=True,
)
def exploding_gradient(case: Case) -> Iterator[Finding]:
    yield from fading(case, "exploding-gradient")


HEADS_APART = (
    "bring the losses of the outputs to one size: scale the targets, or give compile() loss_weights"
)


def fading(case: Case, name: str) -> Iterator[Finding]:
    """Gradients of hidden layers beside that of the last one."""
    motion = motion_of(case)
    if motion is None:
        return
    sizes = [
        (layer, float(np.linalg.norm(one)))
        for layer, kernel, one in gradients(motion)
        if kernel.name in ("kernel", "recurrent_kernel")
    ]
    hidden = [(layer, size) for layer, size in sizes if multiplies(layer)][:-1]
    if not hidden or not sizes[-1][1]:
        return
    last, vanishing = sizes[-1][1], name == "vanishing-gradient"
    layer, size = (min if vanishing else max)(hidden, key=lambda row: row[1])
    if (0 < size < 1e-3 * last) if vanishing else size > 1e3 * last:
        verb = "fades" if vanishing else "grows"
        yield Finding(
            name,
            "warning",
            f"The gradient {verb} on its way back: {size:.1g} in layer {name_of(layer)}, "
            f"{last:.1g} in the last.",
            fix=HEADS_APART if len(case.contracts) > 1 else "",
        )
