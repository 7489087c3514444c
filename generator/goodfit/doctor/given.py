"""Arrays of every kind as NumPy has them, and what was found of a source of samples."""

from __future__ import annotations

from typing import Any, NamedTuple

import keras
import numpy as np

from .samples import Samples, at_random

MOST_ROWS = 20_000  # samples of arrays that are looked at where there are more
MOST_BYTES = 2**28


class Given(NamedTuple):
    """What was found of one source. `source`: what `fit` is to be given in its place. `samples`:
    the first of them, None where they cannot be read. `in_all`: how many samples there are,
    `batches` how many batches, `batch_size` how large, `held` how many samples a `PyDataset` has of
    which it takes the same in every epoch, `next_epoch` its samples of the second one; None where
    that is not known."""

    source: Any
    samples: Samples | None
    in_all: int | None = None
    batches: int | None = None
    batch_size: int | None = None
    whole: bool = True
    shuffles: bool = True
    names: tuple[str, ...] = ()
    reopens: bool = True
    held: int | None = None
    next_epoch: Samples | None = None

    @property
    def fair(self) -> bool:
        """Whether what was read is like the rest: all of it, or some at random, and not the
        beginning of a stream in its order."""
        return self.whole or self.shuffles or self.batch_size is None


def as_array(value: Any) -> np.ndarray:
    """An array of what Keras takes for one: NumPy, pandas, tensors of any framework. Raises
    TypeError or ValueError for what is none, such as a sparse or a ragged tensor."""
    if isinstance(value, np.ndarray):
        array = value
    elif hasattr(value, "to_numpy"):
        array = value.to_numpy()
    elif hasattr(value, "detach"):
        array = value.detach().cpu().numpy()
    elif hasattr(value, "toarray") or hasattr(value, "to_tensor"):
        raise TypeError("a sparse or ragged tensor")
    else:
        array = np.asarray(value)
    if array.dtype.kind in "OSU":
        try:
            array = array.astype("float32")
        except (TypeError, ValueError):
            raise TypeError("words, and no numbers") from None
    if array.dtype.name == "float64" or array.dtype.kind == "V":
        array = array.astype("float32")
    return array if array.ndim else array[None]


def as_arrays(tree: Any) -> Any:
    """`as_array` of every leaf; pandas' tables are leaves."""
    if tree is None:
        return None
    if isinstance(tree, dict):
        return {name: as_arrays(one) for name, one in tree.items()}
    if isinstance(tree, list | tuple):
        if tree and all(np.isscalar(one) for one in tree):
            return np.asarray(tree)
        return (
            type(tree)(as_arrays(one) for one in tree)
            if type(tree) in (list, tuple)
            else [as_arrays(one) for one in tree]
        )
    return as_array(tree)


def column_names(x: Any) -> tuple[str, ...]:
    """The names of the columns of a pandas table."""
    names = getattr(x, "columns", None)
    return tuple(str(name) for name in names) if names is not None else ()


def of_arrays(x: Any, y: Any, weights: Any) -> Given:
    """Arrays in memory: all of them, or 20,000 samples at random."""
    count = len(keras.tree.flatten(x)[0]) if not hasattr(x, "columns") else len(x)
    try:
        first = as_arrays(x) if size_in_bytes(x) <= MOST_BYTES else None
        if first is not None:
            samples = Samples(first, as_arrays(y), as_arrays(weights))
            if count > 10 * MOST_ROWS:
                samples = samples.take(at_random(count, 10 * MOST_ROWS))
        else:
            rows = at_random(count, MOST_ROWS)
            samples = Samples(*(picked(one, rows) for one in (x, y, weights)))
    except (TypeError, ValueError):
        return Given(x, None, count)
    return Given(x, samples, count, whole=samples.size == count, names=column_names(x))


def picked(tree: Any, rows: np.ndarray) -> Any:
    """The rows of large arrays, read before anything is converted."""
    if tree is None:
        return None

    def pick(array: Any) -> Any:
        if hasattr(array, "iloc"):
            return as_array(array.iloc[rows])
        try:
            return as_array(array[rows])
        except (TypeError, IndexError, KeyError, ValueError):
            return as_array(array)[rows]

    if isinstance(tree, dict):
        return {name: pick(one) for name, one in tree.items()}
    if isinstance(tree, list | tuple):
        return type(tree)(pick(one) for one in tree)
    return pick(tree)


def size_in_bytes(x: Any) -> int:
    """How large the arrays of `x` are, as far as they say."""
    leaves = keras.tree.flatten(x) if not hasattr(x, "columns") else [x]
    sizes = []
    for leaf in leaves:
        size = getattr(leaf, "nbytes", None)
        if size is None and hasattr(leaf, "shape"):
            size = int(np.prod([side or 1 for side in leaf.shape])) * 8
        sizes.append(int(size) if isinstance(size, int) else 0)
    return sum(sizes)
