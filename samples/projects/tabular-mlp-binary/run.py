"""What a run starts from, and the folder that it leaves, which evaluation and prediction read."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np
import pandas as pd
import tomli_w
from matplotlib.figure import Figure

from config import Config, load_config, refuse
from doctor.run_folder import damage_of, latest, saved
from features import Encoder
from task import Target


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


def save_run(run: Run, curves: pd.DataFrame, report: dict[str, Any]) -> Path:
    """Write `run` into the next free folder below `run.path`, with its curves and its scores."""
    config = run.config.model_dump()
    for kind, names in getattr(run.encoder, "kinds", {}).items():  # so a later file is read alike
        config["data"][kind] = list(dict.fromkeys([*config["data"][kind], *names]))

    def write(path: Path) -> None:
        run.model.save(path / "model.keras")
        (path / "config.toml").write_text(tomli_w.dumps(config), encoding="utf-8")
        (path / "encoder.json").write_text(run.encoder.model_dump_json(indent=1), encoding="utf-8")
        (path / "target.json").write_text(run.target.model_dump_json(indent=1), encoding="utf-8")
        (path / "metrics.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
        curves.to_csv(path / "history.csv")

    path = saved(run.path, write)
    draw_curves(curves, report["best_epoch"], path / "curves.png")
    return path


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


def load_run(path: Path | None, settings: Sequence[str] = (), runs: Path = Path("runs")) -> Run:
    """Read the run in `path`, or the latest one below `runs` that is whole; `settings` are what
    its config is to say otherwise, such as "data.path=other.csv"."""
    path = path or latest(runs) or runs
    if damage := damage_of(path):
        refuse(f"{path} {damage}", "a run as it was saved", "python train.py makes one")
    return Run(
        path,
        load_config(path / "config.toml", settings),
        keras.saving.load_model(path / "model.keras", compile=False, safe_mode=True),
        Encoder.model_validate_json((path / "encoder.json").read_text(encoding="utf-8")),
        Target.model_validate_json((path / "target.json").read_text(encoding="utf-8")),
    )


def read_report(path: Path) -> dict[str, Any]:
    """What training said of the run in `path`."""
    report: dict[str, Any] = json.loads((path / "metrics.json").read_text(encoding="utf-8"))
    return report
