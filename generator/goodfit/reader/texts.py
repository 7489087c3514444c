"""Files of text: in which encoding their bytes are read."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from .how import Fault, setting
from .magic import no_text

BLOCK = 1 << 22  # bytes that are looked at

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


def encoding_by_zeros(head: bytes) -> str:
    """UTF-16 without a mark, of which every second byte is zero; "" for anything else."""
    zeros = [head[start::2].count(0) / max(1, len(head) // 2) for start in (0, 1)]
    if max(zeros) <= 0.4 or min(zeros) >= 0.05:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def encoding_in(path: Path, encoding: str) -> str:
    """The encoding of a file: that which its bytes prove, or else the one given."""
    with path.open("rb") as file:
        head = file.read(BLOCK)
    if mark := encoding_by_mark(head):
        return encoding if mark == encoding.lower().replace("_", "-") else mark
    try:
        usual = codecs.lookup(encoding).name.replace("_", "-")
    except LookupError:
        return encoding
    wide = usual.startswith(("utf-16", "utf-32"))
    if 0 in head:
        return encoding if wide else encoding_by_zeros(head) or encoding
    if usual in ("utf-8", "utf-8-sig", "ascii") or (head.isascii() and not wide):
        return encoding
    return "utf-8" if is_utf8(path) else encoding


def is_utf8(path: Path) -> bool:
    """Every byte of a file fits UTF-8: text in another encoding does so by chance only where it
    has hardly a letter beyond ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def text_of(path: Path, encoding: str) -> str:
    """The whole file: as the mark at its beginning says, else in the first of the encodings in
    "utf-8 or cp1252" that it fits.

    Raises Fault for a byte that does not belong to the last, and for an encoding that there is not.
    """
    if path.exists() and not path.is_file():
        fix = "write what you mean into a file"
        raise Fault(f"{path} is no file", "a file of text", fix)
    content = path.read_bytes()
    found = encoding_by_mark(content) or encoding_by_zeros(content)
    *first, last = (found or encoding).split(" or ")
    if "16" not in last and "32" not in last and (fault := no_text(path, content, "text")):
        raise fault
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
    around = re.split(rb"[\s,;|]", error.object[max(0, error.start - 30) : error.start + 30])
    word = max(around, key=lambda one: (error.object[error.start] in one, len(one)))
    fix = f"{setting('encoding', 'cp1252')} reads {word.decode('cp1252', 'replace')!r} there"
    return Fault(given, f"text in {encoding}", f"{fix}; or save it in {encoding}")


def bad_byte(path: Path, encoding: str) -> Fault | None:
    """The first byte of a file that does not belong to `encoding`; None where all do."""
    try:
        path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        return wrong_byte(path, error, encoding)
    return None
