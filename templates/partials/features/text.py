"""What the network sees of a text: codes of words, which come from the training texts alone."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
from pydantic import PositiveInt

from config import DataConfig, Section, refuse
from words import words

PADDING, UNKNOWN = 0, 1  # the codes before those of the words


class Encoder(Section):
    """A word's code is its place in `words` plus 2. Saved beside the model as encoder.json."""

    words: list[str]  # commonest first
    length: PositiveInt

    @classmethod
    def fit(cls, table: pd.DataFrame, config: DataConfig) -> Encoder:
        """Learn the words. `table` holds the training texts only.

        A word that stands there once is left unknown: it is from such words that the network
        learns what to make of a word that it has never seen.
        """
        texts = [words(text) for text in table["text"]]
        counts = Counter(word for text in texts for word in text)
        known = [word for word, count in counts.most_common(config.vocabulary) if count > 1]
        if not known:
            refuse("no word stands twice in the training texts", "words in common", "add texts")
        share = 1 - sum(counts[word] for word in known) / counts.total()
        print(f"{len(known):,} words known · {share:.1%} of the words in training are others")
        longest, cut = max(map(len, texts)), sum(len(text) > config.length for text in texts)
        if cut:
            given = f"{cut:,} of {len(texts):,} training texts are cut at {config.length} words"
            print(f"note: {given} (data.length); the longest has {longest:,}")
        return cls(words=known, length=config.length)

    def encode(self, table: pd.DataFrame, unseen: str) -> np.ndarray:
        """int32 (rows, length): codes of words, 1 for an unknown one, 0 after the end.

        Words never seen are no mistake, whatever `unseen` says; a text of no other words gets a
        note where that is "refuse".
        """
        codes = {word: code for code, word in enumerate(self.words, UNKNOWN + 1)}
        x = np.full((len(table), self.length), PADDING, "int32")
        for row, text in zip(x, table["text"], strict=True):
            known = [codes.get(word, UNKNOWN) for word in words(text)[: self.length]]
            row[: len(known)] = known
        lost = (x.max(axis=1) <= UNKNOWN).sum()
        if lost and unseen == "refuse":
            print(f"note: {lost:,} of {len(x):,} texts hold no word that is known")
        return x

    def flat(self, table: pd.DataFrame) -> np.ndarray:
        """The texts as they are, (rows,), for simple models that count words themselves."""
        return table["text"].to_numpy(dtype="object")
