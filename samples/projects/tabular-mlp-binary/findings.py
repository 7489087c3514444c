"""What a check says: what was found, why it matters, and what to change."""

import sys
from collections.abc import Iterable
from typing import Literal, NamedTuple


class Finding(NamedTuple):
    """One thing found, in plain words: a sentence of fact, one of why, one of what to do.

    `check` names the check, as its function is named. An "error" is a contradiction, and training
    would be wasted; a "warning" is a likelihood, and is said once.
    """

    check: str
    level: Literal["error", "warning"]
    fact: str
    why: str
    fix: str

    def __str__(self) -> str:
        return f"{self.level}: {self.fact} [{self.check}]\n  why: {self.why}\n  fix: {self.fix}"


def tell(findings: Iterable[Finding]) -> None:
    """Print all findings; raise SystemExit(1) where one is an error."""
    found = sorted(findings, key=lambda finding: finding.level)  # errors first
    for finding in found:
        print(finding, file=sys.stderr)
    if any(finding.level == "error" for finding in found):
        raise SystemExit(1)
