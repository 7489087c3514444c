"""The Python that is emitted: linted, formatted, typed, short, and free of the generator."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from goodfit.pieces import taken_apart
from goodfit.render import TEMPLATES
from projects import (
    CELL_IDS,
    Tree,
    blocks_of,
    covering,
    distinct,
    project,
    python_of,
    write_tree,
)

LONGEST = 390
MODULES = [
    "config",
    "data",
    "features",
    "task",
    "model",
    "sample",
    "train",
    "evaluate",
    "predict",
    "run",
]
LONGEST_STORY = 1510  # lines of these ten together; of tables fewer
SIZES = (300, 10**6)


@pytest.fixture(params=distinct())
def tree(request: pytest.FixtureRequest) -> Tree:
    return distinct()[request.param]


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("cell", CELL_IDS)
def test_size_changes_values_and_no_code(cell: str) -> None:
    trees = [project(CELL_IDS[cell], {"samples": samples})[1] for samples in SIZES]
    assert {python_of(tree) for tree in trees} == {python_of(project(CELL_IDS[cell])[1])}


def test_cells_share_code_only_where_a_value_tells_them_apart() -> None:
    # lstm and gru are one word in config.toml; everything else has a module of its own.
    alike = {tuple("gru" if word == "lstm" else word for word in one) for one in CELL_IDS.values()}
    assert len(distinct()) == len(alike)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.py")), ids=lambda path: path.name)
def test_a_template_in_python_has_no_jinja(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # A file named "{{ 'x.py' }}" is one include line and no Python; its partial is looked at here.
    if path.name.startswith("{{"):
        assert text.strip().startswith('{{ module("') and text.count("\n") <= 1
    else:
        assert "{{ cookiecutter" not in text and "{%" not in text and "{#" not in text


def test_all_code_of_every_partial_is_emitted_as_it_stands() -> None:
    emitted = {block for tree in distinct().values() for block in blocks_of(tree)}
    for path in sorted((TEMPLATES / "partials").rglob("*.py")):
        for block in taken_apart(path.read_text(encoding="utf-8")).blocks:
            assert block.text in emitted, f"no cell has {sorted(block.defines)} of {path}"


def test_modules_import_in_one_direction(tree: Tree) -> None:
    """No circle, not by types either: each module can be read after those that it imports."""
    imports = {name: imported(tree[f"{name}.py"].decode()) & {*MODULES} for name in MODULES}
    left = {*MODULES}
    while free := {name for name in left if not imports[name] & left}:
        left -= free
    assert not left, f"in a circle: {sorted(left)}"
    assert imports["config"] == set() and "train" not in imports["run"]


def imported(text: str) -> set[str]:
    """The modules that a module imports, wherever it does."""
    nodes = list(ast.walk(ast.parse(text)))
    names = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    return names | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_generator_is_never_imported(tree: Tree) -> None:
    for name, content in tree.items():
        if name.endswith(".py"):
            for node in ast.walk(ast.parse(content)):
                from_ = getattr(node, "module", None) if isinstance(node, ast.ImportFrom) else None
                names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                assert "goodfit" not in {str(one).split(".")[0] for one in [*names, from_]}, name
    assert not any("goodfit" in one for one in dependencies(tree))


def dependencies(tree: Tree) -> list[str]:
    """Everything that installing the project installs."""
    declared = tomllib.loads(tree["pyproject.toml"].decode("utf-8"))["project"]
    extras = declared["optional-dependencies"].values()
    return [*declared["dependencies"], *(one for extra in extras for one in extra)]


def test_files_are_short_and_so_is_the_story(tree: Tree) -> None:
    lines = {name: text.count(b"\n") for name, text in tree.items() if name.endswith(".py")}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}
    assert sum(lines[f"{name}.py"] for name in MODULES) <= LONGEST_STORY


def test_nothing_that_is_defined_is_left_unused(tree: Tree) -> None:
    code = "\n".join(
        text.decode()
        for name, text in tree.items()
        if name.endswith(".py") and not name.startswith("tests/")
    )
    words = Counter(re.findall(r"\w+", code))
    defined = [
        node.name
        for name in MODULES
        for node in ast.walk(ast.parse(tree[f"{name}.py"]))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith(("on_", "__"))  # Keras and Python call these
    ]
    assert [name for name in defined if words[name] < 2] == []


def test_every_module_says_what_it_is_for(tree: Tree) -> None:
    for name, content in tree.items():
        if name.endswith(".py"):
            assert content.startswith(b'"""'), name


def test_ruff_has_nothing_to_say(tree: Tree, tmp_path: Path) -> None:
    project = write_tree(tree, tmp_path)
    checked = run("ruff", "check", "--no-cache", ".", cwd=project)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    formatted = run("ruff", "format", "--no-cache", "--check", ".", cwd=project)
    assert formatted.returncode == 0, formatted.stdout + formatted.stderr


@pytest.fixture(scope="session")
def mypy_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mypy")


@pytest.mark.emitted
@pytest.mark.parametrize("name", covering())
def test_mypy_has_nothing_to_say(name: str, tmp_path: Path, mypy_cache: Path) -> None:
    assert_typed(covering()[name], tmp_path, mypy_cache)


@pytest.mark.matrix
@pytest.mark.parametrize("name", distinct())
def test_mypy_has_nothing_to_say_of_any_cell(name: str, tmp_path: Path, mypy_cache: Path) -> None:
    assert_typed(distinct()[name], tmp_path, mypy_cache)


def assert_typed(tree: Tree, tmp_path: Path, mypy_cache: Path) -> None:
    """mypy on one project, with a cache that all of them share."""
    typed = run("mypy", ".", "--cache-dir", str(mypy_cache), cwd=write_tree(tree, tmp_path))
    assert typed.returncode == 0, typed.stdout + typed.stderr


def test_every_setting_is_used_by_the_code(tree: Tree) -> None:
    config = tomllib.loads(tree["config.toml"].decode())
    code = "\n".join(
        text.decode()
        for path, text in tree.items()
        if path.endswith(".py") and not path.startswith("tests/")
    )
    unused = [
        f"{section}.{name}"
        for section, values in config.items()
        if f".{section}.model_dump()" not in code  # then Keras takes the whole section by name
        for name in values
        if not re.search(rf"\.{name}\b", code)
    ]
    assert not unused, "a value that nothing reads promises what it does not do"


@pytest.mark.parametrize(
    "cell", [name for name in CELL_IDS if name.endswith(("cnn", "u-net")) and "text" not in name]
)
def test_convolutions_are_left_whole(cell: str) -> None:
    """Half of the channels is turned off once, where the published networks do it."""
    blocks = taken_apart(project(CELL_IDS[cell])[1]["model.py"].decode()).blocks
    dropping = [sorted(block.defines) for block in blocks if "Dropout(" in block.text]
    assert dropping == [["build_model"]]
    text = next(block.text for block in blocks if "build_model" in block.defines)
    assert text.count("Dropout(") == 1
