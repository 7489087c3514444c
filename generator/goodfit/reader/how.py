"""How a file is written, and what is said where it is written otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

SPACES = r"\s+"  # the separator that stands for any number of spaces


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


class Fault(ValueError):
    """What cannot be read: what was given, what is expected, how to mend it."""

    def __init__(self, given: str, expected: str, fix: str) -> None:
        super().__init__(f"{given}; expected {expected}; {fix}")
        self.given, self.expected, self.fix = given, expected, fix
