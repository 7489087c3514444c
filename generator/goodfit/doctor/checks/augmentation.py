"""Augmentation where it does harm: of validation samples, or of images without their targets."""

from __future__ import annotations

from collections.abc import Iterator

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check


@check(
    Entry(
        "augmented-validation",
        "warning",
        "Validation samples that are changed at random, and are others in every epoch.",
        "Scores of epochs are then not of the same samples, and mostly too low.",
        "map the augmentation over training samples only, before the two parts share a pipeline",
        "a random operation in a function that the validation dataset maps",
        "the catalogue of faults: augmentation belongs to training",
    ),
    needs=("validation",),
)
def augmented_validation(case: Case) -> Iterator[Finding]:
    if case.random_validation:
        fact = "The validation dataset maps a function that draws random numbers."
        yield Finding("augmented-validation", "warning", fact)


@check("train-inference-gap", needs=("targets", "one input", "one output"))
def turned_without_targets(case: Case) -> Iterator[Finding]:
    """Images that a function turns which the dataset maps, while their targets, an answer for every
    pixel, stay as they are."""
    x, y = case.train.x, case.train.y
    if case.turned_alone and x.ndim == 4 and y.ndim > 2 and x.shape[1:3] == y.shape[1:3]:
        yield Finding(
            "train-inference-gap",
            "warning",
            "A function that the dataset maps turns images at random, and not their targets.",
            "In training the answer for a pixel is compared with that of another one.",
            "turn both at once: let concatenate([x, y], axis=-1) go through one random layer, and "
            "split it again",
        )
