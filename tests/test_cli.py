"""The commands: what they take, what they refuse, and what they leave behind."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from goodfit import render
from goodfit.cli import main
from goodfit.errors import GoodfitError
from goodfit.questions import QUESTIONS
from projects import read_tree


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in an empty folder."""
    monkeypatch.chdir(tmp_path)


def goodfit(*arguments: str) -> Result:
    """One command, in this process, without a terminal."""
    return CliRunner().invoke(main, list(arguments))


def assert_refused(result: Result, *said: str) -> None:
    """Exit code 2, three plain lines, no traceback, and nothing new in the folder."""
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    assert "expected: " in result.stderr and "fix: " in result.stderr
    assert "Traceback" not in result.output
    for one in said:
        assert one in result.stderr


def test_generate_writes_the_project_and_says_what_is_next(tmp_path: Path) -> None:
    result = goodfit("generate", "churn", "--yes")
    assert result.exit_code == 0, result.output
    assert [path.name for path in tmp_path.iterdir()] == ["churn"]
    assert "Wrote churn" in result.output and "python train.py" in result.output


FLAGS = {f"--{question.name.replace('_', '-')}" for question in QUESTIONS} - {
    "--project-slug",  # the argument NAME
    "--overrides",  # one --set each
    "--evidence",  # what --data finds
}
FLAGS |= {"--data", "--target", "--no-outliers", "--set", "--answers", "--yes"}
FLAGS |= {"--dry-run", "--json", "--output-dir"}


@pytest.mark.parametrize("flag", sorted(FLAGS))
def test_help_lists(flag: str) -> None:
    assert flag in goodfit("generate", "--help").output


@pytest.mark.parametrize("command", ["generate", "rules", "explain"])
def test_help_lists_the_command(command: str) -> None:
    assert command in goodfit("--help").output
    assert goodfit(command, "-h").exit_code == 0


GIVEN: dict[str, tuple[list[str], dict[str, Any]]] = {
    "the task": (["--task", "regression"], {"task": "regression", "classes": 1}),
    "the number of samples": (["--samples", "1.2M"], {"samples": 1_200_000}),
    "the number of features": (["--features", "7"], {"features": 7}),
    "the rarest share": (["--rarest-share", "2%"], {"rarest_share": 0.02}),
    "the accelerator": (["--accelerator", "cpu"], {"accelerator": "cpu"}),
    "the description": (["--description", '{{ "a" }}'], {"description": '{{ "a" }}'}),
    "the input": (["--input", "text"], {"input": "text", "architecture": "cnn"}),
    "the architecture": (["--architecture", "transformer"], {"architecture": "transformer"}),
    "the recommended architecture": (
        ["--architecture", "recommended", "--samples", "20k"],
        {"architecture": "residual-mlp"},
    ),
    "the number of classes": (["--task", "tagging", "--classes", "9"], {"classes": 9}),
    "the length": (["--input", "series", "--length", "33"], {"length": 33}),
    "the window and the horizon": (
        ["--task", "forecasting", "--horizon", "3", "--window", "9"],
        {"horizon": 3, "window": 9},
    ),
    "the time column": (["--task", "forecasting", "--time-column", "day"], {"time_column": "day"}),
    "the image size": (["--input", "image", "--image-size", "96"], {"image_size": 96}),
    "the channels": (["--task", "segmentation", "--channels", "1"], {"channels": 1}),
    "outliers": (["--task", "regression", "--outliers"], {"outliers": True}),
    "no outliers": (["--task", "regression", "--no-outliers"], {"outliers": False}),
    "two settings": (
        ["--set", "dropout=0.4", "--set", "training.seed=7"],
        {"overrides": {"dropout": 0.4, "seed": 7}},
    ),
}


@pytest.mark.parametrize("case", GIVEN)
def test_a_flag_decides(case: str, tmp_path: Path) -> None:
    flags, expected = GIVEN[case]
    result = goodfit("generate", "one", "--yes", *flags)
    assert result.exit_code == 0, result.output
    answers = tomllib.loads((tmp_path / "one" / "answers.toml").read_text(encoding="utf-8"))
    assert {name: answers[name] for name in expected} == expected


def test_a_setting_of_ones_own_is_kept_and_shown(tmp_path: Path) -> None:
    result = goodfit("generate", "one", "--yes", "--set", "dropout=0.45")
    config = tomllib.loads((tmp_path / "one" / "config.toml").read_text(encoding="utf-8"))
    assert config["model"]["dropout"] == 0.45
    assert "Your own choice: dropout" in result.output


REFUSED: dict[str, tuple[list[str], str]] = {
    "no terminal and no --yes": (["one"], "--yes"),
    "a name with a space": (["my model", "--yes"], "my-model"),
    "a name with a quote": (['my"model', "--yes"], "my-model"),
    "a name with braces": (["{{cookiecutter.task}}", "--yes"], "letters"),
    "a name outside the folder": (["../x", "--yes"], "use the name x"),
    "an absolute name": (["/x", "--yes"], "use the name x"),
    "a name with an emoji": (["model😀", "--yes"], "use the name model"),
    "an empty name": (["", "--yes"], "use the name my-model"),
    "a name of 65 characters": (["a" * 65, "--yes"], "at most 64"),
    "a name that begins with a digit": (["2fast", "--yes"], "use the name fast"),
    "a name of dots": (["..", "--yes"], "use the name my-model"),
    "a misspelt task": (["one", "--yes", "--task", "regresion"], "did you mean regression?"),
    "an architecture of another input": (
        ["one", "--yes", "--architecture", "lstm"],
        "residual-mlp",
    ),
    "a task of another input": (
        ["one", "--yes", "--task", "tagging", "--input", "image"],
        "tagging of text",
    ),
    "a window longer than the series": (
        ["one", "--yes", "--task", "forecasting", "--window", "5k"],
        "lower --window",
    ),
    "a size below what a backbone takes": (
        ["one", "--yes", "--input", "image", "--image-size", "20"],
        "--image-size 32",
    ),
    "the architecture as a setting": (
        ["one", "--yes", "--set", "architecture=mlp"],
        "--architecture",
    ),
    "too few samples": (["one", "--yes", "--samples", "5"], "from 20"),
    "a word for samples": (["one", "--yes", "--samples", "many"], "a whole number"),
    "a misspelt setting": (["one", "--yes", "--set", "batchsize=8"], "did you mean batch_size?"),
    "a setting without a value": (["one", "--yes", "--set", "epochs"], "KEY=VALUE"),
    "a setting of the wrong section": (["one", "--yes", "--set", "model.seed=1"], "training.seed"),
    "an empty path of data": (["one", "--yes", "--data", ""], "such as ."),
    "an impossible value": (["one", "--yes", "--set", "dropout=0.9"], "to 0.7"),
    "an impossible pair": (["one", "--yes", "--set", "loss=huber"], "binary_crossentropy"),
    "an output folder that is a file": (["one", "--yes", "--output-dir", "file"], "--output-dir"),
    "an output folder below a file": (["one", "--yes", "--output-dir", "file/b"], "--output-dir"),
    "a missing answers file": (["one", "--answers", "none.toml"], "check the path"),
    "a folder for an answers file": (["one", "--answers", "."], "check the path"),
    "broken TOML": (["one", "--answers", "broken.toml"], "broken.toml"),
    "a binary answers file": (["one", "--answers", "binary.toml"], "binary.toml"),
    "an unknown answer in the file": (["one", "--answers", "unknown.toml"], "samples?"),
    "a wrong type in the file": (["one", "--answers", "type.toml"], "a whole number"),
    "overrides of a wrong type": (["one", "--answers", "overrides.toml"], "KEY=VALUE"),
    "a refusal while nothing would be written": (["a b", "--yes", "--dry-run"], "a-b"),
    "a refusal as JSON": (["a b", "--json"], "a-b"),
}
FILES: dict[str, bytes] = {
    "file": b"in the way",
    "broken.toml": b"samples = ",
    "binary.toml": b"\xff\xfe\x00",
    "unknown.toml": b"sampels = 100\n",
    "type.toml": b"samples = [1]\n",
    "overrides.toml": b"overrides = 5\n",
}


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused_and_leaves_nothing_behind(case: str, tmp_path: Path) -> None:
    arguments, said = REFUSED[case]
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    outside = sorted(tmp_path.parent.iterdir())
    assert_refused(goodfit("generate", *arguments), said)
    assert read_tree(tmp_path) == dict(sorted(FILES.items()))
    assert sorted(tmp_path.parent.iterdir()) == outside


IN_THE_WAY = ("a folder with a file", "an empty folder", "a file", "a link to nowhere")


@pytest.mark.parametrize("what", IN_THE_WAY)
@pytest.mark.parametrize("extra", [[], ["--dry-run"]], ids=["writing", "only showing"])
def test_what_is_in_the_way_stays_as_it_is(what: str, extra: list[str], tmp_path: Path) -> None:
    way = tmp_path / "one"
    if what.endswith("folder") or what.endswith("with a file"):
        way.mkdir()
    if what == "a folder with a file":
        (way / "config.toml").write_text("mine", encoding="utf-8")
    elif what == "a file":
        way.write_text("mine", encoding="utf-8")
    elif what == "a link to nowhere":
        way.symlink_to(tmp_path / "nowhere")
    before = read_tree(tmp_path), way.is_symlink(), way.is_dir()
    assert_refused(goodfit("generate", "one", "--yes", *extra), "one exists")
    assert (read_tree(tmp_path), way.is_symlink(), way.is_dir()) == before
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_dry_run_shows_the_plan_and_the_files_and_writes_nothing(tmp_path: Path) -> None:
    result = goodfit("generate", "one", "--yes", "--dry-run", "--output-dir", "deep/er")
    assert result.exit_code == 0, result.output
    for said in ("The plan for one", "hidden_units", "config.toml", "tests/", "not written"):
        assert said in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("extra", [[], ["--dry-run"]], ids=["writing", "only showing"])
def test_json_is_all_that_is_printed(extra: list[str], tmp_path: Path) -> None:
    result = goodfit("generate", "one", "--json", "--set", "dropout=0.4", *extra)
    report = json.loads(result.stdout)
    assert report["written"] is not bool(extra)
    assert (tmp_path / "one").exists() is not bool(extra)
    assert {"config.toml", "train.py", "tests/test_training.py"} <= set(report["files"])
    mine = [one for one in report["decisions"] if one["by_user"]]
    assert [(one["setting"], one["value"]) for one in mine] == [("dropout", 0.4)]
    assert mine[0]["rule_value"] != 0.4 and mine[0]["because"]


def test_the_emitted_answers_make_the_same_project_again(tmp_path: Path) -> None:
    first = ["generate", "one", "--yes", "--task", "regression", "--set", 'separator=";"']
    assert goodfit(*first, "--description", 'a "b" {{ c }} 😀').exit_code == 0
    again = goodfit("generate", "--answers", "one/answers.toml", "--output-dir", "again")
    assert again.exit_code == 0, again.output
    assert read_tree(tmp_path / "again" / "one") == read_tree(tmp_path / "one")


def test_a_flag_wins_over_the_answers_file_and_keeps_the_rest(tmp_path: Path) -> None:
    assert goodfit("generate", "one", "--yes", "--samples", "900", "--set", "seed=7").exit_code == 0
    flags = ["--samples", "20k", "--set", "dropout=0.4"]
    assert goodfit("generate", "two", "--answers", "one/answers.toml", *flags).exit_code == 0
    answers = tomllib.loads((tmp_path / "two" / "answers.toml").read_text(encoding="utf-8"))
    assert answers["samples"] == 20_000
    assert answers["overrides"] == {"seed": 7, "dropout": 0.4}


def break_rendering(monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> None:
    """Let rendering stop after the first file, with `failure`."""

    def half(template: str, context: dict[str, Any], into: str, **options: Any) -> None:
        (Path(into) / "one").mkdir()
        (Path(into) / "one" / "train.py").write_text("half", encoding="utf-8")
        raise failure

    monkeypatch.setattr(render, "generate_files", half)


FAILURES = (GoodfitError("a", "b", "c"), OSError(28, "full"), KeyError("x"), KeyboardInterrupt())


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_a_failure_half_way_leaves_nothing_behind(
    failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_rendering(monkeypatch, failure)
    assert goodfit("generate", "one", "--yes").exit_code != 0
    assert list(tmp_path.iterdir()) == []


def test_the_path_of_a_project_is_no_template(tmp_path: Path) -> None:
    folder = tmp_path / "{{7*7}} {% include 'x' %}"
    folder.mkdir()
    result = goodfit("generate", "toy", "--yes", "--output-dir", str(folder))
    assert result.exit_code == 0, result.output
    assert [one.name for one in tmp_path.rglob("toy*")] == ["toy"]


def test_compiled_files_of_an_installed_template_stay_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(render.TEMPLATES, templates)
    cache = templates / "{{cookiecutter.project_slug}}" / "__pycache__"
    cache.mkdir(exist_ok=True)
    (cache / "run.cpython-311.pyc").write_bytes(b"\0\1")
    monkeypatch.setattr("goodfit.render.TEMPLATES", templates)
    assert goodfit("generate", "toy", "--yes", "--output-dir", str(tmp_path)).exit_code == 0
    assert [*(tmp_path / "toy").rglob("*.pyc")] == []


def test_a_full_disk_is_said_in_three_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    break_rendering(monkeypatch, OSError(28, "No space left on device"))
    assert_refused(goodfit("generate", "one", "--yes"), "No space left on device")


NO_TENSORFLOW = """
import sys
import time
from goodfit.cli import main
main(["generate", "one", "--yes"], standalone_mode=False)
main(["rules"], standalone_mode=False)
heavy = {"tensorflow", "keras", "numpy", "pandas", "sklearn"} & set(sys.modules)
sys.exit(f"imported {heavy}" if heavy else 0)
"""


def test_generating_is_over_before_tensorflow_would_be_imported(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", NO_TENSORFLOW], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "one" / "train.py").is_file()


def test_as_a_module_it_refuses_without_a_traceback() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "goodfit", "generate", "my model"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stdout == "" and "Traceback" not in ran.stderr
    assert ran.stderr.startswith("error: ")


STOPPED = {
    "while the project is written": ("goodfit.render.write", ["one", "--yes"]),
    "while the file is read": ("goodfit.study.study", ["one", "--yes", "--data", "."]),
}


@pytest.mark.parametrize("when", STOPPED)
def test_ctrl_c_ends_in_one_line(when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, arguments = STOPPED[when]

    def stop(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(place, stop)
    monkeypatch.setattr("goodfit.study.answering.study", stop)
    result = goodfit("generate", *arguments)
    assert result.exit_code == 130
    assert result.output == "Stopped; nothing was written.\n"
    if "read" in when:
        assert goodfit("study", ".").exit_code == 130


def test_who_is_asked_to_go_leaves_nothing_half_written(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "goodfit", "generate", "p", "--yes"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as child:
        while not any(tmp_path.iterdir()) and child.poll() is None:
            time.sleep(0.002)
        child.send_signal(signal.SIGTERM)
        code = child.wait(60)
    left = [one.name for one in tmp_path.iterdir()]
    assert (code, left) in ((143, []), (143, ["p"]), (0, ["p"]))  # all of it, or nothing
