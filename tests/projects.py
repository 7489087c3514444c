"""Rendered projects for the tests, each made once and held in memory."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from goodfit.answers import Answers, complete, read_answers_file
from goodfit.cells import CELLS, Cell
from goodfit.pieces import taken_apart
from goodfit.plan import make_plan
from goodfit.render import render

Tree = dict[str, bytes]
SAMPLES = Path(__file__).resolve().parents[1] / "samples"

# Binary classification, multi-class, ... : the task says which cell it is where cells share one.
CELL_IDS = {"-".join(cell): cell for cell in CELLS}


def read_tree(project: Path) -> Tree:
    """Every file below `project`: its path there, and its bytes."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file()
    }


def write_tree(tree: Tree, project: Path) -> Path:
    """Put the files of `tree` below `project`."""
    for name, content in tree.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_bytes(content)
    return project


def fresh_tree(answers: Answers) -> Tree:
    """The files of one rendering, made anew."""
    with tempfile.TemporaryDirectory() as folder:
        return read_tree(render(make_plan(answers), Path(folder)))


@cache
def _kept(given: str) -> tuple[Answers, Tree]:
    answers = complete(json.loads(given))
    return answers, fresh_tree(answers)


def project(cell: Cell, given: Mapping[str, Any] | None = None) -> tuple[Answers, Tree]:
    """The answers and the files of a project of `cell`."""
    return _kept(json.dumps({**cell._asdict(), **(given or {})}, sort_keys=True))


@cache
def sample(name: str) -> Tree:
    """The files of the whole project that the answers of a checked-in sample give."""
    [path] = SAMPLES.glob(f"*/{name}/answers.toml")
    return fresh_tree(complete(read_answers_file(path)))


def python_of(tree: Tree) -> str:
    """All Python files of a project as one key."""
    files = {path: text for path, text in tree.items() if path.endswith(".py")}
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()


@cache
def distinct() -> dict[str, Tree]:
    """One project for each distinct set of emitted Python files, under the cell that needs it."""
    found: dict[str, tuple[str, Tree]] = {}
    for name, cell in CELL_IDS.items():
        tree = project(cell)[1]
        found.setdefault(python_of(tree), (name, tree))
    return dict(found.values())


def blocks_of(tree: Tree) -> set[str]:
    """The functions, classes and constants of a project, as they stand there."""
    texts = [text.decode() for name, text in tree.items() if name.endswith(".py")]
    return {block.text for text in texts for block in taken_apart(text).blocks}


@cache
def covering() -> dict[str, Tree]:
    """Few of `distinct` that have every emitted function, class and constant among them, but for
    those of config.py, which few projects share: the ones with most that is new."""
    left = {
        name: blocks_of({path: text for path, text in tree.items() if path != "config.py"})
        for name, tree in distinct().items()
    }
    chosen: dict[str, Tree] = {}
    while any(left.values()):
        best = max(left, key=lambda name: len(left[name]))
        chosen[best], seen = distinct()[best], left[best]
        left = {name: blocks - seen for name, blocks in left.items()}
    return chosen
