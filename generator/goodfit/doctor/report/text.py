"""Texts in pictures: some as they were read and as the network reads them; lengths and words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ..project import TextFacts
from .data_view import DataView
from .page import BLUE, Block, new_figure
from .series import lengths_block

WIDTH = 240  # signs of a text that are shown


def blocks(view: DataView) -> Iterator[Block]:
    """Blocks of the page."""
    facts = view.case.project.texts
    assert facts is not None, "a case of texts says what their codes mean"
    rows = [
        (
            shortened(view.table["text"].iloc[view.places[row]]),
            as_read(view.x[row], view.vocabulary, facts),
            view.target_of(row),
        )
        for row in view.chosen(8)
    ]
    shown = pd.DataFrame(rows, columns=["text", "as the network reads it", "target"])
    yield Block("Texts", "Drawn at random. ▢ is a word that the network does not know.", shown)
    yield lengths_block(view, "words and signs of a text")
    yield words_block(view, facts)


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else f"{line[:WIDTH]} ..."


def as_read(codes: np.ndarray, vocabulary: tuple[str, ...], facts: TextFacts) -> str:
    """The words that are left of a text, as far as they fit a line or three."""
    known = dict(enumerate(vocabulary, facts.unknown + 1))
    return shortened(" ".join(known.get(int(code), "▢") for code in codes if code != facts.padding))


def words_block(view: DataView, facts: TextFacts) -> Block:
    """The commonest words, and how many are not known."""
    first = facts.unknown + 1  # the code of the commonest word
    counts = np.bincount(view.x.ravel(), minlength=len(view.vocabulary) + first)
    names = view.vocabulary[:30]
    figure = new_figure(9, 3)
    axes = figure.subplots()
    axes.bar(range(len(names)), counts[first : first + len(names)], color=BLUE)
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right", fontsize=8)
    axes.set_ylabel("times")
    unknown = counts[facts.unknown] / max(1, counts[facts.unknown :].sum())
    said = f"{len(view.vocabulary):,} words are known; {unknown:.1%} of the words in the training "
    return Block("Words", said + "texts are others. The commonest:", figure)
