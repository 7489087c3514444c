"""What a study of the user's data found: answers, settings, and the evidence for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

from goodfit.errors import GoodfitError
from goodfit.limits import FEWEST_SAMPLES
from goodfit.questions import QUESTIONS
from goodfit.reader.how import counted as counted
from goodfit.reader.how import printable

Confidence = Literal["certain", "likely", "unsure"]


@dataclass(frozen=True)
class Evidence:
    """One answer and what speaks for it.

    `question` is a question of `goodfit.questions`, or a setting of [data] ("targets", "ignore",
    "separator"). "certain": it cannot be otherwise; "likely": taken where nobody is asked, and the
    first proposal where somebody is; "unsure": asked, never taken, and `value` may be None.
    `why` is a sentence without a full stop, such as "`price` has 1,812 distinct numbers". `others`
    are values that may be meant as well, the likelier first. `each` says of the columns that
    `value` lists what they hold or why they are there.
    """

    question: str
    value: Any
    confidence: Confidence
    why: str
    others: tuple[Any, ...] = ()
    each: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "why", on_a_line(self.why))
        object.__setattr__(self, "each", {one: on_a_line(why) for one, why in self.each.items()})


def on_a_line(text: str) -> str:
    """Text that names and cells have come into: what a terminal would obey, and ends of lines, are
    written out."""
    return printable(text).replace("\n", "\\n")


@dataclass(frozen=True)
class Study:
    """All that is known about a file or folder. `path` is absolute; nothing of it is in `settings`.

    `kind` says in words what lies there, such as "a CSV file" or "a folder of class folders".
    `answers` answers questions, `settings` are values for [data] of config.toml, by their names.
    `open_questions` names what the study could not decide; each has its unsure `Evidence`.
    `columns` are the names to choose a target from, where there are any.
    """

    path: Path
    kind: str
    answers: dict[str, Any]
    settings: dict[str, Any]
    evidence: tuple[Evidence, ...]
    open_questions: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def short(value: str) -> str:
    """A value of the data in a message, cut where it is long."""
    return repr(value if len(value) <= 60 else f"{value[:56]} ...")


def listed(names: Sequence[str]) -> str:
    """Names in a message, the first of many."""
    return ", ".join(repr(one) for one in names[:30]) + ", ..." * (len(names) > 30)


def asked_names(values: Mapping[str, Any]) -> set[str]:
    """The questions that have a meaning for an input and a task; what is not yet known may have.

    A setting of the same name is none: `channels` is asked for images, and names columns of series.
    """
    if "task" not in values or "input" not in values:
        return {question.name for question in QUESTIONS}
    kind = SimpleNamespace(input=values["input"], task=values["task"], architecture="")
    return {question.name for question in QUESTIONS if question.asked(kind)}


def study_of(
    path: Path, kind: str, evidence: Sequence[Evidence], columns: Sequence[str] = ()
) -> Study:
    """The study of what lies at `path`; `columns` are those that may be targets.

    Raises GoodfitError for fewer samples than can be split.
    """
    sure = [one for one in evidence if one.confidence != "unsure"]
    values = {one.question: one.value for one in sure}
    if values.get("samples", FEWEST_SAMPLES) < FEWEST_SAMPLES:
        given = f"{path} holds {counted(values['samples'], 'sample')} to learn from"
        raise GoodfitError(
            given, f"at least {FEWEST_SAMPLES}, to split in three parts", "collect more"
        )
    asked = asked_names(values)
    return Study(
        path=path,
        kind=kind,
        answers={name: value for name, value in values.items() if name in asked},
        settings={name: value for name, value in values.items() if name not in asked},
        evidence=tuple(evidence),
        open_questions=tuple(one.question for one in evidence if one.confidence == "unsure"),
        columns=tuple(columns),
    )
