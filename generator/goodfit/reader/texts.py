"""Files of text: in which encoding their bytes are read."""

from __future__ import annotations

import codecs
from pathlib import Path

from .how import Fault

MARKS = (  # that of UTF-16 begins that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_by_mark(head: bytes) -> str:
    """The encoding that the first bytes of a file say; "" where they say none."""
    return next((name for mark, name in MARKS if head.startswith(mark)), "")


def text_of(path: Path, encoding: str) -> str:
    """The whole file: as the mark at its beginning says, else in the first of the encodings in
    "utf-8 or cp1252" that it fits.

    Raises Fault for a byte that does not belong to the last, and for an encoding that there is not.
    """
    if path.exists() and not path.is_file():
        fix = "write what you mean into a file"
        raise Fault(f"{path} is no file", "a file of text", fix)
    content = path.read_bytes()
    *first, last = (encoding_by_mark(content) or encoding).split(" or ")
    try:
        for name in first:
            try:
                return content.decode(name)
            except UnicodeDecodeError:
                pass
        return content.decode(last).removeprefix("\ufeff")
    except LookupError:
        fix = 'try "utf-8" or "cp1252"'
        raise Fault(f"encoding = {encoding!r}", "a text encoding", fix) from None
    except UnicodeDecodeError as error:
        raise wrong_byte(path, error, last) from None


def wrong_byte(path: Path, error: UnicodeDecodeError, encoding: str) -> Fault:
    """Which byte does not belong to the encoding."""
    line = error.object.count(b"\n", 0, error.start) + 1
    given = f"{path}: byte {error.start:,}, in line {line:,}, is {error.object[error.start]:#x}"
    return Fault(given, f"text in {encoding}", 'set encoding: "cp1252" and "latin-1" are usual')


def bad_byte(path: Path, encoding: str) -> Fault | None:
    """The first byte of a file that does not belong to `encoding`; None where all do."""
    try:
        path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        return wrong_byte(path, error, encoding)
    return None
