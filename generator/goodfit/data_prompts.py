"""Show at a terminal what the data says, ask what it does not, and let the person correct it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import questionary
from questionary import Choice

from goodfit.answers import complete
from goodfit.data_settings import DATA_SETTINGS
from goodfit.errors import GoodfitError
from goodfit.plan import make_plan
from goodfit.prompts import STYLE, answered, ask, choose
from goodfit.questions import QUESTIONS
from goodfit.settings import read_override, require_setting
from goodfit.study import Evidence, Study, study
from goodfit.study.open_questions import answers_of, decided, open_evidence, settled
from goodfit.study.report import in_order, print_study, shown
from goodfit.toml import inline

BY_NAME = {question.name: question for question in QUESTIONS}
MEANS = {setting.name: setting.help for setting in DATA_SETTINGS}
ASKS_FOR_DATA = "Which file or folder is to be learnt from?"
MOST_LISTED = 40  # columns to choose from


class Said(NamedTuple):
    """What the person has decided: columns to predict, answers and settings."""

    targets: tuple[str, ...]
    given: dict[str, Any]

    def with_setting(self, name: str, value: Any) -> Said:
        """The same, and a setting."""
        overrides = {**self.given.get("overrides", {}), name: value}
        return self._replace(given={**self.given, "overrides": overrides})


def confirm_data(data: Path, targets: tuple[str, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask what the data does not say, show what it does, and let the person correct any of it:
    answers that are then as good as given. Raises Stopped, and GoodfitError."""
    said = Said(targets, dict(given))
    found = study(data, said.targets, decided(said.given))
    while True:
        left = open_evidence(found, said.given)
        try:
            if left:
                wish = answer_open(found, left[0], said)
            else:
                print_study(settled(found, said.given))
                if answered(questionary.confirm("Is that right?", default=True, style=STYLE)):
                    return answers_of(found, said.given)
                wish = answer_anew(settled(found, said.given), said)
            looked = study(data, wish.targets, decided(wish.given))
            if not open_evidence(looked, wish.given):
                make_plan(complete(answers_of(looked, wish.given)))
            found, said = looked, wish
        except GoodfitError as error:  # the answer does not go with the data: asked again
            questionary.print(f"error: {error.message}", style="fg:ansired")


def ask_for_data() -> Path | None:
    """The file or folder to learn from; None for the embedded sample. Raises Stopped."""
    how = "(its path; empty: none yet, a sample is made up) "
    prompt = questionary.text(ASKS_FOR_DATA, instruction=how, validate=is_there, style=STYLE)
    text = str(answered(prompt)).strip()
    return Path(text).expanduser() if text else None


def is_there(text: str) -> bool | str:
    """True, or what was expected instead."""
    there = not text.strip() or Path(text.strip()).expanduser().exists()
    return there or "expected: the path of a file or folder that is there, or nothing"


def answer_open(found: Study, one: Evidence, said: Said) -> Said:
    """The answer to what the data does not say; "no" to a proposal is followed by the question for
    another one, and nothing that was answered before is lost. Raises Stopped."""
    if one.question in BY_NAME:
        questionary.print(f"{found.path.name}: {one.why}")
    if one.question in (*BY_NAME, "targets"):
        return answer_to(found, one, said)
    if one.question == "sheet":  # several may be meant, and a person types the name of one
        questionary.print(f"{found.path.name}: {one.why}")
        return answer_to(found, one, said)
    means = MEANS.get(one.question, "")
    if one.others:
        questionary.print(f"{found.path.name}: {one.why}")
        choices = [Choice(inline(value), value=value) for value in (one.value, *one.others)]
        return said.with_setting(one.question, choose(f"{one.question}: {means}", choices))
    asks = f"{one.why}. Take {one.question} = {inline(one.value)} ({means})?"
    if answered(questionary.confirm(asks, default=True, style=STYLE)):
        return said.with_setting(one.question, one.value)
    questionary.print(
        "Then say another value, or mend the data (Ctrl-C stops, nothing is written)."
    )
    return answer_to(found, one, said)


def answer_anew(found: Study, said: Said) -> Said:
    """One answer of the person's choice, given anew."""
    rows = [one for one in in_order(found) if one.question in (*BY_NAME, *MEANS)]
    if found.answers["input"] == "tabular" and all(one.question != "ignore" for one in rows):
        rows.append(Evidence("ignore", [], "certain", "every column may say something"))
    choices = [Choice(f"{one.question}: {shown(one.value)}", value=one) for one in rows]
    return answer_to(found, choose("Which is wrong?", choices), said)


def answer_to(found: Study, one: Evidence, said: Said) -> Said:
    """The answer to a question of any kind: a column, an answer, or a setting. Raises Stopped."""
    if one.question == "targets":
        return said._replace(targets=(choose_target(found, one),))
    if one.question in BY_NAME:
        others = {**found.answers, **said.given}
        return said._replace(
            given={**said.given, one.question: ask(BY_NAME[one.question], one.value, others)}
        )
    prompt = questionary.text(
        f"{one.question} =",
        default=inline(one.value),
        instruction=f"({MEANS[one.question]}) ",
        validate=lambda text: is_setting(one.question, text),
        style=STYLE,
    )
    return said.with_setting(*read_override(f"{one.question}={answered(prompt)}"))


def is_setting(name: str, text: str) -> bool | str:
    """True, or what was expected instead, shown below the line while it is typed."""
    try:
        require_setting(*read_override(f"{name}={text}"))
    except GoodfitError as error:
        return f"expected: {error.expected}"
    return True


def choose_target(found: Study, one: Evidence) -> str:
    """The column to predict, the likeliest first; of many its name is typed. Raises Stopped."""
    places = {name: one.why.find(f"`{name}`:") for name in found.columns}
    names = sorted(places, key=lambda name: (places[name] < 0, places[name]))
    asks = "Which column is to be predicted?"
    why = one.why.replace("perhaps `", "perhaps\n  `").replace("; `", "\n  `")
    questionary.print(f"{found.path.name}: {why}")
    if len(names) <= MOST_LISTED:
        return str(choose(asks, names))
    return str(
        answered(
            questionary.autocomplete(
                asks,
                choices=names,
                default="".join((one.value or [])[:1]),
                validate=lambda text: text in names or "a column that is there",
                style=STYLE,
            )
        )
    )
