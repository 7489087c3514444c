"""Emitted projects run: their own tests pass, training ends early, and the result beats guessing.

A few projects are used in every run of the tests, at least one of each input, the rest with `python
-m pytest -m matrix`; `python benchmarks/matrix.py` does the same for every cell there is.
"""

from __future__ import annotations

import csv
import json
import math
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from projects import sample, write_tree
from studied import goodfit

# Names of samples, whose answers say what is generated and used here.
ALWAYS = (
    "tabular-mlp-binary",
    "image-cnn-multiclass",
    "text-lstm-tagging",
    "series-mlp-forecasting",
)
IN_THE_LONG_RUN = (
    "image-pretrained-binary",
    "image-u-net-segmentation",
    "series-cnn-multiclass",
    "series-gru-regression",
    "tabular-autoencoder-anomaly",
    "tabular-mlp-multiclass",
    "tabular-mlp-multilabel",
    "tabular-mlp-override",
    "tabular-mlp-regression",
    "tabular-residual-mlp-regression",
    "tabular-transformer-multiclass",
    "text-cnn-binary",
    "text-transformer-multilabel",
)
NAMES = (*ALWAYS, *(pytest.param(name, marks=pytest.mark.matrix) for name in IN_THE_LONG_RUN))
RUN_FILES = {"config.toml", "curves.png", "history.csv", "metrics.json", "model.keras"}
SHORT = (  # two epochs, and a schedule that ends with them
    *("--set", "training.epochs=2", "--set", "early_stopping.patience=1"),
    *("--set", "optimizer.warmup_epochs=0", "--set", "optimizer.decay_epochs=2"),
    *("--set", "checks.before_training=false"),
)
LOWER_IS_BETTER = ("rmse", "mae", "log_loss")


class Trained(NamedTuple):
    """A project in which train.py, evaluate.py and predict.py have run."""

    folder: Path
    said: dict[str, str]

    def read(self, name: str) -> Any:
        return json.loads((self.folder / "runs" / "1" / name).read_text(encoding="utf-8"))


def python(folder: Path, *arguments: str) -> str:
    """Run Python in `folder`; fail with all it said where it fails, or warns of what is healthy."""
    ran = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"{arguments}:\n{ran.stdout[-4000:]}\n{ran.stderr[-4000:]}"
    assert not re.search("^(Traceback|warning: )|Warning: ", ran.stderr, re.MULTILINE), ran.stderr
    return ran.stdout


def use(folder: Path, *changes: str) -> Trained:
    """Study, check, train, evaluate and predict, as the README says."""
    said = {name: python(folder, f"{name}.py") for name in ("study", "check")}
    said["train"] = python(folder, "train.py", *changes)
    said["evaluate"] = python(folder, "evaluate.py")
    said["predict"] = python(folder, "predict.py", "--output", "answers.csv")
    return Trained(folder, said)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def assert_ran(trained: Trained) -> None:
    """The run folder is whole, what was said is true, and every number is one."""
    folder = trained.folder
    assert {path.name for path in (folder / "runs").iterdir()} == {"1"}
    assert {path.name for path in (folder / "runs" / "1").iterdir()} >= RUN_FILES
    report = trained.read("metrics.json")
    history = rows(folder / "runs" / "1" / "history.csv")
    assert len(history) == report["epochs"]
    assert all(math.isfinite(float(value)) for row in history for value in row.values())
    assert f"kept epoch {report['best_epoch']} of {report['epochs']}" in trained.said["train"]
    assert "python evaluate.py" in trained.said["train"]
    scores = [value for row in trained.read("evaluation.json").values() for value in row.values()]
    assert scores and all(math.isfinite(value) for value in scores)
    answers = rows(folder / "answers.csv")
    assert answers and "nan" not in str(answers).lower()


@pytest.fixture(scope="module", params=NAMES)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one generated project."""
    return write_tree(sample(request.param), tmp_path_factory.mktemp("project") / request.param)


@pytest.fixture(scope="module")
def trained(project: Path) -> Trained:
    return use(project)


def codes_as_classes() -> tuple[str, str]:
    """A class and a group that are whole numbers."""
    pairs = [(row * 37 % 101, row * 53 % 97) for row in range(300)]
    lines = [
        f"{a / 7:.3f},{b / 5:.2f},{row // 5},{(a + b) // 70 + 1}"
        for row, (a, b) in enumerate(pairs)
    ]
    return "size,height,customer_id,kind\n" + "\n".join(lines), "kind"


def amounts_of_europe() -> tuple[str, str]:
    """Amounts with a comma and a unit, in no order."""
    mixed = [row * 7 % 17 for row in range(300)]
    lines = [
        f"{size / 7:.3f};{row * 71 % 300};{size * 81 + row % 5}.00 €"
        for row, size in enumerate(mixed)
    ]
    return "size;age;rent\n" + "\n".join(lines).replace(".", ","), "rent"


@pytest.mark.emitted
@pytest.mark.parametrize("made", [codes_as_classes, amounts_of_europe])
def test_a_project_of_a_file_reads_it_alike_in_every_command(
    made: Callable[[], tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What training was told of the target and of groups holds when the run is used."""
    text, target = made()
    (tmp_path / "rows.csv").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = goodfit(
        "generate",
        "made",
        "--data",
        "rows.csv",
        "--target",
        target,
        "--yes",
        *(("--task", "multiclass-classification") if target == "kind" else ()),
    )
    assert done.exit_code == 0, done.output
    folder = tmp_path / "made"
    python(folder, "train.py", *SHORT)
    python(folder, "evaluate.py")
    python(folder, "predict.py", "../rows.csv", "--output", "answers.csv")
    assert len(rows(folder / "answers.csv")) == 300
    config, run = (
        tomllib.loads((folder / place / "config.toml").read_text(encoding="utf-8"))["data"]
        for place in (".", "runs/1")
    )
    for kind in ("numeric", "boolean", "categorical"):
        assert sorted(config[kind]) == sorted(run[kind])


@pytest.mark.emitted
def test_the_projects_own_tests_pass(project: Path) -> None:
    said = python(project, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    verdict = said.splitlines()[-1]
    assert re.match(r"\d+ passed", verdict) and "skipped" not in verdict


@pytest.mark.emitted
def test_the_commands_of_the_readme_work(trained: Trained) -> None:
    assert_ran(trained)


@pytest.mark.emitted
def test_nothing_is_found_in_a_healthy_project(trained: Trained) -> None:
    assert "no errors and no warnings" in trained.said["check"].rstrip().splitlines()[-1]
    assert (trained.folder / "study" / "report.html").is_file()


@pytest.mark.emitted
def test_early_stopping_fires_before_the_last_epoch(trained: Trained) -> None:
    config = tomllib.loads((trained.folder / "config.toml").read_text(encoding="utf-8"))
    report = trained.read("metrics.json")
    assert report["epochs"] < config["training"]["epochs"]
    assert report["epochs"] - report["best_epoch"] == config["early_stopping"]["patience"]


@pytest.mark.emitted
def test_the_network_beats_the_trivial_baseline(trained: Trained) -> None:
    network, trivial, *_ = trained.read("evaluation.json").values()
    headline = next(iter(network))
    if headline in LOWER_IS_BETTER:
        assert network[headline] < 0.9 * trivial[headline]
    else:
        assert network[headline] > trivial[headline] + 0.1
    assert "no better than guessing" not in trained.said["evaluate"]
    assert "no model can beat" in trained.said["evaluate"]


@pytest.mark.emitted
def test_a_contradiction_is_refused_before_training(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "train.py", "--set", "early_stopping.mode=max"],
        cwd=write_tree(sample("image-cnn-multiclass"), tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "expected: " in ran.stderr and "fix: " in ran.stderr and "Traceback" not in ran.stderr


FROZEN = """
import doctor.loading, data, model
from pathlib import Path
from config import load_config
from features import Encoder
from task import Target, output_bias
smaller = ["sample.rows=40", "data.image_size=32"]
config = load_config(Path("config.toml"), smaller)
original = model.BACKBONES[config.model.backbone]
model.BACKBONES[config.model.backbone] = lambda **given: original(**{**given, "weights": None})
table = data.read_table(config)
encoder = Encoder.fit(table, config.data)
bias = output_bias(Target.fit(table, config).encode(table), config.head)
x = encoder.encode(table, "refuse")
network = model.build_model(config.model, config.head, encoder, x, bias)
backbone = network.get_layer("backbone")
before, learning = len(backbone.trainable_weights), len(network.trainable_weights)
thawed = model.thaw(network, config.model)
names = {weight.path for weight in backbone.trainable_weights}
normalising = [name for name in names if "/gamma" in name or "/beta" in name]
print("counted", before, learning, thawed > 0, len(names) > 0, len(normalising))
"""


@pytest.mark.emitted
@pytest.mark.matrix
def test_a_pretrained_backbone_is_frozen_first_and_thawed_gently(tmp_path: Path) -> None:
    folder = write_tree(sample("image-pretrained-binary"), tmp_path)
    said = python(folder, "-c", FROZEN)
    assert "counted 0 2 True True 0" in said


LINE = """
import doctor.loading, evaluate, train
import numpy as np
from config import load_config
from pathlib import Path
from run import Run
config = load_config(Path("config.toml"), [])
device, tables, encoder, target, parts, model = train.prepare(config)
train.lay_line(model, parts)
run = Run(Path("runs"), config, model, encoder, target)
simple = evaluate.simple_answers(tables["train"], tables["validation"], run)
answers = model.predict(parts.x_val, verbose=0)
learning = {weight.path.split("/")[0] for weight in model.trainable_weights}
print("line", np.allclose(answers, simple["linear model"], atol=1e-3), "line" in learning)
"""


@pytest.mark.emitted
def test_a_forecast_begins_as_the_linear_model_that_it_has_to_beat(tmp_path: Path) -> None:
    folder = write_tree(sample("series-mlp-forecasting"), tmp_path)
    assert "line True False" in python(folder, "-c", LINE)
