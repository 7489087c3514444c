"""Weights of classes: whether they were asked for, and belong to the classes that they are given
to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..case import Case
from ..finding import Finding
from ..handed import handed_of
from ..predictions import codes_of
from ..registry import Entry, check

Weights = dict[int, float]
LEAVE_OUT = "leave the weights out where {pipeline} and {targets} make them, or ask for them: "
ASK = 'set head.class_weight = "balanced"'


def counts_of(case: Case) -> dict[int, int]:
    """How many training samples each class has, by its code; none where a sample has several."""
    y, contract = case.known.y, case.contract
    if not isinstance(y, np.ndarray) or y.ndim > 2:
        return {}
    codes = codes_of(y, contract)
    if codes.shape[1] > 1 or (codes != np.round(codes)).any():
        return {}
    found, counts = np.unique(codes[codes >= 0].astype(int), return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def weights_of(case: Case) -> Weights:
    """The weight of each class where all samples of a class have one; none where they have not."""
    weights = case.train.weights
    if not isinstance(weights, np.ndarray) or weights.size != case.train.size:
        return {}
    codes, weights = (
        codes_of(case.known.y, case.contract).ravel(),
        weights.ravel().astype("float64"),
    )
    if len(codes) != len(weights):
        return {}
    found: Weights = {}
    for code in np.unique(codes[codes >= 0]):
        own = weights[codes == code]
        if np.ptp(own) > 1e-3 * abs(own.mean()):
            return {}
        found[int(code)] = float(own.mean())
    return found


def balanced(counts: dict[int, int]) -> Weights:
    """scikit-learn's weights for classes of that many samples."""
    total = sum(counts.values())
    return {code: total / (len(counts) * count) for code, count in counts.items()}


def of_others(given: Weights, counts: dict[int, int]) -> bool:
    """Whether weights are just those that balance the classes, and stand at other classes."""
    if {*given} != {*counts} or len(counts) < 3:
        return False
    fair = balanced(counts)
    one, other = (np.array([table[code] for code in sorted(counts)]) for table in (given, fair))
    if min(one.min(), other.min()) <= 0:
        return False
    one, other = one / one.mean(), other / other.mean()
    same = np.allclose(one, other, rtol=0.05)
    return bool(not same and np.allclose(np.sort(one), np.sort(other), rtol=0.02))


def wrong_way_round(given: Weights, counts: dict[int, int]) -> tuple[int, int] | None:
    """The commonest class and the rarest, where the first weighs twice as much or more."""
    known = [code for code in counts if code in given]
    if len(known) < 2:
        return None
    most, least = (choose(known, key=lambda code: counts[code]) for choose in (max, min))
    twice = counts[most] >= 2 * counts[least] and given[most] >= 2 * given[least]
    return (most, least) if twice else None


@check(
    Entry(
        "class-weights",
        "warning",
        "Class weights the wrong way round, at other classes than they were made for, or where "
        "nobody asked for any.",
        "The rare class, which weights are for, counts even less than without them.",
        "weigh a class by samples / (classes x samples of that class)",
        "a weight twice that of a class which is half as common; the weights that balance the "
        "classes, in another order; a key that is no class while a class has none",
        "scikit-learn's 'balanced' weights",
    ),
    needs=("classes", "one output", "targets"),
)
def class_weights(case: Case) -> Iterator[Finding]:
    """Weights that `fit` is given, or that its samples have."""
    given = {int(code): float(one) for code, one in (case.class_weight or weights_of(case)).items()}
    counts = counts_of(case)
    yield from misplaced(case, given, counts)
    if case.project.declared is None or not counts:
        return
    uneven = max(counts.values()) >= 1.5 * min(counts.values())
    if not case.project.balanced and differ(given):
        yield unasked(case, given)
    elif case.project.balanced and uneven and not differ(given) and not without_one(case):
        yield Finding(
            "class-weights",
            "warning",
            f"head.class_weight asks for weights, and {case.words.pipeline} gives every sample the "
            "same.",
            "Classes count by how common they are, as if nothing had been asked.",
            f'mend training_arrays() in {case.words.targets}; or set head.class_weight = "none"',
        )


def without_one(case: Case) -> bool:
    """Whether samples have weights that are none of their class."""
    weights = case.train.weights
    return isinstance(weights, np.ndarray) and not weights_of(case) and len(np.unique(weights)) > 1


@check("class-weights", cost="asks", needs=("classes", "one output", "targets", "handed", "copy"))
def handed_weights(case: Case) -> Iterator[Finding]:
    """In a project, class weights that train.py hands to `fit` by itself."""
    handed, counts = handed_of(case), counts_of(case)
    table = handed.arguments["class_weight"] if handed is not None else None
    if not isinstance(table, dict) or not counts:
        return
    given = {int(code): float(one) for code, one in table.items()}
    yield from misplaced(case, given, counts)
    if differ(given) and case.train.weights is None:
        yield unasked(case, given)


def differ(given: Weights) -> bool:
    """Whether some class weighs more than another."""
    return len(given) > 1 and max(given.values()) > 1.01 * min(given.values())


def unasked(case: Case, given: Weights) -> Finding:
    """Weights in a project whose config.toml asks for none."""
    most = max(given, key=lambda code: given[code])
    return Finding(
        "class-weights",
        "warning",
        f"Class {named(case, most)} weighs {given[most]:.3g}, and head.class_weight asks for no "
        "weights.",
        "Probabilities and scores are no longer those of the classes as common as they are.",
        LEAVE_OUT + ASK,
    )


def named(case: Case, code: int) -> str:
    """A class by its name, where that is known."""
    classes = case.project.classes
    return repr(classes[code]) if 0 <= code < len(classes) else str(code)


def misplaced(case: Case, given: Weights, counts: dict[int, int]) -> Iterator[Finding]:
    """Weights that other classes were meant to have."""
    if len(given) < 2 or not counts:
        return
    unknown = sorted({*given} - {*counts})
    without = sorted({*counts} - {*given})
    if unknown and without and case.whole:
        yield Finding(
            "class-weights",
            "warning",
            f"There is a weight for class {unknown[0]}, of which there is no sample, and none for "
            f"class {without[0]}.",
            "What has no weight counts 1: every class may have that of its neighbour.",
            "number the keys of class_weight from 0 on, as the classes are",
        )
    elif pair := wrong_way_round(given, counts):
        most, least = pair
        yield Finding(
            "class-weights",
            "warning",
            f"Class {named(case, most)} has {counts[most]:,} samples and the weight "
            f"{given[most]:.3g}, class {named(case, least)} has {counts[least]:,} and "
            f"{given[least]:.3g}.",
        )
    elif of_others(given, counts):
        fair = balanced(counts)
        away = max(counts, key=lambda code: abs(np.log(given[code] / fair[code])))
        yield Finding(
            "class-weights",
            "warning",
            f"The weights balance the classes, in another order: class {named(case, away)} has "
            f"{counts[away]:,} samples and the weight {given[away]:.3g} in place of "
            f"{fair[away]:.3g}.",
            "Each class counts as another one was meant to.",
            "make the table from the codes that y holds: {code: samples / (classes * count)}",
        )
