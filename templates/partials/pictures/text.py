"""Texts in pictures: some as they were read and as the network reads them; lengths and words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from config import Config
from features import PADDING, UNKNOWN, Encoder, words
from report.page import BLUE, Block, named, new_figure
from train import Prepared


def blocks(
    prepared: Prepared, config: Config, places: np.ndarray, seen: np.ndarray
) -> Iterator[Block]:
    """Blocks of the page, of the training texts at `places`; `seen`, (texts, length), are the
    codes of their words."""
    table, encoder = prepared.tables["train"], prepared.encoder
    chosen = np.random.default_rng(config.training.seed).permutation(len(places))[:8]
    rows = [
        (shortened(row["text"]), as_read(codes, encoder), named(row, config.data.targets))
        for codes, (_, row) in zip(seen[chosen], table.iloc[places[chosen]].iterrows(), strict=True)
    ]
    shown = pd.DataFrame(rows, columns=["text", "as the network reads it", "target"])
    said = "Drawn at random. ▢ is a word that the network does not know."
    yield Block("Texts", said, shown)
    yield of_lengths([len(words(text)) for text in table["text"]], config.data.length)
    yield of_words(seen, encoder)


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 240 else f"{line[:240]} ..."


def as_read(codes: np.ndarray, encoder: Encoder) -> str:
    """The words that are left of a text, as far as they fit a line or three."""
    known = dict(enumerate(encoder.words, UNKNOWN + 1))
    return shortened(" ".join(known.get(int(code), "▢") for code in codes if code != PADDING))


def of_lengths(lengths: list[int], longest: int) -> Block:
    """How long the training texts are, and where they are cut."""
    figure = new_figure(9, 2.6)
    axes = figure.subplots()
    axes.hist(lengths, bins=min(60, max(10, max(lengths))), color=BLUE)
    axes.axvline(longest, color="black", linestyle=":", label=f"cut at {longest} (data.length)")
    axes.set(xlabel="words and signs of a text", ylabel="texts")
    axes.legend()
    cut = np.mean(np.array(lengths) > longest)
    padding = 1 - np.minimum(lengths, longest).mean() / longest
    said = f"{cut:.1%} of the training texts are cut; {padding:.0%} of what comes in is padding."
    return Block("How long they are", said, figure)


def of_words(seen: np.ndarray, encoder: Encoder) -> Block:
    """The commonest words, and how many are not known."""
    figure = new_figure(9, 3)
    axes = figure.subplots()
    counts = np.bincount(seen.ravel(), minlength=len(encoder.words) + 2)
    names = encoder.words[:30]
    axes.bar(range(len(names)), counts[UNKNOWN + 1 :][:30], color=BLUE)
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right", fontsize=8)
    axes.set_ylabel("times")
    total = max(1, int(counts[UNKNOWN:].sum()))
    said = f"{len(encoder.words):,} words are known; {counts[UNKNOWN] / total:.1%} of the words in "
    return Block("Words", said + "the training texts are others. The commonest:", figure)
