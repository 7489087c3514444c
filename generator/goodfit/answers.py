"""The answers: the only input of the rules. Frozen, validated, saved as answers.toml."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from goodfit import __version__
from goodfit.cells import (
    Cell,
    architectures_of,
    form_of,
    input_named,
    nearest_cells,
    task_named,
)
from goodfit.contradictions import refuse_contradictions
from goodfit.errors import GoodfitError, nearest
from goodfit.kinds import NAME
from goodfit.questions import QUESTIONS, RECOMMENDED, Question
from goodfit.reader.how import printable
from goodfit.settings import BY_NAME
from goodfit.toml import document, inline

VERSION = "goodfit"
"""The key of answers.toml that says which goodfit has written it."""


@dataclass(frozen=True)
class Answers:
    """One field for each question of `goodfit.questions.QUESTIONS`, in its order."""

    project_slug: str
    description: str
    task: str
    input: str
    samples: int
    architecture: str
    classes: int
    features: int
    length: int
    horizon: int
    window: int
    time_column: str
    image_size: int
    channels: int
    rarest_share: float
    outliers: bool
    accelerator: str
    license: str
    overrides: Mapping[str, Any]
    evidence: Mapping[str, Any]

    @property
    def outputs(self) -> str:
        """What `classes` counts: "classes", "labels", "tags" or "targets"."""
        return task_named(self.task).outputs

    @property
    def form(self) -> str:
        """What one sample looks like: tabular, image, masks, text, tokens, series or window."""
        return form_of(self.input, self.task)

    @property
    def family(self) -> str:
        """Which inputs share their architectures: tabular, image or sequence."""
        return input_named(self.input).family

    def to_toml(self) -> str:
        """The text of answers.toml, which `--answers` reads back: what was worth asking."""
        asked = [question.name for question in QUESTIONS if question.asked(self)]
        values = {name: value for name, value in asdict(self).items() if name in asked}
        tables = {name: values.pop(name) for name in ("overrides", "evidence")}
        return document(
            {VERSION: __version__} | values,
            {name: table for name, table in tables.items() if table},
        )


def read_answer(question: Question, value: Any) -> Any:
    """The typed answer to `question`. Raises GoodfitError with what was expected."""
    try:
        return question.kind.read(value)
    except ValueError:
        name = "project name" if question.name == "project_slug" else question.name
        fix = mend(question, value)
        raise GoodfitError(f"{name} = {value!r}", question.kind.expected, fix) from None


def mend(question: Question, value: Any) -> str:
    """How to put right an answer that was refused."""
    if question.name == "project_slug":
        kept = "-".join(NAME.findall(str(value)))[:64].rstrip("-_")
        kept = f"{kept}-project" if kept and kept == value else kept  # the name of a package
        return f"use the name {kept or 'my-model'}"
    if question.options:
        return nearest(str(value), [option.name for option in question.options], "choose one")
    return f"give another value for {question.name}"


def answer_to(question: Question, given: Mapping[str, Any], earlier: Mapping[str, Any]) -> Any:
    """The typed answer to `question`: what was given, or the default; "recommended" is resolved.

    Raises GoodfitError, also where there is no project of an input and the task before it.
    """
    answer = resolved(question, given, earlier)
    if question.name == "input":
        refuse_no_cell({**earlier, "input": answer}, given)
    return answer


def resolved(question: Question, given: Mapping[str, Any], earlier: Mapping[str, Any]) -> Any:
    """The typed answer, whatever the others are. Raises GoodfitError."""
    if question.name not in given:
        value = question.default_for(earlier)
    else:
        value = read_answer(question, given[question.name])
        if value != RECOMMENDED or question.name != "architecture":
            return value
        value = question.default_for(earlier)
    return read_answer(question, value)


def refuse_wrong(given: Mapping[str, Any]) -> None:
    """Raise GoodfitError for an answer that cannot be one, whatever the others will be."""
    for question in QUESTIONS:
        if question.name in given:
            read_answer(question, given[question.name])


def complete(given: Mapping[str, Any]) -> Answers:
    """Answers from what was given, with defaults for the rest. Raises GoodfitError."""
    known = [question.name for question in QUESTIONS]
    for name in given:
        if name not in (*known, VERSION):
            fix = nearest(name, known, "remove it")
            raise GoodfitError(f"unknown answer {name!r}", f"one of {', '.join(known)}", fix)
    values: dict[str, Any] = {}
    for question in QUESTIONS:
        values[question.name] = answer_to(question, given, values)
    answers = Answers(**values)
    refuse_wrong_evidence(answers)
    refuse_contradictions(answers)
    return answers


def refuse_wrong_evidence(answers: Answers) -> None:
    """Raise GoodfitError for evidence of nothing that is known, or of what cannot be an answer;
    what is a setting is held against it where the plan is made: so are `channels` of series, which
    are asked for of images alone."""
    known = {question.name: question for question in QUESTIONS}
    for name, one in answers.evidence.items():
        if name in known and (name not in BY_NAME or known[name].asked(answers)):
            read_answer(known[name], one["value"])
        elif name not in BY_NAME:
            fix = nearest(name, [*known, *BY_NAME], "remove it")
            raise GoodfitError(f"evidence for {name!r}", "a question or a setting", fix)


def refuse_no_cell(earlier: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Raise GoodfitError where input, task and architecture do not go together."""
    possible = architectures_of(earlier["input"], earlier["task"])
    asked = read_answer(question_named("architecture"), given.get("architecture", RECOMMENDED))
    if possible and asked in (RECOMMENDED, *possible):
        return
    said, nearby = nearest_cells(Cell(earlier["input"], earlier["task"], asked))
    raise GoodfitError(f"no such project: {said}", "; or ".join(nearby), "choose one of these")


def question_named(name: str) -> Question:
    """The row of `QUESTIONS` for a name that is there."""
    return next(question for question in QUESTIONS if question.name == name)


def default_answer(given: Mapping[str, Any], name: str) -> Any:
    """The default of a question, from the answers before it, as text or typed.

    Raises GoodfitError.
    """
    earlier: dict[str, Any] = {}
    for question in QUESTIONS:
        if question.name == name:
            return question.default_for(earlier)
        earlier[question.name] = answer_to(question, given, earlier)
    raise LookupError(name)


def read_answers_file(path: Path) -> dict[str, Any]:
    """The answers saved in `path`, not yet completed. Raises GoodfitError."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for
            fix = "copy what comes out of it into a file"
            raise GoodfitError(f"{path} is no file", "an answers.toml", fix)
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise GoodfitError(
            f"{path}: {error.strerror}", "an answers.toml", "check the path"
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GoodfitError(
            f"{path}: {error}", "TOML as goodfit writes it", "mend that line, or generate anew"
        ) from None
    tell_version(path, given.pop(VERSION, __version__))
    for name in ("overrides", "evidence"):  # which may be text, as a prompt takes them
        if name in given:
            given[name] = read_answer(question_named(name), given[name])
    return given


def tell_version(path: Path, version: Any) -> None:
    """Say that another goodfit has written `path`: its rules may have chosen otherwise."""
    if version != __version__:
        said = (
            f"note: {path} is of goodfit {version}, this is {__version__}: rules may have changed"
        )
        print(printable(said), file=sys.stderr)


def text_of(value: Any) -> str:
    """An answer as the text that its question reads back."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}={inline(one)}" for key, one in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def as_text(answers: Answers) -> dict[str, str]:
    """Every answer as text, the way cookiecutter passes it on; `complete` reads it back."""
    return {field.name: text_of(getattr(answers, field.name)) for field in fields(answers)}
