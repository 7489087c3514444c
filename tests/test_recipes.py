"""CONTRIBUTING.md's recipes, followed to the letter in a copy of the generator and its templates.

Each adds a toy and nothing that its recipe does not name, and a project is made with it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from goodfit.modules import LOOSE, VARIANTS
from toys import GOODFIT, TOYS, Toy

ROOT = Path(__file__).resolve().parents[1]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PARTIALS = Path("templates/partials")

MAKE = """
import sys
from pathlib import Path
import goodfit
from goodfit.answers import complete
from goodfit.cells import CELLS
from goodfit.cli import main
from goodfit.plan import make_plan
from goodfit.render import TEMPLATES, cookiecutter_json

assert Path(goodfit.__file__).is_relative_to(sys.argv[1]) and TEMPLATES.is_relative_to(sys.argv[1])
for cell in CELLS:
    make_plan(complete(cell._asdict()))
(TEMPLATES / "cookiecutter.json").write_text(cookiecutter_json(), encoding="utf-8")
main(sys.argv[2:])
"""


def text_of(recipe: str) -> str:
    """The paragraph of a recipe."""
    return CONTRIBUTING.partition(f"**{recipe}.**")[2].partition("\n\n")[0]


def named(file: str, text: str) -> bool:
    """The recipe names the file, or a folder above it that is no whole part of the repository."""
    path = Path(file)
    folders = [one for one in path.parents if len(one.parts) > 1 and one != Path(GOODFIT)]
    return f"{path.name}`" in text or any(f"`{one.as_posix()}/`" in text for one in folders)


def copies(toy: Toy, root: Path) -> Iterator[tuple[str, Path, Path]]:
    """(kind, file, copy) of each partial that a toy has of its own."""
    for word, name, new in toy.partials:
        for kind in (kind for kind, variants in VARIANTS.items() if word in "".join(variants)):
            for path in sorted((root / PARTIALS / kind).glob(f"{name}*")):
                if re.fullmatch(rf"{name}(_\w+)?", path.stem):
                    end = path.name.removeprefix(name)
                    yield kind, path, path.with_name(f"{new}{end}")


def follow(toy: Toy, root: Path) -> tuple[set[str], dict[str, list[str]]]:
    """Add the toy to the copy below `root`: the files touched, and its partials by their kind."""
    touched = set(toy.new)
    for file, before, after in toy.edits:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{file} has {text.count(before)} of {before!r}"
        (root / file).write_text(text.replace(before, after), encoding="utf-8")
        touched.add(file)
    for file, text in toy.new.items():
        (root / file).write_text(text, encoding="utf-8")
    partials: dict[str, list[str]] = {}
    for kind, path, copy in list(copies(toy, root)):
        mark = f"A_TOY_OF_{kind.upper()} = 1"  # a statement, as those that modules are joined of
        text = f"{path.read_text(encoding='utf-8').rstrip()}\n\n\n{mark}\n"
        copy.write_text(text, encoding="utf-8")
        partials.setdefault(kind, []).append(mark)
        touched.add(copy.relative_to(root).as_posix())
    return touched, partials


@pytest.mark.parametrize("name", TOYS)
def test_a_recipe_is_enough(name: str, tmp_path: Path) -> None:
    toy, root = TOYS[name], tmp_path / "copy"
    for folder in (GOODFIT, "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    touched, partials = follow(toy, root)
    text = text_of(toy.recipe)
    assert [file for file in sorted(touched) if not named(file, text)] == []
    assert bool(partials) == bool(toy.partials)
    command = ["generate", "toy-project", "--yes", "--output-dir", str(tmp_path), *toy.flags]
    made = subprocess.run(
        [sys.executable, "-c", MAKE, str(root), *command],
        env={**os.environ, "PYTHONPATH": str(root / "generator")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    project = tmp_path / "toy-project"
    for file, texts in toy.shown.items():
        written = (project / file).read_text(encoding="utf-8")
        assert [text for text in texts if text not in written] == [], file
    emitted = [path.read_text(encoding="utf-8") for path in project.rglob("*") if path.is_file()]
    for kind, texts in partials.items():
        if kind in LOOSE:  # of these comes along what a module imports
            continue
        own = any(text in one for text in texts for one in emitted)
        assert own, f"the project has no partial of the toy's own from {kind}/"
