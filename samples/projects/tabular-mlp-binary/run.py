"""What a run starts from, and the folder that it leaves, which evaluation and prediction read."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np
import pandas as pd
import tomli_w

import data
from config import Config, load_config, refuse
from doctor import parts_again
from doctor.commands import RUNS
from doctor.curves import draw_curves
from doctor.run_folder import QUICK, damage_of, latest, saved, whole_ones
from doctor.setting_values import to_keep
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


def save_run(
    run: Run, tables: dict[str, pd.DataFrame], curves: pd.DataFrame, report: dict[str, Any]
) -> Path:
    """Write `run` into the next free folder below `run.path`, with what its parts, `tables`, are
    known by, its curves and its scores."""
    config = to_keep(run.config.model_dump(), run.encoder, run.path / "1")
    marks = {name: data.marks(table, run.config) for name, table in tables.items()}

    def write(path: Path) -> None:
        run.model.save(path / "model.keras")
        (path / "config.toml").write_text(tomli_w.dumps(config), encoding="utf-8")
        (path / "encoder.json").write_text(run.encoder.model_dump_json(indent=1), encoding="utf-8")
        (path / "target.json").write_text(run.target.model_dump_json(indent=1), encoding="utf-8")
        parts_again.keep(marks, list(map(str, tables["train"])), path)
        (path / "metrics.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
        curves.to_csv(path / "history.csv")

    path = saved(run.path, write)
    draw_curves(curves, report["best_epoch"], path / "curves.png")
    return path


def load_run(path: Path | None, settings: Sequence[str] = ()) -> Run:
    """Read the run in `path`, or the latest one that is whole; `settings` are what its config is
    to say otherwise, such as "data.path=other.csv"."""
    path = path or latest(RUNS)
    if path is None:
        refuse(f"no run in {RUNS} was saved whole", *whole_ones(RUNS))
    if damage := damage_of(path):
        refuse(f"{path} {damage}", *whole_ones(RUNS))
    if path.parent.name == QUICK:
        print(f"note: {path} is of train.py --quick: what it answers and scores means nothing")
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
