"""What a check says: what was found, why it matters, and what to change."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from .harmless import readable

Level = Literal["error", "warning"]


class Finding(NamedTuple):
    """One thing found, in plain words: a sentence of fact, one of why, one of what to do.

    `check` is the id of the check. An "error" is a contradiction, and training would be wasted; a
    "warning" is a likelihood, and is said once. Where `why` or `fix` is empty, those of the check's
    entry are meant: `examine` fills them in.
    """

    check: str
    level: Level
    fact: str
    why: str = ""
    fix: str = ""

    def __str__(self) -> str:
        said = f"{self.level}: {self.fact} [{self.check}]\n  why: {self.why}\n  fix: {self.fix}"
        return readable(said)


@dataclass
class Report:
    """What one examination says. `not_asked`: check and what it would have needed; `stumbled`:
    check and the error that it ended in; `notes`: what could not be judged, in a sentence each;
    `of_projects`: checks not asked that only a generated project can answer."""

    findings: list[Finding] = field(default_factory=list)
    not_asked: list[tuple[str, str]] = field(default_factory=list)
    stumbled: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    of_projects: set[str] = field(default_factory=set)
    looked_at: str = ""
    seconds: float = 0.0

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == "error"]

    def summary(self) -> str:
        """One line: how long it took, how many errors and warnings, and what was not asked."""
        errors = len(self.errors)
        counts = {"error": errors, "warning": len(self.findings) - errors}
        words = [f"{count or 'no'} {word}{'s' * (count != 1)}" for word, count in counts.items()]
        line = f"checked in {self.seconds:.1f} s: {' and '.join(words)}"
        names = {name for name, _ in self.not_asked}
        if own := names - self.of_projects:
            line += f"; {len(own)} not asked"
        if self.of_projects:
            line += f"; {len(self.of_projects)} that only a generated project can answer"
        return line

    def tell(self) -> None:
        """Print findings and what stumbled to standard error."""
        tell(self.findings)
        for check, error in self.stumbled:
            print(readable(f"note: [{check}] could not be asked: {error}"), file=sys.stderr)

    def say(self) -> None:
        """Print all of it: findings and what stumbled to standard error, the summary as output."""
        self.tell()
        for note in self.notes:
            print(readable(f"note: {note}"))
        print(self.summary(), flush=True)

    def stop_at_errors(self) -> None:
        """Print all of it. Raises SystemExit(1) where a finding is an error."""
        self.say()
        if self.errors:
            raise SystemExit(1)

    def reasons_not_asked(self) -> dict[str, list[str]]:
        """What was missing, and the checks that needed it."""
        reasons: dict[str, list[str]] = {}
        for check, missing in self.not_asked:
            if check in self.of_projects:
                continue
            if check not in reasons.setdefault(missing, []):
                reasons[missing].append(check)
        return reasons

    def as_dictionary(self) -> dict[str, Any]:
        """All of it as plain data, for JSON."""
        return {
            "findings": [finding._asdict() for finding in self.findings],
            "not_asked": self.reasons_not_asked(),
            "stumbled": dict(self.stumbled),
            "notes": self.notes,
            "looked_at": self.looked_at,
            "seconds": round(self.seconds, 2),
        }


def tell(findings: Iterable[Finding]) -> list[Finding]:
    """Print all findings to standard error, errors first; return the errors."""
    ordered = sorted(findings, key=lambda finding: finding.level)
    for finding in ordered:
        print(finding, file=sys.stderr, flush=True)
    return [finding for finding in ordered if finding.level == "error"]


def stop_at_errors(findings: Iterable[Finding]) -> None:
    """Print all findings. Raises SystemExit(1) where one is an error."""
    if tell(findings):
        raise SystemExit(1)
