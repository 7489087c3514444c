"""What the commands share: how they end, kinds of values of their flags, words for their help."""

from __future__ import annotations

import errno
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from goodfit.errors import GoodfitError, nearest


class Commands(click.Group):
    """The commands of goodfit, which refuse what click refuses in goodfit's own three lines."""

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        with in_our_words():
            return super().make_context(*given, **more)

    def invoke(self, context: click.Context) -> Any:
        try:
            with in_our_words():
                return super().invoke(context)
        except KeyboardInterrupt:  # where a command does not say itself what has happened
            click.echo("Stopped.", err=True)
            raise SystemExit(130) from None
        except OSError as error:
            if error.errno == errno.EPIPE or not error.strerror:
                raise  # who reads no more is told nothing
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else Python tries again, and says so
            given = f"{error.filename or 'the output'}: {error.strerror}"
            expected = "files that can be read, and room for what is written"
            raise GoodfitError(given, expected, "make it so, or name another place") from None


@contextmanager
def in_our_words() -> Iterator[None]:
    """Raises GoodfitError for what click refuses: flags and commands that are not there, or that
    lack something. A command line with nothing on it shows the help."""
    try:
        yield
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "goodfit"
        if type(error).__name__ == "NoArgsIsHelpError":
            raise
        expected = f"a command as `{command} --help` shows it"
        if error.ctx:
            expected = error.ctx.get_usage().removeprefix("Usage: ")
        given, *_ = re.split(r"\.? \(?Did you mean", error.format_message())
        fix = f"`{command} --help` explains all of it"
        if given.startswith("No such") and error.ctx and (word := re.search("'(.*)'", given)):
            fix = nearest(word[1], words_of(error.ctx), fix)
        raise GoodfitError(given.rstrip("."), expected, fix) from None


def words_of(context: click.Context) -> list[str]:
    """The flags of a command, and the commands that are below it."""
    flags = [flag for one in context.command.params for flag in one.opts]
    return [*getattr(context.command, "commands", ()), *flags]


def at_terminal() -> bool:
    """Somebody can be asked; a stream that is closed is None."""
    return all(one is not None and one.isatty() for one in (sys.stdin, sys.stdout))


class Place(click.Path):
    """A path that says something: an empty one, as of a variable that is not set, is not the
    current folder."""

    def convert(self, value: Any, *context: Any) -> Any:
        if value == "":
            raise GoodfitError(
                "an empty path", "a file or a folder", "give one, such as . for this"
            )
        return super().convert(value, *context)


PLACE = Place(readable=False, path_type=Path)  # what is closed is said in our words
TARGET = "A column to predict; several times for several. Left out: the obvious one, or asked."


def typed() -> str:
    """The command as it was typed, but for what stands at its default."""
    context = click.get_current_context()
    words = context.command_path.split()
    for one in context.command.params:
        value = context.params.get(one.name or "")
        if value in (None, (), False, one.default) or value == one.get_default(context):
            continue
        for each in value if isinstance(value, tuple) else (value,):
            flag = [] if isinstance(one, click.Argument) else [one.opts[0]]
            words += flag if each is True else [*flag, str(each)]
    return shlex.join(words)


def names(options: Any) -> str:
    """The options of a flag, for its help."""
    return " | ".join(option.name for option in options)
