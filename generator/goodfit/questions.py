"""The questions, as one table. Prompts, flags, help, validation, cookiecutter.json and the
documentation all read it; a new question is one row here and one field of `Answers`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goodfit import kinds
from goodfit.cells import ARCHITECTURES, INPUTS, TASKS, Option
from goodfit.rulebook.conditions import EVERYWHERE, ONE_CLASS_A_ROW, SINGLE_LABEL, Condition, is_


@dataclass(frozen=True)
class PerTask:
    """A default that the task decides."""

    values: Mapping[str, Any]

    def __call__(self, earlier: Mapping[str, Any]) -> Any:
        return self.values[earlier["task"]]


@dataclass(frozen=True)
class EqualShare:
    """A default for shares: all classes equally common, or 1 where there are no classes."""

    def __call__(self, earlier: Mapping[str, Any]) -> float:
        single = earlier["task"] in ONE_CLASS_A_ROW
        return round(1 / earlier["classes"], 4) if single else 1.0


@dataclass(frozen=True)
class Question:
    """One question: the answer's name, its words, what it may be, and when it is worth asking.

    Where it is not asked, `default` is the only answer there is.
    """

    name: str
    asks: str
    help: str
    kind: kinds.Kind
    default: Any
    asked: Condition = EVERYWHERE
    options: tuple[Option, ...] = ()

    def default_for(self, earlier: Mapping[str, Any]) -> Any:
        """The default, which may depend on the answers to earlier questions."""
        return self.default(earlier) if callable(self.default) else self.default


ACCELERATORS = (
    Option("gpu", "an NVIDIA GPU; everything still runs on a CPU"),
    Option("cpu", "no GPU"),
)


def choice(options: tuple[Option, ...]) -> kinds.Choice:
    """The kind of a question with these options."""
    return kinds.Choice(tuple(option.name for option in options))


TASK_OPTIONS = tuple(Option(task.name, task.help) for task in TASKS)

QUESTIONS = (
    Question(
        name="project_slug",
        asks="Project name",
        help="the directory that is made",
        kind=kinds.Name(),
        default="my-model",
    ),
    Question(
        name="description",
        asks="What is it for?",
        help="one sentence for the README",
        kind=kinds.Text(),
        default="A Keras project whose every choice says why.",
    ),
    Question(
        name="task",
        asks="What is to be predicted?",
        help="what one row of the target looks like",
        kind=choice(TASK_OPTIONS),
        default="binary-classification",
        options=TASK_OPTIONS,
    ),
    Question(
        name="input",
        asks="From what?",
        help="what one sample looks like",
        kind=choice(INPUTS),
        default="tabular",
        options=INPUTS,
    ),
    Question(
        name="architecture",
        asks="With which architecture?",
        help="the kind of network",
        kind=choice(ARCHITECTURES),
        default="mlp",
        options=ARCHITECTURES,
    ),
    Question(
        name="samples",
        asks="How many samples?",
        help="rows in all, before any split: 5000, 5k, 1.2M",
        kind=kinds.Count(20),
        default=5_000,
    ),
    Question(
        name="features",
        asks="How many feature columns?",
        help="columns that the prediction is made from",
        kind=kinds.Count(1, 100_000),
        default=10,
    ),
    Question(
        name="classes",
        asks="How many classes, labels or targets?",
        help="classes of the target; labels or target columns where there are several",
        kind=kinds.Count(1, 10_000),
        default=PerTask(
            {
                "binary-classification": 2,
                "multiclass-classification": 3,
                "multilabel-classification": 3,
                "regression": 1,
            }
        ),
        asked=is_("task", *(task.name for task in TASKS if task.name != "binary-classification")),
    ),
    Question(
        name="rarest_share",
        asks="What share of the rows is in the rarest class?",
        help="0.5 where two classes are equally common; 0.02 or 2% where one is rare",
        kind=kinds.Share(),
        default=EqualShare(),
        asked=SINGLE_LABEL,
    ),
    Question(
        name="outliers",
        asks="Does the target have many outliers?",
        help="values far from the rest that are not mistakes",
        kind=kinds.YesNo(),
        default=False,
        asked=is_("task", "regression"),
    ),
    Question(
        name="accelerator",
        asks="What will it train on?",
        help="decides batch size and precision; nothing breaks where it is absent",
        kind=choice(ACCELERATORS),
        default="gpu",
        options=ACCELERATORS,
    ),
    Question(
        name="overrides",
        asks="Any setting to decide yourself?",
        help="KEY=VALUE with ; between; empty leaves every choice to the rules",
        kind=kinds.Overrides(),
        default="",
    ),
)
