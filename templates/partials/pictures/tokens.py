"""Tagged sentences in pictures: some with their tags, how long they are, and what is tagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from config import Config
from data import OUTSIDE
from features import UNKNOWN
from report.page import BLUE, Block, new_figure
from train import Prepared


def blocks(
    prepared: Prepared, config: Config, places: np.ndarray, seen: np.ndarray
) -> Iterator[Block]:
    """Blocks of the page, of the training sentences at `places`; `seen`, (sentences, length,
    views), are the codes of their tokens."""
    table = prepared.tables["train"].iloc[places]
    some = table.sample(min(10, len(table)), random_state=config.training.seed)
    rows = [with_tags(row["tokens"], row["tags"]) for _, row in some.iterrows()]
    words = "Drawn at random; a token without a tag beside it is outside of all entities."
    yield Block("Sentences", words, pd.DataFrame({"sentence": rows}))
    yield of_lengths(table["tokens"].map(len).to_numpy(), config.data.length)
    yield of_entities(table)
    first = seen[..., 0]
    unknown = (first == UNKNOWN).sum() / max(1, (first >= UNKNOWN).sum())
    words = f"{len(prepared.encoder.words):,} words are known; {unknown:.1%} of the words in the "
    yield Block("Words", words + "training sentences are others, and told by shape and ending.")


def with_tags(tokens: list[str], tags: list[str]) -> str:
    """The sentence on one line: each token, and its tag where it has one."""
    pairs = zip(tokens, tags, strict=True)
    return " ".join(token if tag == OUTSIDE else f"{token}/{tag}" for token, tag in pairs)


def of_lengths(lengths: np.ndarray, longest: int) -> Block:
    """How long the sentences are, and how much room they have."""
    figure = new_figure(9, 2.6)
    axes = figure.subplots()
    axes.hist(lengths, bins=min(60, max(10, int(lengths.max()))), color=BLUE)
    axes.axvline(longest, color="black", linestyle=":", label=f"room for {longest} (data.length)")
    axes.set(xlabel="tokens of a sentence", ylabel="sentences")
    axes.legend()
    padding = 1 - np.minimum(lengths, longest).mean() / longest
    return Block("How long they are", f"{padding:.0%} of what comes in is padding.", figure)


def of_entities(table: pd.DataFrame) -> Block:
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
