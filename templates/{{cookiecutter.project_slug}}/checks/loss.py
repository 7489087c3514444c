"""The loss: one number for each target, the one [head] names, for targets within reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import keras
import numpy as np
from keras import losses, ops

from checks.head import closing_activations
from config import HeadConfig
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

ANOMALIES = "normal" in HeadConfig.model_fields  # then the network answers with its loss
REACH = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": (0.0, np.inf)}


def loss_shape(model: keras.Model, y: np.ndarray, outputs: np.ndarray) -> Iterator[Finding]:
    """A loss that is not one number for each target of `y`: (N,) against (N, 1) is compared N x N,
    and the network learns the mean. It may also raise: then loss and targets do not agree."""
    loss, y = losses.get(model.loss), ops.convert_to_tensor(y, "float32")
    try:
        each = loss.call(y, outputs) if isinstance(loss, losses.Loss) else loss(y, outputs)
    except Exception as error:  # a loss may raise anything
        said = re.sub(r"\{\{.*?\}\} ", "", str(error).splitlines()[0])  # names inside TensorFlow
        fact = f"The loss cannot be computed: {said[:200]}"
        why = "Loss, targets and answers do not fit each other."
        yield Finding("head-agreement", "error", fact, why, "mend task.py")
        return
    shape = tuple(each.shape)
    if shape not in (outputs.shape, outputs.shape[:-1]):
        yield Finding(
            "loss-shape",
            "error" if shape else "warning",
            f"For {len(y)} samples the loss gives {shape or 'a single number'}, "
            f"and not {outputs.shape[:-1]}.",
            "Each sample has a loss of its own; Keras weighs them and takes their mean.",
            "mend the loss in task.py: no mean over samples, and y and outputs of one shape",
        )


def own_loss(
    model: keras.Model, config: Config, y: np.ndarray, outputs: np.ndarray
) -> Iterator[Finding]:
    """A loss that is none of Keras' own and gives other numbers than head.loss."""
    loss = losses.get(model.loss)
    if hasattr(losses, getattr(loss, "__name__", getattr(loss, "name", ""))) or ANOMALIES:
        return
    y = ops.convert_to_tensor(y, "float32")
    compute = loss.call if isinstance(loss, losses.Loss) else loss
    both = (compute, losses.get(config.head.loss))
    given, declared = (np.atleast_1d(one(y, outputs)) for one in both)
    if given.shape != declared.shape:
        given, declared = (np.atleast_1d(one.mean()) for one in (given, declared))
    if not np.allclose(given, declared, rtol=0.01, atol=1e-4):
        yield Finding(
            "head-agreement",
            "warning",
            f"The loss is one of your own: {given.max():.3g} for a sample whose {config.head.loss} "
            f"is {declared.flat[given.argmax()]:.3g}.",
            "What [head], the checks and the scores expect is another one.",
            "mend objective() in task.py, unless it is meant",
        )


def target_reach(prepared: Prepared) -> Iterator[Finding]:
    """More than 1 % of the targets outside what the last activation can say (DeepDiagnosis)."""
    y = prepared.parts.y
    for name in closing_activations(prepared.model):
        low, high = REACH.get(name, (-np.inf, np.inf))
        outside = ((y < low) | (y > high)).mean()
        if y.dtype.kind == "f" and outside > 0.01:
            yield Finding(
                "target-reach",
                "error",
                f"{outside:.0%} of the targets lie outside {low:g} to {high:g}.",
                f"A {name} at the end of the network never answers beyond that.",
                "end the network in a linear layer, in model.py",
            )
