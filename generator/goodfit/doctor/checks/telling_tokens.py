"""Tokens that carry their own tag, as in Berlin_LOC."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import check
from .telling_words import FEWEST, named, parts_of

MARKED = 0.9  # of the tokens of a kind have the mark
OWN = 0.8  # of those that have it are of that kind: some words end so by themselves
DIFFERENT = 5  # words of a kind at least: of fewer, such as "the", the word is the tag


@check("telling-word", needs=("targets", "one input", "one output", "validation", "texts"))
def tokens_with_tags(case: Case) -> Iterator[Finding]:
    """Tokens whose beginning or end is the same for nearly all of a kind of tag, of every kind, and
    hardly stands under others, as in Berlin_LOC."""
    parts = parts_of(case) if case.known.x.ndim == 3 else None
    if parts is None or parts[0].y.shape[:2] != parts[0].x.shape[:2]:
        return
    kinds = kinds_of(case)
    flat = [(part.x.reshape(-1, part.x.shape[2]), part.y.reshape(-1)) for part in parts]
    flat = [(x[y >= 0], kinds[y[y >= 0]]) for x, y in flat]
    (x, kind), (x_val, kind_val) = flat
    usual = np.bincount(kind).argmax()
    counts = np.bincount(kind, minlength=kinds.max() + 1)
    asked = [one for one in np.flatnonzero(counts >= FEWEST / 2) if one != usual]
    for view in range(1, x.shape[1]) if asked else ():
        marks = [mark_of(x[:, view], kind == one, x_val[:, view], kind_val == one) for one in asked]
        several = [len(np.unique(x[kind == one, 0])) >= DIFFERENT for one in asked]
        if None in marks or not all(several):
            continue
        called = ", ".join(named(case, int(mark), view) for mark in marks[:4] if mark is not None)
        yield Finding(
            "telling-word",
            "warning",
            f"Tokens carry their own tags: {called} stand in nearly all tokens of their kind, and "
            "hardly in others.",
            fix="take the tags out of the tokens: new sentences do not have them",
        )
        return


def kinds_of(case: Case) -> np.ndarray:
    """(tags,) codes: tags of one kind, such as B-LOC and I-LOC, have the same."""
    names = case.project.classes
    if not names:
        return np.arange(int(case.known.y.max()) + 1)
    plain = [name.split("-", 1)[-1] for name in names]
    return np.unique(plain, return_inverse=True)[1]


def mark_of(x: np.ndarray, y: np.ndarray, x_val: np.ndarray, y_val: np.ndarray) -> int | None:
    """The code that nearly all tokens of a kind have, `y`, and few others; None where none is."""
    code = int(np.bincount(x[y]).argmax())
    if y_val.sum() < 5:
        return None
    for one, of in ((x, y), (x_val, y_val)):
        marked = one == code
        if marked[of].mean() < MARKED or of[marked].mean() < OWN:
            return None
    return code
