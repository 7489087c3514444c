"""Tagged sentences in pictures: some with their tags, how long they are, and what is tagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from .data_view import DataView
from .page import Block
from .series import lengths_block

OUTSIDE = "O"  # the tag of a token that belongs to no entity


def blocks(view: DataView) -> Iterator[Block]:
    """Blocks of the page."""
    table = view.table.iloc[view.places]
    some = table.iloc[view.chosen(10)]
    rows = [with_tags(*pair) for pair in zip(some["tokens"], some["tags"], strict=True)]
    words = "Drawn at random; a token without a tag beside it is outside of all entities."
    yield Block("Sentences", words, pd.DataFrame({"sentence": rows}))
    yield lengths_block(view, "tokens of a sentence")
    yield entities_block(table)
    yield words_block(view)


def with_tags(tokens: list[str], tags: list[str]) -> str:
    """The sentence on one line: each token, and its tag where it has one."""
    pairs = zip(tokens, tags, strict=True)
    return " ".join(token if tag == OUTSIDE else f"{token}/{tag}" for token, tag in pairs)


def entities_block(table: pd.DataFrame) -> Block:
    """What is tagged most often, and with how many different tags."""
    counts: Counter[str] = Counter()
    kinds: dict[str, set[str]] = {}
    for tokens, tags in zip(table["tokens"], table["tags"], strict=True):
        for token, tag in zip(tokens, tags, strict=True):
            if tag != OUTSIDE:
                counts[token] += 1
                kinds.setdefault(token, set()).add(tag)
    rows = [(name, count, ", ".join(sorted(kinds[name]))) for name, count in counts.most_common(12)]
    words = "The tokens that are tagged most often; one with several tags can be told by its "
    shown = pd.DataFrame(rows, columns=["token", "times", "tags"])
    return Block("What is tagged", words + "surroundings alone.", shown)


def words_block(view: DataView) -> Block:
    """How many words are not known."""
    facts = view.case.project.texts
    assert facts is not None, "a case of texts says what their codes mean"
    codes = view.x[..., 0]  # of the words; the other views of a token come after
    unknown = (codes == facts.unknown).sum() / max(1, (codes != facts.padding).sum())
    words = f"{len(view.vocabulary):,} words are known; {unknown:.1%} of the words in the training "
    return Block("Words", words + "sentences are others, and told by shape and ending.")
