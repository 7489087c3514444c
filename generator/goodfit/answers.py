"""The answers: the only input of the rules. Frozen, validated, saved as answers.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from goodfit.cells import CELLS, Cell, task_named
from goodfit.errors import GoodfitError, nearest
from goodfit.kinds import NAME
from goodfit.questions import QUESTIONS, Question
from goodfit.toml import document, inline


@dataclass(frozen=True)
class Answers:
    """One field for each question of `goodfit.questions.QUESTIONS`, in its order."""

    project_slug: str
    description: str
    task: str
    input: str
    architecture: str
    samples: int
    features: int
    classes: int
    rarest_share: float
    outliers: bool
    accelerator: str
    overrides: Mapping[str, Any]

    @property
    def outputs(self) -> str:
        """What `classes` counts: "classes", "labels" or "targets"."""
        return task_named(self.task).outputs

    def to_toml(self) -> str:
        """The text of answers.toml; `--answers` reads it back."""
        values = asdict(self)
        overrides = values.pop("overrides")
        return document(values, {"overrides": overrides} if overrides else {})


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
        return f"use the name {kept or 'my-model'}"
    if question.options:
        return nearest(str(value), [option.name for option in question.options], "choose one")
    return f"give another value for {question.name}"


def complete(given: Mapping[str, Any]) -> Answers:
    """Answers from what was given, with defaults for the rest. Raises GoodfitError."""
    known = [question.name for question in QUESTIONS]
    for name in given:
        if name not in known:
            fix = nearest(name, known, "remove it")
            raise GoodfitError(f"unknown answer {name!r}", f"one of {', '.join(known)}", fix)
    values: dict[str, Any] = {}
    for question in QUESTIONS:
        value = given[question.name] if question.name in given else question.default_for(values)
        values[question.name] = read_answer(question, value)
    answers = Answers(**values)
    refuse_contradictions(answers)
    return answers


def refuse_contradictions(answers: Answers) -> None:
    """Raise GoodfitError where single answers are fine and cannot be true together."""
    cell = Cell(answers.input, answers.task, answers.architecture)
    if cell not in CELLS:
        possible = [one for one in CELLS if (one.input, one.task) == cell[:2]] or list(CELLS)
        shown = "; ".join(" ".join(one) for one in possible)
        raise GoodfitError(f"no such project: {' '.join(cell)}", shown, "choose one of these")
    for question in QUESTIONS:
        default = question.default_for(vars(answers))
        value = getattr(answers, question.name)
        if not question.asked(answers) and value != default:
            raise GoodfitError(
                f"{question.name} = {value!r} with task = {answers.task}",
                f"{question.name} = {default!r}: it has no other meaning for this task",
                f"leave {question.name} out, or choose another task",
            )
    least = {"classes": 3, "labels": 2, "targets": 1}[answers.outputs]
    if answers.task != "binary-classification" and answers.classes < least:
        raise GoodfitError(
            f"{answers.classes} {answers.outputs} for {answers.task}",
            f"at least {least}",
            "use binary-classification for two classes or a single label",
        )
    if answers.task in ("binary-classification", "multiclass-classification"):
        if answers.classes * 5 > answers.samples:
            raise GoodfitError(
                f"{answers.samples:,} samples for {answers.classes:,} classes",
                "at least five samples a class, or a class has none left to learn from",
                "collect more samples or merge classes",
            )
        if answers.rarest_share > 1 / answers.classes + 0.01:
            raise GoodfitError(
                f"rarest_share = {answers.rarest_share:g} with {answers.classes} classes",
                f"at most {1 / answers.classes:.2g}: the rarest class cannot have more",
                "give the share of the rarest class alone",
            )


def read_answers_file(path: Path) -> dict[str, Any]:
    """The answers saved in `path`, not yet completed. Raises GoodfitError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GoodfitError(
            f"{path}: {error.strerror}", "an answers.toml", "check the path"
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GoodfitError(
            f"{path}: {error}", "TOML as goodfit writes it", "mend that line, or generate anew"
        ) from None


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
