"""What a project's train.py hands to `fit`, beside what config.toml and the samples say."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from ..case import Case
from ..finding import Finding
from ..handed import handed_of
from ..project import Handed
from ..registry import check

HALF = 0.5


@check("update-budget", cost="asks", needs=("handed", "copy"))
def handed_length(case: Case) -> Iterator[Finding]:
    """Fewer than half of the epochs of config.toml, or of the samples in each."""
    handed, file = handed_of(case), case.words.pipeline
    if handed is None:
        return
    epochs = int(handed.arguments["epochs"]) - int(handed.arguments["initial_epoch"])
    if epochs < HALF * handed.epochs:
        yield Finding(
            "update-budget",
            "warning",
            f"fit trains {epochs} epochs in {file}; {case.words.setting('epochs')} = "
            f"{handed.epochs}.",
            "The schedule of the learning rate, and early stopping, are made for as many.",
            f"epochs=config.training.epochs in {file}",
        )
    steps = handed.arguments["steps_per_epoch"]
    if steps and steps * case.batch_size < HALF * handed.samples:
        yield Finding(
            "update-budget",
            "warning",
            f"An epoch is {steps} batches of {case.batch_size} where there are {handed.samples} "
            "samples.",
            "What counts as an epoch has then seen a part of the samples only.",
            f"steps_per_epoch=batches.steps_per_epoch in {file}",
        )


@check("other-validation", cost="asks", needs=("handed", "copy"))
def handed_validation(case: Case) -> Iterator[Finding]:
    """Validation samples that are not those of the validation part, as they were prepared."""
    handed = handed_of(case)
    given = handed.arguments["validation_data"] if handed is not None else None
    if handed is None or not isinstance(given, tuple | list):
        return
    if said := differs(handed, list(given)):
        yield Finding(
            "other-validation",
            "warning",
            f"{said} that fit is given in {case.words.pipeline} are not those of the validation "
            "part.",
        )


def differs(handed: Handed, given: list[object]) -> str:
    """What of (x, y) is another than prepared; "" where it is the same, or cannot be compared."""
    for name, own, prepared in zip(("inputs", "targets"), given, handed.validation, strict=False):
        pairs = zip(keras.tree.flatten(own), keras.tree.flatten(prepared), strict=False)
        for one, other in pairs:
            if not isinstance(one, np.ndarray) or not isinstance(other, np.ndarray):
                continue
            if one.shape != other.shape or not np.allclose(one, other, equal_nan=True):
                return f"The {name} for validation"
    return ""
