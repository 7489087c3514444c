"""What a setting may be: each constraint checks a value, prints itself, and yields bad ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from goodfit.toml import inline


@dataclass(frozen=True)
class Range:
    """A number: whole where `whole`, from `low` (above it where `above`) to `high`."""

    low: float
    high: float = float("inf")
    whole: bool = False
    above: bool = False
    below: bool = False

    def accepts(self, value: Any) -> bool:
        kinds = int if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            return False
        return (value > self.low if self.above else value >= self.low) and (
            value < self.high if self.below or self.high == float("inf") else value <= self.high
        )

    def refused(self) -> list[Any]:
        """Values that must be refused, for the tests."""
        under = self.low if self.above else self.low - 1
        over = [] if self.high == float("inf") else [self.high if self.below else self.high + 1]
        return [under, "many", True, *over, *([1.5] if self.whole else [float("nan")])]

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.low:g}"
        kind = "a whole number" if self.whole else "a number"
        low = f"{'above' if self.above else 'from'} {self.low:g}"
        if self.high == float("inf"):
            return f"{kind} {low} upwards" if not self.above else f"{kind} {low}"
        high = f"{self.high:,}" if self.whole else f"{self.high:g}"
        return f"{kind} {low} {'to below' if self.below else 'to'} {high}"


@dataclass(frozen=True)
class OneOf:
    """One of several words, or of a few whole numbers."""

    words: tuple[str, ...] | tuple[int, ...]

    def accepts(self, value: Any) -> bool:
        return any(value == word and type(value) is type(word) for word in self.words)

    def refused(self) -> list[Any]:
        return ["nonsense", 2]

    def __str__(self) -> str:
        return " or ".join(inline(word) for word in self.words)


@dataclass(frozen=True)
class Truth:
    """true or false."""

    def accepts(self, value: Any) -> bool:
        return isinstance(value, bool)

    def refused(self) -> list[Any]:
        return [1, "yes"]

    def __str__(self) -> str:
        return "true or false"


@dataclass(frozen=True)
class Words:
    """Text of at least `least` and at most `most` characters."""

    least: int = 0
    most: int | None = None

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and self.least <= len(value) <= (self.most or len(value))

    def refused(self) -> list[Any]:
        return [1, *([""] if self.least else []), *(["long" * 9] if self.most else [])]

    def __str__(self) -> str:
        return "text" if not self.least else "text that is not empty"


@dataclass(frozen=True)
class ListOf:
    """A list whose members are each of one kind."""

    kind: Range | OneOf | Words
    least: int = 0
    most: int | None = None

    def accepts(self, value: Any) -> bool:
        if not isinstance(value, list) or not self.least <= len(value) <= (self.most or len(value)):
            return False
        return all(self.kind.accepts(one) for one in value)

    def refused(self) -> list[Any]:
        bad = [[value] for value in self.kind.refused()]
        return [*bad, "word", *([[]] if self.least else [])]

    def __str__(self) -> str:
        count = "a list" if self.most is None else f"a list of at most {self.most}"
        return f"{'a list of 1' if self.least == self.most else count}, each {self.kind}"


@dataclass(frozen=True)
class AnyOf:
    """What one input reads as one kind and another as another."""

    kinds: tuple[Range | OneOf | Words | ListOf, ...]

    def accepts(self, value: Any) -> bool:
        return any(kind.accepts(value) for kind in self.kinds)

    def refused(self) -> list[Any]:
        bad = [value for kind in self.kinds for value in kind.refused()]
        # Where a literal 1 is asked for, pydantic takes true for it; it does no harm there.
        return [value for value in bad if not self.accepts(value) and value is not True]

    def __str__(self) -> str:
        return ", or ".join(str(kind) for kind in self.kinds)


Constraint = Range | OneOf | Truth | Words | ListOf | AnyOf


@dataclass(frozen=True)
class Setting:
    """One key of config.toml."""

    name: str
    section: str
    constraint: Constraint
    help: str


POSITIVE = Range(1, whole=True)
WHOLE = Range(0, whole=True)
SEED = Range(0, 2**32 - 1, whole=True)  # what NumPy takes
OPEN_SHARE = Range(0, 1, above=True, below=True)
