"""Texts that were read in the wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from ..samples import at_random

FEWEST, LEAST_SHARE = 3, 0.005
STRANGE = re.compile(r"[^\x00-\x7f]{2,}")
LOST = "\ufffd"  # stands where a byte could not be read


def mended(text: str) -> str:
    """What two or more letters beyond ASCII say once the bytes that Windows-1252 made letters of
    are read as UTF-8; themselves where they are no such bytes."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def garbled(text: str) -> str:
    """The first letters of `text` that are two or three for one, such as Ã¼ for ü, or a letter that
    was lost; "" where there are none."""
    for found in STRANGE.findall(text):
        if mended(found) != found:
            return str(found)
    return LOST if LOST in text else ""


@check(
    Entry(
        "garbled-texts",
        "warning",
        "Texts of which some were read in another encoding than they are written in: Ã¼ for ü.",
        "The same word is then two words, and half of the texts speak a language of their own.",
        'open the files with encoding="utf-8", each as it was written, and mend those that were '
        'saved so: text.encode("cp1252").decode("utf-8")',
        "one text in 200, three at least, with letters that are UTF-8 once their Windows-1252 "
        "bytes are taken",
        "the definition of UTF-8: other letters are hardly ever valid in it",
    ),
    needs=("texts",),
)
def garbled_texts(case: Case) -> Iterator[Finding]:
    texts = case.project.texts.texts if case.project.texts is not None else ()
    rows = at_random(len(texts), 20_000)
    found = [(int(row), marks) for row in rows if (marks := garbled(texts[row]))]
    if len(found) < max(FEWEST, LEAST_SHARE * len(rows)):
        return
    row, marks = found[0]
    told = f" for {mended(marks)!r}" if marks != LOST else ""
    line = case.project.row_of("train", row) if case.project.row_of else row
    yield Finding(
        "garbled-texts",
        "warning",
        f"{len(found):,} of {len(rows):,} training {case.words.samples} hold letters such as "
        f"{marks!r}{told}, first in row {line + 1:,}: they were read in a wrong encoding.",
    )
