"""Columns: those that say nothing, that say the same, that say too much, or on a wild scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.model_selection import KFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from checks.seen import at_random, first_layer_sees, out_of_scale, squeezed
from config import HeadConfig
from data import as_numbers, as_text
from features import Encoder
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

Places = dict[str, list[int]]  # column of the data: its columns in the encoded table
MOST_TREES = 60  # one for a column and a target; of more columns, those that correlate most
ANOMALIES = "normal" in HeadConfig.model_fields  # then nothing is learnt of the target


def inputs(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks of this file."""
    encoder, all_x = prepared.encoder, prepared.parts.x
    places = places_of(encoder)
    yield from constant_feature(all_x, places)
    yield from duplicate_feature(all_x[at_random(len(all_x), 50_000)], places)
    yield from identifiers(prepared)
    x = all_x[at_random(len(all_x))]
    slips = list(squeezed(x[:, : len(encoder.numeric)], [*encoder.numeric]))
    fix = 'set model.feature_scaling = "standardize", and look for cells that are slips'
    seen = first_layer_sees(prepared.model, x)[:, : max(1, len(encoder.numeric))]
    scaled = config.model.feature_scaling != "none" and bool(encoder.numeric)
    yield from slips or out_of_scale("feature-scale", seen, scaled, fix)
    if not ANOMALIES and len(places) > 1:
        yield from leaking_feature(prepared, config, places)


def places_of(encoder: Encoder) -> Places:
    """Where the columns of the data are in the encoded table; those that mark gaps are left out."""
    places = {name: [place] for place, name in enumerate(encoder.numeric)}
    start = len(encoder.numeric) + len(encoder.flagged)
    for name, levels in encoder.categorical.items():
        places[name] = [*range(start, start + len(levels))]
        start += len(levels)
    return places


def constant_feature(x: np.ndarray, places: Places) -> Iterator[Finding]:
    """Columns that are the same in every training row (TheDeepChecker: deviation below 1e-12)."""
    still = [name for name, own in places.items() if (np.ptp(x[:, own], axis=0) < 1e-12).all()]
    if still:
        yield Finding(
            "constant-feature",
            "error" if len(still) == len(places) else "warning",
            f"The same value stands in every training row of {', '.join(map(repr, still[:8]))}.",
            "A column that never changes tells nothing, and another value later is a riddle.",
            "check how the column came about, or add it to data.ignore",
        )


def duplicate_feature(x: np.ndarray, places: Places) -> Iterator[Finding]:
    """Columns that are equal, but for the unit or the names of categories."""
    seen: dict[bytes, str] = {}
    for name, own in places.items():
        column = x[:, own[0]].astype("float64")
        if len(own) > 1:
            column = pd.factorize(x[:, own].argmax(axis=1))[0].astype("float64")
        column -= column.mean()
        if column.std() < 1e-12:
            continue
        column *= np.sign(column[np.abs(column).argmax()]) / column.std()
        other = seen.setdefault(np.round(column, 4).tobytes(), name)
        if other != name:
            yield Finding(
                "duplicate-feature",
                "warning",
                f"Columns {other!r} and {name!r} say the same in every training row.",
                "The second adds nothing, and answers go astray where the two part one day.",
                f"add {name!r} to data.ignore",
            )


def identifiers(prepared: Prepared) -> Iterator[Finding]:
    """Columns that number or name the rows: whole numbers, all different, that rise steadily with
    the file or fill a range of twice the rows; texts of which nine in ten are different (ours)."""
    table, encoder = prepared.tables["train"], prepared.encoder
    rows = sum(map(len, prepared.tables.values()))
    found = [name for name in encoder.categorical if table[name].nunique() > 0.9 * len(table)]
    for name in {*encoder.numeric} - {*encoder.boolean}:
        column = as_numbers(table[name], boolean=False)
        different = len(np.unique(column)) == len(column) >= 50
        if different and (column == column.round()).all():
            steps = np.diff(column)
            rising = (steps > 0).all() and steps.max() < 100 * np.median(steps)
            found += [name] * bool(rising or np.ptp(column) < 2 * rows)
    for name in sorted(found):
        yield Finding(
            "leaking-feature",
            "warning",
            f"Column {name!r} is different in each row: it numbers or names the rows.",
            "The network learns rows by heart with it, and new rows have values never seen.",
            f"add {name!r} to data.ignore",
        )


def strongest(x: np.ndarray, y: np.ndarray, places: Places) -> list[str]:
    """At most `MOST_TREES` columns of the data for all targets: those that correlate most."""
    scaled = [(one - one.mean(axis=0)) / (one.std(axis=0) + 1e-9) for one in (x, y)]
    strength = np.abs(scaled[0].T @ scaled[1]).max(axis=1)
    most = max(5, MOST_TREES // y.shape[1])
    return sorted(places, key=lambda name: -strength[places[name]].max())[:most]


def leaking_feature(prepared: Prepared, config: Config, places: Places) -> Iterator[Finding]:
    """One column alone gets 0.98 of what there is to get (deepchecks warns at 0.8, where honest
    columns are): a tree on at most 5,000 rows, in three folds. A column may also be the target."""
    rows, folds = at_random(len(prepared.parts.x)), KFold(3, shuffle=True, random_state=0)
    table, x, y = prepared.tables["train"], prepared.parts.x[rows], prepared.parts.y[rows]
    classes = "crossentropy" in config.head.loss
    tree = (DecisionTreeClassifier if classes else DecisionTreeRegressor)(min_samples_leaf=3)
    for target, answers in zip(config.data.targets, y.T, strict=False):
        least = np.unique(answers, return_counts=True)[1].max() / len(rows) if classes else 0.0
        for name in strongest(x, y, places):
            same = as_text(table[name]).equals(as_text(table[target]))
            own = x[:, places[name]]
            score = 0.0 if same else cross_val_score(tree, own, answers, cv=folds).mean()
            if same or score > least + 0.98 * (1 - least):
                yield Finding(
                    "inputs-are-targets" if same else "leaking-feature",
                    "error" if same else "warning",
                    f"Column {name!r} alone tells {target!r} in nearly every row.",
                    "Such a column is often written down after the answer is known; then new rows "
                    "will not have it, and all scores are too good.",
                    f"add {name!r} to data.ignore, unless it is known before the answer",
                )
