"""What a person can type: a line of Python that writes a file otherwise, or what hides files."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from goodfit.errors import shell_word

READ_BY_SHELLS = re.compile(r"[\"$`!]|\\[\\\n]|\\$")
NAME_WRITTEN = "name what this writes: "
MOST_HIDDEN = 20  # files in a command


def hiding_command(paths: Sequence[Path]) -> str:
    """The shell command that hides these files or folders, which are then left out; "" for many."""
    if len(paths) > MOST_HIDDEN:
        return ""
    pairs = ((str(path), str(path.with_name(f".{path.name}"))) for path in paths)
    return " && ".join(f"mv {shell_word(old)} {shell_word(new)}" for old, new in pairs)


def python_command(code: str) -> str:
    """The shell command that runs a line of Python; in double quotation marks where the line has
    nothing that a shell would read in them."""
    quoted = shlex.quote(code) if READ_BY_SHELLS.search(code) else f'"{code}"'
    return f"python -c {quoted}"
