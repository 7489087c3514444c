"""Labels and targets that small models contradict which never learned from them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..predictions import codes_of
from ..registry import Entry, check
from ..samples import at_random
from .numbers import targets_of
from .out_of_fold import ROWS, chances, estimates, plain_features

FEWEST, FEWEST_OF_CLASS = 300, 12
MOST_LABELS = 5  # of samples with several labels each, the commonest
SHOWN = 10  # of the likeliest; all of them stand in a file
FAR, APART = 15.0, 1.6  # usual residuals; times the next one
HEAVY = 3.0  # usual residuals that one in twenty is off where far ones are nothing special


class Doubt(NamedTuple):
    """A sample in doubt: its place among the training samples, what it is called, what small models
    say, and how sure they are, 0 to 1, or how many usual residuals it is off."""

    place: int
    given: str
    likelier: str
    by: float


def plateau(said: np.ndarray, codes: np.ndarray, sureness: np.ndarray) -> float | None:
    """The share of wrong labels, as the surest answers show it; None where there is no sign of any.

    Where classes overlap, sure answers are hardly ever contradicted, and unsure ones often are;
    wrong labels contradict both alike. `said`, `codes`: classes, (samples,), answered and given.
    The answers are to be good all in all: else it is the models that are wrong."""
    wrong = said != codes
    of_class = [(said[codes == code] == code).mean() for code in np.unique(codes)]
    if not 0.01 < wrong.mean() < 0.16 or np.mean(of_class) < 0.8:
        return None
    order = np.lexsort((-sureness, said))  # by class, the surest first
    rank = np.empty(len(order))
    for code in np.unique(said):
        own = order[said[order] == code]
        rank[own] = (np.arange(len(own)) + 0.5) / len(own)
    first, half = rank < 0.25, rank < 0.5
    share, share_of_half = wrong[first].mean(), wrong[half].mean()
    flat = min(share, share_of_half) >= 0.5 * wrong.mean()
    enough = share >= 0.025 and wrong[first].sum() >= 4 and wrong[half].sum() >= 8
    return float(share_of_half) if flat and enough else None


def doubtful_labels(
    features: Any, codes: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray, np.ndarray] | None:
    """The share of labels that are likely wrong; which samples these may be, the likeliest first,
    their likelier classes, and how sure that is. None where nothing tells so.

    After Northcutt, Jiang and Chuang: a sample counts for the likeliest of the classes that it is
    given more of than samples of that class are on the average."""
    given = chances(features, codes)
    said = given.argmax(axis=1)
    share = plateau(said, codes, given.max(axis=1))
    if share is None:
        return None
    average = np.array([given[codes == code, code].mean() for code in range(given.shape[1])])
    above = np.where(given >= average, given, 0)
    confident = above.argmax(axis=1)
    rows = np.arange(len(codes))
    margin = given[rows, confident] - given[rows, codes]
    doubtful = np.flatnonzero((confident != codes) & (above[rows, confident] > 0) & (margin > 0))
    doubtful = doubtful[np.argsort(-margin[doubtful])][: max(5, round(1.2 * share * len(codes)))]
    return share, doubtful, confident[doubtful], given[doubtful, confident[doubtful]]


def called(case: Case, place: int) -> str:
    """What a training sample is called: its file, or its row in the data."""
    if case.project.named_sample is not None and (name := case.project.named_sample(place)):
        return name
    row = case.project.row_of("train", place) if case.project.row_of is not None else place
    return f"{'row' if case.project.row_of is not None else 'sample'} {row + 1}"


def listed(case: Case, doubts: list[Doubt], kind: str) -> str:
    """The first few in words, and where all of them stand; they are written there."""
    first = "; ".join(
        f"{called(case, one.place)} is {one.given}, rather {one.likelier}" for one in doubts[:SHOWN]
    )
    folder = case.project.lists
    if folder is None or len(doubts) <= SHOWN:
        return first
    folder.mkdir(exist_ok=True)
    path = folder / f"doubtful_{kind}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["sample", "given", "likelier", "by"])
        for one in doubts:
            table.writerow([called(case, one.place), one.given, one.likelier, f"{one.by:.3g}"])
    return f"{first}; all {len(doubts)} are in {path}"


def label_columns(case: Case, rows: np.ndarray) -> Iterator[tuple[str, np.ndarray, list[str]]]:
    """Columns of class codes, (rows,), what each is called, "" for the only one, and the names of
    its classes. Of samples with several labels, the commonest labels."""
    codes, contract = codes_of(case.known.y[rows], case.contract), case.contract
    names = list(case.project.classes)
    if codes.shape[1] == 1:
        most = int(codes.max(initial=0)) + 1
        yield "", codes[:, 0], names if len(names) >= most else list(map(str, range(most)))
    elif case.known.y.ndim == 2 and contract.answer == "yes-no" and codes.min() >= 0:
        for place in np.argsort(-codes.mean(axis=0))[:MOST_LABELS]:
            label = names[place] if place < len(names) else str(place + 1)
            yield f" of label {label!r}", codes[:, place], ["no", "yes"]


@check(
    Entry(
        "doubtful-labels",
        "warning",
        "Labels that contradict what samples of their like are called, or targets far from what "
        "small models expect: likely slips, as a list.",
        "The network learns wrong labels by heart in the end, and right answers count as wrong.",
        "look at those named, in the file and in life: mend what is wrong, and leave the rest",
        "models that have not seen a sample contradict the quarter of their surest answers in 2.5 "
        "%, and at least half as often as all of them: honest overlap is not like this; they are "
        "right in 84 %, and in 80 % of a class on the average. Targets: 15 usual residuals off, "
        "1.6 times as far as the next, where one in twenty is not farther than 3",
        "Northcutt, Jiang and Chuang 2021, Confident Learning (arXiv:1911.00068); cleanlab",
    ),
    cost="trains",
    needs=("one input", "one output", "classes", "targets"),
    sound=True,
)
def wrong_classes(case: Case) -> Iterator[Finding]:
    if case.project.anomalies or case.known.size < FEWEST:
        return
    rows = at_random(case.known.size, ROWS)
    features = plain_features(case, rows)
    if features is None:
        return
    for of, codes, names in label_columns(case, rows):
        known, back, counts = np.unique(codes, return_inverse=True, return_counts=True)
        kept = np.flatnonzero((codes >= 0) & (counts >= FEWEST_OF_CLASS)[back])
        known, own = np.unique(codes[kept], return_inverse=True)
        if len(kept) < FEWEST or len(known) < 2 or (known != np.round(known)).any():
            continue
        found = doubtful_labels(features[kept], own)
        if found is None:
            continue
        share, places, likelier, sure = found
        doubts = [
            Doubt(int(rows[kept[at]]), names[int(known[own[at]])], names[int(known[one])], by)
            for at, one, by in zip(places, likelier, sure.tolist(), strict=True)
        ]
        looked = f" of {len(kept):,} that were looked at" if len(rows) < case.known.size else ""
        yield Finding(
            "doubtful-labels",
            "warning",
            f"About {share:.0%} of the training labels{of}{looked} are likely wrong: "
            f"{listed(case, doubts, 'labels')}.",
        )


def usual_errors(values: np.ndarray, expected: np.ndarray) -> np.ndarray | None:
    """How many usual residuals each target is off, (samples,); None where these are hardly smaller
    than targets are wide."""
    residuals = values - expected
    usual, width = (
        1.4826 * float(np.median(np.abs(one - np.median(one)))) for one in (residuals, values)
    )
    return np.abs(residuals) / usual if 0 < usual < 0.65 * width else None


def often_far(features: Any, values: np.ndarray, without: np.ndarray) -> bool:
    """Whether other targets than those in the places `without` are far off as a rule, once models
    have learned from the others alone: then far ones are nothing special."""
    rest = np.delete(np.arange(len(values)), without)
    off = usual_errors(values[rest], estimates(features[rest], values[rest]))
    return off is None or bool(np.quantile(off, 0.95) > HEAVY)


def far_off(values: np.ndarray, expected: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Targets, (samples,), that are many usual residuals off and farther than all others by a gap:
    their places, the farthest first, and how many residuals. None where there are none, or where
    not enough is known of them to say so."""
    off = usual_errors(values, expected)
    if off is None:
        return None
    order = np.argsort(-off)
    most = max(3, len(values) // 50)
    gaps = off[order[:most]] / np.maximum(off[order[1 : most + 1]], 1e-9)
    ends = np.flatnonzero((gaps > APART) & (off[order[:most]] > FAR))
    return (order[: ends[-1] + 1], off[order[: ends[-1] + 1]]) if len(ends) else None


@check("doubtful-labels", cost="trains", needs=("one input", "one output", "targets"), sound=True)
def slipped_targets(case: Case) -> Iterator[Finding]:
    """Numbers that are far from what small models expect of samples like these."""
    if case.known.size < 100 or case.contract.answer != "numbers":
        return
    features = None
    for numbers in list(targets_of(case))[:2]:
        places = numbers.rows if numbers.rows is not None else np.zeros(0, int)
        some = at_random(len(places), ROWS)
        places, values = places[some], numbers.values[some]
        features = plain_features(case, places)
        if features is None or len(np.unique(values)) < 21:
            continue
        wide = values.min() > 0 and values.max() > 4 * np.median(values)
        scaled = np.log(values) if wide else values
        expected = estimates(features, scaled)
        found = far_off(scaled, expected)
        if found is None or often_far(features, scaled, found[0]):
            continue
        said = np.exp(expected) if wide else expected
        doubts = [
            Doubt(int(places[at]), f"{values[at]:.6g}", f"about {said[at]:.4g}", float(by))
            for at, by in zip(*found, strict=True)
        ]
        yield Finding(
            "doubtful-labels",
            "warning",
            f"{len(doubts)} training values of {numbers.called} are {doubts[-1].by:.0f} usual "
            f"errors off or more: {listed(case, doubts, 'targets')}.",
        )
