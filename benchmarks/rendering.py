"""Projects for the benchmarks, made by threads that share one process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from goodfit.answers import complete
from goodfit.plan import make_plan
from goodfit.render import render
from goodfit.study import study
from goodfit.study.open_questions import QUESTION_NAMES, decided
from goodfit.study.proposals import asked_in_turn

ALONE = Lock()  # cookiecutter changes the working directory, which threads share


def decided_as_proposed(path: Path, targets: Sequence[str], given: dict[str, Any]) -> None:
    """Put into `given`, which has "overrides", what a study of `path` proposes for each question
    that it leaves open. Raises GoodfitError."""
    names = tuple(targets)
    found = study(path, names, decided(given))
    for one in asked_in_turn(found, path, names, given):
        place = given if one.question in QUESTION_NAMES else given["overrides"]
        place.setdefault(one.question, one.value)


def project(given: Mapping[str, Any], folder: Path) -> Path:
    """The project that `given` answers make below `folder`."""
    with ALONE:
        return render(make_plan(complete(given)), folder)
