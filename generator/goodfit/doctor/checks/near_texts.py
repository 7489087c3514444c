"""Texts and sentences that differ by a word or two from one in training."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import check
from ..samples import at_random
from .columns import reads_codes
from .data import keys_of
from .near_copies import HELD, Copies, Looked, held_out, none_of, told

TRAINING = 12_000  # texts, at most
FEWEST, SHORTEST = 40, 6  # texts of training, and words of a text, at least
COPIES = 10  # of one text that may stand in training: more are a form that is filled in
ALIKE, NEXT = 0.5, 0.5  # how much a copy shares at least, and the next text at most of that
TELLING = 15.0  # sum of the logarithms of how rare is what both share, at least


def codes_in(x: np.ndarray) -> np.ndarray:
    """int64 (texts, words): codes of words, 0 behind the last; of texts themselves, a number for
    each word."""
    if x.dtype.kind in "iu":
        return (x[..., 0] if x.ndim == 3 else x).astype("int64")
    known: dict[str, int] = {}
    split = [str(text).lower().split() for text in x.ravel()]
    codes = np.zeros((len(split), max(map(len, split), default=1)), "int64")
    for row, words in zip(codes, split, strict=True):
        row[: len(words)] = [known.setdefault(word, len(known) + 1) for word in words]
    return codes


def pairs_of_words(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both (any,): texts, and a number, from 0, for a pair of words that follow one another in it,
    each once."""
    first, second = codes[:, :-1], codes[:, 1:]
    text, place = np.nonzero((first > 0) & (second > 0))
    width = int(codes.max(initial=0)) + 1
    pair = first[text, place] * width + second[text, place]
    known, pair = np.unique(pair, return_inverse=True)
    both = np.unique(text * max(1, len(known)) + pair.ravel())
    return both // max(1, len(known)), both % max(1, len(known))


def indicators(codes: np.ndarray, count: int) -> Any:
    """A row for each code, 1 in its column: sparse (codes, count)."""
    from sklearn.preprocessing import OneHotEncoder

    encoder = OneHotEncoder(categories=[np.arange(count)], dtype="float32")
    return encoder.fit_transform(codes[:, None])


def shares(codes: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How much of what stands in any of two texts stands in both, weighed by how rare it is, and
    the weight of that, (others, texts)."""
    text, column = pairs_of_words(np.concatenate([codes, others]))
    shape = len(codes) + len(others), int(column.max(initial=0)) + 1
    all_of = (indicators(text, shape[0]).T @ indicators(column, shape[1])).tocsr()
    rare = np.log(len(codes) / np.maximum(np.bincount(column[text < len(codes)]), 1))
    rare = np.pad(rare, (0, shape[1] - len(rare)), constant_values=np.log(len(codes)))
    weighed = all_of.multiply(rare.astype("float32")).tocsr()
    whole = np.asarray(weighed.sum(axis=1)).ravel()
    common = (weighed[len(codes) :] @ all_of[: len(codes)].T).toarray()
    either = whole[len(codes) :, None] + whole[: len(codes)] - common
    return common / np.maximum(either, 1e-9), common


def copied_texts(codes: np.ndarray, others: np.ndarray, own: bool = False) -> Copies:
    """Which of the texts with these `codes` others are copies of, but for a word or two: they share
    most of what is rare in both, and with the texts behind less than half of that."""
    if len(codes) < FEWEST or not len(others):
        return none_of(len(others))
    alike, common = shares(codes, others)
    if own:
        np.fill_diagonal(alike, 0)
    most = min(COPIES + 1, len(codes) - 1)
    which = np.argpartition(-alike, most, axis=1)[:, :most]
    ordered = -np.sort(-np.take_along_axis(alike, which, axis=1), axis=1)
    best = which[np.arange(len(others)), np.take_along_axis(alike, which, 1).argmax(axis=1)]
    gap = (ordered[:, :-1] >= ALIKE) & (ordered[:, 1:] <= NEXT * ordered[:, :-1])
    telling = common[np.arange(len(others)), best] >= TELLING
    long = (others > 0).sum(axis=1) >= SHORTEST
    found = gap.any(axis=1) & telling & long
    of, count = np.where(found, best, -1), gap.argmax(axis=1) + 1
    return Copies(of, np.where(found, count, 0), "worded")


def are_texts(case: Case) -> bool:
    x = case.known.x
    if case.project.declared is not None:
        return case.project.texts is not None
    if x.dtype.kind in "UO":
        return x.ndim == 1 or x.shape[1:] == (1,)
    return x.ndim == 2 and x.dtype.kind in "iu" and x.shape[1] >= SHORTEST and reads_codes(case)


@check("near-copies", needs=("one input",))
def near_texts(case: Case) -> Iterator[Finding]:
    if case.project.in_order or not are_texts(case):
        return
    train = at_random(case.known.size, TRAINING)
    places, parts = held_out(case, HELD[2])
    if not parts or any(one.x.ndim != case.known.x.ndim for one in parts.values()):
        return
    all_of = [case.known.x[train], *(parts[name].x[rows] for name, rows in places.items())]
    codes = codes_in(np.concatenate(all_of))
    copies = copied_texts(codes[: len(train)], codes[len(train) :])
    seen = codes if all_of[0].dtype.kind in "UO" else np.concatenate(all_of)
    whole = np.isin(keys_of(seen[len(train) :]), keys_of(seen[: len(train)]))
    copies = copies._replace(of=np.where(whole, -1, copies.of))  # whole: for shared-rows to say
    yield from told(case, Looked(train, places), copies, find)


def find(x: np.ndarray, some: np.ndarray, own: bool) -> Copies:
    """Copies among texts as they are given."""
    return copied_texts(codes_in(x), codes_in(some), own)
