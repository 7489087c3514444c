"""What a scaler leaves behind in the numbers of two parts, and rows that it hides: the same ones on
another scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import check
from ..samples import at_random

TABLE, COLUMNS = 4_000, 16  # rows of a table that are compared, and of its columns
NEAR, ALIKE = 1e-4, 4  # shares of a column's range; columns in which equal rows agree, at least
STANDARDIZED = "has the mean 0 and the deviation 1"
ROWS, VALUES = 20, 10  # samples of a part, and different numbers in a column, at least


def scaling_of(columns: np.ndarray) -> str:
    """How all columns of one part were scaled, as its own numbers show; "" where they were not."""
    mean, spread = columns.mean(axis=0), columns.std(axis=0)
    count = len(columns)
    deviations = (spread, spread * (count / (count - 1)) ** 0.5)  # NumPy's, and pandas'
    if np.abs(mean).max() < 1e-4 and any(np.abs(one - 1).max() < 1e-4 for one in deviations):
        return STANDARDIZED
    if np.abs(columns.min(axis=0)).max() < 1e-6 and np.abs(columns.max(axis=0) - 1).max() < 1e-6:
        return "reaches from exactly 0 to exactly 1"
    return ""


@check("feature-scale", needs=("one input",))
def scaled_by_rows(case: Case) -> Iterator[Finding]:
    """Rows of a table with the mean 0 and the deviation 1, whose columns lie apart: each row was
    scaled by itself. Windows and spectra, whose columns are alike, may be."""
    x = case.train.x
    if x.dtype.kind != "f" or x.ndim != 2 or x.shape[1] < 4 or case.project.declared is not None:
        return
    some = x[at_random(len(x), 1_000)].astype("float64")
    if len(some) < ROWS or not np.isfinite(some).all():
        return
    apart = some.mean(axis=0).std() > 2 * np.median(some.std(axis=0))
    if apart and scaling_of(some.T) == STANDARDIZED:
        yield Finding(
            "feature-scale",
            "warning",
            "Each row has the mean 0 and the deviation 1, and the columns lie apart: rows were "
            "scaled, and not columns.",
            "The largest column then settles all others of its row.",
            "take mean and deviation along axis=0, of the training samples",
        )


@check("validation-differs", needs=("validation",))
def scaled_by_itself(case: Case) -> Iterator[Finding]:
    """Columns of validation that are scaled by numbers of their own: a scaler fitted again."""
    if case.validation is None or case.project.declared is not None or not case.whole:
        return
    pairs = (keras.tree.flatten(one.x) for one in (case.train, case.validation))
    for x, x_val in zip(*pairs, strict=False):
        if x.dtype.kind != "f" or x.ndim != 2 or x.shape[1:] != x_val.shape[1:]:
            continue
        if min(len(x), len(x_val)) < ROWS or not (
            np.isfinite(x).all() and np.isfinite(x_val).all()
        ):
            continue
        many = [
            len(np.unique(one[:1_000])) > VALUES and len(np.unique(other[:1_000])) > VALUES
            for one, other in zip(x.T, x_val.T, strict=True)
        ]
        if not any(many) or np.array_equal(x, x_val):
            continue
        said, again = (scaling_of(one[:, many].astype("float64")) for one in (x, x_val))
        if said and said == again and (sum(many) > 1 or "mean" in said):
            yield Finding(
                "validation-differs",
                "warning",
                f"Each column {said} in the training part, and in the validation part by itself: "
                "the scaler was fitted twice.",
                "Equal rows of the two parts are then different inputs, and in use there is no "
                "part to fit a scaler on.",
                "scaler.fit_transform() on the training part only, scaler.transform() on all "
                "others",
            )
            return


def table_of(x: Any) -> np.ndarray | None:
    """A small table of numbers as it stands; None for anything else."""
    small = isinstance(x, np.ndarray) and x.ndim == 2 and len(x) <= TABLE and x.shape[1] <= 200
    return x if small and x.dtype.kind == "f" else None


def on_any_scale(rows: np.ndarray, beside: np.ndarray, before: np.ndarray) -> float:
    """The share of `rows` that stand in `before`, though each column may be scaled otherwise there:
    in the range of a column they have the same place, if the two extremes are there in both.
    `beside`: what is on the scale of `rows`. Columns whose values repeat say nothing."""
    if rows.shape[1:] != before.shape[1:] or min(len(rows), len(before)) < ROWS:
        return 0.0
    whole, rows = np.concatenate([rows, beside]), rows[at_random(len(rows), 200)]
    many = [
        all(len(np.unique(one[:, place])) > 0.3 * len(one) for one in (whole, before))
        for place in range(rows.shape[1])
    ]
    alike = np.zeros((len(rows), len(before)), "int8")
    for place in np.flatnonzero(many)[:COLUMNS]:
        (low, high), (least, most) = (
            (one[:, place].min(), one[:, place].max()) for one in (whole, before)
        )
        here = (rows[:, place] - low) / (high - low)
        there = (before[:, place] - least) / (most - least)
        alike += np.abs(here[:, None] - there) < NEAR
    return float((alike.max(axis=1) >= ALIKE).mean())
