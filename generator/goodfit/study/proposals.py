"""All that a study asks, question after question, and the commands that answer it as proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from goodfit.errors import GoodfitError, shell_word
from goodfit.study import Study, study
from goodfit.study.evidence import Evidence
from goodfit.study.open_questions import QUESTION_NAMES, decided, flag, open_evidence

MOST = 5  # other ways that are shown


def asked_in_turn(
    found: Study,
    data: Path,
    targets: tuple[str, ...],
    given: Mapping[str, Any],
    instead: Mapping[str, Any] | None = None,
) -> list[Evidence]:
    """Every open question with its proposal, taken in its turn: what is to be predicted leads to
    more questions. `instead` has what to take for some of them."""
    asked: list[Evidence] = []
    known = {**given, "overrides": {**given.get("overrides", {})}}
    while left := open_evidence(found, known):
        other = [one for one in left if one.question == "input" and "input" in (instead or {})]
        for one in other or left:  # of another input, the questions beside it are not asked
            value = (instead or {}).get(one.question, one.value)
            if value is None:
                return [*asked, *left]
            asked.append(replace(one, value=value))
            if one.question == "targets":
                targets = tuple(value)
            elif one.question in QUESTION_NAMES:
                known[one.question] = value
            else:
                known["overrides"][one.question] = value
        try:
            found = study(data, targets, decided(known))
        except GoodfitError:  # the proposals do not go together: the first ones are asked alone
            break
    return asked


def ways(
    found: Study, data: Path, targets: tuple[str, ...], given: Mapping[str, Any]
) -> list[list[Evidence]]:
    """What is asked, as proposed, and once for each other answer that may be meant."""
    first = asked_in_turn(found, data, targets, given)
    others = [{one.question: value} for one in first for value in one.others]
    return [first, *(asked_in_turn(found, data, targets, given, one) for one in others[:MOST])]


def commands(
    found: Study, data: Path, targets: tuple[str, ...], given: Mapping[str, Any], typed: str
) -> list[str]:
    """What to type, for each way that may be meant: `typed`, and an answer to each question."""
    return typed_as(typed, ways(found, data, targets, given))


def typed_as(typed: str, proposed: Sequence[Sequence[Evidence]]) -> list[str]:
    """For each way that may be meant `typed`, and its answer to each question."""
    return [" ".join([typed, *map(flag, asked)]) for asked in proposed]


def with_all_questions(found: Study, asked: Sequence[Evidence]) -> Study:
    """The study, and the questions that come up only where the first are answered as proposed."""
    there = {one.question for one in found.evidence}
    later = tuple(one for one in asked if one.question not in there)
    return replace(found, evidence=(*found.evidence, *later))


def require_decided(
    found: Study, data: Path, targets: tuple[str, ...], given: Mapping[str, Any], typed: str
) -> None:
    """Raise GoodfitError for all that the data alone cannot say, with the command that says it."""
    asked = asked_in_turn(found, data, targets, given)
    if not asked:
        return
    why = "".join(f"\n    {one.question.replace('_', ' ')}: {one.why}" for one in asked)
    typed = typed or f"goodfit generate --data {shell_word(str(data))} --yes"
    lines = "\n   or: ".join(commands(found, data, targets, given, typed))
    expected = "what only you can say; nothing is guessed"
    raise GoodfitError(f"{found.path}:{why}", expected, f"look, and run: {lines}")
