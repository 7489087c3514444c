"""Samples of any form: broken numbers, too few, targets among the inputs, answers that clash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import data
from checks.seen import PARTS
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


def samples(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks of this file."""
    yield from not_finite(prepared)
    yield from few_samples(prepared)
    yield from inputs_are_targets(prepared)
    yield from conflicting_labels(prepared, config)


def not_finite(prepared: Prepared) -> Iterator[Finding]:
    """Numbers that are missing or infinite, in what the network gets. Not a statistic: one is one
    too many."""
    names = [*getattr(prepared.encoder, "numeric", ())]  # the first columns of a table
    kinds = [(part, what) for part in ("train", "validation") for what in ("inputs", "targets")]
    for (part, what), array in zip(kinds, prepared.parts, strict=True):
        wrong = ~np.isfinite(array) if array.dtype.kind == "f" else np.zeros(1, bool)
        if wrong.any():
            sample, *places = (int(place) for place in np.argwhere(wrong)[0])
            row = prepared.tables[part].index[sample] + 1
            named = what == "inputs" and places[-1] < len(names)
            where = f"column {names[places[-1]]!r}" if named else f"place {places}"
            yield Finding(
                "not-finite",
                "error",
                f"{wrong.sum():,} of the numbers in the {PARTS[part]} {what} are missing or "
                f"infinite, first in row {row}, {where}.",
                "One of them makes weights NaN in one step, and the loss may not even show it.",
                "fill or drop the cells in your data, or mend features.py or task.py",
            )


def few_samples(prepared: Prepared) -> Iterator[Finding]:
    """Fewer than 50 samples to learn from, or 30 to be watched on (ours: a share measured on 30 is
    often off by 9 points). Masks have so many targets each that few of them are enough."""
    parts = prepared.parts
    if parts.y[0].size > 1_000:
        return
    fix = "collect more; until then trust the simple models of evaluate.py"
    if (count := len(parts.x)) < 50:
        why = "A network knows so few by heart before it learns what they share."
        yield Finding("few-samples", "warning", f"There are {count} training samples.", why, fix)
    if (count := len(parts.x_val)) < 30:
        why = "A score on so few is luck in good part, and so is which epoch is kept."
        yield Finding("few-samples", "warning", f"There are {count} validation samples.", why, fix)
    tables = prepared.tables
    if (count := len(tables["test"]) - len(tables["train"]) + len(parts.x)) < 30:
        why = "The final score is luck in good part."
        yield Finding("few-samples", "warning", f"There are {count} test samples.", why, fix)


def inputs_are_targets(prepared: Prepared) -> Iterator[Finding]:
    """Targets that are an input, number by number. Of a table it is told column by column, in
    features.py beside this file."""
    x, y = prepared.parts.x, np.squeeze(prepared.parts.y)
    layers = [x[..., place] for place in range(x.shape[-1])] if x.ndim > 2 else [np.squeeze(x)]
    if any(one.shape == y.shape and np.array_equal(one, y) for one in layers):
        yield Finding(
            "inputs-are-targets",
            "error",
            "The targets are the inputs, number by number.",
            "The network would copy them, and have nothing to copy for a new sample.",
            "correct [data], or features.py, task.py and train.py",
        )


def conflicting_labels(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Equal samples with different classes: more than 3 % of the training samples cannot be got
    right by anyone (deepchecks' ConflictingLabels; wrong labels are 3 % of well-known test sets,
    Northcutt and others 2021, arXiv:2103.14749)."""
    y = prepared.parts.y
    if "crossentropy" not in config.head.loss:
        return
    answers = [hash(row.tobytes()) for row in y]
    pairs = pd.DataFrame({"key": data.keys(prepared.tables["train"], config), "answer": answers})
    best = pairs.value_counts(sort=False).groupby(level="key").max().sum()
    if (lost := 1 - best / len(y)) > 0.03:
        yield Finding(
            "conflicting-labels",
            "warning",
            f"{len(y) - best:,} of {len(y):,} training {data.SAMPLES} contradict an equal one.",
            f"At least {lost:.0%} of the answers must be wrong, whatever the network does.",
            "look for wrong labels, or add what tells such samples apart",
        )
