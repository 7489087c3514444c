"""From a study to answers that `complete` takes: what was found, and what the user said instead."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from goodfit.errors import GoodfitError
from goodfit.questions import QUESTIONS
from goodfit.study import Evidence, Study, study
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


def read_data(
    data: Path, targets: tuple[str, ...], given: dict[str, Any], quiet: bool
) -> dict[str, Any]:
    """The answers that follow from the data. What it cannot say is asked; with `quiet` it is
    refused. Raises GoodfitError, and Stopped where the person stops."""
    if not quiet:
        from goodfit.data_prompts import confirm_data

        return confirm_data(data, targets, given)
    found = study(data, targets, decided(given))
    require_decided(found, given)
    return answers_of(found, given)


def in_place(output_dir: Path) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What puts the path into answers as the project below `output_dir` will see it."""
    return lambda values: located(values, output_dir)


def located(values: Mapping[str, Any], output_dir: Path) -> dict[str, Any]:
    """The same answers with the path of the data as the project will see it: relative to its
    folder, unless they have nothing but the root of the disk in common."""
    slug = str(values.get("project_slug", QUESTIONS[0].default))
    found = values["evidence"]["path"]
    place, project = Path(found["value"]), (output_dir / slug).resolve()
    shared = os.path.commonpath([place, project])
    path = str(place) if shared == place.anchor else os.path.relpath(place, project)
    here = {**found, "value": Path(path).as_posix()}
    return {**values, "evidence": {**values["evidence"], "path": here}}
