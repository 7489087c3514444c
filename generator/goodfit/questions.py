"""The questions, as one table. Prompts, flags, help, validation, cookiecutter.json and the
documentation all read it; a new question is one row here and one field of `Answers`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from goodfit import kinds
from goodfit.cells import (
    ARCHITECTURES,
    FORECASTS,
    INPUTS,
    ONE_CLASS_A_SAMPLE,
    TASKS,
    Option,
    architectures_of,
    inputs_of,
    task_named,
)
from goodfit.limits import FEWEST_SAMPLES
from goodfit.rulebook.architecture import recommended
from goodfit.rulebook.conditions import (
    EVERYWHERE,
    FORECASTING,
    IMAGES,
    NUMBERS,
    NUMERIC,
    OF_A_LENGTH,
    SINGLE_LABEL,
    Condition,
    Is,
)

RECOMMENDED = "recommended"


def first_input(earlier: Mapping[str, Any]) -> str:
    """The input that a task is most often learnt from."""
    return inputs_of(earlier["task"])[0]


def usual_classes(earlier: Mapping[str, Any]) -> int:
    """As many classes, labels, tags or targets as the task usually has."""
    return task_named(earlier["task"]).usual


def equal_share(earlier: Mapping[str, Any]) -> float:
    """All classes equally common, or 1 where there are no classes."""
    single = earlier["task"] in ONE_CLASS_A_SAMPLE
    return round(1 / earlier["classes"], 4) if single else 1.0


def usual_features(earlier: Mapping[str, Any]) -> int:
    """Ten columns of a table; one variable of a series, or as many as are forecast."""
    if earlier["task"] in FORECASTS:
        return int(earlier["classes"])
    return 10 if earlier["input"] == "tabular" else 1


def usual_length(earlier: Mapping[str, Any]) -> int:
    """Steps of a series, words of a text."""
    return 100 if earlier["input"] == "series" else 64


def usual_horizon(earlier: Mapping[str, Any]) -> int:
    """A dozen steps, or a twentieth of a short series."""
    if earlier["task"] not in FORECASTS:
        return 1
    return max(1, min(12, int(earlier["samples"]) // 20))


def usual_window(earlier: Mapping[str, Any]) -> int:
    """Twice the horizon and two dozen steps at least, or a tenth of a short series."""
    if earlier["task"] not in FORECASTS:
        return 1
    return max(1, min(max(2 * int(earlier["horizon"]), 24), int(earlier["samples"]) // 10))


def usual_image_size(earlier: Mapping[str, Any]) -> int:
    """Pixels enough for what the architecture looks at."""
    return {"pretrained": 160, "u-net": 128}.get(earlier["architecture"], 64)


def possible_inputs(earlier: Mapping[str, Any]) -> tuple[str, ...]:
    """The inputs that the task can be learnt from."""
    return inputs_of(earlier["task"])


def possible_architectures(earlier: Mapping[str, Any]) -> tuple[str, ...]:
    """The architectures of the input and the task."""
    return architectures_of(earlier["input"], earlier["task"])


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
    possible: Callable[[Mapping[str, Any]], tuple[str, ...]] | None = None
    prompted: bool = True  # false: only a flag, a study or a file answers it

    def options_for(self, earlier: Mapping[str, Any]) -> tuple[Option, ...]:
        """The options that the answers to earlier questions leave."""
        if self.possible is None:
            return self.options
        possible = self.possible(earlier)
        return tuple(option for option in self.options if option.name in possible)

    def default_for(self, earlier: Mapping[str, Any]) -> Any:
        """The default, which may depend on the answers to earlier questions."""
        return self.default(earlier) if callable(self.default) else self.default


ACCELERATORS = (
    Option("gpu", "an NVIDIA GPU; everything still runs on a CPU"),
    Option("cpu", "no GPU"),
)
LICENSES = (
    Option("none", "no file; nobody else may use it"),
    Option("MIT", "others may do what they like, with your name kept"),
    Option("Apache-2.0", "the same, and patents are granted"),
    Option("BSD-3-Clause", "as MIT, and nobody advertises with your name"),
)


def choice(options: tuple[Option, ...]) -> kinds.Choice:
    """The kind of a question with these options."""
    return kinds.Choice(tuple(option.name for option in options))


TASK_OPTIONS = tuple(Option(task.name, task.help) for task in TASKS)
INPUT_OPTIONS = tuple(Option(input.name, input.help) for input in INPUTS)
ARCHITECTURE_OPTIONS = (
    Option(RECOMMENDED, "what the rules recommend for this task, input and size"),
    *(Option(one.name, one.help) for one in ARCHITECTURES),
)

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
        help="what the answer for one sample looks like",
        kind=choice(TASK_OPTIONS),
        default=TASKS[0].name,
        options=TASK_OPTIONS,
    ),
    Question(
        name="input",
        asks="From what?",
        help="what one sample looks like",
        kind=choice(INPUT_OPTIONS),
        default=first_input,
        options=INPUT_OPTIONS,
        possible=possible_inputs,
    ),
    Question(
        name="samples",
        asks="How many samples?",
        help="rows, images, texts, sentences, series or time steps, before any split: 5000, 1.2M",
        kind=kinds.Count(FEWEST_SAMPLES),
        default=5_000,
    ),
    Question(
        name="architecture",
        asks="With which architecture?",
        help="the kind of network",
        kind=choice(ARCHITECTURE_OPTIONS),
        default=recommended,
        options=ARCHITECTURE_OPTIONS,
        possible=possible_architectures,
    ),
    Question(
        name="classes",
        asks="How many classes, labels, tags or targets?",
        help="classes of the target; labels, tags or target columns where there are several",
        kind=kinds.Count(1, 10_000),
        default=usual_classes,
        asked=Is(
            "task",
            tuple(task.name for task in TASKS if not task.fixed),
            "more than two classes are possible",
        ),
    ),
    Question(
        name="features",
        asks="How many feature columns, or variables measured at each step?",
        help="what the prediction is made from; of a series that is forecast, itself included",
        kind=kinds.Count(1, 100_000),
        default=usual_features,
        asked=NUMERIC,
    ),
    Question(
        name="length",
        asks="How long is a sample?",
        help="words of a text, tokens of a sentence, steps of a series; longer ones are cut",
        kind=kinds.Count(2, 100_000),
        default=usual_length,
        asked=OF_A_LENGTH,
    ),
    Question(
        name="horizon",
        asks="How many steps ahead?",
        help="the steps that are forecast at once",
        kind=kinds.Count(1, 10_000),
        default=usual_horizon,
        asked=FORECASTING,
    ),
    Question(
        name="window",
        asks="From how many steps?",
        help="the past that a forecast looks at; twice the horizon or more",
        kind=kinds.Count(1, 100_000),
        default=usual_window,
        asked=FORECASTING,
    ),
    Question(
        name="time_column",
        asks="Which column holds the time?",
        help='its name in your file; "row number" where each row is a step',
        kind=kinds.Text(1),
        default="time",
        asked=FORECASTING,
    ),
    Question(
        name="image_size",
        asks="How many pixels is an image high and wide?",
        help="images are brought to this size",
        kind=kinds.Count(16, 4_096),
        default=usual_image_size,
        asked=IMAGES,
    ),
    Question(
        name="channels",
        asks="How many colour channels?",
        help="3 for colour, 1 for grey",
        kind=kinds.OneNumber((1, 3)),
        default=3,
        asked=IMAGES,
    ),
    Question(
        name="rarest_share",
        asks="What share of the samples is in the rarest class?",
        help="0.5 where two classes are equally common; 0.02 or 2% where one is rare",
        kind=kinds.Share(),
        default=equal_share,
        asked=SINGLE_LABEL,
    ),
    Question(
        name="outliers",
        asks="Does the target have many outliers?",
        help="values far from the rest that are not mistakes",
        kind=kinds.YesNo(),
        default=False,
        asked=NUMBERS,
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
        name="license",
        asks="Under which licence may others use the project?",
        help="its text goes into LICENSE; none: no file, and nobody else may",
        kind=choice(LICENSES),
        default="none",
        options=LICENSES,
        prompted=False,
    ),
    Question(
        name="overrides",
        asks="Any setting to decide yourself?",
        help="KEY=VALUE with ; between; empty leaves every choice to the rules",
        kind=kinds.Overrides(),
        default="",
    ),
    Question(
        name="evidence",
        asks="What was read from the data?",
        help="value and reason for each setting and answer that `--data` found",
        kind=kinds.Evidence(),
        default="",
        prompted=False,
    ),
)


def worth_asking(question: Question, values: Mapping[str, Any]) -> bool:
    """The question is for people, and has more than one answer, given those before it."""
    asked = question.prompted and question.asked(SimpleNamespace(**values))
    return asked and len(question.options_for(values)) != 1
