"""What the network sees of a token: codes of the word, of its shape, its beginning and its end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import numpy as np
import pandas as pd
from pydantic import PositiveInt

from config import DataConfig, Section

PADDING, UNKNOWN = 0, 1  # the codes before those that are learned


def word(token: str) -> str:
    """The token in lower case."""
    return token.lower()


def shape(token: str) -> str:
    """What kinds of signs it is made of, each once in a row: "McDonald's" gives XxXx'x."""
    kinds = re.sub(
        r"\d+", "9", re.sub(r"[^\W\d_]", lambda letter: "xX"[letter[0].isupper()], token)
    )
    return re.sub(r"(.)\1+", r"\1", kinds)


def beginning(token: str) -> str:
    """The first three letters in lower case."""
    return token[:3].lower()


def ending(token: str) -> str:
    """The last three letters in lower case."""
    return token[-3:].lower()


VIEWS: dict[str, Callable[[str], str]] = {
    "words": word,
    "shapes": shape,
    "beginnings": beginning,
    "endings": ending,
}


class Encoder(Section):
    """What is known of each view of a token, commonest first; a code is the place in its list
    plus 2. Saved beside the model as encoder.json."""

    words: list[str]
    shapes: list[str]
    beginnings: list[str]
    endings: list[str]
    length: PositiveInt

    @classmethod
    def fit(cls, table: pd.DataFrame, config: DataConfig) -> Encoder:
        """Learn the lists. `table` holds the training sentences only.

        What stands there once is left unknown: it is from such words that the network learns what
        to make of a word that it has never seen.
        """
        tokens = [token for sentence in table["tokens"] for token in sentence]
        known = {}
        for name, view in VIEWS.items():
            counts = Counter(map(view, tokens))
            common = counts.most_common(config.vocabulary)
            known[name] = [found for found, count in common if count > 1]
        words = set(known["words"])
        others = np.mean([word(token) not in words for token in tokens])
        print(f"{len(words):,} words known · {others:.1%} of the words in training are others")
        return cls(**known, length=config.length)

    def encode(self, table: pd.DataFrame, unseen: str) -> np.ndarray:
        """int32 (rows, length, 4): codes of word, shape, beginning and ending of each token; 1 for
        an unknown one, 0 after the end. Words never seen are no mistake, whatever `unseen` says.
        """
        x = np.full((len(table), self.length, len(VIEWS)), PADDING, "int32")
        for place, (name, view) in enumerate(VIEWS.items()):
            codes = {known: code for code, known in enumerate(getattr(self, name), UNKNOWN + 1)}
            for row, tokens in zip(x, table["tokens"], strict=True):
                row[: len(tokens), place] = [codes.get(view(token), UNKNOWN) for token in tokens]
        return x
