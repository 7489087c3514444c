"""Samples in memory, in whatever form they come; which of them are looked at."""

from __future__ import annotations

from typing import Any, NamedTuple

import keras
import numpy as np

ENOUGH = 5_000  # samples that are looked at where all of them would take too long
NUMBERS = 100_000  # in all probes together, at most: 256 rows, or 32 images of 32 x 32 pixels


class Samples(NamedTuple):
    """Samples of one part, in memory. `x`, `y`, `weights` are arrays (samples, ...) or lists,
    tuples or dictionaries of them; `y` and `weights` may be missing."""

    x: Any
    y: Any = None
    weights: Any = None

    @property
    def size(self) -> int:
        return len(keras.tree.flatten(self.x)[0])

    def take(self, rows: np.ndarray | slice) -> Samples:
        """The samples in these places."""
        return Samples(*(None if one is None else taken(one, rows) for one in self))

    def shaped_like(self, other: Samples) -> Samples:
        """The same samples, whose targets have an axis of one number where those of `other` have
        it, and none where these have none: Keras takes (N,) for (N, 1)."""
        if not (isinstance(self.y, np.ndarray) and isinstance(other.y, np.ndarray)):
            return self
        shape = (len(self.y), *other.y.shape[1:])
        alone = abs(self.y.ndim - other.y.ndim) == 1 and self.y.size == np.prod(shape)
        return self._replace(y=self.y.reshape(shape)) if alone else self

    @property
    def arrays(self) -> tuple[Any, ...]:
        """What `fit` is given: (x, y) or (x, y, weights)."""
        return tuple(self) if self.weights is not None else (self.x, self.y)


def taken(tree: Any, rows: np.ndarray | slice) -> Any:
    """The rows of every array in `tree`."""
    return keras.tree.map_structure(lambda array: array[rows], tree)


def joined_rows(trees: list[Any]) -> Any:
    """The samples of several trees, one after another; None where the first is None."""
    if trees[0] is None:
        return None
    return keras.tree.map_structure(lambda *parts: np.concatenate(parts), *trees)


def at_random(count: int, most: int = ENOUGH) -> np.ndarray:
    """int (up to `most`,): places in 0 ... count - 1, in order, always the same. Never the first
    ones: a file may be sorted."""
    return np.sort(np.random.default_rng(0).permutation(count)[:most])


def vary(array: np.ndarray) -> bool:
    """Whether not all samples of `array`, (samples, ...), are equal; of booleans too, which cannot
    be subtracted."""
    return bool((array != array[:1]).any())


def slides(x: Any) -> bool:
    """Whether samples are windows of one series, (samples, steps, ...), each a step after the one
    before it."""
    if not isinstance(x, np.ndarray) or x.ndim not in (2, 3) or x.shape[1] < 3 or len(x) < 20:
        return False
    some = x[:500]
    same = (some[1:, :-1] == some[:-1, 1:]).reshape(len(some) - 1, -1).all(axis=1)
    return bool(same.mean() > 0.9) and vary(some)


def size_of(x: Any) -> int:
    """How many numbers one sample has."""
    return sum(int(np.prod(array.shape[1:])) for array in keras.tree.flatten(x))


def places(x: Any, most: int, seed: int, numbers: int = NUMBERS) -> np.ndarray:
    """int (up to `most`,): random places of samples in `x`; fewer of large ones, so that they are
    `numbers` in all, or eight samples."""
    count = len(keras.tree.flatten(x)[0])
    wanted = min(count, most, max(8, numbers // max(1, size_of(x))))
    return np.sort(np.random.default_rng(seed).choice(count, wanted, replace=False))
