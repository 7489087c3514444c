"""How the bytes of a text file are to be read: Unicode or Windows-1252, never by chance."""

from __future__ import annotations

import codecs
import re
import string
import unicodedata
from contextlib import suppress
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.reader.texts import encoding_by_mark
from goodfit.study.evidence import Evidence
from goodfit.study.files.paths import magic_of

BLOCK, LOOKED_AT = 1 << 22, 1 << 18
FEWEST = 5  # words of another script, at least
SURE = 0.05  # of its own measure of chaos, by charset-normalizer
# Those of several bytes a letter:
EASTERN = ("cp9", "shift_jis", "euc_", "gb", "big5", "iso2022", "johab", "hz")
ONE_BYTE = ("cp1251", "koi8_r", "cp1253", "cp1255", "cp1256")  # Cyrillic, Greek, Hebrew, Arabic
LATIN = ("cp850", "mac_roman", "iso8859_2", "cp1250")  # of DOS, of the Mac, of Central Europe
ICELANDIC = re.compile(rb"[\xd0\xdd\xde\xf0\xfd\xfe]")
BETWEEN = "\u2018\u2019\u2013\u2014\u00b7\u2026"  # signs that stand within words: l’eau
CONTROLS = bytes({*range(1, 32)} - {*b"\t\n\r\f\v\x1b"})
HIGH = bytes({*range(0xC0, 0x100)} | {*b"\x8a\x8c\x8e\x9a\x9c\x9e\x9f"})  # letters of Windows-1252
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
    if name := encoding_by_mark(head):
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
    likeliest = next((name for name, _ in foreign_encodings(path)), "")
    if mixed > 1 and not likeliest.startswith(EASTERN):
        given = f"{path} mixes encodings: {where}, and {mixed} letters elsewhere are"
        raise GoodfitError(given, "one encoding", "save it as UTF-8, or mend that line")
    if high > letters / 2 or likeliest.startswith(EASTERN):
        why = f"{where}, and most letters are beyond ASCII: no Western European encoding"
        return Evidence("encoding", None, "unsure", why)
    name = "latin-1" if unknown else "cp1252"
    words = "Latin-1" if unknown else "Windows-1252"
    if found := other_latin(path, place, name):
        other, right, wrong = found
        why = f"{where}; is it {other}, in which a word is {right!r}, and {wrong!r} in {words}?"
        return Evidence("encoding", other, "unsure", why, (name,))
    return Evidence("encoding", name, "likely", f"{where}; every byte fits {words}")


def other_latin(path: Path, place: int, usual: str) -> tuple[str, str, str] | None:
    """The encoding of Latin letters that makes words of what has signs and capitals inside words in
    the `usual` one, with one of these words in both; None where it makes words as well."""
    with path.open("rb") as file:
        file.seek(max(0, place - 1_000))
        part = file.read(LOOKED_AT)
    words = [one for one in re.findall(rb"[^\s,;|\"]+", part) if not one.isascii()]
    turkish = [one for one in words if ICELANDIC.search(one)]  # 0xFD is ý, and in Turkish ı
    if len(turkish) >= max(FEWEST, len(words) / 5):
        return "cp1254", turkish[0].decode("cp1254"), turkish[0].decode(usual, "replace")
    broken = [one for one in words if is_broken(one.decode(usual, "replace"))]
    if len(broken) < max(FEWEST, len(words) / 5):
        return None
    for name in LATIN:
        read = [one.decode(name, "replace") for one in words]
        if sum(map(is_broken, read)) < len(broken) / 20:
            return name, broken[0].decode(name), broken[0].decode(usual, "replace")
    return None


def is_broken(word: str) -> bool:
    """A word with a sign or a capital between its letters: gr”áe."""
    found = re.findall(r"(?<=[^\W\d_])[^\x00-\x7f](?=[^\W\d_])", word)
    small = not word.isupper() and word[:1].lower() + word[1:] != word.lower()
    return any(not (one.isalpha() or one in BETWEEN) for one in found) or (
        small and any(one.isupper() for one in found)
    )


def foreign_encodings(path: Path) -> list[tuple[str, str]]:
    """Encodings of other scripts than the Latin one in which a file can be read, the likeliest
    first, each with the first word beyond ASCII that it makes of it: a person sees what is meant.
    """
    from charset_normalizer import from_bytes

    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    head = head[: head.rfind(b"\n") + 1] or head
    texts = {one.encoding: (str(one), one.chaos) for one in from_bytes(head)}
    for name in ONE_BYTE:
        with suppress(UnicodeDecodeError):
            texts.setdefault(name, (head.decode(name), 0.0))
    found = []
    for name, (text, chaos) in texts.items():
        every = re.findall(r"\w+", text)
        words = [word for word in every if not word.isascii()]
        if len(words) < max(FEWEST, len(every) / 100):
            continue  # a slip or two in a text of another kind
        letters = [one for one in "".join(words) if one > "\x7f"]
        kinds = [unicodedata.name(one, "LATIN") for one in letters]
        usual = sum(kind.startswith(("LATIN", "HALFWIDTH")) for kind in kinds)
        mixed = sum(bool(re.search("[A-Za-z]", word)) for word in words)  # gr廲e is größe
        if name.startswith("mac_"):
            continue  # their letters are those of others, but for capitals: no file is in them
        if words and usual < len(kinds) / 10 and mixed < len(words) / 2:
            high = sum(one > "\x7f" for one in text)  # where it is read right, few are no letters
            strange = sum(map(str.isupper, letters)) + high - sum(map(str.isalpha, letters))
            sure = name.startswith(EASTERN) and chaos < SURE
            found.append((not sure, strange / high + 4 * chaos, name, words[0]))
    return [(name, word) for *_, name, word in sorted(found)]


def is_letter(found: bytes) -> bool:
    """Two bytes or more that are one letter of UTF-8: hardly ever so by chance."""
    try:
        return found.decode("utf-8").isalpha()
    except UnicodeDecodeError:
        return False
