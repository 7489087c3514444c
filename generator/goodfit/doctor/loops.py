"""Loops of somebody's own over `train_on_batch`: what a model is like at its first call."""

from __future__ import annotations

import keras

from .capture import Capture, Fit
from .finding import Finding, Report, tell
from .registry import REGISTRY

SEEN = "_doctor_loop"  # the attribute that says that a model was looked at


def look_at_loop(capture: Capture, model: keras.Model) -> None:
    """Say it once where a model is trained of which nothing can be: such as a discriminator that is
    frozen for the sake of another model. Keras 3 trains what is trainable at the first call."""
    if vars(model).setdefault(SEEN, False):
        return
    vars(model)[SEEN] = True
    if not model.built or not model.weights or model.trainable_weights:
        return
    finding = Finding(
        "weights-do-not-change",
        "error",
        f"train_on_batch trains nothing of '{model.name}': all its weights are frozen at its first "
        "call.",
        REGISTRY.entries["weights-do-not-change"].why,
        f"set {model.name}.trainable = True before its train_on_batch, and False again before that "
        "of the model which holds it",
    )
    capture.fits.append(Fit(model.name, "", Report(findings=[finding])))
    if not capture.quiet:
        tell([finding])
