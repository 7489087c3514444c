"""From tokens to codes: of the word, of its shape, its beginning and its end."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from pydantic import PositiveInt

from schema import Section, refuse

if TYPE_CHECKING:
    from data import DataConfig

PADDING, UNKNOWN = 0, 1  # the codes before those that are learned
# Thai, Lao, Burmese, Khmer, kana and Chinese put no space between words: each sign is one.
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# Accents, Hebrew and Arabic points and Indian vowel signs belong to the word they stand in.
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff"
WORD = re.compile(rf"[{SPACELESS}]|(?:[^\W{SPACELESS}]|[{MARKS}])+|[^\w\s]")


def read_file(path: Path, encoding: str) -> str:
    """The whole file as text. A byte that does not belong to `encoding` is named, and refused."""
    try:
        return path.read_bytes().decode(encoding).removeprefix("\ufeff")
    except OSError as error:
        refuse(f"{path}: {error.strerror}", "a file that can be read", "correct the path")
    except LookupError:
        refuse(f"data.encoding = {encoding!r}", "a text encoding", 'try "utf-8" or "cp1252"')
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        given = f"{path}: byte {error.start:,}, in line {line:,}, is {error.object[error.start]:#x}"
        refuse(given, f"text in {encoding}", 'set data.encoding: "cp1252" and "latin-1" are usual')


def signs(sentence: str) -> list[str]:
    """Words and all other signs one by one, as they are: "Ada's." gives Ada, ', s, ."""
    return WORD.findall(unicodedata.normalize("NFKC", sentence))


def word(token: str) -> str:
    """The token in lower case."""
    return token.lower()


def shape(token: str) -> str:
    """What kinds of signs it is made of, each once in a row: "McDonald's" gives XxXx'x."""
    kinds = re.sub(r"\d+", "9", re.sub(r"[^\W\d_]", lambda one: "xX"[one[0].isupper()], token))
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
                row[: len(tokens), place] = [codes.get(view(one), UNKNOWN) for one in tokens]
        return x
