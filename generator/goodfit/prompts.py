"""Ask the questions at a terminal. No logic but input and output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import questionary
from questionary import Choice, Style
from questionary.prompts.common import InquirerControl

from goodfit.answers import answer_to, complete, read_answer, refuse_no_cell, text_of
from goodfit.errors import GoodfitError, Stopped
from goodfit.kinds import YesNo
from goodfit.plan import make_plan
from goodfit.questions import QUESTIONS, Question
from goodfit.show import print_plan

STYLE = Style([("instruction", "fg:ansibrightblack"), ("answer", "fg:ansicyan bold")])
ACCEPT, STOP = "Write the project", "Stop, write nothing"
SHOW = "Show every decision"


class Row(str):
    """A line of a choice, of which only the name is searched: `cpu` is not to find what the help of
    `gpu` says."""

    name: str

    def __new__(cls, line: str, name: str) -> Row:
        row = super().__new__(cls, line)
        row.name = name
        return row

    def lower(self) -> str:
        return self.name.lower()


def ask(question: Question, value: Any, others: Mapping[str, Any]) -> Any:
    """One question with `value` as the default, checked against the `others` while it is typed.

    Raises Stopped at Ctrl-C or Ctrl-D.
    """
    if question.options:
        usual = question.default_for(others) if question.name == "architecture" else None
        choices = [
            Choice(Row(f"{option.name:<28}{option.help}{hint}", option.name), value=option.name)
            for option in question.options_for(others)
            for hint in [" (recommended)" if option.name == usual else ""]
        ]
        how = f"({question.help}; arrows and Enter, or type a part of it)"
        return question.kind.read(choose(question.asks, choices, default=value, instruction=how))
    if isinstance(question.kind, YesNo):
        prompt = questionary.confirm(question.asks, default=bool(value), style=STYLE)
    else:
        prompt = questionary.text(
            question.asks,
            default=text_of(value),
            instruction=f"({question.help}) ",
            validate=lambda text: validate(question, text, others),
            style=STYLE,
        )
    return question.kind.read(answered(prompt))


def validate(question: Question, text: str, others: Mapping[str, Any]) -> bool | str:
    """True, or what was expected instead, shown below the line while it is typed."""
    try:
        make_plan(complete({**others, question.name: read_answer(question, text)}))
    except GoodfitError as error:
        return f"expected: {error.expected}; {error.fix}"
    return True


def worth_asking(question: Question, values: Mapping[str, Any]) -> bool:
    """The question is for people, and has more than one answer, given those before it."""
    asked = question.prompted and question.asked(SimpleNamespace(**values))
    return asked and len(question.options_for(values)) != 1


def ask_all(given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask whatever `given` does not answer and the answers so far make worth asking.

    Raises Stopped, and GoodfitError where what is given does not go with what was answered.
    """
    values: dict[str, Any] = {}
    for question in QUESTIONS:
        default = question.default_for(values)
        if question.name in given:
            values[question.name] = answer_to(question, given, values)
        elif not worth_asking(question, values):
            values[question.name] = default
        else:
            values[question.name] = ask(question, default, values)
        if question.name == "input":
            refuse_no_cell(values, given)
    return values


def answered(prompt: Any) -> Any:
    """What the person answers. Raises Stopped at Ctrl-C or Ctrl-D."""
    try:
        return prompt.unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        raise Stopped from None


def choose(asks: str, choices: Sequence[str | Choice], **more: Any) -> Any:
    """One of the choices, by arrows or by typing a part of it; asked again where what was typed is
    no part of any. Raises Stopped."""
    while True:
        prompt = questionary.select(
            asks, choices, style=STYLE, use_search_filter=True, use_jk_keys=False, **more
        )
        picked = answered(prompt)
        if not (typed := in_no_choice(prompt)):
            return picked
        questionary.print(f"no choice has {typed!r} in it", style="fg:ansired")


def in_no_choice(prompt: Any) -> str:
    """What was typed, where it is part of no choice: questionary shows all of them then, and takes
    the first; "" elsewhere."""
    for control in prompt.application.layout.find_all_controls():
        if isinstance(control, InquirerControl) and control.search_filter:
            return "" if control.found_in_search else str(control.search_filter)
    return ""


def accept_or_change(values: dict[str, Any]) -> dict[str, Any] | None:
    """None where the person accepts, else the answers with one of them changed. Raises Stopped."""
    asked = [question for question in QUESTIONS if worth_asking(question, values)]
    choices = [Choice(ACCEPT), *(Choice(f"Change: {one.asks}", value=one.name) for one in asked)]
    picked = choose("Is this the plan?", [*choices, Choice(SHOW), Choice(STOP)])
    if picked == SHOW:
        print_plan(make_plan(complete(values)), whole=True)
        return accept_or_change(values)
    if picked == ACCEPT:
        return None
    if picked == STOP:
        raise Stopped
    question = next(one for one in asked if one.name == picked)
    return settle(values, question)


def settle(values: dict[str, Any], question: Question) -> dict[str, Any]:
    """Ask `question` again; what depends on its answer and no longer fits goes to its default."""
    place = QUESTIONS.index(question)
    given = {one.name for one in QUESTIONS if values[one.name] != one.default_for(values)}
    # What is at its default follows the change, so it must not stand in the way of one.
    others = {
        one.name: values[one.name]
        for one in QUESTIONS
        if QUESTIONS.index(one) < place or one.name in given
    }
    changed = {**values, question.name: ask(question, values[question.name], others)}
    for other in QUESTIONS[place + 1 :]:
        names = [option.name for option in other.options_for(changed)]
        impossible = bool(other.options) and changed[other.name] not in names
        if other.name not in given or impossible or not other.asked(SimpleNamespace(**changed)):
            changed[other.name] = other.default_for(changed)
    try:
        make_plan(complete(changed))
    except GoodfitError as error:
        questionary.print(f"error: {error.message}", style="fg:ansired")
        return values
    return changed
