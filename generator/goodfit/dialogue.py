"""How settings are said and typed at a prompt: plainly, and without flags."""

from __future__ import annotations

import re
import shlex
import tomllib
from typing import Any, NamedTuple

from goodfit.constraints import AnyOf, Constraint, ListOf, OneOf, Words
from goodfit.errors import GoodfitError
from goodfit.questions import QUESTIONS
from goodfit.settings import BY_NAME, require_setting
from goodfit.toml import inline

NONE = "none"
ITEM = re.compile(r"""\s*("(?:\\.|[^"\\])*"|'[^']*'|[^,]*?)\s*(?:,|$)""")
SHELL_WORD = r"""(?:'[^']*'|"[^"]*"|[^\s'";,)])+"""
SETTING = re.compile(rf"--set ({SHELL_WORD}(?:(?<==)[,.])?)")  # decimal=, ends with the mark
FLAG = re.compile(r"(?<![\w-])--([a-z]+(?:-[a-z]+)*)(?: ([a-z0-9][a-z0-9-]*))?")
ANSWERS = {question.name: question for question in QUESTIONS if question.options}


class Remedy(NamedTuple):
    """A setting that a message proposes."""

    name: str
    value: Any

    def __str__(self) -> str:
        return f"{self.name} = {plain(self.value)}"


def plain(value: Any) -> str:
    """A value of a setting as `read_plain` takes it: names with commas, "none" for nothing; in
    quotes where it could be read otherwise."""
    if isinstance(value, list | tuple):
        return ", ".join(in_list(one) for one in value) or NONE
    return bare(value) if isinstance(value, str) else inline(value)


def bare(text: str) -> str:
    """A name without quotes, where nothing in it needs them."""
    if not text:
        return NONE
    odd = text != text.strip() or not text.isprintable() or text[0] in "\"'"
    return inline(text) if odd or text.lower() == NONE else text


def in_list(value: Any) -> str:
    """The same between the commas of a list."""
    if not isinstance(value, str):
        return inline(value)
    return inline(value) if not value or "," in value or value[0] == "[" else bare(value)


def read_plain(constraint: Constraint | Any, text: str) -> Any:
    """The value that is meant by what was typed: as TOML or JSON, or plainly (`a, b`; a name
    without quotes; "none" or empty for nothing). The text itself where nothing fits."""
    text = text.strip()
    nothing = ["", []] if text.lower() in ("", NONE) else []
    readings = [*nothing, as_toml(text), text]
    fits = [one for one in readings if constraint.accepts(one)]
    if fits:
        return fits[0]
    kinds = constraint.kinds if isinstance(constraint, AnyOf) else (constraint,)
    for kind in kinds:
        if isinstance(kind, ListOf):
            items = [read_plain(kind.kind, one) for one in divided(text)]
            if kind.accepts(items):
                return items
    return text


def divided(text: str) -> list[str]:
    """What stands between commas; a comma in quotes does not divide."""
    items = [found[1] for found in ITEM.finditer(text)]
    return [one for one in items if one]


def as_toml(text: str) -> Any:
    """The value that TOML reads, which takes lists and words of JSON as well; None where none."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return None


def read_setting(name: str, text: str) -> Any:
    """The value of a setting in what was typed. Raises GoodfitError."""
    value = read_plain(BY_NAME[name].constraint, text)
    constraint = BY_NAME[name].constraint
    if not constraint.accepts(value):
        expected = f"{constraint}{how_to_type(constraint)}"
        raise GoodfitError(f"{name} = {text.strip()}", expected, f"{name} is {BY_NAME[name].help}")
    require_setting(name, value)
    return value


def how_to_type(constraint: Constraint) -> str:
    """What a prompt adds for a setting that may be a list, or nothing."""
    kinds = constraint.kinds if isinstance(constraint, AnyOf) else (constraint,)
    if any(isinstance(kind, ListOf) for kind in kinds):
        return "; a, b" + '; "none" for none' * constraint.accepts([])
    return '; "none" for none' * (isinstance(constraint, Words) and constraint.accepts(""))


def options_of(name: str) -> tuple[Any, ...]:
    """The values of a setting that has a few words to choose from."""
    constraint = BY_NAME[name].constraint
    return constraint.words if isinstance(constraint, OneOf) else ()


def remedies(text: str) -> list[Remedy]:
    """The settings that a message proposes by `--set`, in their order."""
    found = [remedy_in(word) for word in SETTING.findall(text)]
    return list({str(one): one for one in found if one}.values())


def remedy_in(word: str) -> Remedy | None:
    """The setting in a word of a command; None where it is none that the generator knows."""
    name, equals, text = "".join(shlex.split(word)).partition("=")
    name = name.rpartition(".")[2]
    if not equals or name not in BY_NAME:
        return None
    value = read_plain(BY_NAME[name].constraint, text)
    return Remedy(name, value) if BY_NAME[name].constraint.accepts(value) else None


def spoken(text: str) -> str:
    """A message for somebody at a prompt: `group = none` instead of --set 'group=""', and task
    instead of --task."""

    def setting(found: re.Match[str]) -> str:
        remedy = remedy_in(found[1])
        return f"`{remedy}`" if remedy else found[1]

    def flag(found: re.Match[str]) -> str:
        name, value = found[1].replace("-", "_"), found[2]
        options = [one.name for one in ANSWERS[name].options] if name in ANSWERS else []
        is_value = value in options or (value or "").isdigit()
        return f"`{name} = {value}`" if is_value else " ".join(filter(None, (name, value)))

    without_data = text.replace("--data ", "")  # a path is answered as it stands
    return FLAG.sub(flag, SETTING.sub(setting, without_data))
