"""Samples of two parts, and what small trees tell by one place of them, and by all else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ..case import Case
from ..predictions import codes_of
from ..samples import Samples, at_random
from .small_trees import beyond_guessing

ROWS = 400  # samples of a part
FEWEST = 40
NUMBERS = 10_000_000  # in all of a part together
TELLS, HARD, SOMETHING = 0.98, 0.9, 0.1  # of what there is to get: a place; all else, from, to
NEARLY = 0.9  # what one tree tells of a place, to look closer
CLASSES = 30

View = Callable[[np.ndarray], np.ndarray]


class Shown(NamedTuple):
    """Samples of two parts: x (samples, ...) float32, y (samples,) codes."""

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray

    def score(self, view: View, trees: int = 50) -> float:
        """What small trees tell of validation samples by what `view` makes of samples."""
        from sklearn.ensemble import ExtraTreesClassifier

        model: Any = ExtraTreesClassifier(trees, min_samples_leaf=2, random_state=0)
        said = model.fit(view(self.x), self.y).predict(view(self.x_val))
        return beyond_guessing(self.y_val, said)

    def by_one_tree(self, x: np.ndarray, x_val: np.ndarray) -> float:
        """What one tree tells by numbers (samples, numbers) of both parts."""
        from sklearn.tree import DecisionTreeClassifier

        model: Any = DecisionTreeClassifier(min_samples_leaf=3, random_state=0)
        return beyond_guessing(self.y_val, model.fit(x, self.y).predict(x_val))


def shown(case: Case, dimensions: int) -> Shown | None:
    """Some pictures or series with classes; None where there are none, or too few."""
    x = case.known.x
    if case.validation is None or x.ndim != dimensions or case.project.anomalies:
        return None
    if not case.contract.classes or case.known.y.ndim > 2 or x.dtype.kind == "i":
        return None
    most = min(ROWS, NUMBERS // max(1, int(np.prod(x.shape[1:]))))
    arrays: list[np.ndarray] = []
    for part in (case.known, case.project.known_y_val or case.validation):
        some: Samples = part.take(at_random(part.size, most))
        y = codes_of(some.y, case.contract)
        if len(y) < FEWEST or y.shape[1] > 1 or (y < 0).any():
            return None
        arrays += [np.nan_to_num(some.x.astype("float32")), y.ravel().astype(int)]
    x, y, x_val, y_val = arrays
    if not 2 <= len(np.unique(y)) <= CLASSES or len(np.unique(y_val)) < 2:
        return None
    return Shown(x, y, x_val, y_val)


def flat(x: np.ndarray) -> np.ndarray:
    return x.reshape(len(x), -1)


def blanked(x: np.ndarray, place: tuple[slice, ...]) -> np.ndarray:
    """The same samples without what stands in that place."""
    x = x.copy()
    x[(slice(None), *place)] = 0
    return x


def much_less(score: float, rest: float, least: float) -> bool:
    """Whether all else tells something, and much less than `score`."""
    return least <= rest <= HARD and 1 - rest >= 10 * (1 - score)
