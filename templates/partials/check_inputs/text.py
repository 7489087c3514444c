"""Texts: how much of them is cut off, how much is padding, how many of their words are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

import data
from checks.seen import at_random
from features import PADDING, UNKNOWN
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


def inputs(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks of this file."""
    x, watched = (
        codes[at_random(len(codes))].reshape(-1, codes.shape[1], codes[0, 0].size)[..., 0]
        for codes in (prepared.parts.x, prepared.parts.x_val)
    )  # the codes of the words; tokens have other views as well
    yield from truncated_texts(prepared)
    yield from mostly_padding(x)
    yield from unknown_words(watched, config)
    yield from look_alikes(prepared, config)
    yield from out_of_step(prepared)


def truncated_texts(prepared: Prepared) -> Iterator[Finding]:
    """A quarter of the training texts, of 1,000 at random, is cut at data.length (ours; a few long
    ones are usual, and cheaper cut). Sentences of tokens are read in pieces, and never cut."""
    table, encoder = prepared.tables["train"], prepared.encoder
    longer = encoder.model_copy(update={"length": encoder.length + 1})
    x = longer.encode(table.iloc[at_random(len(table), 1_000)], "ignore")
    share = (x[:, -1] != PADDING).reshape(len(x), -1)[:, 0].mean()
    if share > 0.25:
        yield Finding(
            "truncated-texts",
            "warning",
            f"{share:.0%} of the training texts are cut at data.length = {encoder.length} words.",
            "What stands behind the cut is never read.",
            "raise data.length, or put what matters first",
        )


def mostly_padding(x: np.ndarray) -> Iterator[Finding]:
    """All but a hundredth of the training texts leave three quarters of data.length empty (ours;
    SageMaker Debugger warns at half of all places, which is usual with a few long texts)."""
    lengths = (x != PADDING).sum(axis=1)
    usual = int(np.quantile(lengths, 0.99))
    if usual < x.shape[1] / 4:
        yield Finding(
            "mostly-padding",
            "warning",
            f"99 of 100 texts have at most {usual} words; data.length is {x.shape[1]}.",
            "Every step computes the empty places too: most of the time goes into nothing.",
            f"set data.length = {max(2, usual)}",
        )


def unknown_words(watched: np.ndarray, config: Config) -> Iterator[Finding]:
    """Half of the words in validation texts are unknown (ours: 5 % to 25 % are usual, since words
    that stand once in training are left out on purpose)."""
    words = watched[watched != PADDING]
    share = (words == UNKNOWN).mean() if len(words) else 1.0
    if share > 0.5:
        yield Finding(
            "unknown-words",
            "warning",
            f"{share:.0%} of the words in the validation texts are unknown to the network.",
            "It sees the same sign for all of them, and knows only where they stand.",
            f"raise data.vocabulary = {config.data.vocabulary}, check data.encoding, or add texts",
        )


def look_alikes(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Of the training texts, half that differ become equal to others (ours; in healthy projects
    hardly any do)."""
    rows = at_random(len(prepared.parts.x))
    texts = len(np.unique(data.keys(prepared.tables["train"].iloc[rows], config)))
    seen = len(np.unique(prepared.parts.x[rows].reshape(len(rows), -1), axis=0))
    if seen < texts / 2:
        yield Finding(
            "unknown-words",
            "warning",
            f"To the network, {texts:,} different training texts are only {seen:,}.",
            "What told them apart is a word that it does not know, or that is cut off.",
            f"raise data.vocabulary = {config.data.vocabulary} or data.length",
        )


def out_of_step(prepared: Prepared) -> Iterator[Finding]:
    """Tags that do not end where the tokens of their sentence end. Other targets have no length."""
    x, y = prepared.parts.x, prepared.parts.y
    if y.shape != x.shape[:2] or y.dtype.kind != "i":
        return
    wrong = ((x[..., 0] == PADDING) != (y < 0)).any(axis=1)
    if wrong.any():
        yield Finding(
            "batches-differ-from-samples",
            "error",
            f"{wrong.sum():,} of {len(x):,} training sentences have not as many tags as tokens.",
            "Tags then stand under the tokens of other sentences.",
            "mend encode() in task.py or in features.py",
        )
