"""The commands in the fixes of messages, as a person would type them."""

from __future__ import annotations

import shlex
import tomllib
from typing import Any


def typed_in(fix: str) -> dict[str, Any]:
    """What the first command of a fix sets in [data]."""
    words = shlex.split(fix)
    return tomllib.loads(words[words.index("--set") + 1].removeprefix("data."))
