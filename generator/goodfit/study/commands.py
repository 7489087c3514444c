"""What a person can type where a file is to be written otherwise: a line of Python."""

from __future__ import annotations

import re
import shlex

READ_BY_SHELLS = re.compile(r"[\"$`!]|\\[\\\n]|\\$")
NAME_WRITTEN = "name what this writes: "


def python_command(code: str) -> str:
    """The shell command that runs a line of Python; in double quotation marks where the line has
    nothing that a shell would read in them."""
    quoted = shlex.quote(code) if READ_BY_SHELLS.search(code) else f'"{code}"'
    return f"python -c {quoted}"
