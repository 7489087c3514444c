"""How a file is written, and what is said where it is written otherwise."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol

DAMAGED = "copy or download it again, or name another file"
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SHOWN = 12  # names in a message
SPACES = r"\s+"  # the separator that stands for any number of spaces


# Words in the names of files and folders, and the part of the split that they mean.
PARTS = (
    dict.fromkeys(("train", "training", "trn"), "train")
    | dict.fromkeys(("validation", "valid", "val", "dev", "testa"), "validation")
    | dict.fromkeys(("test", "testing", "tst", "testb"), "test")
)


def parts_in(names: Sequence[str], tell: Callable[[str], object] = lambda said: None) -> list[str]:
    """The part that each name of a file or folder speaks of, such as "test" for Words_TEST.ts; ""
    for none. Where no name says train, what is there beside the test is trained on, and told."""
    words = [re.findall("[a-z]+", name.lower()) for name in names]
    words = [[re.sub("^data|(data|set)$", "", word) for word in some] for some in words]
    spoken = [{PARTS[word] for word in some if word in PARTS} for some in words]
    parts = [some.pop() if len(some) == 1 else "" for some in spoken]
    if "train" in parts or not {"validation", "test"} <= {*parts}:
        return parts
    tell(f"note: nothing is called train; {names[parts.index('validation')]} is trained on")
    return ["train" if part == "validation" else part for part in parts]


def counted(number: int, word: str, many: str = "") -> str:
    """A number with its word: 1 row, 2,000 rows."""
    return f"{number:,} {word if number == 1 else many or word + 's'}"


CONTROLS = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
FOREIGN = re.compile(rf"{CONTROLS.pattern}|\n(?! )")


def printable(text: str) -> str:
    """The text with signs that a terminal would obey, or cannot show, written out: \\x1b; so are
    ends of lines that come from a name: where a line of ours goes on, it is indented."""
    return FOREIGN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class How(Protocol):
    """How a file is written: what [data] of config.toml says, or what a study has found."""

    @property
    def separator(self) -> str: ...
    @property
    def encoding(self) -> str: ...
    @property
    def decimal(self) -> str: ...
    @property
    def header(self) -> bool: ...
    @property
    def missing(self) -> Sequence[str]: ...
    @property
    def quote(self) -> str: ...
    @property
    def skip_lines(self) -> Sequence[int]: ...
    @property
    def number_signs(self) -> Sequence[str]: ...
    @property
    def sheet(self) -> str: ...


@dataclass(frozen=True)
class Written:
    """`How`, with what is usual where nothing else is known."""

    separator: str = ","
    encoding: str = "utf-8"
    decimal: str = "."
    header: bool = True
    missing: Sequence[str] = ("",)
    quote: str = '"'
    skip_lines: Sequence[int] = ()
    number_signs: Sequence[str] = ()
    sheet: str = ""


def written(how: How, **other: Any) -> Written:
    """What `how` says, but for what is `other`."""
    return Written(**{one.name: getattr(how, one.name) for one in fields(Written)} | other)


def setting(name: str, value: object) -> str:
    """The words of a command that set [data] so: --set 'data.sheet="2024"'."""
    written = json.dumps(value, ensure_ascii=False)
    written = CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
    return f"--set {shlex.quote(f'data.{name}={written}')}"


class Fault(ValueError):
    """What cannot be read: what was given, what is expected, how to mend it."""

    def __init__(self, given: str, expected: str, fix: str) -> None:
        super().__init__(f"{given}; expected {expected}; {fix}")
        self.given, self.expected, self.fix = given, expected, fix

    def of(self, place: Path, path: Path) -> Fault:
        """The same, said of the file that a person has named."""
        words = (self.given, self.expected, self.fix)
        return Fault(*(one.replace(str(place), str(path)) for one in words))


class Several(Fault):
    """A file that holds several tables of these `sizes`, in rows or another `unit`; `largest` is
    the name of one."""

    def __init__(
        self, path: Path, sizes: Mapping[str, int], sheet: str, word: str, unit: str = "rows"
    ) -> None:
        each = [(name, counted(size, unit.removesuffix("s"))) for name, size in sizes.items()]
        shown = ", ".join(f"{name!r} ({size})" for name, size in each[:SHOWN])
        shown += f" and {len(sizes) - SHOWN:,} more" * (len(sizes) > SHOWN)
        given = f"{path} holds {len(sizes):,} {word}: {shown}"
        given += f"; none is called {sheet!r}" * bool(sheet)
        self.names = tuple(sizes)
        self.largest = max(sizes, key=lambda name: sizes[name])
        way = "unpack it, and name what you mean" if unit == "bytes" else "save that one alone"
        fix = f"add {setting('sheet', self.largest)} or the one that you mean; or {way}"
        super().__init__(given, "one of them", fix)

    def of(self, place: Path, path: Path) -> Fault:
        """The same, said of the file that a person has named."""
        self.given = self.given.replace(str(place), str(path))
        return self
