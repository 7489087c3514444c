"""From a file to text, to words, to their codes; the words come from the training texts alone."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pydantic import PositiveInt

from schema import Section, refuse

if TYPE_CHECKING:
    from data import DataConfig

PADDING, UNKNOWN = 0, 1  # the codes before those of the words
# Thai, Lao, Burmese, Khmer, kana and Chinese put no space between words: each sign is one.
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# Accents, Hebrew and Arabic points and Indian vowel signs belong to the word they stand in.
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff"
ABOUT = re.compile(r"(^|/)(\.|README|LICEN[CS]E)", re.IGNORECASE)  # about the texts, none of them
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


def read_cells(path: Path, data: DataConfig) -> pd.DataFrame:
    """A CSV, all cells as text. Between tabs quotation marks are signs like any other. A text
    column that is a number counts the columns of a file without a header."""
    text = io.StringIO(read_file(path, data.encoding))
    header = None if data.text_column.isdigit() else 0
    quoting = csv.QUOTE_NONE if data.separator == "\t" else csv.QUOTE_MINIMAL
    options: dict[str, Any] = {"sep": data.separator, "header": header, "quoting": quoting}
    try:
        table = pd.read_csv(text, dtype="str", na_values=[""], keep_default_na=False, **options)
        if table.empty or not isinstance(table.index, pd.RangeIndex):
            raise ValueError("it holds no rows, or rows with more cells than the header")
    except ValueError as error:
        fix = "put quotation marks around texts that hold the separator; check data.separator"
        refuse(f"{path}: {error}".strip(), "a header, and rows of as many cells", fix)
    return table.set_axis(table.columns.astype("str"), axis="columns")


def lines_of(path: Path, encoding: str) -> list[str]:
    """The lines of a file that hold something: a text each."""
    return [line for line in read_file(path, encoding).split("\n") if line.strip()]


def class_names(paths: list[Path]) -> list[str]:
    """What files of one class each are called: pos.txt and neg.txt, or rt.pos and rt.neg."""
    stems = {path.with_suffix("") for path in paths}
    return [path.stem if len(stems) == len(paths) else path.suffix[1:] for path in paths]


def texts_below(folder: Path) -> list[Path]:
    """Text files in `folder` and below it, in order: those named .txt, or all where none is, but
    for hidden ones, README and LICENSE. What is left out is counted."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    seen = [path for path in paths if not ABOUT.search(path.relative_to(folder).as_posix())]
    kept = [path for path in seen if path.suffix.lower() == ".txt"] or seen
    if left := sorted({*paths} - {*kept}):
        print(f"note: {folder}: left out {len(left)} files, such as {left[0].name}")
    return kept


def words(text: str) -> list[str]:
    """Lower-cased words, and all other signs one by one: "It's 9!" gives it, ', s, 9, !"""
    return WORD.findall(unicodedata.normalize("NFKC", text).lower())


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
            found = [codes.get(word, UNKNOWN) for word in words(text)[: self.length]]
            row[: len(found)] = found
        lost = (x.max(axis=1) <= UNKNOWN).sum()
        if lost and unseen == "refuse":
            print(f"note: {lost:,} of {len(x):,} texts hold no word that is known")
        return x

    def flat(self, table: pd.DataFrame) -> np.ndarray:
        """The texts as they are, (rows,), for simple models that count words themselves."""
        return table["text"].to_numpy(dtype="object")
