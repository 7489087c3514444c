"""Targets: codes that the loss can read, classes in every part, numbers on one scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from checks.numbers import target_outliers, target_scale
from checks.seen import PARTS, parts_are_given
from config import HeadConfig
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

ANOMALIES = "normal" in HeadConfig.model_fields  # then training looks at no label
NAMES = ("classes", "tags", "labels")  # where a target keeps the names of its codes


def targets(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """The checks that fit the loss: on classes and labels, or on numbers."""
    if ANOMALIES:
        yield from known_anomalies(prepared)
    elif "crossentropy" in config.head.loss:
        wrong = list(label_range(prepared, config))
        yield from wrong or class_counts(prepared, config)
    else:
        yield from target_scale(prepared)
        yield from target_outliers(prepared, config)


def known_anomalies(prepared: Prepared) -> Iterator[Finding]:
    """Anomalies that are trained on; marks that are all alike in the test part, so that there is
    nothing to tell apart."""
    learnt = (prepared.parts.y == 1).sum()
    if learnt:
        yield Finding(
            "class-counts",
            "error",
            f"{learnt:,} training samples are known anomalies.",
            "The network learns to restore them, and then passes them as normal.",
            "mend data.py: anomalies belong into the test part",
        )
    marks = prepared.target.encode(prepared.tables["test"])
    known = np.unique(marks[marks >= 0])
    if len(known) == 1:
        kind = "an anomaly" if known[0] else "normal"
        yield Finding(
            "class-counts",
            "warning",
            f"Every test sample whose label is known is {kind}.",
            "Whether anomalies are found can only be measured on both kinds.",
            "add labelled samples of the other kind, or correct head.normal",
        )


def label_range(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Targets that the loss cannot read: class codes are whole numbers from 0 to the number of
    classes - 1 (-1 in padding alone), yes and no are 1 and 0. Others train, and mean nothing."""
    sparse = config.head.loss.startswith("sparse")
    most = getattr(config.head, "output_units", 1) - 1 if sparse else 1
    y = prepared.parts.y
    least = -1 if "tags" in type(prepared.target).model_fields else 0
    values = np.unique(y)
    bad = values[(values < least) | (values > most) | (values != np.round(values))]
    if len(bad):
        share = np.isin(y, bad).mean()
        yield Finding(
            "label-range",
            "error",
            f"{share:.0%} of the training targets are codes that cannot be, such as {bad[0]:g}.",
            f"{config.head.loss} reads whole numbers from 0 to {most}; it may train on others "
            "without a complaint, and mean nothing.",
            "mend the encoding in task.py, or head.output_units",
        )


def presence(y: np.ndarray, classes: int) -> np.ndarray:
    """bool (samples, classes): which classes, or labels, a sample has somewhere in it."""
    if y.dtype.kind == "f":
        return y > 0.5
    rows = y.reshape(len(y), -1)
    return np.stack([(rows == code).any(axis=1) for code in range(classes)], axis=1)


def class_counts(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """One class alone in a part; a class that a part lacks (an error where the project drew the
    part, and 10 samples were to be expected); and more than 10 of the commonest for one of the
    rarest (SageMaker Debugger), where accuracy hides it."""
    parts, target = prepared.parts, prepared.target
    several = parts.y.dtype.kind == "f"
    classes, drawn = (
        max(2, getattr(config.head, "output_units", 1)),
        not parts_are_given(prepared, config),
    )
    names = next((list(getattr(target, one)) for one in NAMES if hasattr(target, one)), [])
    given = (parts.y, parts.y_val, target.encode(prepared.tables["test"]))
    counts = {name: presence(y, classes).sum(axis=0) for name, y in zip(PARTS, given, strict=True)}
    for (name, found), y in zip(counts.items(), given, strict=True):
        expected = counts["train"] * len(y) / len(parts.y)
        missing = np.flatnonzero((found == 0) & (expected > 0))
        alone = not several and (found > 0).sum() < 2
        if not alone and not len(missing):
            continue
        rare = ", ".join(str(names[place]) for place in missing[:8]) + ", ..." * (len(missing) > 8)
        fact = f"The {PARTS[name]} part has no sample of {rare}, and training has."
        yield Finding(
            "class-counts",
            "error" if alone or (drawn and (expected[missing] >= 10).any()) else "warning",
            f"All {PARTS[name]} samples are of one class." if alone else fact,
            "What is not there can be neither learnt nor scored.",
            "collect more of it, merge rare classes, or correct data.part and data.targets",
        )
    found = counts["train"]
    weighted = getattr(config.head, "class_weight", "") != "none"
    if parts.y.ndim == 2 and not several and not weighted and found.max() > 10 * found.min() > 0:
        most, least = names[found.argmax()], names[found.argmin()]
        yield Finding(
            "class-counts",
            "warning",
            f"{found.max():,} training samples are {most!r} and {found.min():,} {least!r}.",
            "Accuracy is high for who never says the rare one.",
            'judge by balanced_accuracy in evaluate.py; head.class_weight = "balanced" helps it',
        )
