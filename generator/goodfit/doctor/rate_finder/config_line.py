"""Put a rate into a project's config.toml, its reason beside it, and change no other line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from .candidates import Found


class NoSuchLine(ValueError):
    """Raised when config.toml has no line learning_rate = ... in [optimizer], or cannot be written
    to. `args`: what was given, what was expected, how to fix it."""


def with_rate(text: str, rate: float, reason: str) -> str:
    """The text of config.toml with another rate, its reason beside it; no other line changes."""
    wanted = tomllib.loads(text)
    wanted["optimizer"]["learning_rate"] = rate
    value = f"{rate:g}" if rate != int(rate) else f"{rate:.1f}"
    for line in re.finditer(r"(?m)^([ \t]*(optimizer\.)?learning_rate[ \t]*=[ \t]*)[^\r\n]*", text):
        changed = f"{text[: line.start()]}{line[1]}{value}  # {reason}{text[line.end() :]}"
        if tomllib.loads(changed) == wanted:  # it was the right line
            return changed
    given = "no line learning_rate = ... in [optimizer]"
    raise NoSuchLine(given, "that line", f"write {value} by hand")


def write(path: Path, found: Found) -> None:
    """Put the rate into the file, in one go: whatever happens, the old text or the new is there."""
    path = path.resolve()  # behind a link
    beside = path.with_suffix(".new")
    with path.open(encoding="utf-8", newline="") as file:  # line ends stay as they are
        changed = with_rate(file.read(), found.rate, f"by find_lr.py: {found.reason}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(changed)
        beside.replace(path)
    except OSError as error:
        raise NoSuchLine(
            f"{path}: {error}", "a file to write to", f"write {found.rate:g} by hand"
        ) from None
