"""From a path to answers that `complete` takes: what is found there, and what a person adds."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from goodfit.questions import QUESTIONS
from goodfit.study import study
from goodfit.study.open_questions import answers_of, decided
from goodfit.study.proposals import require_decided


def read_data(
    data: Path, targets: tuple[str, ...], given: dict[str, Any], quiet: bool, typed: str = ""
) -> dict[str, Any]:
    """The answers that follow from the data. What it cannot say is asked; with `quiet` it is
    refused, with a command that answers it: what was `typed`, and the rest. Raises GoodfitError,
    and Stopped where the person stops."""
    if not quiet:
        from goodfit.data_prompts import confirm_data

        return confirm_data(data, targets, given)
    found = study(data, targets, decided(given))
    require_decided(found, data, targets, given, typed)
    return answers_of(found, given)


def in_place(output_dir: Path) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What puts the path into answers as the project below `output_dir` will see it."""
    return lambda values: located(values, output_dir)


def located(values: Mapping[str, Any], output_dir: Path) -> dict[str, Any]:
    """The same answers with the path of the data as the project will see it: relative to its
    folder, unless they have nothing but the root of the disk in common."""
    slug = str(values.get("project_slug", QUESTIONS[0].default))
    found = values["evidence"]["path"]
    place, project = Path(found["value"]), (output_dir / slug).resolve()
    shared = os.path.commonpath([place, project])
    path = str(place) if shared == place.anchor else os.path.relpath(place, project)
    here = {**found, "value": Path(path).as_posix()}
    return {**values, "evidence": {**values["evidence"], "path": here}}
