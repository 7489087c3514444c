"""Values that a rule takes from the answers. Each prints itself in plain words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goodfit.answers import Answers


class Derived(ABC):
    """A value that depends on the answers and on nothing else."""

    @abstractmethod
    def __call__(self, answers: Answers) -> Any: ...


@dataclass(frozen=True)
class AnswerTo(Derived):
    """The answer to `field` itself."""

    field: str
    words: str

    def __call__(self, answers: Answers) -> Any:
        return getattr(answers, self.field)

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class AtMost(Derived):
    """The answer to `field`, but no more than `limit`."""

    field: str
    limit: int

    def __call__(self, answers: Answers) -> Any:
        return min(getattr(answers, self.field), self.limit)

    def __str__(self) -> str:
        return f"the number of {self.field}, at most {self.limit:,}"


@dataclass(frozen=True)
class TargetColumns(Derived):
    """Column names for the targets: one for a class, one each for labels and numbers."""

    def __call__(self, answers: Answers) -> list[str]:
        if answers.outputs == "classes" or answers.classes == 1:
            return ["target"]
        one = answers.outputs.removesuffix("s")
        return [f"{one}_{number}" for number in range(1, answers.classes + 1)]

    def __str__(self) -> str:
        return "a column for the class, or one for each label or target"


def resolve(value: Any, answers: Answers) -> Any:
    """The value itself, or what it derives from the answers."""
    return value(answers) if isinstance(value, Derived) else value
