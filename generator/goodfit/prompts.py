"""Ask the questions at a terminal. No logic but input and output."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import questionary
from questionary import Choice, Style

from goodfit.answers import complete, read_answer, text_of
from goodfit.errors import GoodfitError
from goodfit.kinds import YesNo
from goodfit.plan import make_plan
from goodfit.questions import QUESTIONS, Question

STYLE = Style([("instruction", "fg:ansibrightblack"), ("answer", "fg:ansicyan bold")])
ACCEPT, STOP = "Write the project", "Stop, write nothing"


class Stopped(Exception):
    """The person stopped; nothing is to be written."""


def ask(question: Question, value: Any, others: Mapping[str, Any]) -> Any:
    """One question with `value` as the default, checked against the `others` while it is typed.

    Raises Stopped at Ctrl-C or Ctrl-D.
    """
    if question.options:
        choices = [
            Choice(f"{option.name:<28}{option.help}", value=option.name)
            for option in question.options
        ]
        prompt = questionary.select(
            question.asks,
            choices=choices,
            default=value,
            instruction=f"({question.help}; arrows and Enter)",
            style=STYLE,
        )
    elif isinstance(question.kind, YesNo):
        prompt = questionary.confirm(question.asks, default=bool(value), style=STYLE)
    else:
        prompt = questionary.text(
            question.asks,
            default=text_of(value),
            instruction=f"({question.help}) ",
            validate=lambda text: validate(question, text, others),
            style=STYLE,
        )
    try:
        answer = prompt.unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        raise Stopped from None
    return question.kind.read(answer)


def validate(question: Question, text: str, others: Mapping[str, Any]) -> bool | str:
    """True, or what was expected instead, shown below the line while it is typed."""
    try:
        make_plan(complete({**others, question.name: read_answer(question, text)}))
    except GoodfitError as error:
        return f"expected: {error.expected}; {error.fix}"
    return True


def ask_all(given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask whatever `given` does not answer and the answers so far make worth asking."""
    values: dict[str, Any] = {}
    for question in QUESTIONS:
        default = question.default_for(values)
        if question.name in given:
            values[question.name] = read_answer(question, given[question.name])
        elif len(question.options) == 1 or not question.asked(SimpleNamespace(**values)):
            values[question.name] = default
        else:
            values[question.name] = ask(question, default, values)
    return values


def accept_or_change(values: dict[str, Any]) -> dict[str, Any] | None:
    """None where the person accepts, else the answers with one of them changed. Raises Stopped."""
    current = SimpleNamespace(**values)
    asked = [one for one in QUESTIONS if one.asked(current) and len(one.options) != 1]
    choices = [Choice(ACCEPT), *(Choice(f"Change: {one.asks}", value=one.name) for one in asked)]
    prompt = questionary.select("Is this the plan?", choices=[*choices, Choice(STOP)], style=STYLE)
    try:
        picked = prompt.unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        raise Stopped from None
    if picked == ACCEPT:
        return None
    if picked == STOP:
        raise Stopped
    question = next(one for one in asked if one.name == picked)
    return settle(values, question)


def settle(values: dict[str, Any], question: Question) -> dict[str, Any]:
    """Ask `question` again; what depends on its answer and no longer fits goes to its default."""
    changed = {**values, question.name: ask(question, values[question.name], values)}
    later = QUESTIONS[QUESTIONS.index(question) + 1 :]
    for other in later:
        asked_now = other.asked(SimpleNamespace(**changed))
        was_default = values[other.name] == other.default_for(values)
        if not asked_now or was_default:
            changed[other.name] = other.default_for(changed)
    try:
        make_plan(complete(changed))
    except GoodfitError as error:
        questionary.print(f"error: {error.message}", style="fg:ansired")
        return values
    return changed
