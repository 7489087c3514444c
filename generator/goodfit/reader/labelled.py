"""Texts as fastText reads them: each line begins with labels, such as `__label__pos well done`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

import polars as pl

LABEL = "__label__"


def is_labelled(path: Path) -> bool:
    """The file begins with a label."""
    if not os.path.isfile(path):  # a long text is no path at all
        return False
    with path.open("rb") as file:
        return file.read(len(LABEL)) == LABEL.encode()


def labelled(lines: Iterable[str]) -> pl.DataFrame:
    """Columns "label", several with commas between them, and "text" of all lines that hold
    something; null where there is none."""
    rows = [line.split() for line in lines if line.strip()]
    marks = [[*takewhile(lambda word: word.startswith(LABEL), row)] for row in rows]
    labels = [",".join(one.removeprefix(LABEL) for one in mark) or None for mark in marks]
    texts = [" ".join(row[len(mark) :]) or None for row, mark in zip(rows, marks, strict=True)]
    types = {"label": pl.String, "text": pl.String}
    return pl.DataFrame({"label": labels, "text": texts}, schema=types)
