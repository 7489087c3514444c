"""Show at a terminal what the data says, ask what it does not, and let the person correct it."""

from __future__ import annotations

import shlex
import shutil
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, cast

import questionary
from questionary import Choice

from goodfit.answers import complete
from goodfit.constraints import Truth
from goodfit.data_settings import DATA_SETTINGS
from goodfit.dialogue import (
    Remedy,
    how_to_type,
    options_of,
    plain,
    read_setting,
    remedies,
    spoken,
)
from goodfit.errors import GoodfitError, nearest
from goodfit.plan import make_plan
from goodfit.prompts import STYLE, answered, ask, choose, confirmed, cut, tell, typed_in
from goodfit.questions import QUESTIONS
from goodfit.reader.how import printable
from goodfit.settings import BY_NAME as SETTINGS
from goodfit.study import Evidence, Study, study
from goodfit.study.open_questions import answers_of, decided, open_evidence, settled
from goodfit.study.report import in_order, print_study, shown

BY_NAME = {question.name: question for question in QUESTIONS}
MEANS = {setting.name: setting.help for setting in DATA_SETTINGS}
ASKS_FOR_DATA = "Which file or folder is to be learnt from?"
SEVERAL = "several columns, each to be predicted"
ANOTHER_VALUE, ANOTHER_FILE = "another value", "another file or folder"
MOST_LISTED = 40  # columns to choose from


class Several(Enum):
    """What is picked where more than one column is meant: no name of a column is that."""

    COLUMNS = "columns"


class Said(NamedTuple):
    """What the person has decided: columns to predict, answers and settings."""

    targets: tuple[str, ...]
    given: dict[str, Any]

    def with_setting(self, name: str, value: Any) -> Said:
        """The same, and a setting."""
        overrides = {**self.given.get("overrides", {}), name: value}
        return self._replace(given={**self.given, "overrides": overrides})

    def with_target(self, *names: str) -> Said:
        """The same, and the columns to predict, whatever was said of them before."""
        overrides = {**self.given.get("overrides", {})}
        overrides.pop("targets", None)
        return Said(names, {**self.given, "overrides": overrides})


def ask_and_confirm(targets: tuple[str, ...], given: Mapping[str, Any]) -> dict[str, Any] | None:
    """The answers that follow from the data that the person names; where nothing can be learnt from
    it, it is said why, and asked again. None for the embedded sample. Raises Stopped."""
    data: Path | None = None
    while data := ask_for_data(data):
        said: Said | None = Said(targets, dict(given))
        while said:
            try:
                return confirm_data(data, said.targets, said.given)
            except GoodfitError as error:
                tell(error)
                said = choose_remedy(error, said)
    return None


def choose_remedy(error: GoodfitError, said: Said) -> Said | None:
    """What was said, with a setting that the refusal proposes; None where it proposes none, or the
    person wants another file. Raises Stopped."""
    proposed = [one for one in remedies(error.fix) if one.name in MEANS]
    if not proposed:
        return None
    choices = [Choice(cut(str(one)), value=one) for one in proposed]
    picked = choose("How to go on?", [*choices, Choice(ANOTHER_FILE)])
    return None if picked == ANOTHER_FILE else said.with_setting(*picked)


def confirm_data(data: Path, targets: tuple[str, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask what the data does not say, show what it does, and let the person correct any of it:
    answers that are then as good as given. Raises Stopped, and GoodfitError."""
    said = Said(targets, dict(given))
    found = study(data, said.targets, decided(said.given))
    before: Study | None = None
    wrong: Evidence | None = None  # what the person wants to say anew
    while True:
        left = open_evidence(found, said.given)
        if not left and not wrong:
            now = without_flags(settled(found, said.given))
            print_study(now, before)
            before = now
            if confirmed("Is that right?"):
                return answers_of(found, said.given)
            wrong = choose_wrong(now)
        wish = said
        try:
            wish = answer_to(found, wrong, said) if wrong else answer_open(found, left[0], said)
            looked = study(data, wish.targets, decided(wish.given))
            if not open_evidence(looked, wish.given):
                make_plan(complete(answers_of(looked, wish.given)))
            found, said, wrong = looked, wish, None
        except GoodfitError as error:  # the answer does not go with the data: asked again
            tell(error)
            if wrong:
                typed = decided(wish.given).get(wrong.question, wrong.value)
                wrong = replace(wrong, value=typed)


def without_flags(found: Study) -> Study:
    """The same study, in words for somebody who answers at a prompt."""
    return replace(
        found, evidence=tuple(replace(one, why=spoken(one.why)) for one in found.evidence)
    )


def ask_for_data(before: Path | None = None) -> Path | None:
    """The file or folder to learn from, `before` as a proposal; None for the embedded sample.
    Raises Stopped."""
    default, how = str(before or ""), "its path; empty: none yet, a sample is made up"
    return typed_in(ASKS_FOR_DATA, default, how, read_place)


def read_place(text: str) -> Path | None:
    """The path that was typed, or dragged into the terminal, which puts quotes around it; None for
    nothing. Raises GoodfitError where nothing is there."""
    if not text.strip():
        return None
    try:
        words = shlex.split(text)
    except ValueError:  # a quotation mark that is part of the name
        words = []
    for word in (text.strip(), *words[:1]):
        place = Path(word).expanduser()
        if is_there(place):
            return place
    place = Path(text.strip()).expanduser()
    beside = [one.name for one in place.parent.iterdir()] if place.parent.is_dir() else []
    fix = nearest(place.name, beside, "check the path, or answer nothing for a made-up sample")
    raise GoodfitError(f"{place} is not there", "the path of a file or folder", fix)


def is_there(place: Path) -> bool:
    """Something is at the path."""
    try:
        return place.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def say_why(found: Study, why: str) -> None:
    """What the data says of a question that it leaves open, no word cut by the edge."""
    width = shutil.get_terminal_size().columns - 1
    for line in f"{found.path.name}: {spoken(why)}".splitlines():
        after = " " * (len(line) - len(line.lstrip()) + 2)
        wrapped = textwrap.wrap(
            printable(line), width, subsequent_indent=after, break_on_hyphens=False
        )
        questionary.print("\n".join(wrapped))


def answer_open(found: Study, one: Evidence, said: Said) -> Said:
    """The answer to what the data does not say. Raises Stopped."""
    if one.question == "targets":
        return choose_target(found, one, said)
    say_why(found, one.why)
    if one.question in (*BY_NAME, "sheet") or one.value is None:  # the name of a sheet is typed
        return answer_to(found, one, said)
    asks = f"Take {Remedy(one.question, one.value)} ({MEANS[one.question]})?"
    if isinstance(SETTINGS[one.question].constraint, Truth):
        return said.with_setting(one.question, one.value if confirmed(asks) else not one.value)
    ways = [Remedy(one.question, value) for value in (one.value, *one.others)]
    ways += [way for way in remedies(one.why) if way not in ways and way.name in MEANS]
    if len(ways) == 1:
        if confirmed(asks):
            return said.with_setting(*ways[0])
        return answer_to(found, one, said)
    choices = [Choice(cut(str(way)), value=way) for way in ways]
    picked = choose(f"{one.question}: {MEANS[one.question]}", [*choices, Choice(ANOTHER_VALUE)])
    if picked == ANOTHER_VALUE:
        return answer_to(found, one, said)
    return said.with_setting(*picked)


def choose_wrong(found: Study) -> Evidence:
    """The answer that the person wants to give anew. Raises Stopped."""
    rows = [one for one in in_order(found) if one.question in (*BY_NAME, *MEANS)]
    if found.answers["input"] == "tabular" and all(one.question != "ignore" for one in rows):
        rows.append(Evidence("ignore", [], "certain", "every column may say something"))
    choices = [Choice(cut(f"{one.question}: {shown(one.value)}"), value=one) for one in rows]
    return cast(Evidence, choose("Which is wrong?", choices))


def answer_to(found: Study, one: Evidence, said: Said) -> Said:
    """The answer to a question of any kind: a column, an answer, or a setting. Raises Stopped."""
    name = one.question
    if name == "targets":
        return choose_target(found, one, said)
    if name in BY_NAME:
        others = answers_of(found, {**found.answers, **said.given})
        answer = ask(BY_NAME[name], one.value, others)
        return said._replace(given={**said.given, name: answer})
    if isinstance(SETTINGS[name].constraint, Truth):
        return said.with_setting(name, confirmed(f"{name} ({MEANS[name]})?", bool(one.value)))
    if options := options_of(name):
        choices = [Choice(plain(option), value=option) for option in options]
        return said.with_setting(name, choose(f"{name}: {MEANS[name]}", choices, default=one.value))
    default = "" if one.value is None else plain(one.value)
    how = MEANS[name] + how_to_type(SETTINGS[name].constraint)
    return said.with_setting(
        name, typed_in(f"{name} =", default, how, lambda text: read_setting(name, text))
    )


def choose_target(found: Study, one: Evidence, said: Said) -> Said:
    """The column to predict, the likeliest first, or several; of many the name is typed. Raises
    Stopped."""
    places = {name: one.why.find(f"`{name}`:") for name in found.columns}
    names = sorted(places, key=lambda name: (places[name] < 0, places[name]))
    asks = "Which column is to be predicted?"
    say_why(found, one.why.replace("perhaps `", "perhaps\n  `").replace("; `", "\n  `"))
    if len(names) > MOST_LISTED:
        return said.with_target(typed_column(asks, names, one))
    others = [Choice(cut(str(way)), value=way) for way in remedies(one.why) if way.name in MEANS]
    columns = [Choice(cut(name), value=name) for name in names]
    picked = choose(asks, [*columns, *others, Choice(SEVERAL, value=Several.COLUMNS)])
    if picked is Several.COLUMNS:
        return said.with_target(*marked("Which columns?", columns))
    if isinstance(picked, Remedy):
        return said._replace(targets=()).with_setting(*picked)
    return said.with_target(picked)


def marked(asks: str, columns: list[Choice]) -> list[str]:
    """The columns that are marked with the space bar, one or more. Raises Stopped."""
    prompt = questionary.checkbox(
        asks,
        choices=columns,
        validate=lambda picked: bool(picked) or "mark each with the space bar",
        style=STYLE,
    )
    return list(answered(prompt))


def typed_column(asks: str, names: list[str], one: Evidence) -> str:
    """The name of a column, completed while it is typed. Raises Stopped."""
    prompt = questionary.autocomplete(
        asks,
        choices=names,
        default="".join((one.value or [])[:1]),
        validate=lambda text: text in names or nearest(text, names, "a column that is there"),
        style=STYLE,
    )
    return str(answered(prompt))
