"""Runs of an emitted project: whole or not there, never taken for what they are not."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from projects import sample, write_tree

SHORT = [
    *("--set", "training.epochs=2", "--set", "early_stopping.patience=1"),
    *("--set", "optimizer.warmup_epochs=0", "--set", "optimizer.decay_epochs=2"),
    *("--set", "checks.before_training=false"),
]
AT_ONCE = """
import sys, threading
from pathlib import Path
from doctor.run_folder import numbered
runs, begin, found = Path("runs"), threading.Barrier(8), []
def save(place):
    work = runs / f".unfinished-{place}"
    work.mkdir()
    (work / "model.keras").write_text("")
    begin.wait()
    found.append(numbered(work, runs).name)
threads = [threading.Thread(target=save, args=[place]) for place in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert sorted(map(int, found)) == [*range(2, 10)], found
"""


def command(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What a script of the project says."""
    said = [sys.executable, *words]
    return subprocess.run(said, cwd=project, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one run."""
    folder = tmp_path_factory.mktemp("runs") / "made"
    project = write_tree(sample("tabular-mlp-binary"), folder)
    assert command(project, "train.py", *SHORT).returncode == 0
    return project


@pytest.fixture
def project(trained: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(trained, tmp_path / "copy"))


def test_a_damaged_run_is_named_and_passed_over(project: Path) -> None:
    for number in ("2", "3", "4"):
        shutil.copytree(project / "runs/1", project / "runs" / number)
    model = (project / "runs/2/model.keras").read_bytes()
    (project / "runs/2/model.keras").write_bytes(model[: len(model) // 2])
    (project / "runs/3/target.json").unlink()
    (project / "runs/4/metrics.json").write_text("{", encoding="utf-8")
    (project / "runs/.unfinished-5").mkdir()
    done = command(project, "predict.py")
    assert done.returncode == 0, done.stderr
    assert "runs/2 has another model.keras than was saved, and is passed over" in done.stderr
    assert "runs/3 has no target.json, and is passed over" in done.stderr
    assert "runs/4 has another metrics.json than was saved, and is passed over" in done.stderr
    named = command(project, "predict.py", "--run", "runs/2")
    assert named.returncode == 2 and "error: runs/2 has another model.keras" in named.stderr
    shutil.copytree(project / "runs/1", project / "runs/7")
    first = command(project, "predict.py", "runs/1")  # as evaluate.py takes it
    assert first.returncode == 0 and first.stdout == done.stdout, first.stderr
    shutil.rmtree(project / "runs/1")
    shutil.rmtree(project / "runs/7")
    alone = command(project, "evaluate.py")
    assert alone.returncode == 2 and "error: no run in runs was saved whole" in alone.stderr


def test_a_quick_run_is_marked_and_taken_by_its_name_alone(project: Path) -> None:
    shutil.rmtree(project / "runs")
    done = command(project, "train.py", "--quick")
    assert done.returncode == 0 and "saved runs/quick/1" in done.stdout, done.stderr
    assert "early_stopping.patience = 1" in done.stdout
    alone = command(project, "predict.py")
    assert alone.returncode == 2 and "runs/quick/1 may be named" in alone.stderr
    asked = command(project, "predict.py", "--run", "quick/1")
    assert asked.returncode == 0 and "what it answers and scores means nothing" in asked.stdout


def test_scripts_are_called_from_anywhere_and_data_may_have_grown(project: Path) -> None:
    script = (
        "import pathlib, data, config\n"
        "table = data.read_table(config.load_config(pathlib.Path('config.toml')))\n"
        "table.to_csv('../rows.csv', index=False)\n"
    )
    assert command(project, "-c", script).returncode == 0
    config = (project / "config.toml").read_text(encoding="utf-8")
    (project / "config.toml").write_text(
        config.replace('path = ""', 'path = "../rows.csv"'), encoding="utf-8"
    )
    rows, away = project.parent / "rows.csv", project / "tests"
    done = command(away, "../train.py", *SHORT)
    assert done.returncode == 0, done.stderr
    assert 'path = "' in (project / "runs/2/config.toml").read_text(encoding="utf-8")
    first = command(away, "../evaluate.py")
    assert first.returncode == 0 and "note: since" not in first.stdout, first.stderr
    header, *lines = rows.read_text(encoding="utf-8").splitlines()
    later = [line.replace("1", "2") for line in lines[:9]]
    rows.write_text("\n".join([header, *later, *lines]), encoding="utf-8")
    grown = command(project, "evaluate.py", "2")
    assert "was trained: new rows, in no part: 9" in grown.stdout, grown.stderr
    assert grown.stdout.splitlines()[1:] == first.stdout.splitlines()


def test_trainings_at_once_get_a_number_each(project: Path) -> None:
    done = command(project, "-c", AT_ONCE)
    assert done.returncode == 0, done.stderr


def test_a_place_that_cannot_be_written_is_refused_before_training(project: Path) -> None:
    shutil.rmtree(project / "runs")
    (project / "runs").write_text("", encoding="utf-8")
    done = command(project, "train.py", *SHORT)
    assert done.returncode == 2 and "error: runs cannot be kept in" in done.stderr
    assert "Epoch" not in done.stdout


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_who_is_stopped_ends_in_a_line_and_keeps_the_best(project: Path, sent: int) -> None:
    words = [
        "train.py",
        *SHORT,
        "--set",
        "training.epochs=400",
        "--set",
        "early_stopping.patience=300",
    ]
    words += ["--set", "optimizer.decay_epochs=400"]
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout and child.stderr
        line = next(one for one in child.stdout if "Epoch 4/" in one)
        child.send_signal(sent)
        rest, error = child.stdout.read(), child.stderr.read()
    assert line and child.returncode == 0, error
    assert "Stopped by hand" in rest and "saved runs/2" in rest
    assert "Traceback" not in error


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_who_is_stopped_while_loading_ends_in_a_line(project: Path, sent: int) -> None:
    with subprocess.Popen(
        [sys.executable, "train.py"], cwd=project, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stderr and "Loading" in child.stderr.readline()
        time.sleep(0.5)
        child.send_signal(sent)
        said = child.stderr.read()
    assert child.returncode and said.strip().splitlines()[-1] == "Stopped."
    assert "Traceback" not in said


@pytest.mark.parametrize(("at", "code"), [(0, 130), (2, 0)])
def test_who_is_stopped_between_callbacks_ends_in_a_line(project: Path, at: int, code: int) -> None:
    """The best weights of an epoch are there then, and its losses are not yet written down."""
    source = (project / "train.py").read_text(encoding="utf-8")
    place = "    stopped_by_hand = False\n    try:"
    assert place in source
    stops = f"""    class Hand(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            if epoch == {at}:
                raise KeyboardInterrupt

    callbacks.append(Hand())
"""
    (project / "train.py").write_text(source.replace(place, stops + place), encoding="utf-8")
    done = command(project, "train.py", *SHORT)
    assert done.returncode == code and "Traceback" not in done.stderr, done.stderr
    assert ("saved runs/2" in done.stdout) == (code == 0)
    assert code == 0 or "Stopped before the first epoch ended" in done.stderr


def test_a_picture_that_cannot_be_drawn_costs_no_run(project: Path) -> None:
    source = (project / "train.py").read_text(encoding="utf-8")
    source = source.replace(
        "    callbacks += checkup.monitors",
        "    callbacks.append(keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: "
        "logs.update(rate=0.1)))\n    callbacks += checkup.monitors",
    )
    assert "rate=0.1" in source
    (project / "train.py").write_text(source, encoding="utf-8")
    done = command(project, "train.py", *SHORT)
    assert done.returncode == 0 and (project / "runs/2/curves.png").is_file(), done.stderr


def test_rows_beyond_all_numbers_get_no_answer(project: Path) -> None:
    script = (
        "import pathlib, data, config\n"
        "table = data.read_table(config.load_config(pathlib.Path('config.toml'))).head(3)\n"
        "name = next(one for one in table if str(table[one].dtype) == 'float64')\n"
        "table[name] = [0.5, 1e300, -0.5]\n"
        "table.to_csv('later.csv', index=False)\n"
    )
    assert command(project, "-c", script).returncode == 0
    done = command(project, "predict.py", "later.csv", "--output", "answers.csv")
    assert done.returncode == 2 and "error: the network gives no finite number for 1 of 3" in (
        done.stderr
    )
    lines = (project / "answers.csv").read_text(encoding="utf-8").splitlines()
    assert lines[2] == "," and all(line.strip(",") for line in (lines[1], lines[3]))
    assert "Warning" not in done.stderr
