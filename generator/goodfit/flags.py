"""What the flags of several commands share: kinds of values, and words for their help."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from goodfit.errors import GoodfitError


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
