"""The entries of all checks, as text: for one, and for docs/checks.md."""

from __future__ import annotations

import difflib

from . import checks, monitors  # noqa: F401  they fill the registry
from .registry import REGISTRY, Entry
from .words import Words


def ids() -> list[str]:
    """The ids of all checks, in order."""
    return sorted(REGISTRY.entries)


def near(name: str) -> str:
    """Ids that are like `name`, or all of them."""
    found = difflib.get_close_matches(name, ids(), n=3, cutoff=0.4)
    return f"one of {', '.join(found or ids())}"


def rows(entry: Entry) -> list[tuple[str, str]]:
    """What is known of a check, line by line, in the words of a script."""
    words = Words()
    return [
        ("catches", entry.catches),
        ("why", entry.why),
        ("fix", words.fill(entry.fix)),
        ("level", entry.level),
        ("threshold", entry.threshold),
        ("source", entry.source),
    ]


def explained(name: str) -> str:
    """One entry. Raises KeyError where there is none."""
    lines = [f"{label + ':':<11}{text}" for label, text in rows(REGISTRY.entries[name])]
    return "\n".join([name, *lines])


def markdown() -> str:
    """docs/checks.md."""
    lines = [
        "# Checks",
        "",
        "What `goodfit doctor SCRIPT` and an emitted project's `check.py` look for, and what their",
        "monitors watch. Made of the checks; `goodfit explain ID` prints one. An error is",
        "a contradiction; all that is counted or measured is a warning.",
        "",
    ]
    for place, name in enumerate(ids()):
        labels, texts = zip(*rows(REGISTRY.entries[name]), strict=True)
        if not place:
            lines += [f"| check | {' | '.join(labels)} |", "|---" * (len(labels) + 1) + "|"]
        lines.append(
            f"| **{name}** | {' | '.join(text.replace('|', '&#124;') for text in texts)} |"
        )
    return "\n".join(lines) + "\n"
