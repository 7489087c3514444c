"""Conditions on the answers: they evaluate, print themselves, and know their own boundaries."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goodfit.cells import TASKS, form_of, forms_but, input_named, tasks_with


class Condition(ABC):
    """A statement about the answers that is true or false.

    `str(condition)` is the statement in plain words. `boundaries()` yields (field, value) pairs at
    which the statement changes, on both sides, for the tests that prove the rulebook.
    """

    @abstractmethod
    def __call__(self, answers: object) -> bool: ...

    @abstractmethod
    def boundaries(self) -> Iterator[tuple[str, Any]]: ...

    def __and__(self, other: Condition) -> Condition:
        return Both(self, other)

    def __or__(self, other: Condition) -> Condition:
        return Either(self, other)


@dataclass(frozen=True)
class Always(Condition):
    """True for every project."""

    def __call__(self, answers: object) -> bool:
        return True

    def boundaries(self) -> Iterator[tuple[str, Any]]:
        return iter(())

    def __str__(self) -> str:
        return "always"


EVERYWHERE = Always()


@dataclass(frozen=True)
class Otherwise(Condition):
    """The rule of a topic that decides where none of its other rules does."""

    def __call__(self, answers: object) -> bool:
        return False  # the engine takes it up when nothing else matches

    def boundaries(self) -> Iterator[tuple[str, Any]]:
        return iter(())

    def __str__(self) -> str:
        return "otherwise"


@dataclass(frozen=True)
class Is(Condition):
    """The answer to `field` is one of `values`; `words` say it shorter than a list would."""

    field: str
    values: tuple[Any, ...]
    words: str = ""

    def __call__(self, answers: object) -> bool:
        return getattr(answers, self.field) in self.values

    def boundaries(self) -> Iterator[tuple[str, Any]]:
        return ((self.field, value) for value in self.values)

    def __str__(self) -> str:
        if self.words:
            return self.words
        if self.values == (True,):
            return f"many {self.field}" if self.field == "outliers" else self.field
        if self.values == (False,):
            return f"no {self.field}"
        return f"{self.field} is {' or '.join(str(value) for value in self.values)}"


@dataclass(frozen=True)
class Cells(Condition):
    """The project is one of these kinds, said in `words`. What is left empty may be anything.

    It reads the form and the family of the samples, which follow from `input` and `task`. Every
    cell is in the tests' grid, so there are no boundary values to add.
    """

    words: str
    forms: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    architectures: tuple[str, ...] = ()

    def __call__(self, answers: Any) -> bool:
        return (
            (not self.forms or form_of(answers.input, answers.task) in self.forms)
            and (not self.families or input_named(answers.input).family in self.families)
            and (not self.architectures or answers.architecture in self.architectures)
        )

    def boundaries(self) -> Iterator[tuple[str, Any]]:
        return iter(())

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Between(Condition):
    """The number answered to `field` is at least `low` and below `high`; either may be open.

    `step` is the distance to the neighbouring value that lies on the other side.
    """

    field: str
    low: float | None = None
    high: float | None = None
    step: float = 1

    def __call__(self, answers: object) -> bool:
        value = getattr(answers, self.field)
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)

    def boundaries(self) -> Iterator[tuple[str, Any]]:
        for edge in (self.low, self.high):
            if edge is not None:
                yield self.field, edge - self.step
                yield self.field, edge

    def __str__(self) -> str:
        name = self.field.replace("_", " ")
        if self.field == "rarest_share":
            name = "share of the rarest class"
            return (
                f"{name} below {self.high:g}" if self.low is None else f"{name} from {self.low:g}"
            )
        if self.low is None:
            return f"fewer than {self.high:,} {name}"
        if self.high is None:
            return f"at least {self.low:,} {name}"
        return f"{self.low:,} to {self.high - 1:,} {name}"


@dataclass(frozen=True)
class Both(Condition):
    """Two statements that must both be true."""

    left: Condition
    right: Condition

    def __call__(self, answers: object) -> bool:
        return self.left(answers) and self.right(answers)

    def boundaries(self) -> Iterator[tuple[str, Any]]:
        yield from self.left.boundaries()
        yield from self.right.boundaries()

    def __str__(self) -> str:
        return f"{self.left}, {self.right}"


@dataclass(frozen=True)
class Either(Condition):
    """Two statements of which at least one must be true."""

    left: Condition
    right: Condition

    def __call__(self, answers: object) -> bool:
        return self.left(answers) or self.right(answers)

    def boundaries(self) -> Iterator[tuple[str, Any]]:
        yield from self.left.boundaries()
        yield from self.right.boundaries()

    def __str__(self) -> str:
        return f"{self.left}, or {self.right}"


def is_(field: str, *values: Any) -> Condition:
    """The answer to `field` is one of `values`."""
    return Is(field, values)


def samples(low: int | None = None, high: int | None = None) -> Condition:
    """At least `low` and fewer than `high` samples."""
    return Between("samples", low, high)


def targets_are(words: str, *kinds: str) -> Condition:
    """The targets are of one of these kinds: the tasks that have such, said in `words`."""
    return Is("task", tasks_with(*kinds), words)


def targets_are_not(words: str, *kinds: str) -> Condition:
    """The targets are of any kind but these: the tasks that have others, said in `words`."""
    return targets_are(words, *({task.targets for task in TASKS} - set(kinds)))


SINGLE_LABEL = targets_are("one class a sample", "classes")
CLASSIFICATION = targets_are("classification of any kind", "classes", "labels")
CLASSIFICATION_OR_REGRESSION = targets_are(
    "classification or regression", "classes", "labels", "numbers"
)
REGRESSION = targets_are("regression", "numbers")
FORECASTING = targets_are("forecasting", "horizon")
NUMBERS = targets_are("numbers to predict", "numbers", "horizon")
ANOMALY = targets_are("anomaly detection", "anomaly")
NOT_ANOMALY = targets_are_not("any task but anomaly detection", "anomaly")
SPLIT_AT_RANDOM = targets_are_not(
    "any task but forecasting and anomaly detection", "horizon", "anomaly"
)

TABLES = Cells("tables", families=("tabular",))
IMAGES = Cells("images", families=("image",))
MASKS = Cells("images with masks", forms=("masks",))
TEXTS = Cells("texts", forms=("text",))
WORDS = Cells("texts and tokens", forms=("text", "tokens"))
NUMERIC = Cells("tables and series", forms=("tabular", "series", "window"))
ANY_SERIES = Cells("series of any kind", forms=("series", "window"))
OF_A_LENGTH = Cells("texts and series of a length", forms=("text", "tokens", "series"))
SINGLES = Cells("images, texts or series", forms=forms_but("masks"), families=("image", "sequence"))
SEQUENCES = Cells("texts and series", families=("sequence",))
DENSE_TABLES = Cells(
    "dense networks of tables", families=("tabular",), architectures=("mlp", "residual-mlp")
)
RECURRENT = Cells("recurrent networks", architectures=("lstm", "gru"))
PRETRAINED = Cells("pretrained networks", architectures=("pretrained",))
