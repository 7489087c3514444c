"""The first samples of whatever `fit` is given, and the same thing handed back whole.

What is read is the beginning, until there is enough; a stream that can be read only once is put
together again, so that training gets every batch that it would have got, in the same order.
"""

from __future__ import annotations

import copy
import itertools
import time
import types
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import keras
import numpy as np

from .given import MOST_BYTES, Given, as_arrays, of_arrays, size_in_bytes
from .samples import Samples, joined_rows

STREAM_ROWS = 2_048  # samples that are read from a stream
STREAM_BATCHES = 200
STREAM_SECONDS = 2.0


def is_dataset(x: Any) -> bool:
    """Whether it is a `tf.data.Dataset`, without importing TensorFlow."""
    return any(one.__name__ == "DatasetV2" for one in type(x).__mro__)


def batch_of(batch: Any) -> Samples | None:
    """(x, y, weights) of one batch; None where it holds what is no array."""
    try:
        x, y, weights = keras.utils.unpack_x_y_sample_weight(batch)
        return Samples(as_arrays(x), as_arrays(y), as_arrays(weights))
    except (TypeError, ValueError):
        return None


def first_batches(batches: Iterator[Any]) -> tuple[list[Any], bool]:
    """Batches until there are enough samples, and whether the stream has ended."""
    taken, rows, held, began = [], 0, 0, time.perf_counter()
    for batch in batches:
        taken.append(batch)
        held += size_in_bytes(batch)
        x = keras.tree.flatten(batch[0] if isinstance(batch, tuple | list) else batch)
        rows += len(x[0]) if hasattr(x[0], "__len__") or len(getattr(x[0], "shape", "")) else 1
        enough = rows >= STREAM_ROWS or len(taken) >= STREAM_BATCHES or held >= 2 * MOST_BYTES
        if enough or time.perf_counter() - began > STREAM_SECONDS:
            return taken, False
    return taken, True


def read(taken: list[Any]) -> Samples | None:
    """Batches as samples; None where they are not alike, or no arrays."""
    batches = [batch_of(one) for one in taken]
    known = [one for one in batches if one is not None]
    if not known or len(known) < len(batches):
        return None
    try:
        return Samples(*(joined_rows([one[place] for one in known]) for place in range(3)))
    except (TypeError, ValueError):
        return None


def of_stream(source: Any, taken: list[Any], ended: bool, **known: Any) -> Given:
    samples = read(taken)
    first = batch_of(taken[0]) if taken else None
    size = None if first is None else first.size
    count = samples.size if samples is not None and ended else None
    return Given(source, samples, count, batch_size=size, whole=ended, **known)


def of_generator(source: Iterator[Any]) -> Given:
    """A generator, read once and put together again."""
    taken, ended = first_batches(source)

    def whole() -> Iterator[Any]:
        yield from itertools.chain(taken, source)

    batches = len(taken) if ended else None
    return of_stream(whole(), taken, ended, batches=batches, shuffles=True, reopens=False)


def of_dataset(source: Any) -> Given:
    """A `tf.data.Dataset`: its first iterator is read, and `fit` is given that iterator with what
    was read put back, so that a shuffling that changes from epoch to epoch is not a step ahead."""
    batches = int(source.cardinality())
    first = iter(source)
    taken, ended = first_batches(first)
    handed = hand_back(source, taken, first)
    known = batches if batches >= 0 else (len(taken) if ended else None)
    return of_stream(handed, taken, ended, batches=known, shuffles=shuffles(source))


def hand_back(source: Any, taken: list[Any], rest: Any) -> Any:
    """A dataset that yields `taken` and `rest` where it is opened first, and `source` from then on.

    A dataset that shuffles counts how often it is opened. Keras opens one twice in an epoch, at its
    end only to look: so each opening of what is handed back, but the first, is one of `source`.
    """
    import tensorflow as tf

    class HandedBack(tf.data.Dataset):
        """`source`, but for its first iterator; what `fit` makes of it for class weights, too."""

        def __init__(self, source: Any, first: Any) -> None:
            self.source, self.first, self.opened = source, first, False
            super().__init__(source._variant_tensor)

        def __iter__(self) -> Any:
            ahead, self.opened = self.source if self.opened else self.first, True
            return iter(ahead)

        def _inputs(self) -> list[Any]:
            return [self.source]

        @property
        def element_spec(self) -> Any:
            return self.source.element_spec

        def map(self, *args: Any, **kwargs: Any) -> Any:
            return HandedBack(*(one.map(*args, **kwargs) for one in (self.source, self.first)))

        def prefetch(self, *args: Any, **kwargs: Any) -> Any:
            return HandedBack(*(one.prefetch(*args, **kwargs) for one in (self.source, self.first)))

    first = tf.data.Dataset.from_generator(
        lambda: itertools.chain(taken, rest), output_signature=source.element_spec
    )
    return HandedBack(source, first)


def shuffles(dataset: Any) -> bool:
    """Whether a dataset, or one that it is made of, shuffles (or comes from code that may)."""
    ahead = [dataset]
    while ahead:
        one = ahead.pop()
        name = type(one).__name__
        if "Shuffle" in name or "Generator" in name or "Interleave" in name:
            return True
        try:
            ahead += one._inputs()
        except (AttributeError, NotImplementedError):
            return True
    return False


def of_py_dataset(source: Any) -> Given:
    """A `PyDataset`: some of its batches are asked of a copy, whose state is its own."""
    batches = source.num_batches
    try:
        twin = twin_of(source)
        places = range(min(batches, STREAM_BATCHES)) if batches else itertools.count()
        taken, _ = first_batches(twin[place] for place in places)
    except Exception:  # whatever the user's own code may raise
        return Given(source, None, batches=batches)
    held = None
    with suppress(Exception):
        held = held_by(twin, taken)
    ended = batches is not None and len(taken) >= batches
    after = None
    if ended and type(source).on_epoch_end is not keras.utils.PyDataset.on_epoch_end:
        with suppress(Exception):
            after = read(second_epoch(source, batches))
    known = {"batches": batches, "held": held, "next_epoch": after}
    return of_stream(source, taken, ended, shuffles=True, **known)


def second_epoch(source: Any, batches: int) -> list[Any]:
    """The batches of a `PyDataset` after its `on_epoch_end`, which may shuffle its arrays in place:
    so these are copied, too. Raises whatever its code raises."""
    if size_in_bytes(list(vars(source).values())) > MOST_BYTES:
        return []
    twin = copy.deepcopy(source)
    twin.on_epoch_end()
    return [twin[place] for place in range(batches)]


def held_by(twin: Any, taken: list[Any]) -> int | None:
    """How many samples a `PyDataset` keeps, as the length of two arrays at least; None where it
    draws them, orders them anew or has a list of those that it takes."""
    again = keras.tree.flatten(twin[0])
    drawn = any(
        not np.array_equal(one, other)
        for one, other in zip(keras.tree.flatten(taken[0]), again, strict=True)
    )
    if drawn or type(twin).on_epoch_end is not keras.utils.PyDataset.on_epoch_end:
        return None
    sizes = [len(one) for one in vars(twin).values() if hasattr(one, "__len__")]
    most = max(sizes, default=0)
    rows = sum(len(keras.tree.flatten(one)[0]) for one in taken)
    lists = any(abs(size - rows) <= len(again[0]) for size in sizes)
    return most if sizes.count(most) > 1 and not lists else None


def twin_of(source: Any) -> Any:
    """A copy with a state of its own. Large arrays are only read and stay as they are; what cannot
    be copied, such as a lock, is shared."""
    twin = copy.copy(source)
    for name, value in vars(source).items():
        leaves = value if isinstance(value, list | tuple) else [value]
        memory = {
            id(one): one for one in leaves if hasattr(one, "__array__") or hasattr(one, "iloc")
        }
        try:
            twin.__dict__[name] = copy.deepcopy(value, memory)
        except TypeError:
            twin.__dict__[name] = value
    return twin


def open_source(x: Any, y: Any = None, weights: Any = None) -> Given:
    """What `fit(x, y, sample_weight)` is given, looked into."""
    if is_dataset(x):
        return of_dataset(x)
    if isinstance(x, keras.utils.PyDataset):
        return of_py_dataset(x)
    if isinstance(x, types.GeneratorType):
        return of_generator(x)
    if type(x).__name__ == "DataLoader" or (hasattr(x, "__iter__") and hasattr(x, "__next__")):
        return Given(x, None)
    return of_arrays(x, y, weights)
