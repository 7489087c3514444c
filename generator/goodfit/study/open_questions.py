"""What a study leaves open, what the user decides instead, and the answers that follow."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from goodfit.errors import GoodfitError
from goodfit.questions import QUESTIONS
from goodfit.study.evidence import Evidence, Study
from goodfit.toml import inline

LONG = 400  # characters that nobody types
QUESTION_NAMES = {question.name for question in QUESTIONS}


def decided(given: Mapping[str, Any]) -> dict[str, Any]:
    """Answers and settings that the user has decided: flags, and `--set`."""
    return {**given, **given.get("overrides", {})}


def flag(one: Evidence) -> str:
    """What to add to the command for an open question."""
    name = one.question
    if name == "targets":
        return "--target COLUMN"
    if name in QUESTION_NAMES:
        return f"--{name.replace('_', '-')} {'VALUE' if one.value is None else one.value}"
    value = "VALUE" if one.value is None else inline(one.value)
    value = value if len(value) <= LONG else "VALUE"
    return f"--set {shlex.quote(f'{name}={value}')}"


def open_evidence(study: Study, given: Mapping[str, Any]) -> list[Evidence]:
    """What the study could not decide and the user has not."""
    known = decided(given)
    return [
        one for one in study.evidence if one.confidence == "unsure" and one.question not in known
    ]


def settled(study: Study, given: Mapping[str, Any]) -> Study:
    """The study with what the user has decided in place of what was found."""
    known = decided(given)
    evidence = [
        Evidence(one.question, known[one.question], "certain", "you said so")
        if (one.question in known and one.confidence == "unsure")
        or known.get(one.question, one.value) != one.value
        else one
        for one in study.evidence
    ]
    return replace(study, evidence=tuple(evidence))


def require_decided(study: Study, given: Mapping[str, Any]) -> None:
    """Raise GoodfitError for what the data alone cannot say, with the flags that do."""
    left = open_evidence(study, given)
    if not left:
        return
    why = "; ".join(f"{one.question.replace('_', ' ')}: {one.why}" for one in left)
    flags = " ".join(flag(one) for one in left)
    expected = "what only you can say; nothing is guessed"
    raise GoodfitError(f"{study.path}: {why}", expected, f"look, and add {flags}")


def answers_of(study: Study, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was found, what the user said instead, and the evidence of what was found."""
    sure = [one for one in study.evidence if one.confidence != "unsure"]
    found = {one.question: {"value": one.value, "why": one.why} for one in sure}
    found["path"] = {"value": str(study.path), "why": f"{study.kind}, which you named"}
    return {**study.answers, **given, "evidence": found}
