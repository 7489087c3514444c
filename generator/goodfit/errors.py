"""The one error that users see: what was given, what was expected, how to mend it."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Iterable
from typing import IO, Any

import click

from goodfit.reader.how import CONTROLS, printable


class GoodfitError(click.ClickException):
    """Bad input. Ends the process with exit code 2 and three plain lines, under goodfit's own
    command and under cookiecutter's alike."""

    exit_code = 2

    def __init__(self, given: str, expected: str, fix: str) -> None:
        super().__init__(f"{given}\n  expected: {expected}\n  fix: {fix}")
        self.given, self.expected, self.fix = given, expected, fix

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"error: {printable(self.message)}", file=file, err=file is None)


def shell_word(text: str) -> str:
    """The text as one word for a shell; signs that a terminal would obey are written out."""
    if not CONTROLS.search(text):
        return shlex.quote(text)
    plain = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", plain) + "'"


class Stopped(Exception):
    """The person stopped; nothing is to be written."""


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """A question with the known word closest to `word`, or `otherwise` where none is close."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {close[0]}?" if close else otherwise
