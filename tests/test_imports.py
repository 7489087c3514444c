"""The generator's modules import each other one way: no circle, not in functions or by types."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import goodfit
import pytest

PACKAGE = Path(goodfit.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "templates" not in path.parts)


def module_of(path: Path) -> str:
    """The name under which a file of the package is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in FILES}


def imported(source: str) -> Iterator[str]:
    """Every module of the package that a source imports, wherever it does so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                inside = f"{node.module}.{name.name}"
                yield inside if inside in MODULES else node.module


def circle_in(sources: Mapping[str, str]) -> list[str]:
    """Modules that import each other in a circle, each once; [] where there is none."""
    graph = {
        module: {one for one in imported(source) if one in MODULES}
        for module, source in sources.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_module_is_imported_by_what_it_imports() -> None:
    sources = {module: path.read_text(encoding="utf-8") for module, path in MODULES.items()}
    assert len(sources) > 50
    assert circle_in(sources) == []


@pytest.mark.parametrize(
    "line",
    [
        "from goodfit.cli import main",
        "if 1:\n    import goodfit.cli",
        "def f():\n    import goodfit.cli",
    ],
    ids=["at the top", "by types", "in a function"],
)
def test_a_circle_is_seen(line: str) -> None:
    sources = {module: path.read_text(encoding="utf-8") for module, path in MODULES.items()}
    sources["goodfit.errors"] += f"\n{line}\n"
    assert "goodfit.errors" in circle_in(sources)
