"""What is made from something else and checked in is what it is made from."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from goodfit.answers import Answers, complete, read_answers_file
from goodfit.cells import CELLS
from goodfit.render import TEMPLATES, cookiecutter_json, render
from goodfit.rulebook import DECIDED as DECIDED_BY_RULE
from goodfit.rulebook import architecture
from goodfit.show import rules_markdown

from samples import __main__ as derived

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = derived.samples()
MEND = "is stale; mend it with `python -m samples`"


def test_the_rules_document_is_the_rulebook() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == rules_markdown(), f"docs/rules.md {MEND}"


def test_the_cookiecutter_questions_are_the_questions() -> None:
    written = (TEMPLATES / "cookiecutter.json").read_text(encoding="utf-8")
    assert written == cookiecutter_json(), f"templates/cookiecutter.json {MEND}"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_what_its_answers_give(sample: Path) -> None:
    differ = derived.differing(derived.generated(sample), derived.files_of(sample))
    assert differ == [], f"{sample.name} {MEND}"


def test_nothing_lies_beside_the_samples() -> None:
    assert derived.strays() == []


@pytest.fixture(scope="module")
def answers() -> list[Answers]:
    """The answers of every sample."""
    return [complete(read_answers_file(sample / "answers.toml")) for sample in SAMPLES]


def test_a_change_of_any_rule_shows_in_a_sample(answers: list[Answers]) -> None:
    # Answers name their architecture, so the rules that recommend one decide nothing in a sample;
    # a change of a default shows in docs/rules.md.
    topics = [topic for topic in DECIDED_BY_RULE if topic is not architecture.TOPIC]
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "samples").rglob("*.[mt]*")]
    shown = {word for text in texts for word in re.findall(r"\b[A-Z]+\d\d\b", text)}
    assert {rule.id for topic in topics for rule in topic.rules} - shown == set()
    assert any(each.overrides for each in answers)


def test_one_whole_project_has_all_files_and_the_others_what_differs() -> None:
    first, *others = sorted(derived.samples(), key=lambda path: path.name != derived.FIRST)
    files = derived.files_of(first)
    assert {"train.py", "tests/test_training.py", "DECISIONS.md"} <= files.keys()
    for other in [path for path in others if path.parent.name == "projects"]:
        assert not [
            name for name, text in derived.files_of(other).items() if files.get(name) == text
        ]
        assert {"data.py", "features.py", "model.py", "config.toml"} <= derived.files_of(
            other
        ).keys()


def test_every_input_has_a_sample_with_each_task_and_each_architecture(
    answers: list[Answers],
) -> None:
    for field in ("task", "architecture"):
        pairs = {(cell.input, getattr(cell, field)) for cell in CELLS}
        assert {(each.input, getattr(each, field)) for each in answers} == pairs


def test_every_input_has_one_whole_project() -> None:
    whole = [sample for sample in SAMPLES if sample.parent.name == "projects"]
    inputs = [complete(read_answers_file(sample / "answers.toml")).input for sample in whole]
    assert sorted(inputs) == sorted({cell.input for cell in CELLS})


DECIDED, WHOLE = "decisions/tabular-mlp-override", "projects/tabular-mlp-binary"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A samples/ folder of its own with one sample of each kind, to be spoiled."""
    for name in (DECIDED, WHOLE):
        ignored = shutil.ignore_patterns(*derived.LEFT_BY_USE)
        shutil.copytree(ROOT / "samples" / name, tmp_path / "samples" / name, ignore=ignored)
    monkeypatch.setattr(derived, "HERE", tmp_path / "samples")
    monkeypatch.setattr(derived, "DOCUMENTS", {})
    return tmp_path / "samples"


STALE = {
    "a changed rule's value": (DECIDED, "DECISIONS.md"),
    "a file that is missing": (WHOLE, "model.py"),
    "a whole project's file beside the decided ones": (DECIDED, "train.py"),
    "a changed byte of a whole project": (WHOLE, "train.py"),
    "a file too many": (WHOLE, "old/seen.py"),
    "a copy of doctor/": (WHOLE, "doctor/__init__.py"),
}


@pytest.mark.parametrize(("sample", "name"), STALE.values(), ids=STALE)
def test_what_is_stale_is_told_and_mended(
    copy: Path, capsys: pytest.CaptureFixture[str], sample: str, name: str
) -> None:
    path = copy / sample / name
    path.parent.mkdir(exist_ok=True)
    if name == "model.py":
        path.unlink()
    else:
        path.write_text("stale\n", encoding="utf-8")
    before = derived.files_of(copy)
    assert derived.main(["--check"]) == 1 and derived.files_of(copy) == before
    assert derived.main([]) == 0 and derived.files_of(copy) != before
    assert derived.main(["--check"]) == 0
    told = f"samples/{sample}/{name}"
    assert capsys.readouterr().out == f"differs: {told}\nmended: {told}\n"


WITHOUT_SAMPLE = (
    "decisions/text-cnn-binary/DECISIONS.md",
    "tabular-mlp-binary/train.py",
    "note.md",
)


@pytest.mark.parametrize("name", WITHOUT_SAMPLE)
def test_what_belongs_to_no_sample_is_told_and_left(
    copy: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    (copy / name).write_text("", encoding="utf-8")
    for arguments in (["--check"], []):
        assert derived.main(arguments) == 1
        assert "belongs to no sample" in capsys.readouterr().err
    assert (copy / name).is_file()


WRONG = {
    "another name": ("tabular-mlp-override", "tabular-mlp", "the same name twice"),
    "an answer that cannot be": ("samples = 800", "samples = 5", "from 20"),
}


@pytest.mark.parametrize(("old", "new", "expected"), WRONG.values(), ids=WRONG)
def test_answers_that_give_no_such_project_are_told_and_left(
    copy: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, expected: str
) -> None:
    path = copy / DECIDED / "answers.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    before = derived.files_of(copy)
    assert derived.main([]) == 1 and derived.files_of(copy) == before
    said = capsys.readouterr().err
    assert f"samples/{DECIDED}/answers.toml" in said and expected in said


def test_a_generated_doctor_is_left_out(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_doctor(answers: Answers, into: Path) -> Path:
        project = render(answers, into)
        (project / "doctor").mkdir(exist_ok=True)
        (project / "doctor" / "more.py").write_text("", encoding="utf-8")
        return project

    monkeypatch.setattr(derived, "render", with_doctor)
    assert derived.main(["--check"]) == 0
