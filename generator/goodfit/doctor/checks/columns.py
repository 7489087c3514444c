"""Columns and channels that say nothing, that say the same, or that say too much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from keras import layers

from ..case import Case
from ..finding import Finding
from ..layer_graph import is_one_of
from ..network import with_inner_layers
from ..registry import Entry, check
from ..samples import ENOUGH, at_random
from .data import keys_of

MOST_LEAKS = 5  # are told of: of more, something else is wrong
FEWEST = 50  # samples, to tell what a column alone tells
MOST_TREES = 60  # one for a column and a target; of more columns, those that correlate most


def columns_of(case: Case) -> dict[str, list[int]]:
    """Each column of the data with its places in x, (samples, columns); by number without names."""
    if case.project.sources is not None:
        return case.project.sources
    return {case.words.column(place): [place] for place in range(case.known.x.shape[-1])}


def quoted(case: Case, name: str) -> str:
    """A column's name in quotes, its number without."""
    return repr(name) if case.project.sources is not None else name


def is_table(case: Case) -> bool:
    return case.known.x.ndim == 2 and case.known.x.dtype.kind == "f" and not reads_codes(case)


READERS_OF_CODES = (
    *("Embedding", "TextVectorization", "StringLookup", "IntegerLookup", "CategoryEncoding"),
    *("Hashing", "Discretization", "NotEqual"),
)


def reads_codes(case: Case) -> bool:
    """Whether an embedding is the first thing that reads the input, perhaps within a layer of
    somebody's own: numbers are then codes."""
    graph = case.network.graph if case.network else None
    if graph is None:
        return case.known.x.dtype.kind in "iu" and case.known.x.ndim == 2
    for name, operation in graph.operations.items():
        if isinstance(operation, layers.InputLayer):
            readers = [graph.operations[one] for one in graph.readers[name]]
            if any(looks_up(one) for one in readers if not isinstance(one, keras.Model)):
                return True
            if any(isinstance(one, keras.Model) for one in readers):
                return False
    return False


def looks_up(operation: Any) -> bool:
    """Whether an operation, or a layer in it, takes numbers for codes."""
    return any(is_one_of(one, READERS_OF_CODES) for one in with_inner_layers(operation))


def steps_of(case: Case, x: np.ndarray) -> np.ndarray:
    """(rows, channels): the steps of series, (samples, steps, channels), without padding."""
    padding = case.project.feature_padding
    return x.reshape(-1, x.shape[-1]) if padding is None else x[x[:, :, 0] > padding / 2]


@check(
    Entry(
        "constant-feature",
        "error or warning",
        "Columns or channels that are the same in every training sample.",
        "A column that never changes tells nothing: a sensor that is off, a wrong column.",
        "check how it came about, or leave it out of {inputs}",
        "a range below 1e-12; an error where all are",
        "TheDeepChecker has a deviation of 1e-12",
    ),
    needs=("one input",),
    sound=True,
)
def constant_feature(case: Case) -> Iterator[Finding]:
    x = case.known.x
    if x.dtype.kind != "f" or x.ndim not in (2, 3) or x.size == 0 or len(x) < 20:
        return
    places = (
        columns_of(case)
        if x.ndim == 2 or case.words.columns
        else {str(place + 1): [place] for place in range(x.shape[-1])}
    )
    rows = x if x.ndim == 2 else steps_of(case, x[at_random(len(x))])
    still = [name for name, own in places.items() if (np.ptp(rows[:, own], axis=0) < 1e-12).all()]
    if (
        case.project.declared is None
        and x.ndim == 2
        and len(still) < len(places)
        and len(places) > 40
    ):
        return  # flat pixels, words of a vocabulary: some are always 0
    if still:
        named = ", ".join(quoted(case, name) for name in still[:8])
        yield Finding(
            "constant-feature",
            "error" if len(still) == len(places) else "warning",
            f"The same value stands in every training sample in column {named}.",
        )


@check(
    Entry(
        "duplicate-feature",
        "warning",
        "Columns that are equal, but for the unit or the names of categories.",
        "The second adds nothing, and answers go wrong where the two part one day.",
        "leave one of the two out of {inputs}",
        "equal to four digits once they are standardised",
        "ours",
    ),
    needs=("one input",),
    sound=True,
)
def duplicate_feature(case: Case) -> Iterator[Finding]:
    if not is_table(case) or case.known.x.shape[1] > 2_000:
        return
    x = case.known.x[at_random(case.known.size, 10 * ENOUGH)]
    if case.project.declared is None and (x.shape[1] > 60 or len(x) < 50):
        return  # flat pixels
    seen: dict[bytes, str] = {}
    for name, own in columns_of(case).items():
        column = x[:, own[0]].astype("float64")
        if len(own) > 1:
            first = np.unique(x[:, own].argmax(axis=1), return_index=True, return_inverse=True)
            column = first[1][first[2]].astype("float64")  # numbered as they come
        column -= column.mean()
        if not column.std() > 1e-12:
            continue
        column *= np.sign(column[np.abs(column).argmax()]) / column.std()
        other = seen.setdefault(np.round(column, 4).tobytes(), name)
        if other != name:
            both = f"{quoted(case, other)} and {quoted(case, name)}"
            yield Finding(
                "duplicate-feature",
                "warning",
                f"Columns {both} say the same in every training row.",
                fix=f"leave {quoted(case, name)} out: add it to data.ignore"
                if case.project.declared is not None
                else "",
            )


LEAK = Entry(
    "leaking-feature",
    "warning",
    "A column that alone tells the target, or that numbers or names the rows.",
    "Such a column is often written down after the answer is known; then new rows will not have "
    "it, and all scores are too good.",
    "leave it out, unless it is known before the answer",
    "a small tree on it gets 0.98 of what there is to get; whole numbers, all different, that rise "
    "steadily or fill a range of twice the rows; texts of which nine in ten are different",
    "deepchecks warns at 0.8, where honest columns are",
)


@check(LEAK, needs=("one input",), sound=True)
def identifiers(case: Case) -> Iterator[Finding]:
    """Columns that number or name the rows."""
    found = list(case.project.text_identifiers)
    if is_table(case) and case.known.size >= 50 and case.whole:
        rows = case.samples or case.known.size
        rows = max(rows, sum(len(one) for one in (case.project.order or {}).values()))
        for name, own in columns_of(case).items():
            column = case.known.x[:, own[0]].astype("float64")
            whole = len(own) == 1 and (column == column.round()).all()
            if whole and len(np.unique(column)) == len(column):
                steps = np.diff(column)
                rising = (steps > 0).all() and steps.max() < 100 * np.median(steps)
                found += [name] * bool(rising or np.ptp(column) < 2 * rows)
    for name in sorted(found):
        column = quoted(case, name)
        yield Finding(
            "leaking-feature",
            "warning",
            f"Column {column} is different in each row: it numbers or names the rows.",
            "The network learns rows by heart with it, and new rows have values never seen.",
            f"add {column} to data.ignore"
            if case.project.declared is not None
            else f"leave column {column} out",
        )


def strongest(x: np.ndarray, y: np.ndarray, places: dict[str, list[int]]) -> list[str]:
    """At most `MOST_TREES` columns of the data for all targets: those that correlate most."""
    scaled = [(one - one.mean(axis=0)) / (one.std(axis=0) + 1e-9) for one in (x, y)]
    strength = np.abs(scaled[0].T @ scaled[1]).max(axis=1)
    most = max(5, MOST_TREES // y.shape[1])
    return sorted(places, key=lambda name: -strength[places[name]].max())[:most]


def steps_of_a_series(x: np.ndarray) -> bool:
    """Whether the columns are one thing, step after step: each nearly follows the one before it,
    and is as wide."""
    spread = x.std(axis=0, dtype="float64")
    if x.shape[1] < 5 or spread.min() < 0.5 * spread.max() or not spread.min():
        return False
    scaled = (x - x.mean(axis=0)) / spread
    return bool(np.median((scaled[:, 1:] * scaled[:, :-1]).mean(axis=0)) > 0.8)


@check("leaking-feature", needs=("one input", "one output", "targets"), sound=True)
def leaking_feature(case: Case) -> Iterator[Finding]:
    """One column alone gets nearly all of what there is to get: a tree on at most 5,000 rows, in
    three folds. A column may also be the target itself."""
    contract, places = case.contract, columns_of(case) if is_table(case) else {}
    answerable = contract.answer != "own-loss" and not case.project.anomalies
    if not answerable or len(places) < 2 or case.known.size < FEWEST or case.known.y.ndim > 2:
        return
    from sklearn.model_selection import KFold, cross_val_score
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    declared = case.project.declared is not None
    rows, folds = at_random(case.known.size), KFold(3, shuffle=True, random_state=0)
    if not declared:  # of a stream that repeats itself, each sample once
        rows = rows[np.unique(keys_of(case.known.x[rows]), return_index=True)[1]]
        if len(rows) < FEWEST:
            return
    x, y = case.known.x[rows], case.known.y[rows].reshape(len(rows), -1)
    rows_of_one = y.shape[1] > 1 and bool(np.isin(y, (0, 1)).all() and (y.sum(axis=1) == 1).all())
    classes = contract.classes or rows_of_one
    if contract.one_hot or rows_of_one:
        y = y.argmax(axis=1)[:, None]
    if y.shape[1] > 20 or x.shape[1] > 5_000 or not np.isfinite(x).all():
        return
    if y.shape == x.shape and contract.answer == "numbers":
        return  # restored, not predicted
    if not declared and steps_of_a_series(x):
        return  # the last step is the best guess at the next one
    tree = (DecisionTreeClassifier if classes else DecisionTreeRegressor)(min_samples_leaf=3)
    if classes and y.dtype.kind == "f" and (y != np.round(y)).any():
        return  # no codes: label-range says it
    names = case.project.target_names or tuple(f"target {one + 1}" for one in range(y.shape[1]))
    for target, answers in zip(names, y.T, strict=False):
        least = np.unique(answers, return_counts=True)[1].max() / len(rows) if classes else 0.0
        chosen = strongest(x, y, places)
        found = 0
        for name in chosen if declared else chosen[:20]:
            if found == MOST_LEAKS:
                break
            same, own = (name, target) in case.project.equal_columns, x[:, places[name]]
            score = 0.0 if same else cross_val_score(tree, own, answers, cv=folds).mean()
            if same or score > least + 0.98 * (1 - least):
                column, found = quoted(case, name), found + 1
                yield Finding(
                    "inputs-are-targets" if same else "leaking-feature",
                    "error" if same else "warning",
                    f"Column {column} alone tells {target!r} in nearly every row."
                    if declared
                    else f"Column {column} alone tells the target in nearly every row.",
                    LEAK.why,
                    f"add {column} to data.ignore, unless it is known before the answer"
                    if declared
                    else f"leave column {column} out, unless it is known before the answer",
                )
