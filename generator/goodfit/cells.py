"""The matrix: which inputs, tasks and architectures there are, and which go together.

Prompts, flags, help, documentation, tests and the templates all read these tables. A new
architecture or input is its row here and its partials under `templates/partials/`.
"""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """One choice of a question: its name, and one line that helps to choose it."""

    name: str
    help: str


class Task(NamedTuple):
    """One kind of target. `outputs` names what `classes` counts; `targets` is its partial."""

    name: str
    help: str
    outputs: str
    targets: str


TASKS = (
    Task("binary-classification", "one of two classes, such as yes or no", "classes", "classes"),
    Task("multiclass-classification", "one of three or more classes", "classes", "classes"),
    Task("multilabel-classification", "any number of labels at once", "labels", "labels"),
    Task("regression", "one or several numbers", "targets", "numbers"),
)
INPUTS = (Option("tabular", "rows and columns: CSV or Parquet"),)
ARCHITECTURES = (Option("mlp", "dense layers that taper; the baseline for tables"),)


class Cell(NamedTuple):
    """One valid combination."""

    input: str
    task: str
    architecture: str


CELLS = tuple(Cell("tabular", task.name, "mlp") for task in TASKS)


def task_named(name: str) -> Task:
    """The row of `TASKS` for a name that has been validated."""
    return next(task for task in TASKS if task.name == name)
