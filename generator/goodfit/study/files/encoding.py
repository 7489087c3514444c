"""How the bytes of a text file are to be read: Unicode or Windows-1252, never by chance."""

from __future__ import annotations

import codecs
import re
import string
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.reader.magic import magic_of
from goodfit.reader.texts import encoding_by_mark, encoding_by_zeros
from goodfit.study.evidence import Evidence
from goodfit.study.files.languages import LANGUAGES, best_language, of_another_script

BLOCK, LOOKED_AT, MOST_LOOKED_AT = 1 << 22, 1 << 18, 1 << 27
FEWEST = 5  # words of another script, at least
SURE = 0.05  # of its own measure of chaos, by charset-normalizer
# Those of several bytes a letter:
EASTERN = ("cp9", "shift_jis", "euc_", "gb", "big5", "iso2022", "johab", "hz")
# Cyrillic, Greek, Hebrew, Arabic, Thai:
ONE_BYTE = ("cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874")
NO_1252 = b"\x81\x8d\x8f\x90\x9d"  # bytes that mean nothing in Windows-1252
FAR = 4.5  # ninety times as likely: nobody needs to be asked
MEANS_NOTHING = -5.0  # on average a letter, as a logarithm: most letters are strange
RARER = {"cp1250": 3.0, "iso8859_2": 3.5, "cp1254": 3.0, "cp1257": 5.0}  # than Windows-1252
RARER |= dict.fromkeys(("cp850", "mac_roman", "cp852", "mac_latin2"), 4.0)
USUAL = ("cp1252", "cp1250", "iso8859_2", "cp1254")
MOST_WORDS = 1_000
WORDS = re.compile(rb"[^\s,;|\"]*[\x80-\xff][^\s,;|\"]*")  # with a byte beyond ASCII
CONTROLS = bytes({*range(1, 32)} - {*b"\t\n\r\f\v\x1b"})
HIGH = bytes({*range(0xC0, 0x100)} | {*b"\x8a\x8c\x8e\x9a\x9c\x9e\x9f"})  # letters of Windows-1252
ASCII_LETTERS = string.ascii_letters.encode()
RUNS = re.compile(rb"[\x80-\xff]{2,}")


def find_encoding(path: Path) -> Evidence:
    """The encoding of a text file. Raises GoodfitError for one that is not text, or not of one
    encoding. The whole file is looked at, a block at a time."""
    with path.open("rb") as file:
        head = file.read(BLOCK)
    kind, fix = magic_of(head, path)
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
    if name := encoding_by_zeros(head):
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
    """Windows-1252, unless the file holds UTF-8 too, words of another language, or of another
    script."""
    high = letters = mixed = line = 0
    unknown = False
    words: dict[bytes, None] = {}
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
            mixed += sum(is_letter(one) for one in RUNS.findall(block))
            unknown = unknown or any(byte in block for byte in NO_1252)
            if len(words) < MOST_WORDS:
                words |= dict.fromkeys(WORDS.findall(block))
    where = f"line {line + 1} is not UTF-8"
    likeliest = next((name for name, _ in foreign_encodings(path)), "")
    if mixed > 1 and not likeliest.startswith(EASTERN):
        given = f"{path} mixes encodings: {where}, and {mixed} letters elsewhere are"
        raise GoodfitError(given, "one encoding", "save it as UTF-8, or mend that line")
    name = "latin-1" if unknown else "cp1252"
    ranked = ranked_latin([*words], name)
    foreign = likeliest and (of_another_script(words) or not any(one.fits for one in ranked))
    if high > letters / 2 or likeliest.startswith(EASTERN) or foreign:
        why = f"{where}, and most letters beyond ASCII stand together: no Western European encoding"
        return Evidence("encoding", None, "unsure", why)
    return which_latin(where, ranked, name)


def shared_latin(paths: Sequence[Path]) -> Evidence:
    """The encoding of Latin letters of several files, none of them UTF-8, by the words of all."""
    words: dict[bytes, None] = {}
    name = "cp1252"
    for path in paths:
        content = path.read_bytes()
        name = "latin-1" if any(byte in content for byte in NO_1252) else name
        if len(words) < MOST_WORDS:
            words |= dict.fromkeys(WORDS.findall(content))
    many = f" and {len(paths) - 1:,} files more are" if len(paths) > 1 else " is"
    return which_latin(f"{paths[0].name}{many} not UTF-8", ranked_latin([*words], name), name)


def which_latin(where: str, ranked: list[Reading], usual: str) -> Evidence:
    """The `usual` encoding where its words are the likeliest by far; else the question which of the
    likely ones is right, with a word that is another in each."""
    said = {"latin-1": "Latin-1", "cp1252": "Windows-1252"}
    first = next(one for one in ranked if one.name == usual)
    near = [one for one in ranked if one.worth > ranked[0].worth - FAR]
    if near == [first] and first.fits:
        return Evidence("encoding", usual, "likely", f"{where}; every byte fits {said[usual]}")
    near = [*near, first] if first not in near else near
    shown = max(zip(*(one.words for one in near), strict=True), key=lambda some: len({*some}))
    pairs = zip(shown, near, strict=True)
    each = [f"{word!r} in {said.get(one.name, one.name)}" for word, one in pairs]
    why = f"{where}; which is right: {', or '.join(each)}?"
    return Evidence("encoding", near[0].name, "unsure", why, tuple(one.name for one in near[1:]))


@dataclass(frozen=True)
class Reading:
    """The words beyond ASCII of a file in one encoding, how likely they are of one language, and
    whether they are of one at all."""

    name: str
    words: list[str]
    worth: float

    @property
    def fits(self) -> bool:
        letters = sum(not sign.isascii() for word in self.words for sign in word)
        return self.worth > MEANS_NOTHING * letters


def ranked_latin(words: list[bytes], usual: str) -> list[Reading]:
    """What the words are in each encoding of Latin letters in which they are other words, the
    likeliest first; the `usual` encoding is always among them."""
    read = [one.decode(usual, "replace") for one in words]
    found = [Reading(usual, read, best_language(read, usual))]
    for name in LANGUAGES:
        with suppress(UnicodeDecodeError):
            read = [one.decode(name) for one in words]
            controls = any(unicodedata.category(sign) == "Cc" for sign in "".join(read))
            if not controls and all(read != one.words for one in found):
                found.append(Reading(name, read, best_language(read, name) - RARER.get(name, 0.0)))
    return sorted(found, key=lambda one: -one.worth)


def foreign_encodings(path: Path) -> list[tuple[str, str]]:
    """Encodings of other scripts than the Latin one in which a file can be read, the likeliest
    first, each with the first word beyond ASCII that it makes of it: a person sees what is meant.
    """
    from charset_normalizer import from_bytes

    head = lines_beyond_ascii(path)
    beyond = WORDS.findall(head)
    latin = any(one.fits for one in ranked_latin(beyond, "cp1252") if one.name in USUAL)
    fewest = 2 if of_another_script(beyond) or not latin else FEWEST
    texts = {one.encoding: (str(one), one.chaos) for one in from_bytes(head)}
    for name in ONE_BYTE:
        with suppress(UnicodeDecodeError):
            texts.setdefault(name, (head.decode(name), 0.0))
    found = []
    for name, (text, chaos) in texts.items():
        every = re.findall(r"\w+", text)
        words = [word for word in every if not word.isascii()]
        if len(words) < max(fewest, len(every) / 100):
            continue  # a slip or two in a text of another kind
        letters = [one for one in "".join(words) if one > "\x7f"]
        kinds = [unicodedata.name(one, "LATIN") for one in letters]
        usual = sum(kind.startswith(("LATIN", "HALFWIDTH")) for kind in kinds)
        mixed = sum(bool(re.search("[A-Za-z]", word)) for word in words)  # gr廲e is größe
        if name.startswith("mac_"):
            continue  # their letters are those of others, but for capitals: no file is in them
        if words and usual < len(kinds) / 10 and mixed < len(words) / 2:
            high = sum(one > "\x7f" for one in text)  # where it is read right, few are no letters
            plain = sum(
                one.isalpha() or bool(unicodedata.combining(one)) for one in text if one > "\x7f"
            )
            strange = sum(map(str.isupper, letters)) + high - plain
            sure = name.startswith(EASTERN) and chaos < SURE
            found.append((not sure, strange / high + 4 * chaos, name, words[0]))
    return [(name, word) for *_, name, word in sorted(found)]


def lines_beyond_ascii(path: Path) -> bytes:
    """The first lines that have a byte beyond ASCII, as many as are looked at: where names alone
    are in another script, the rows below them say nothing."""
    found, size = [], 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii() and size < LOOKED_AT:
                found.append(line)
                size += len(line)
            if size >= LOOKED_AT or file.tell() > MOST_LOOKED_AT:
                break
    return b"".join(found)


def is_letter(found: bytes) -> bool:
    """Bytes that stand together are letters of UTF-8: hardly ever so by chance."""
    try:
        return found.decode("utf-8").isalpha()
    except UnicodeDecodeError:
        return False
