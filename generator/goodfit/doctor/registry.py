"""The table of checks: each with one entry that says what it catches, and the function that looks.

`goodfit explain ID` prints an entry, and docs/checks.md is made of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from .finding import Finding
from .words import Words

if TYPE_CHECKING:
    from .case import Case

Cost = Literal["free", "asks", "trains"]
"""What a check does: nothing but look, ask the network, or train a copy of it for a moment."""
Look = Callable[["Case"], Iterable[Finding]]


@dataclass(frozen=True)
class Entry:
    """What is known of one check. `level`: whether it stops a training or only warns of it."""

    id: str
    level: Literal["error", "warning", "error or warning"]
    catches: str
    why: str
    fix: str
    threshold: str = "none: it is a contradiction"
    source: str = "the definition"


@dataclass(frozen=True)
class Check:
    """A function that looks for what the entry `id` says. `needs` names what the case must hold
    (see `needs.py`); `sound`: only where nothing checked before is an error."""

    id: str
    look: Look
    cost: Cost = "free"
    needs: tuple[str, ...] = ()
    sound: bool = False


@dataclass
class Registry:
    """All entries by id, and all checks in the order in which they are made."""

    entries: dict[str, Entry] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    def entry(self, entry: Entry) -> Entry:
        """Add an entry. Raises ValueError where its id is taken."""
        if entry.id in self.entries:
            raise ValueError(f"two checks are called {entry.id}")
        self.entries[entry.id] = entry
        return entry

    def check(
        self,
        entry: Entry | str,
        cost: Cost = "free",
        needs: tuple[str, ...] = (),
        sound: bool = False,
    ) -> Callable[[Look], Look]:
        """Decorate a function as a check of `entry`, or of the entry with that id, which may
        stand in a file that is read later."""
        name = entry if isinstance(entry, str) else self.entry(entry).id

        def add(look: Look) -> Look:
            self.checks.append(Check(name, look, cost, needs, sound))
            return look

        return add


REGISTRY = Registry()
check = REGISTRY.check


def in_full(finding: Finding, words: Words) -> Finding:
    """The finding with the why and the fix of its entry where it has none of its own, and with
    what things are called in this project."""
    entry = REGISTRY.entries.get(finding.check)
    why = finding.why or (entry.why if entry else "")
    fix = finding.fix or (entry.fix if entry else "")
    return finding._replace(why=why, fix=words.fill(fix))
