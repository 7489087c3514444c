"""What is made from something else and checked in is what it is made from."""

from __future__ import annotations

from pathlib import Path

import pytest
from goodfit.answers import complete, read_answers_file
from goodfit.cells import CELLS, Cell
from goodfit.render import TEMPLATES, cookiecutter_json
from goodfit.show import rules_markdown
from projects import fresh_tree, read_tree

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/answers.toml"))
LEFT_BY_USE = {"__pycache__", "runs", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
MEND = "is stale; mend it with `python -m samples`"

none_yet = pytest.mark.skipif(not SAMPLES, reason="no samples are checked in yet")


@pytest.mark.skipif(not (ROOT / "docs" / "rules.md").exists(), reason="no docs/rules.md yet")
def test_the_rules_document_is_the_rulebook() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == rules_markdown(), f"docs/rules.md {MEND}"


def test_the_cookiecutter_questions_are_the_questions() -> None:
    written = (TEMPLATES / "cookiecutter.json").read_text(encoding="utf-8")
    assert written == cookiecutter_json(), f"templates/cookiecutter.json {MEND}"


@none_yet
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_what_its_answers_give(sample: Path) -> None:
    wanted = fresh_tree(complete(read_answers_file(sample / "answers.toml")))
    kept = {
        name: content
        for name, content in read_tree(sample).items()
        if not LEFT_BY_USE & set(Path(name).parts)
    }
    both = sorted(wanted.keys() | kept.keys())
    differ = [name for name in both if wanted.get(name) != kept.get(name)]
    assert differ == [], f"samples/{sample.name} {MEND}"


@none_yet
def test_every_input_task_and_architecture_has_a_sample_and_one_shows_an_override() -> None:
    answers = [complete(read_answers_file(sample / "answers.toml")) for sample in SAMPLES]
    for field in Cell._fields:
        wanted = {getattr(cell, field) for cell in CELLS}
        assert {getattr(one, field) for one in answers} == wanted
    assert any(one.overrides for one in answers)
