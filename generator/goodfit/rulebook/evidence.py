"""What rules were measured to be worth: the table that benchmarks/evidence.py writes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Measured:
    """One rule, or several of one topic, against another value, over data sets of one input.

    `gain` and its 95 % interval `low` to `high` are those of the rule, the mean over the sets:
    points of a score, or per cent of an error. `verdict` is "helps", "hurts" or "no difference
    seen"; `setting` is what was turned, `instead` the other value as `--set` takes it, "" where it
    depends on the project.
    """

    rules: list[str]
    setting: str
    input: str
    against: str
    instead: str
    better: int
    sets: int
    gain: float
    low: float
    high: float
    verdict: str

    def __str__(self) -> str:
        sets = f"better than {self.against} on {self.better} of {self.sets} {self.input} sets"
        interval = f"{self.gain:+.1f} points or % of an error ({self.low:+.1f} to {self.high:+.1f})"
        return f"{sets}, {interval}: {self.verdict}"


@cache
def measurements() -> tuple[Measured, ...]:
    """All that was measured on enough sets."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8")).get("measured", [])
    return tuple(Measured(**row) for row in rows)


def measured(rule_id: str, kind: str = "") -> list[Measured]:
    """What is known of a rule, on data of one input or of any."""
    known = [one for one in measurements() if rule_id in one.rules]
    return [one for one in known if kind in ("", one.input)]
