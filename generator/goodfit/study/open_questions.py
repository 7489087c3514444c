"""What a study leaves open, what the user decides instead, and the answers that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from goodfit.data_settings import DATA_SETTINGS
from goodfit.errors import shell_word
from goodfit.questions import QUESTIONS
from goodfit.study.evidence import Evidence, Study
from goodfit.toml import inline

MOST_LINES = 500  # columns that get a line each in config.toml; more stand side by side
# Which say nothing of the data, or are told one by one:
UNTOLD = ("project_slug", "description", "accelerator", "path", "overrides")
QUESTION_NAMES = {question.name for question in QUESTIONS}


def decided(given: Mapping[str, Any]) -> dict[str, Any]:
    """Answers and settings that the user has decided: flags, and `--set`."""
    return {**given, **given.get("overrides", {})}


def flag(one: Evidence) -> str:
    """What to add to the command for an open question, as it stands."""
    name = one.question
    if name == "targets":
        return " ".join(f"--target {shell_word(column)}" for column in one.value or ["COLUMN"])
    if name in QUESTION_NAMES:
        return answer_flag(name, one.value)
    value = "VALUE" if one.value is None else inline(one.value)
    return f"--set {shell_word(f'{name}={value}')}"


def answer_flag(name: str, value: Any) -> str:
    """An answer as it is given on the command line."""
    flag = name.replace("_", "-")
    if isinstance(value, bool):
        return f"--{flag}" if value else f"--no-{flag}"
    return f"--{flag} {'VALUE' if value is None else shell_word(str(value))}"


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
    told = {one.question for one in evidence}
    shown = (*QUESTION_NAMES, *(setting.name for setting in DATA_SETTINGS))
    evidence += [
        Evidence(name, value, "certain", "you said so")
        for name, value in known.items()
        if name in shown and name not in told and name not in UNTOLD
    ]
    return replace(study, evidence=tuple(evidence))


def answers_of(study: Study, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was found, what the user said instead, and the evidence of what was found."""
    sure = [one for one in study.evidence if one.confidence != "unsure"]
    found = {
        one.question: {"value": one.value, "why": one.why} | ({"each": each} if each else {})
        for one in sure
        for each in [dict(one.each) if len(one.each) <= MOST_LINES else {}]
    }
    found["path"] = {"value": str(study.path), "why": f"{study.kind}, which you named"}
    return {**study.answers, **given, "evidence": found}
