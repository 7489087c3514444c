"""From evidence to a study: what is sure becomes answers and settings, the rest is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from goodfit.errors import GoodfitError
from goodfit.questions import QUESTIONS
from goodfit.study.findings import Evidence, Study

FEWEST = 20


def asked_names(values: Mapping[str, Any]) -> set[str]:
    """The questions that have a meaning for an input and a task; what is not yet known may have.

    A setting of the same name is none: `channels` is asked for images, and names columns of series.
    """
    if "task" not in values or "input" not in values:
        return {question.name for question in QUESTIONS}
    kind = SimpleNamespace(input=values["input"], task=values["task"], architecture="")
    return {question.name for question in QUESTIONS if question.asked(kind)}


def made(path: Path, kind: str, evidence: Sequence[Evidence], columns: Sequence[str] = ()) -> Study:
    """The study of what lies at `path`; `columns` are those that may be targets.

    Raises GoodfitError for fewer samples than can be split.
    """
    sure = [one for one in evidence if one.confidence != "unsure"]
    values = {one.question: one.value for one in sure}
    if values.get("samples", FEWEST) < FEWEST:
        given = f"{path} holds {values['samples']} samples to learn from"
        raise GoodfitError(given, f"at least {FEWEST}, to split in three parts", "collect more")
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
