"""Samples of any form: broken numbers, too few, targets among the inputs, answers that clash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from ..backends import as_numpy, gradient_function
from ..case import Case
from ..finding import Finding
from ..predictions import codes_of
from ..registry import Entry, check
from ..samples import ENOUGH, Samples, at_random, size_of, vary
from ..words import PARTS

AT_ONCE = 1 << 24  # bytes
MANY = 30  # samples of a part; five times as many are enough in all
OFTEN = 4  # equal samples, where a few categories are all there is
ODD, FIRST, SECOND = map(np.uint64, (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def parts_of(case: Case) -> dict[str, Samples]:
    """The samples at hand: training and, where there are any, validation and test."""
    parts = {"train": case.known, "validation": case.validation, "test": case.project.test}
    return {name: part for name, part in parts.items() if part is not None}


def keys_of(x: Any) -> np.ndarray:
    """uint64 (samples,): a number for each sample, equal where all its numbers are."""
    keys: Any = 0
    for place, array in enumerate(keras.tree.flatten(x)):
        flat = np.ascontiguousarray(array).reshape(len(array), -1)
        width = flat.dtype.itemsize * flat.shape[1]
        step = max(1, AT_ONCE // max(8, width))
        parts = [words_of(flat[at : at + step], width) for at in range(0, len(flat), step)]
        keys = keys * ODD + np.concatenate(parts or [np.zeros(0, "uint64")]) + np.uint64(place)
    return np.asarray(keys)


def words_of(rows: np.ndarray, width: int) -> np.ndarray:
    """uint64 (rows,): the bytes of each row, well mixed, with their places."""
    raw = rows.view("uint8").reshape(len(rows), width)
    words = np.pad(raw, ((0, 0), (0, -width % 8))).view("uint64")
    mixed = words + np.arange(1, words.shape[1] + 1, dtype="uint64") * ODD
    for shift, factor in ((30, FIRST), (27, SECOND)):  # the finalizer of SplitMix64
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * factor
    return (mixed ^ (mixed >> np.uint64(31))).sum(axis=1, dtype="uint64")


@check(
    Entry(
        "not-finite",
        "error",
        "Numbers that are missing (NaN) or infinite, in inputs or targets.",
        "One of them makes weights NaN in one step, and the loss may not even show it.",
        "fill or drop the cells in your data, or mend {inputs}",
        "one is one too many",
        "measured: a fused ReLU on CPU turns NaN into 0, so that the loss looks healthy",
    )
)
def not_finite(case: Case) -> Iterator[Finding]:
    for part, samples in list(parts_of(case).items())[:2]:
        for what, tree in (("inputs", samples.x), ("targets", samples.y)):
            for array in keras.tree.flatten(tree) if tree is not None else ():
                wrong = ~np.isfinite(array) if array.dtype.kind == "f" else np.zeros(1, bool)
                if not wrong.any() or (what == "inputs" and filled_in(case, samples, wrong)):
                    continue
                sample, *place = (int(one) for one in np.argwhere(wrong)[0])
                row = case.project.row_of(part, sample) if case.project.row_of else sample
                named = what == "inputs" and place and place[-1] < len(case.words.columns)
                where = f"column {case.words.column(place[-1])}" if named else f"place {place}"
                yield Finding(
                    "not-finite",
                    "error",
                    f"{wrong.sum():,} of the numbers in the {PARTS[part]} {what} are missing or "
                    f"infinite, first in row {row + 1}, {where}.",
                )


def filled_in(case: Case, samples: Samples, wrong: np.ndarray) -> bool:
    """Whether a network of a script fills in what is missing by itself: told by its gradients on
    such samples, since a ReLU may make a number of anything."""
    network = case.network
    if case.project.declared is not None or network is None or not network.model.trainable_weights:
        return False
    rows = np.flatnonzero(wrong.reshape(len(wrong), -1).any(axis=1))[:16]
    model, some = network.model, samples.take(rows)

    def loss(x: Any, y: Any, weights: Any) -> Any:
        return model.compute_loss(x, y, model(x, training=False), weights, training=False)

    try:
        value, pulled = gradient_function(model, loss)(*some)
    except Exception:  # whatever the user's own code may raise
        return False
    return all(np.isfinite(as_numpy(one)).all() for one in (value, *pulled))


@check(
    Entry(
        "few-samples",
        "warning",
        "So few samples that scores on them are luck in good part.",
        "A network knows so few by heart before it learns what they share.",
        "collect more; until then trust simple models",
        "fewer than 50 to learn from, or 30 to be watched or scored on",
        "ours: a share measured on 30 samples is often off by 9 points",
    )
)
def few_samples(case: Case) -> Iterator[Finding]:
    flat = keras.tree.flatten(case.train.x if case.train.y is None else case.train.y)
    if not flat or not case.whole or size_of(flat[0][:1]) > 1_000:
        return  # masks have so many targets each that few of them are enough
    sizes = {name: part.size for name, part in parts_of(case).items()}
    reasons = {
        "train": (50, ""),
        "validation": (
            30,
            "A score on so few is luck in good part, and so is which epoch is kept.",
        ),
        "test": (30, "The final score is luck in good part."),
    }
    for name, (least, why) in reasons.items():
        if (count := sizes.get(name, least)) < least:
            fact = f"There are {count} {PARTS[name]} samples."
            yield Finding("few-samples", "warning", fact, why, drawn_otherwise(case, name, sizes))


def drawn_otherwise(case: Case, part: str, sizes: dict[str, int]) -> str:
    """What to change where there are samples enough and the project's own way to draw parts leaves
    one of them few; "" where it is not that."""
    project, total = case.project, sum(sizes.values())
    if total < 5 * MANY or sizes[part] > 0.1 * total:
        return ""
    if project.given_parts:
        return 'move samples into this part in the data, or set data.part = "" to draw parts anew'
    if project.groups is not None and project.group:
        groups = {name: len({*map(str, marks)}) for name, marks in project.groups.items()}
        return (
            f"it is {project.group!r} that leaves so few: its {sum(groups.values())} groups stay "
            f"whole, and {groups[part]} came here. Name a finer column in data.group, or set "
            "split.validation = 0.25 and split.test = 0.25"
        )
    return ""


@check(
    Entry(
        "inputs-are-targets",
        "error",
        "Targets that are an input, number by number; for a step of a sequence, that of a later "
        "step, which the answer sees.",
        "The network would copy them, and have nothing to copy for a new sample.",
        "take the target out of {inputs}",
        "equal in every sample",
        "deepchecks; a classic slip of the column to drop",
    ),
    needs=("targets", "one output"),
)
def inputs_are_targets(case: Case) -> Iterator[Finding]:
    y, contract = case.known.y, case.contracts[0]
    if y.ndim > 2 and not contract.classes:
        return  # an autoencoder restores its inputs on purpose
    for x in keras.tree.flatten(case.known.x):
        if len(x) != len(y) or len(x) < 3:
            continue
        declared = case.project.declared is not None
        restored = x.shape == y.shape and x[0].size > 1 and contract.answer != "one-of"
        restored = restored and not declared
        if restored or not vary(y):
            continue
        if x.shape == y.shape and np.array_equal(x, y):
            fact = "The targets are the inputs, number by number."
            yield Finding("inputs-are-targets", "error", fact)
            return
        if declared and x.ndim == 2:
            continue  # a project's table is told column by column
        if y[0].size == 1 and (place := equal_place(x, y.ravel())) is not None:
            named = case.words.column(place[-1]) if len(place) == 1 else str(list(place))
            only = x[0].size == 1
            fact = f"Input {named} is the target, number by number."
            fact = "The targets are the inputs, number by number." if only else fact
            yield Finding("inputs-are-targets", "error", fact)
            return


def equal_place(x: np.ndarray, y: np.ndarray) -> tuple[int, ...] | None:
    """Where in a sample the number stands that is the target of every sample; None if nowhere."""
    flat = x.reshape(len(x), -1)
    if flat.shape[1] > 200_000:
        return None
    y = y.astype(flat.dtype) if flat.dtype.kind == "f" else y
    few = np.flatnonzero((flat[:50] == y[:50, None]).all(axis=0))
    for place in few:
        if np.array_equal(flat[:, place], y):
            return tuple(int(one) for one in np.unravel_index(place, x.shape[1:])) or (0,)
    return None


def few_categories(keys: np.ndarray) -> bool:
    """Whether four fifths of the samples have three equal ones or more, by their keys."""
    _, place, times = np.unique(keys, return_inverse=True, return_counts=True)
    return bool((times[place] >= OFTEN).mean() > 0.8)


@check(
    Entry(
        "conflicting-labels",
        "warning",
        "Equal samples with different classes: nobody can get all of them right.",
        "So many of the answers must be wrong, whatever the network does.",
        "look for wrong labels, or add what tells such samples apart",
        "more than 3 % of the training samples, unless four fifths of them have three equal ones "
        "or more",
        "deepchecks' ConflictingLabels; wrong labels are 3 % of well-known test sets (Northcutt "
        "and others 2021, arXiv:2103.14749)",
    ),
    needs=("classes", "one output"),
)
def conflicting_labels(case: Case) -> Iterator[Finding]:
    rows = slice(None) if case.project.keys else at_random(case.known.size, 4 * ENOUGH)
    some = case.known.take(rows)
    keys = case.project.keys["train"] if case.project.keys else keys_of(some.x)
    answers = keys_of(codes_of(some.y, case.contract))
    if len(keys) != len(answers):
        return
    pairs, counts = np.unique(np.stack([keys, answers], axis=1), axis=0, return_counts=True)
    if few_categories(keys):
        return  # so many are equal by chance, and what they differ in is not asked
    best = np.zeros(len(np.unique(keys)), int)
    np.maximum.at(best, np.unique(pairs[:, 0], return_inverse=True)[1], counts)
    if (lost := 1 - best.sum() / len(keys)) > 0.03:
        yield Finding(
            "conflicting-labels",
            "warning",
            f"{len(keys) - best.sum():,} of {len(keys):,} training {case.words.samples} contradict "
            "an equal one.",
            f"At least {lost:.0%} of the answers must be wrong, whatever the network does.",
        )
