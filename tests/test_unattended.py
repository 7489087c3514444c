"""Where nobody can be asked: all questions at once, and a command that answers them as printed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from studied import assert_refused, csv, goodfit

QUESTION = csv("x1", "size", "x3").replace("x3\n", "amount\n", 1).replace("\n", "\n,,\n", 3)
GIVEN: dict[str, list[str]] = {
    "nothing": [],
    "a name": ["one"],
    "a task": ["one", "--task", "regression"],
    "a forecast": ["one", "--task", "forecasting", "--samples", "900"],
    "images": ["one", "--input", "image"],
    "a sentence": ["one", "--description", 'It\'s "mine" 😀', "--set", "dropout=0.1"],
    "data": ["one", "--data", "clear.csv"],
    "data with questions": ["one", "--data", "asked.csv"],
    "a name with signs": ["one", "--data", 'it\'s "odd" 😀.csv'],
    "columns with signs": ["one", "--data", "columns.csv"],
}


@pytest.mark.parametrize("case", GIVEN)
def test_the_command_that_is_printed_works_as_it_is(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clear.csv").write_text(csv("x1", "colour", "y"), encoding="utf-8")
    for name in ("asked.csv", 'it\'s "odd" 😀.csv'):
        Path(name).write_text(QUESTION, encoding="utf-8")
    odd = QUESTION.replace("x1", "it's").replace("size", "a😀b").replace("amount", "my amount", 1)
    Path("columns.csv").write_text(odd, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    refused = goodfit("generate", *GIVEN[case])
    assert_refused(refused, "fix: ")
    assert sorted(tmp_path.iterdir()) == before
    command = refused.stderr.partition("run: ")[2].splitlines()[0]
    made = goodfit(*shlex.split(command)[1:])
    assert made.exit_code == 0, made.output
    made_at = tmp_path / ("my-model" if case == "nothing" else "one")
    assert (made_at / "train.py").is_file()


def test_every_question_is_named_with_the_answer_that_is_proposed() -> None:
    said = goodfit("generate", "--task", "regression", "--no-outliers").stderr
    assert "\n    accelerator: What will it train on?" in said and "--accelerator gpu" in said
    assert "--classes 1" in said and " task: " not in said and " outliers: " not in said
    assert "--outliers" not in said.replace("--no-outliers", "")


def test_what_a_study_asks_is_said_with_all_that_follows(tmp_path: Path) -> None:
    (tmp_path / "asked.csv").write_text(QUESTION, encoding="utf-8")
    said = goodfit("generate", "one", "--data", tmp_path / "asked.csv").stderr
    assert "\n    targets: " in said and "\n    drop rows without target: " in said
    assert "--target amount --set drop_rows_without_target=true" in said
