"""Texts as codes of words: how much of them is cut off, and how many of their words are known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..case import Case
from ..finding import Finding
from ..project import TextFacts
from ..registry import Entry, check
from ..samples import at_random


def facts(case: Case) -> TextFacts:
    assert case.project.texts is not None
    return case.project.texts


def first_view(x: np.ndarray) -> np.ndarray:
    """(samples, steps): the codes of the words; tokens have other views as well."""
    return x.reshape(*x.shape[:2], -1)[..., 0]


@check(
    Entry(
        "truncated-texts",
        "warning",
        "Texts that are cut at the length that the network reads.",
        "What stands behind the cut is never read.",
        "raise data.length, or put what matters first",
        "a quarter of 1,000 training texts at random",
        "ours: a few long ones are usual, and cheaper cut",
    ),
    needs=("texts",),
    sound=True,
)
def truncated_texts(case: Case) -> Iterator[Finding]:
    longer = facts(case).longer(at_random(case.known.size, 1_000))
    share = (longer[:, -1] != facts(case).padding).reshape(len(longer), -1)[:, 0].mean()
    if share > 0.25:
        length = longer.shape[1] - 1
        fact = f"{share:.0%} of the training texts are cut at data.length = {length} words."
        yield Finding("truncated-texts", "warning", fact)


@check(
    Entry(
        "unknown-words",
        "warning",
        "Words that the network does not know, or texts that look alike to it.",
        "It sees the same sign for all of them, and knows only where they stand.",
        "raise data.vocabulary, check data.encoding, or add texts",
        "half of the words in validation texts; half of the training texts that differ are equal",
        "ours: 5 % to 25 % are usual, since words that stand once are left out on purpose",
    ),
    needs=("texts", "validation"),
    sound=True,
)
def unknown_words(case: Case) -> Iterator[Finding]:
    known, size = facts(case), f"data.vocabulary = {facts(case).vocabulary}"
    assert case.validation is not None
    words = first_view(case.validation.x[at_random(case.validation.size)])
    words = words[words != known.padding]
    share = (words == known.unknown).mean() if len(words) else 1.0
    if share > 0.5:
        yield Finding(
            "unknown-words",
            "warning",
            f"{share:.0%} of the words in the validation texts are unknown to the network.",
            fix=f"raise {size}, check data.encoding, or add texts",
        )
    rows, keys = at_random(case.known.size), (case.project.keys or {}).get("train")
    texts = len(np.unique(keys[rows])) if keys is not None and len(keys) == case.known.size else 0
    seen = len(np.unique(case.known.x[rows].reshape(len(rows), -1), axis=0))
    if seen < texts / 2:
        yield Finding(
            "unknown-words",
            "warning",
            f"To the network, {texts:,} different training texts are only {seen:,}.",
            "What told them apart is a word that it does not know, or that is cut off.",
            f"raise {size} or data.length",
        )


@check("batches-differ-from-samples", needs=("texts", "one output"))
def out_of_step(case: Case) -> Iterator[Finding]:
    """Tags that do not end where the tokens of their sentence end. Other targets have no length."""
    x, y = case.known.x, case.known.y
    if y.shape != x.shape[:2] or y.dtype.kind != "i":
        return
    wrong = ((first_view(x) == facts(case).padding) != (y < 0)).any(axis=1)
    if wrong.any():
        yield Finding(
            "batches-differ-from-samples",
            "error",
            f"{wrong.sum():,} of {len(x):,} training sentences have not as many tags as tokens.",
            "Tags then stand under the tokens of other sentences.",
            f"mend encode() in {case.words.targets} or in {case.words.inputs}",
        )
