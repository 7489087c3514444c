"""Ask the questions at a terminal. No logic but input and output."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import questionary
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from questionary import Choice, Style
from questionary.prompts.common import InquirerControl

from goodfit.answers import answer_to, complete, read_answer, refuse_no_cell, text_of
from goodfit.cells import Option
from goodfit.dialogue import spoken
from goodfit.errors import GoodfitError, Stopped
from goodfit.kinds import YesNo
from goodfit.plan import make_plan
from goodfit.questions import QUESTIONS, Question, worth_asking
from goodfit.reader.how import printable
from goodfit.render import refuse_existing
from goodfit.show import print_plan

Answer = TypeVar("Answer")

PASTING = KeyBindings()
STYLE = Style([("instruction", "fg:ansibrightblack"), ("answer", "fg:ansicyan bold")])
ACCEPT, STOP = "Write the project", "Stop, write nothing"
SHOW = "Show every decision"
MOST_SHOWN = 77  # characters of a choice on a screen of 80, beside its arrow


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


def ask(
    question: Question, value: Any, others: Mapping[str, Any], output_dir: Path = Path()
) -> Any:
    """One question with `value` as the default, asked again until its answer goes with the
    `others`, and the name of a project is free below `output_dir`. Raises Stopped at Ctrl-C or
    Ctrl-D."""
    if question.options:
        usual = question.default_for(others) if question.name == "architecture" else None
        options = question.options_for(others)
        choices = [Choice(row_of(one, options, usual), value=one.name) for one in options]
        how = f"({question.help}; arrows and Enter, or type a part of it)"
        return question.kind.read(choose(question.asks, choices, default=value, instruction=how))
    if isinstance(question.kind, YesNo):
        return confirmed(question.asks, bool(value))
    return typed_in(
        question.asks,
        text_of(value),
        question.help,
        lambda text: checked(question, text, others, output_dir),
    )


def row_of(option: Option, options: Sequence[Option], usual: str | None) -> Row:
    """An option as a line of a choice, that no terminal of 80 characters cuts."""
    name = option.name + " (recommended)" * (option.name == usual)
    widest = max(len(one.name) + len(" (recommended)") * (one.name == usual) for one in options)
    return Row(cut(f"{name:<{widest}}  {option.help}"), option.name)


def cut(line: str) -> str:
    """A choice on one line, which a terminal would cut where it likes."""
    line = printable(line)
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 4]} ..."


def checked(question: Question, text: str, others: Mapping[str, Any], output_dir: Path) -> Any:
    """The answer that was typed. Raises GoodfitError where it is none, does not go with the
    `others`, or names a project that is there."""
    answer = read_answer(question, text)
    if question.name == "project_slug":
        refuse_taken(output_dir / answer)
    make_plan(complete({**others, question.name: answer}))
    return answer


def refuse_taken(target: Path) -> None:
    """Raise GoodfitError where a project cannot be written to `target`."""
    try:
        refuse_existing(target)
    except GoodfitError as error:
        raise GoodfitError(error.given, error.expected, "choose another name") from None


def free_name(name: str, output_dir: Path) -> str:
    """The name, or with the first number that makes it free, for a default."""
    names = (name, *(f"{name}-{number}" for number in range(2, 100)))
    return next((one for one in names if not (output_dir / one).exists()), name)


def typed_in(asks: str, default: str, how: str, read: Callable[[str], Answer]) -> Answer:
    """What is typed, as `read` understands it; asked again, with the reason, where it refuses. The
    default is selected, so that what is typed takes its place. Raises Stopped."""
    while True:
        prompt = questionary.text(
            asks, default=default, instruction=f"({how})", style=STYLE, key_bindings=PASTING
        )
        select_all(prompt.application.current_buffer)
        default = str(answered(prompt))
        try:
            return read(default)
        except GoodfitError as error:
            tell(error)


def select_all(line: Buffer) -> None:
    """Select what stands in the line: typing replaces it, arrows and End go on writing it."""
    if line.text:
        line.cursor_position = 0
        line.start_selection()
        line.cursor_position = len(line.text)
    if line.selection_state:
        line.selection_state.enter_shift_mode()


@PASTING.add(Keys.BracketedPaste)
def paste(event: KeyPressEvent) -> None:
    """What is pasted takes the place of what is selected, too."""
    event.current_buffer.cut_selection()
    event.current_buffer.insert_text(" ".join(event.data.splitlines()))


def confirmed(asks: str, default: bool = True) -> bool:
    """Yes or no. Raises Stopped."""
    return bool(answered(questionary.confirm(asks, default=default, style=STYLE)))


def tell(error: GoodfitError) -> None:
    """Say what is wrong with an answer, and what to answer instead."""
    questionary.print(printable(spoken(f"error: {error.message}")), style="fg:ansired")


def ask_all(given: Mapping[str, Any], output_dir: Path) -> dict[str, Any]:
    """Ask whatever `given` does not answer and the answers so far make worth asking.

    Raises Stopped, and GoodfitError where what is given does not go with what was answered.
    """
    values: dict[str, Any] = {}
    for question in QUESTIONS:
        default = question.default_for(values)
        if question.name == "project_slug":
            default = free_name(default, output_dir)
        if question.name in given:
            values[question.name] = answer_to(question, given, values)
        elif not worth_asking(question, values):
            values[question.name] = default
        else:
            values[question.name] = ask(question, default, values, output_dir)
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


def accept_or_change(values: dict[str, Any], output_dir: Path) -> dict[str, Any] | None:
    """None where the person accepts, else the answers with one of them changed. Raises Stopped."""
    asked = [question for question in QUESTIONS if worth_asking(question, values)]
    choices = [Choice(ACCEPT), *(Choice(f"Change: {one.asks}", value=one.name) for one in asked)]
    picked = choose("Is this the plan?", [*choices, Choice(SHOW), Choice(STOP)])
    if picked == SHOW:
        print_plan(make_plan(complete(values)), whole=True)
        return accept_or_change(values, output_dir)
    if picked == ACCEPT:
        return None
    if picked == STOP:
        raise Stopped
    question = next(one for one in asked if one.name == picked)
    return settle(values, question, output_dir)


def settle(values: dict[str, Any], question: Question, output_dir: Path) -> dict[str, Any]:
    """Ask `question` again; what depends on its answer and no longer fits goes to its default."""
    place = QUESTIONS.index(question)
    given = {one.name for one in QUESTIONS if values[one.name] != one.default_for(values)}
    # What is at its default follows the change, so it must not stand in the way of one.
    others = {
        one.name: values[one.name]
        for one in QUESTIONS
        if QUESTIONS.index(one) < place or one.name in given
    }
    answer = ask(question, values[question.name], others, output_dir)
    changed = {**values, question.name: answer}
    for other in QUESTIONS[place + 1 :]:
        names = [option.name for option in other.options_for(changed)]
        impossible = bool(other.options) and changed[other.name] not in names
        if other.name not in given or impossible or not other.asked(SimpleNamespace(**changed)):
            changed[other.name] = other.default_for(changed)
    try:
        make_plan(complete(changed))
    except GoodfitError as error:
        tell(error)
        return values
    return changed
