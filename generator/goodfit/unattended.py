"""Where nobody can be asked: all that would be, and one command that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goodfit.answers import complete
from goodfit.errors import GoodfitError
from goodfit.questions import QUESTIONS, Question, worth_asking
from goodfit.study import study
from goodfit.study.open_questions import answer_flag, decided
from goodfit.study.proposals import require_decided

BY_DEFAULT = ("project_slug", "description", "overrides")  # what a command need not say


def refuse_to_ask(
    data: Path | None, targets: tuple[str, ...], given: Mapping[str, Any], typed: str
) -> None:
    """Raise GoodfitError with every question that would be asked at a terminal, and what to add to
    the command that was `typed`."""
    command, asked = f"{typed} --yes", ""
    if data is not None:
        require_decided(study(data, targets, decided(given)), data, targets, given, command)
    elif questions := left_open(given):
        answers = vars(complete(given))
        flags = [answer_flag(one.name, answers[one.name]) for one in questions]
        command = " ".join([typed, *flags, "--yes"])
        asked = ":" + "".join(
            f"\n    {one.name.replace('_', ' ')}: {one.asks}" for one in questions
        )
    fix = "change what is not so, and run" if asked else "--yes takes what is found; run"
    raise GoodfitError(
        f"no terminal to ask questions at{asked}",
        "a terminal, or all answers by flag or by --answers FILE",
        f"{fix}: {command}",
    )


def left_open(given: Mapping[str, Any]) -> list[Question]:
    """The questions without data that nothing answers yet."""
    answers = vars(complete(given))
    return [
        one
        for one in QUESTIONS
        if worth_asking(one, answers) and one.name not in (*given, *BY_DEFAULT)
    ]
