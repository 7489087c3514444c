"""templates/ is a genuine cookiecutter template, and gives the same bytes as `goodfit generate`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cookiecutter.__main__ import main
from goodfit import render
from goodfit.answers import Answers, as_text, complete
from goodfit.plan import make_plan
from goodfit.render import TEMPLATES, cookiecutter_json, plan_of_json, write
from projects import read_tree

SAME: dict[str, dict[str, Any]] = {
    "nothing but defaults": {},
    "another name and size": {"project_slug": "churn", "samples": "1.2M", "accelerator": "cpu"},
    "a rare class": {"samples": 900, "rarest_share": "1%"},
    "many classes with defaults that depend on the task": {"task": "multiclass-classification"},
    "labels": {"task": "multilabel-classification", "classes": 7},
    "numbers with outliers": {"task": "regression", "classes": 2, "outliers": "yes"},
    "overrides": {
        "task": "regression",
        "overrides": 'hidden_units=[9, 5]; separator=";"; missing=["a \\"b\\"", "c"]',
    },
    "images": {"input": "image", "task": "segmentation", "image_size": 64},
    "a forecast": {"input": "series", "task": "forecasting", "horizon": 7, "time_column": "Date"},
    "an architecture of one's own": {
        "input": "text",
        "task": "multiclass-classification",
        "architecture": "gru",
    },
    "an awkward description": {"description": "\"a\" 'b' {c} 100 % \\ | <d> é 😀 = #"},
}
REFUSED: dict[str, dict[str, Any]] = {
    "a project that there is not": {"task": "segmentation", "input": "text"},
    "a name with a space": {"project_slug": "my model"},
    "a name outside the folder": {"project_slug": "../x"},
    "too few samples": {"samples": 3},
    "a word for samples": {"samples": "many"},
    "two classes for many": {"task": "multiclass-classification", "classes": 2},
    "a setting that does not exist": {"overrides": "batchsize=8"},
    "a contradiction": {"overrides": "output_activation=softmax"},
}


def arguments(given: dict[str, Any], folder: Path) -> list[str]:
    """`cookiecutter templates --no-input` with answers as key=value, into `folder`/here."""
    (folder / "here").mkdir()
    settings = {"cookiecutters_dir": str(folder / "c"), "replay_dir": str(folder / "r")}
    (folder / "user.yml").write_text(json.dumps(settings), encoding="utf-8")
    options = ["--no-input", "--config-file", str(folder / "user.yml")]
    pairs = [f"{key}={value}" for key, value in given.items()]
    return [str(TEMPLATES), *options, "--output-dir", str(folder / "here"), *pairs]


def cookiecutter(given: dict[str, Any], folder: Path) -> Result:
    """cookiecutter's own command, in this process."""
    return CliRunner().invoke(main, arguments(given, folder))


@pytest.mark.parametrize("case", SAME)
def test_cookiecutter_gives_the_same_bytes_as_generate(case: str, tmp_path: Path) -> None:
    answers = complete(SAME[case])
    made = cookiecutter(SAME[case], tmp_path)
    assert made.exit_code == 0, made.output
    written = write(make_plan(answers), tmp_path / "generated")
    assert read_tree(tmp_path / "here" / answers.project_slug) == read_tree(written)
    assert [path.name for path in (tmp_path / "here").iterdir()] == [answers.project_slug]


@pytest.mark.parametrize(("way", "made"), [("cookiecutter", 1), ("generate", 0)])
def test_the_templates_share_one_plan(
    way: str, made: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan(complete({}))
    plan_of_json.cache_clear()
    counted: list[Answers] = []
    monkeypatch.setattr(render, "make_plan", lambda one: counted.append(one) or make_plan(one))
    if way == "cookiecutter":
        assert cookiecutter({}, tmp_path).exit_code == 0
    else:
        write(plan, tmp_path)  # it has been handed over, so none is made here
    assert counted == [plan.answers] * made


@pytest.mark.parametrize("case", REFUSED)
def test_cookiecutter_refuses_as_generate_does(case: str, tmp_path: Path) -> None:
    made = cookiecutter(REFUSED[case], tmp_path)
    assert made.exit_code == 2, made.output
    assert "expected: " in made.stderr and "fix: " in made.stderr
    assert isinstance(made.exception, SystemExit)  # and so no traceback
    assert list((tmp_path / "here").iterdir()) == []


def test_braces_in_answers_are_text_for_cookiecutter_too(tmp_path: Path) -> None:
    braces = "{{ 7 * 7 }} and {% raw %}"
    made = cookiecutter({"description": braces}, tmp_path)
    assert made.exit_code == 0, made.output
    written = write(make_plan(complete({"description": braces})), tmp_path / "generated")
    assert read_tree(tmp_path / "here" / "my-model") == read_tree(written)


@pytest.mark.parametrize(("samples", "code"), [("900", 0), ("3", 2)], ids=["right", "wrong"])
def test_it_is_the_same_in_a_process_of_its_own(samples: str, code: int, tmp_path: Path) -> None:
    command = ["cookiecutter", *arguments({"samples": samples}, tmp_path)]
    made = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False
    )
    assert made.returncode == code
    assert "Traceback" not in made.stderr + made.stdout
    assert len(list((tmp_path / "here").iterdir())) == (code == 0)


def test_cookiecutter_json_is_made_from_the_questions() -> None:
    written = (TEMPLATES / "cookiecutter.json").read_text(encoding="utf-8")
    assert written == cookiecutter_json(), "mend it with `python -m samples`"


def test_answers_reach_the_template_whole_through_cookiecutters_text() -> None:
    answers = complete({**SAME["overrides"], "description": SAME["overrides"]["overrides"]})
    assert make_plan(complete(as_text(answers))) == make_plan(answers)
