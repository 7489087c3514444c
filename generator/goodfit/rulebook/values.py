"""Values that a rule takes from the answers. Each prints itself in plain words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goodfit.cells import FORECASTS, ONE_CLASS_A_SAMPLE

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
class SampleRows(Derived):
    """The number of samples, but no more than `limit`, or ten for each of many classes."""

    limit: int

    def __call__(self, answers: Answers) -> int:
        single = answers.task in ONE_CLASS_A_SAMPLE
        return min(answers.samples, max(self.limit, 10 * answers.classes if single else 0))

    def __str__(self) -> str:
        return f"the number of samples, at most {self.limit:,}, or ten for each of many classes"


@dataclass(frozen=True)
class SampleSteps(Derived):
    """Time steps enough for many windows in each part, but no more than there are."""

    limit: int

    def __call__(self, answers: Answers) -> int:
        return min(answers.samples, max(self.limit, 30 * (answers.window + answers.horizon)))

    def __str__(self) -> str:
        return f"the number of steps, at most {self.limit:,}, or thirty times window and horizon"


@dataclass(frozen=True)
class SampleFeatures(Derived):
    """The number of features, but no more than `limit`, or as many as are forecast."""

    limit: int

    def __call__(self, answers: Answers) -> int:
        forecast = answers.classes if answers.task in FORECASTS else 1
        return max(min(answers.features, self.limit), forecast)

    def __str__(self) -> str:
        return f"the number of features, at most {self.limit:,}, or as many as are forecast"


@dataclass(frozen=True)
class HalfTheFeatures(Derived):
    """Half as many as there are features, at least one."""

    def __call__(self, answers: Answers) -> int:
        return max(1, answers.features // 2)

    def __str__(self) -> str:
        return "half the number of features, at least 1"


@dataclass(frozen=True)
class ReachingBack(Derived):
    """Convolutions of `width` channels, each looking back twice as far as the one before: as many
    as it takes for the last step to see the whole window."""

    width: int
    kernel: int

    def __call__(self, answers: Answers) -> list[int]:
        seen, count = 1, 0
        while seen < answers.window:
            seen += (self.kernel - 1) * 2**count
            count += 1
        return [self.width] * max(1, count)

    def __str__(self) -> str:
        return f"layers of {self.width} channels until the last sees the whole window"


@dataclass(frozen=True)
class StepsAhead(Derived):
    """One number for each step ahead of each target."""

    def __call__(self, answers: Answers) -> int:
        return answers.horizon * answers.classes

    def __str__(self) -> str:
        return "the horizon times the number of targets"


@dataclass(frozen=True)
class TargetColumns(Derived):
    """Column names for the targets: one for a class, one each for labels and numbers."""

    def __call__(self, answers: Answers) -> list[str]:
        if answers.outputs == "classes":
            # A folder for each class is what images and texts mostly come as.
            return ["class" if answers.form in ("image", "text") else "target"]
        if answers.classes == 1:
            return ["target"]
        one = answers.outputs.removesuffix("s")
        return [f"{one}_{number}" for number in range(1, answers.classes + 1)]

    def __str__(self) -> str:
        return "a column for the class, or one for each label or target"


def halving(first: int, count: int) -> list[int]:
    """Sizes of layers, each half of the one before."""
    return [first // 2**place for place in range(count)]


def doubling(first: int, count: int) -> list[int]:
    """Sizes of layers, each twice the one before."""
    return [first * 2**place for place in range(count)]


def resolve(value: Any, answers: Answers) -> Any:
    """The value itself, or what it derives from the answers."""
    return value(answers) if isinstance(value, Derived) else value
