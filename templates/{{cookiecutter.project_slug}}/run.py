"""What a run starts from, and the folder that it leaves, which evaluation and prediction read."""

import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np
import pandas as pd
import tomli_w
from matplotlib.figure import Figure

from config import Config, load_config, refuse
from features import Encoder
from task import Target

TOGETHER = ("model.keras", "encoder.json", "target.json")  # a run's, and no other's


class Device(NamedTuple):
    """What training runs on: name for people, dtype policy for Keras, XLA on or off."""

    name: str
    policy: str
    xla: bool


class Parts(NamedTuple):
    """Encoded samples and targets: to train on, and to validate on."""

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray


class Prepared(NamedTuple):
    """All that is ready before the first step; `tables`: "train", "validation", "test"."""

    device: Device
    tables: dict[str, pd.DataFrame]
    encoder: Encoder
    target: Target
    parts: Parts
    model: keras.Model


class Run(NamedTuple):
    """Everything that a prediction needs, and where it is kept."""

    path: Path
    config: Config
    model: keras.Model
    encoder: Encoder
    target: Target


def require_room(runs: Path) -> None:
    """Refuse a place that cannot be written, before anything is trained for it."""
    place = next(one for one in (runs, *runs.absolute().parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        given = f"runs cannot be kept in {place}: {error.strerror}"
        refuse(given, "a folder that can be written", "make room there, or give the right to write")


def save_run(run: Run, curves: pd.DataFrame, report: dict[str, Any]) -> Path:
    """Write `run` into the next free folder below `run.path`, with its curves and its scores: whole,
    or not at all, since it gets its number last."""
    config = run.config.model_dump()
    for kind, names in getattr(run.encoder, "kinds", {}).items():  # so a later file is read alike
        config["data"][kind] = list(dict.fromkeys([*config["data"][kind], *names]))
    run.path.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=run.path) as work:
        path = Path(work) / "run"
        path.mkdir()
        run.model.save(path / "model.keras")
        (path / "config.toml").write_text(tomli_w.dumps(config), encoding="utf-8")
        (path / "encoder.json").write_text(run.encoder.model_dump_json(indent=1), encoding="utf-8")
        (path / "target.json").write_text(run.target.model_dump_json(indent=1), encoding="utf-8")
        report = report | {"sha256": {name: digest(path / name) for name in TOGETHER}}
        (path / "metrics.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
        curves.to_csv(path / "history.csv")
        path = numbered(path, run.path)
    draw_curves(curves, report["best_epoch"], path / "curves.png")
    return path


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def numbered(path: Path, runs: Path) -> Path:
    """`path` moved to the next free number below `runs`; two trainings at once get two."""
    number = 1 + max((int(one.name) for one in runs.iterdir() if one.name.isdigit()), default=0)
    while True:
        try:
            return path.rename(runs / str(number))
        except OSError:
            if not (runs / str(number)).exists():
                raise
            number += 1


def draw_curves(curves: pd.DataFrame, best_epoch: int, path: Path) -> None:
    """One panel for the loss and one for each metric; training and validation in each."""
    names = [name for name in curves.columns if not name.startswith("val_")]
    figure = Figure(figsize=(5 * len(names), 4), layout="constrained")
    for axes, name in zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True):
        axes.plot(curves.index + 1, curves[name], label="training")
        if f"val_{name}" in curves:
            axes.plot(curves.index + 1, curves[f"val_{name}"], label="validation")
        axes.axvline(best_epoch, color="grey", linestyle=":", label=f"kept: epoch {best_epoch}")
        axes.set(title=name.replace("_", " "), xlabel="epoch")
        axes.legend()
    figure.savefig(path, dpi=110)


def load_run(path: Path | None, runs: Path = Path("runs")) -> Run:
    """Read the run in `path`, or the latest one below `runs` that is whole."""
    numbers = [one for one in runs.glob("*") if one.name.isdigit()]
    for one in [path] if path else sorted(numbers, key=lambda one: int(one.name), reverse=True):
        if not (damage := damage_of(one)):
            return read_run(one)
        if path:
            refuse(f"{path} {damage}", "a run as it was saved", "python train.py makes one")
        print(f"{one} {damage}: passed over", file=sys.stderr)
    refuse(f"no trained model in {runs}", "a run folder", "python train.py makes one")


def damage_of(path: Path) -> str:
    """What is wrong with the files of a run, in words; "" where they are those that were saved."""
    if lacking := [name for name in (*TOGETHER, "metrics.json") if not (path / name).is_file()]:
        return f"has no {', '.join(lacking)}"
    try:
        saved = read_report(path)["sha256"]
    except (ValueError, LookupError):
        return "has a damaged metrics.json"
    changed = [name for name in TOGETHER if digest(path / name) != saved.get(name)]
    return f"has another {', '.join(changed)} than was saved" if changed else ""


def read_run(path: Path) -> Run:
    """The run in a folder that is whole."""
    return Run(
        path,
        load_config(path / "config.toml"),
        keras.saving.load_model(path / "model.keras", compile=False, safe_mode=True),
        Encoder.model_validate_json((path / "encoder.json").read_text(encoding="utf-8")),
        Target.model_validate_json((path / "target.json").read_text(encoding="utf-8")),
    )


def read_report(path: Path) -> dict[str, Any]:
    """What training said of the run in `path`."""
    report: dict[str, Any] = json.loads((path / "metrics.json").read_text(encoding="utf-8"))
    return report
