"""What a scaler leaves behind in the numbers of two parts."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import check

ROWS, VALUES = 20, 10  # samples of a part, and different numbers in a column, at least


def scaling_of(columns: np.ndarray) -> str:
    """How all columns of one part were scaled, as its own numbers show; "" where they were not."""
    mean, spread = columns.mean(axis=0), columns.std(axis=0)
    count = len(columns)
    deviations = (spread, spread * (count / (count - 1)) ** 0.5)  # NumPy's, and pandas'
    if np.abs(mean).max() < 1e-4 and any(np.abs(one - 1).max() < 1e-4 for one in deviations):
        return "has the mean 0 and the deviation 1"
    if np.abs(columns.min(axis=0)).max() < 1e-6 and np.abs(columns.max(axis=0) - 1).max() < 1e-6:
        return "reaches from exactly 0 to exactly 1"
    return ""


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
