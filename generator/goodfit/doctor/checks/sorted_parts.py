"""Parts cut from samples in their order, and targets that change along it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from ..samples import ENOUGH, slides

SORTED = Entry(
    "sorted-file",
    "error or warning",
    "Parts cut from a file in its order, and targets that change along it.",
    "Training never sees what it is scored on.",
    "shuffle before the cut in {split}",
    "0.15 of the class shares, or 0.5 deviations of numbers",
    "deepchecks' label drift fails at 0.15",
)


def answer_columns(y: np.ndarray) -> np.ndarray:
    """float32 (samples, any): the share of each class code in a sample, or its first 50 numbers."""
    rows = y.reshape(len(y), -1)
    if y.dtype.kind not in "iub":
        return rows[:, :50].astype("float32")
    codes = np.unique(rows[rows >= 0])[:50]
    return np.stack([(rows == code).mean(axis=1) for code in codes], axis=1, dtype="float32")


def drift(first: np.ndarray, last: np.ndarray) -> tuple[float, bool]:
    """How far targets of two parts lie apart, and whether they are codes: half of the sum of the
    differences of class shares, or the largest difference of means in deviations."""
    both = np.concatenate([first, last])
    distinct = np.unique(both[:ENOUGH].ravel())
    whole = (
        both.dtype.kind == "f" and len(distinct) <= 20 and (distinct == np.round(distinct)).all()
    )
    codes = both.dtype.kind in "iub" or bool(whole)
    columns = answer_columns(both.astype(int) if whole and both.squeeze().ndim < 2 else both)
    one, other = np.split(columns, [len(first)])
    gap = np.abs(one.mean(axis=0) - other.mean(axis=0))
    if codes:
        return float(gap.sum() / 2), True
    return float((gap / (columns.std(axis=0) + 1e-9)).max()), False


@check(SORTED, needs=("order", "validation", "targets"), sound=True)
def sorted_file(case: Case) -> Iterator[Finding]:
    order, project = case.project.order or {}, case.project
    places = sorted((one.min(), one.max()) for one in order.values())
    cut = all(before[1] < after[0] for before, after in pairwise(places))
    if project.in_order or not cut or project.given_parts or case.validation is None:
        return
    away, codes = drift(case.known.y, case.validation.y)
    if away > (0.15 if codes else 0.5):
        yield Finding(
            "sorted-file",
            "error",
            "The parts are cut from the file in its order, and the targets change along it.",
        )


@check("sorted-file", needs=("validation", "targets", "one output"))
def validation_split_of_sorted(case: Case) -> Iterator[Finding]:
    """`validation_split` takes the last samples as they stand; validation data with classes that
    training lacks was cut so before. In numbers it is only a warning: time may be meant."""
    if case.project.declared is not None or case.validation is None or not case.fair:
        return
    first, last = case.train.y, case.validation.y
    if not isinstance(last, np.ndarray) or first.ndim > 2 or min(len(first), len(last)) < 20:
        return
    if first.ndim == 2 and first.shape[1] > 1:
        if not case.contract.one_hot or (first.sum(axis=1) != 1).any():
            return
        first, last = first.argmax(axis=1), last.argmax(axis=1)
    away, codes = drift(first, last)
    wide = 1.0 if codes else float(last.std()) / max(1e-12, float(first.std()))
    if not codes and slides(case.train.x) and 0.1 < wide < 10:
        return  # a series, cut in time
    unseen = len({*np.unique(last).tolist()} - {*np.unique(first).tolist()}) if codes else 0
    noise = 2 * (1 / len(last) + 1 / len(first)) ** 0.5  # four deviations of a share of one half
    limit = (0.25 if case.validation_split else 0.4) + noise if codes else 1.0 + noise
    if away <= limit and not (unseen and case.contract.classes and case.whole):
        return
    if not codes and not 0.2 < wide < 5:
        yield Finding(
            "sorted-file",
            "warning",
            f"Targets of validation are {last.mean():.3g} with a deviation of {last.std():.3g}, "
            f"those of training {first.mean():.3g} with {first.std():.3g}: another scale.",
            fix="do to y of validation what is done to y of training: scaler.transform(...)",
        )
        return
    cut = f"validation_split = {case.validation_split:g} takes the last samples"
    fact = cut if case.validation_split else "Validation samples are not like the training samples"
    yield Finding(
        "sorted-file",
        "error" if codes and case.contract.classes and case.validation_split else "warning",
        f"{fact}, and their targets are others: they differ by {away:.2g}"
        + (" of the class shares." if codes else " deviations."),
        fix=("" if codes else "if their order is not time, ")
        + "shuffle samples and targets together before: order = "
        "numpy.random.permutation(len(x)); x, y = x[order], y[order]",
    )
