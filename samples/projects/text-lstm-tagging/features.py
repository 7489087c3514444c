"""What the network sees of a token: codes of the word, of its shape, its beginning and its end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import keras
import numpy as np
import pandas as pd
from keras import layers, ops
from pydantic import PositiveInt

from config import DataConfig, ModelConfig, Section

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


def network_input(
    encoder: Encoder, x: np.ndarray, config: ModelConfig
) -> tuple[keras.KerasTensor, keras.KerasTensor, keras.KerasTensor]:
    """The input, (batch, length, views) int32; what stands for its tokens, (batch, length, any);
    and where the tokens are, (batch, length), true or false.

    The first place counts as a token even in an empty sentence. The word gets `embedding_units`
    numbers, each other view a quarter as many. In training, a share `word_dropout` of the words is
    hidden as if it were unknown; the other views stay, and tell what they can. A share
    `embedding_dropout` of the numbers is turned off.
    """
    inputs = keras.Input(shape=x.shape[1:], dtype="int32", name="tokens")
    words = inputs[:, :, 0]
    ones = ops.ones_like(words, dtype="float32")
    mask = ops.logical_or(words != PADDING, ops.equal(ops.cumsum(ones, axis=1), 1))
    kept = layers.Dropout(config.word_dropout)(ones) > 0
    codes = [ops.where(kept, words, ops.minimum(words, UNKNOWN))]
    codes += [inputs[:, :, place] for place in range(1, len(VIEWS))]
    hidden = []
    for name, code in zip(VIEWS, codes, strict=True):
        known = len(getattr(encoder, name)) + 2
        units = config.embedding_units if name == "words" else max(1, config.embedding_units // 4)
        hidden.append(layers.Embedding(known, units, name=name)(code))
    kept_numbers = layers.Dropout(config.embedding_dropout)(layers.Concatenate()(hidden))
    return inputs, kept_numbers, mask
