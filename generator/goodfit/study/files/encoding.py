"""How the bytes of a text file are to be read: Unicode or Windows-1252, never by chance."""

from __future__ import annotations

import codecs
import re
import string
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.study.evidence import Evidence
from goodfit.study.files.paths import magic_of

BLOCK = 1 << 22
MARKS = (  # that of UTF-16 begins that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = bytes({*range(1, 32)} - {*b"\t\n\r\f\v\x1b"})
HIGH = bytes(range(0x80, 0x100))
ASCII_LETTERS = string.ascii_letters.encode()
LETTERS = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")  # a letter of UTF-8 beyond ASCII


def find_encoding(path: Path) -> Evidence:
    """The encoding of a text file. Raises GoodfitError for one that is not text, or not of one
    encoding. The whole file is looked at, a block at a time."""
    with path.open("rb") as file:
        head = file.read(BLOCK)
    kind, fix = magic_of(head)
    if kind:
        given = f"{path} is no text file: it begins like {kind}"
        raise GoodfitError(given, "text, or a file whose ending says what it is", fix)
    for mark, name in MARKS:
        if head.startswith(mark):
            return Evidence("encoding", name, "certain", "the file begins with its byte-order mark")
    if b"\0" in head:
        return without_mark(path, head)
    if len(head) - len(head.translate(None, CONTROLS)) > len(head) / 50:
        raise no_text(path, "it is full of bytes that are no characters")
    place = first_fault(path)
    if place is None:
        return Evidence("encoding", "utf-8", "certain", "every byte of the file fits UTF-8")
    return single_bytes(path, place)


def without_mark(path: Path, head: bytes) -> Evidence:
    """UTF-16 whose mark is missing shows by a zero in every second byte; else it is no text."""
    zeros = [head[start::2].count(0) / max(1, len(head) // 2) for start in (0, 1)]
    if max(zeros) > 0.4 and min(zeros) < 0.05:
        name = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
        return Evidence("encoding", name, "likely", "every second byte is zero, as in UTF-16")
    raise no_text(path, f"byte {head.index(0) + 1:,} is zero")


def no_text(path: Path, why: str) -> GoodfitError:
    """The error for a file that is no text."""
    fix = "name the right file, or export it as CSV"
    return GoodfitError(f"{path} is no text file: {why}", "text, such as a CSV", fix)


def first_fault(path: Path) -> int | None:
    """The place of the first byte that is not UTF-8; None where all are."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        done = 0
        while block := file.read(BLOCK):
            if b"\0" in block:
                raise no_text(path, f"byte {done + block.index(0) + 1:,} is zero")
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                return done - pending + error.start
            done += len(block)
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return done - 1
    return None


def single_bytes(path: Path, place: int) -> Evidence:
    """Windows-1252, unless the file holds UTF-8 too or too many letters beyond ASCII for it."""
    high = letters = mixed = line = 0
    unknown = False
    with path.open("rb") as file:
        seen = 0
        while block := file.read(BLOCK):
            if b"\0" in block:
                raise no_text(path, f"byte {seen + block.index(0) + 1:,} is zero")
            if seen <= place:
                line += block[: place - seen].count(b"\n")
            seen += len(block)
            high += len(block) - len(block.translate(None, HIGH))
            letters += len(block) - len(block.translate(None, ASCII_LETTERS))
            mixed += sum(is_letter(one) for one in LETTERS.findall(block))
            unknown = unknown or any(byte in block for byte in b"\x81\x8d\x8f\x90\x9d")
    where = f"line {line + 1} is not UTF-8"
    if mixed > 1:
        given = f"{path} mixes encodings: {where}, and {mixed} letters elsewhere are"
        raise GoodfitError(given, "one encoding", "save it as UTF-8, or mend that line")
    if high > letters / 2:
        why = f"{where}, and most letters are beyond ASCII: no Western European encoding"
        return Evidence("encoding", None, "unsure", why)
    name = "latin-1" if unknown else "cp1252"
    words = "Latin-1" if unknown else "Windows-1252"
    return Evidence("encoding", name, "likely", f"{where}; every byte fits {words}")


def is_letter(found: bytes) -> bool:
    """Two bytes or more that are one letter of UTF-8: hardly ever so by chance."""
    try:
        return found.decode("utf-8").isalpha()
    except UnicodeDecodeError:
        return False
