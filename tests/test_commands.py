"""The commands of a project: what they take, which run is meant, and what follows from settings."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from goodfit.answers import complete
from goodfit.doctor.commands import OPTIONS
from goodfit.doctor.run_folder import QUICK, is_called, latest, named, saved, whole_ones
from goodfit.doctor.setting_values import (
    follow_epochs,
    from_here,
    in_time,
    override,
    seen_from,
    without_weights,
)
from goodfit.plan import make_plan
from goodfit.relations import training_ends_as_planned
from projects import CELL_IDS, project, sample, write_tree

SCHEDULE = {"patience": 30, "warmup_epochs": 5, "decay_epochs": 100}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which nothing has run, with a stand-in for TensorFlow that may not be loaded."""
    folder = tmp_path_factory.mktemp("made") / "own"
    write_tree(sample("tabular-mlp-binary"), folder)
    for name in ("tensorflow", "keras", "pydantic", "numpy"):
        (folder / f"{name}.py").write_text("raise SystemExit('too early')\n", encoding="utf-8")
    return folder


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What a script says that is called from another folder than its own."""
    said = [sys.executable, str(folder / words[0]), *words[1:]]
    place = folder.parent
    return subprocess.run(said, cwd=place, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", OPTIONS)
def test_help_is_there_at_once_and_explains_every_option(made: Path, name: str) -> None:
    began = time.perf_counter()
    done = command(made, f"{name}.py", "--help")
    assert time.perf_counter() - began < 1
    assert done.returncode == 0 and done.stderr == ""
    for option, about in OPTIONS[name].items():
        assert (option if option.startswith("-") else about["metavar"]) in done.stdout
        assert " ".join(about["help"].split()[:3]) in " ".join(done.stdout.split())
    assert f"python {name}.py" in done.stdout


REFUSED = {
    "a misspelt option": (("train.py", "--epochs", "3"), "unrecognized arguments: --epochs 3"),
    "the beginning of one": (("train.py", "--qui"), "unrecognized arguments: --qui"),
    "settings that never end": (("train.py", "--config", "/dev/zero"), "/dev/zero is no file"),
    "no share": (("find_lr.py", "--share", "half"), "half is not between 0 and 10"),
    "a run that is not there": (("evaluate.py", "7"), "there is no run 7"),
    "a run among files": (("predict.py", "runs/7"), "there is no run runs/7"),
    "a run by its option": (("predict.py", "--run", "7"), "there is no run 7"),
    "two runs": (("evaluate.py", "1", "--run", "2"), "2 runs: 1, 2"),
    "a file that exists": (("predict.py", "--output", "own/train.py"), "own/train.py exists"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_refused_at_once(made: Path, case: str) -> None:
    words, said = REFUSED[case]
    done = command(made, *words)
    assert done.returncode == 2 and said in done.stderr.splitlines()[0]
    assert "fix: " in done.stderr and "Loading" not in done.stderr


def test_a_script_without_errors_to_write_to_goes_on(made: Path) -> None:
    """It comes as far as TensorFlow, for which something else stands here."""
    words = ["sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, str(made / "train.py")]
    done = subprocess.run(words, cwd=made.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and not done.stdout


def runs_in(folder: Path, *names: str) -> Path:
    """Runs that hold nothing but the mark of a whole one."""
    for name in names:
        made = saved(folder / "runs" / ".made", lambda path: None)
        (folder / "runs" / name).parent.mkdir(exist_ok=True)
        made.rename(folder / "runs" / name)
    shutil.rmtree(folder / "runs" / ".made")
    return folder / "runs"


def test_a_run_is_called_in_several_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = runs_in(tmp_path / "own", "1", "2", f"{QUICK}/1")
    monkeypatch.chdir(tmp_path)
    for called in ("1", "runs/1", "own/runs/1", str(runs / "1")):
        assert named(called, runs).resolve() == runs / "1"
    assert named(f"{QUICK}/1", runs) == runs / QUICK / "1"
    words = ["runs/1", "own/runs/2", "runs/9", str(runs / "1")]
    assert all(is_called(word, runs) for word in words)
    assert not any(is_called(word, runs) for word in ("1", "a.csv", "photos/1", "", "a text. 1"))


def test_a_quick_run_is_never_the_latest(tmp_path: Path) -> None:
    runs = runs_in(tmp_path, f"{QUICK}/1")
    assert latest(runs) is None and "runs/quick/1 may be named" in whole_ones(runs)[1]
    runs_in(tmp_path, "1", "10", "2")
    assert latest(runs) == runs / "10"
    expected, fix = whole_ones(runs)
    assert expected.count("/runs/") == 3 and f"{QUICK}/" not in expected and fix.endswith("runs/10")


def test_paths_are_as_seen_from_the_file_that_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for config, given, here in [
        ("config.toml", "../rows.csv", "../rows.csv"),
        ("own/config.toml", "../rows.csv", "rows.csv"),
        ("own/config.toml", "rows.csv", "own/rows.csv"),
        ("own/runs/1/config.toml", "../../../rows.csv", "rows.csv"),
        ("own/config.toml", "/data/rows.csv", "/data/rows.csv"),
        ("own/config.toml", "", ""),
    ]:
        values: dict[str, Any] = {"data": {"path": given}}
        from_here(values, Path(config))
        assert values["data"]["path"] == here
        kept = {"data": {"path": seen_from(here, Path("own/runs/4"))}}
        from_here(kept, Path("own/runs/4/config.toml"))
        assert kept["data"]["path"] == here
    from_here({"data": "no section"}, Path("config.toml"))  # refused with everything else


@pytest.mark.parametrize("epochs", [1, 2, 3, 4, 5, 10, 31, 100, 104, 105, 500])
def test_what_hangs_on_epochs_fits_into_them(epochs: int) -> None:
    fitted = SCHEDULE | in_time(epochs, SCHEDULE)
    config = SimpleNamespace(
        training=SimpleNamespace(epochs=epochs),
        early_stopping=SimpleNamespace(patience=fitted["patience"]),
        optimizer=SimpleNamespace(**fitted),
    )
    assert list(training_ends_as_planned(config)) == []
    assert (fitted == SCHEDULE) is (epochs >= 105)
    assert min(fitted["patience"], fitted["decay_epochs"]) >= 1


def values(epochs: Any) -> dict[str, Any]:
    """What config.toml has of a schedule."""
    return {
        "training": {"epochs": epochs},
        "early_stopping": {"patience": 30},
        "optimizer": {"warmup_epochs": 5, "decay_epochs": 100},
        "model": {"fine_tuning_epochs": 20},
    }


def test_epochs_of_the_command_line_are_followed_and_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    own = values(3)
    follow_epochs(own, ["training.epochs=3", "early_stopping.patience=2"])
    assert own["early_stopping"] == {"patience": 30}  # as it was given, and no more is done to it
    assert own["optimizer"] == {"warmup_epochs": 0, "decay_epochs": 3}
    assert own["model"]["fine_tuning_epochs"] == 3
    said = "note: for training.epochs = 3: optimizer.warmup_epochs = 0, optimizer.decay_epochs = 3,"
    assert capsys.readouterr().out == f"{said} model.fine_tuning_epochs = 3\n"
    for given, overrides in [
        (3, []),
        (500, ["training.epochs=500"]),
        ("many", ["training.epochs=many"]),
        (-1, ["training.epochs=-1"]),
    ]:
        own = values(given)
        follow_epochs(own, overrides)
        assert own == values(given)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("epochs=3", "use one of the sections training, early_stopping, optimizer, model"),
        ("training.epochs", "use one of the sections"),
        ("training.epochs=3\nmodel.x=3", "say --set once for each setting"),
        ("training.epochs=10000000000000", "numbers up to 1,000,000,000,000"),
        ("model.units=[2, 1e300]", "change model.units"),
    ],
)
def test_what_is_no_setting_is_refused(
    given: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        override(values(3), Path("config.toml"), [given])
    assert stopped.value.code == 2 and said in capsys.readouterr().err


def test_pictures_need_no_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "config.toml"
    for text, given, wanted, told in [
        ('[model]\nweights = "imagenet"', [], ["model.weights=none"], True),
        ('[model]\nweights = "imagenet"', ["model.weights=none"], ["model.weights=none"], False),
        ('[model]\nweights = "none"', ["a=b"], ["a=b"], False),
        ("[model]\nunits = 3", [], [], False),
        ("[model", ["a=b"], ["a=b"], False),
    ]:
        path.write_text(text, encoding="utf-8")
        assert without_weights(path, given) == wanted
        assert ("without the imagenet weights" in capsys.readouterr().out) is told


def test_a_readme_speaks_of_its_own_data() -> None:
    cell = CELL_IDS["tabular-binary-classification-mlp"]
    with_data = project(cell, {"overrides": {"path": "../rows.csv"}})[1]
    without = project(cell)[1]["README.md"].decode()
    text = with_data["README.md"].decode()
    assert "Set `data.path`" in without and "Until you name a path" in without
    assert "Set `data.path`" not in text and "Until you name a path" not in text
    assert "embedded sample" not in text
    assert "The section to edit for data of your own" not in with_data["config.toml"].decode()
    forecast = project(CELL_IDS["series-forecasting-mlp"])[1]["README.md"].decode()
    assert "never part" in without and "never part" not in forecast


def test_a_project_of_few_epochs_is_made(tmp_path: Path) -> None:
    given = {"task": "binary-classification", "input": "tabular", "architecture": "mlp"}
    for epochs in (1, 3):
        plan = make_plan(complete(given | {"overrides": {"epochs": epochs}}))
        assert plan.values["epochs"] == epochs and plan.values["patience"] == 1
    kept = make_plan(complete(given | {"overrides": {"epochs": 9, "patience": 4}}))
    assert kept.values["patience"] == 4 and kept.values["decay_epochs"] <= 9
