"""The matrix: which inputs, tasks and architectures there are, and which go together.

Prompts, flags, help, documentation, tests and the templates all read these tables. A new
architecture, input or task is its row here, a row of `MATRIX`, and its partials under
`templates/partials/`.
"""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """One choice of a question: its name, and one line that helps to choose it."""

    name: str
    help: str


class Task(NamedTuple):
    """One kind of question about a sample.

    `targets` is the kind of its targets: what conditions tell tasks apart by, and the name of a
    partial. `outputs` names what the answer `classes` counts: at least `least`, and `usual` where
    nobody says; it is asked where it is not `fixed`. `too_few` mends what is below `least`.
    """

    name: str
    help: str
    outputs: str
    targets: str
    least: int
    usual: int
    fixed: bool = False
    too_few: str = ""


class Input(NamedTuple):
    """What a sample is made of. `samples` is the word for many; `family` shares architectures."""

    name: str
    help: str
    family: str
    samples: str


class Architecture(NamedTuple):
    """A kind of network. `network` names the partials that build it."""

    name: str
    help: str
    network: str


TASKS = (
    Task(
        name="binary-classification",
        help="one of two classes, such as yes or no",
        outputs="classes",
        targets="classes",
        least=2,
        usual=2,
        fixed=True,
    ),
    Task(
        name="multiclass-classification",
        help="one of three or more classes",
        outputs="classes",
        targets="classes",
        least=3,
        usual=3,
        too_few="use binary-classification for two classes",
    ),
    Task(
        name="multilabel-classification",
        help="any number of labels at once",
        outputs="labels",
        targets="labels",
        least=2,
        usual=3,
        too_few="use binary-classification for a single label",
    ),
    Task(
        name="regression",
        help="one or several numbers",
        outputs="targets",
        targets="numbers",
        least=1,
        usual=1,
    ),
    Task(
        name="segmentation",
        help="a class for every pixel of an image",
        outputs="classes",
        targets="masks",
        least=2,
        usual=2,
        too_few="count the background as a class",
    ),
    Task(
        name="tagging",
        help="a tag for every token of a sentence",
        outputs="tags",
        targets="tags",
        least=2,
        usual=5,
    ),
    Task(
        name="forecasting",
        help="the next steps of a series",
        outputs="targets",
        targets="horizon",
        least=1,
        usual=1,
    ),
    Task(
        name="anomaly-detection",
        help="what is unlike the rest, and by how much",
        outputs="classes",
        targets="anomaly",
        least=2,
        usual=2,
        fixed=True,
    ),
)
INPUTS = (
    Input("tabular", "rows and columns: CSV or Parquet", "tabular", "rows"),
    Input("image", "pictures: folders of classes, or a list of files", "image", "images"),
    Input("text", "words: a CSV column, text files, or tokens with tags", "sequence", "texts"),
    Input("series", "measurements in order: steps of one or more variables", "sequence", "series"),
)
ARCHITECTURES = (
    Architecture("mlp", "dense layers that taper: the plain baseline", "mlp"),
    Architecture("residual-mlp", "dense blocks that add to what they are given", "residual-mlp"),
    Architecture("cnn", "convolutions: looks at neighbourhoods", "cnn"),
    Architecture("lstm", "recurrent: reads step by step and keeps a memory", "recurrent"),
    Architecture("gru", "recurrent with fewer gates than an LSTM", "recurrent"),
    Architecture("transformer", "attention: every part looks at every other", "transformer"),
    Architecture("pretrained", "a network trained on ImageNet, tuned to your images", "pretrained"),
    Architecture("u-net", "down to what is there and up again to where it is", "u-net"),
    Architecture("autoencoder", "squeezes a sample through a code and rebuilds it", "autoencoder"),
)


def tasks_with(*targets: str) -> tuple[str, ...]:
    """The tasks whose targets are of one of these kinds."""
    return tuple(task.name for task in TASKS if task.targets in targets)


ONE_CLASS_A_SAMPLE = tasks_with("classes")
FORECASTS = tasks_with("horizon")
COMMON_TASKS = (
    "binary-classification",
    "multiclass-classification",
    "multilabel-classification",
    "regression",
)
MATRIX: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("tabular", COMMON_TASKS, ("mlp", "residual-mlp", "transformer")),
    ("tabular", ("anomaly-detection",), ("autoencoder",)),
    ("image", COMMON_TASKS, ("cnn", "pretrained")),
    ("image", ("segmentation",), ("u-net",)),
    ("image", ("anomaly-detection",), ("autoencoder",)),
    ("text", COMMON_TASKS, ("cnn", "lstm", "gru", "transformer")),
    ("text", ("tagging",), ("lstm", "transformer")),
    ("series", COMMON_TASKS, ("cnn", "lstm", "gru", "transformer")),
    ("series", ("forecasting",), ("mlp", "cnn", "lstm", "gru", "transformer")),
    ("series", ("anomaly-detection",), ("autoencoder",)),
)


class Cell(NamedTuple):
    """One valid combination."""

    input: str
    task: str
    architecture: str


CELLS = tuple(
    Cell(input, task, architecture)
    for input, tasks, architectures in MATRIX
    for task in tasks
    for architecture in architectures
)
FORMS = {("image", "segmentation"): "masks", ("text", "tagging"): "tokens"} | {
    ("series", "forecasting"): "window"
}


def form_of(input: str, task: str) -> str:
    """What one sample looks like: the input's name, but for tasks that want another shape."""
    return FORMS.get((input, task), input)


ALL_FORMS = tuple(dict.fromkeys(form_of(cell.input, cell.task) for cell in CELLS))


def architectures_but(*left_out: str) -> tuple[str, ...]:
    """Every architecture that is not one of these."""
    return tuple(one.name for one in ARCHITECTURES if one.name not in left_out)


def forms_but(*left_out: str) -> tuple[str, ...]:
    """Every form of a sample that is not one of these."""
    return tuple(form for form in ALL_FORMS if form not in left_out)


def task_named(name: str) -> Task:
    """The row of `TASKS` for a name that has been validated."""
    return next(task for task in TASKS if task.name == name)


def input_named(name: str) -> Input:
    """The row of `INPUTS` for a name that has been validated."""
    return next(input for input in INPUTS if input.name == name)


def architecture_named(name: str) -> Architecture:
    """The row of `ARCHITECTURES` for a name that has been validated."""
    return next(architecture for architecture in ARCHITECTURES if architecture.name == name)


def inputs_of(task: str) -> tuple[str, ...]:
    """The inputs that a task can be learnt from."""
    return tuple(dict.fromkeys(cell.input for cell in CELLS if cell.task == task))


def tasks_of(input: str) -> tuple[str, ...]:
    """The tasks that an input serves."""
    return tuple(dict.fromkeys(cell.task for cell in CELLS if cell.input == input))


def architectures_of(input: str, task: str) -> tuple[str, ...]:
    """The architectures for an input and a task; none where the two do not go together."""
    return tuple(cell.architecture for cell in CELLS if cell[:2] == (input, task))


def nearest_cells(cell: Cell) -> tuple[str, list[str]]:
    """What is wrong with a combination that is not in `CELLS`, and the nearest that are."""
    input, task, architecture = cell
    if fitting := architectures_of(input, task):
        elsewhere = dict.fromkeys(
            f"{one.task} of {one.input}" for one in CELLS if one.architecture == architecture
        )
        return f"architecture = {architecture} for {task} of {input}", [
            f"architecture = {', '.join(fitting)} for {task} of {input}",
            f"architecture = {architecture} for {', '.join(elsewhere)}",
        ]
    return f"{task} of {input}", [
        f"{', '.join(tasks_of(input))} of {input}",
        f"{task} of {', '.join(inputs_of(task))}",
    ]


def matrix_rows() -> list[tuple[str, str, str]]:
    """(input, tasks, architectures) in words, one row for each row of `MATRIX`."""
    every = ", ".join(COMMON_TASKS)
    return [
        (input, ", ".join(tasks).replace(every, "classification (three kinds), regression"), ways)
        for input, tasks, architectures in MATRIX
        for ways in [", ".join(architectures)]
    ]
