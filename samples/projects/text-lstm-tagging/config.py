"""Read config.toml, apply overrides from the command line, and refuse what cannot work.

Sections that depend on the kind of project stand beside their code: `DataConfig` in data.py, ...
"""

import argparse
import difflib
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, NonNegativeInt, PositiveInt, ValidationError
from pydantic_core import ErrorDetails

import data
from data import DataConfig
from model import ModelConfig
from sample import SampleConfig
from schema import Section, refuse
from splitting import SplitConfig
from task import HeadConfig


class OptimizerConfig(Section):
    optimizer: Literal["adam", "sgd"]
    learning_rate: float = Field(gt=0, le=1, allow_inf_nan=False)
    momentum: float = Field(gt=0, lt=1)
    weight_decay: float = Field(ge=0, lt=1)
    global_clipnorm: float = Field(gt=0, allow_inf_nan=False)
    warmup_epochs: NonNegativeInt
    decay_epochs: PositiveInt
    final_share: float = Field(ge=0, le=1)


class TrainingConfig(Section):
    batch_size: PositiveInt
    prediction_batch_size: PositiveInt
    epochs: PositiveInt
    steps_per_execution: PositiveInt
    seed: NonNegativeInt


class EarlyStoppingConfig(Section):
    monitor: str
    mode: Literal["min", "max"]
    patience: PositiveInt
    min_delta: float = Field(ge=0, allow_inf_nan=False)


class ChecksConfig(Section):
    before_training: bool
    monitors: bool


class DeviceConfig(Section):
    precision: Literal["auto", "float32", "mixed_bfloat16", "mixed_float16"]
    xla: Literal["auto", "on", "off"]
    memory_growth: bool
    deterministic: bool


class Config(Section):
    data: DataConfig
    sample: SampleConfig
    split: SplitConfig
    model: ModelConfig
    head: HeadConfig
    optimizer: OptimizerConfig
    training: TrainingConfig
    early_stopping: EarlyStoppingConfig
    checks: ChecksConfig
    device: DeviceConfig


def contradictions(config: Config) -> Iterator[tuple[str, str, str]]:
    """Relations that no single value shows: (given, expected, fix) for each one broken."""
    split, training, stopping = config.split, config.training, config.early_stopping
    if (held_out := split.validation + split.test) > 0.8:
        yield f"split: {held_out:g} held out", "at most 0.8 of the rows", "lower split.test"
    if stopping.patience >= training.epochs:
        given = f"early_stopping.patience = {stopping.patience}, epochs = {training.epochs}"
        yield given, "patience below epochs, or it can never fire", "raise training.epochs"
    planned = config.optimizer.warmup_epochs + config.optimizer.decay_epochs
    if planned > training.epochs:
        given = f"warm-up and decay take {planned} epochs, training.epochs = {training.epochs}"
        yield given, "a schedule that ends in time", "shorten optimizer.decay_epochs"
    logged = [f"{part}{name}" for part in ("", "val_") for name in ("loss", *config.head.metrics)]
    given = f"early_stopping.monitor = {stopping.monitor!r}"
    if stopping.monitor not in logged:
        yield given, f"a value that is logged: {', '.join(logged)}", "choose one of them"
    elif stopping.mode != (right := "max" if "accuracy" in stopping.monitor else "min"):
        expected = f"mode = {right!r}: the other way round it keeps the worst"
        yield f"{given}, mode = {stopping.mode!r}", expected, "change early_stopping.mode"
    yield from data.contradictions(config)


def load_config(path: Path, overrides: Sequence[str] = ()) -> Config:
    """Read, override, validate. Raises SystemExit(2) with the reason where anything is wrong."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        refuse(f"{path}: {error}", "a readable TOML file", "restore it, or mend the line it names")
    for override in overrides:
        apply_override(values, override)
    try:
        config = Config.model_validate(values)
        findings = list(contradictions(config))
    except ValidationError as error:
        findings = [explain(one, path) for one in error.errors()]
    if findings:
        refuse(*findings[0], *findings[1:])
    return config


def apply_override(values: dict[str, Any], override: str) -> None:
    """Put `section.key=value` into `values`; what it may be is checked with everything else."""
    name, separator, text = override.partition("=")
    section, dot, key = name.strip().partition(".")
    if not (separator and dot and isinstance(values.get(section), dict)):
        sections = ", ".join(key for key, value in values.items() if isinstance(value, dict))
        refuse(f"--set {override}", "section.key=value", f"use one of the sections {sections}")
    try:
        values[section][key] = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        values[section][key] = text  # a bare word is a string


def explain(error: ErrorDetails, path: Path) -> tuple[str, str, str]:
    """One finding of pydantic in plain words: (given, expected, fix)."""
    *section, key = [str(part) for part in error["loc"] if not isinstance(part, int)]
    name = ".".join([*section, key])
    if error["type"] == "extra_forbidden":
        owner = Config.model_fields[section[0]].annotation if section else Config
        known = list(getattr(owner, "model_fields", {}))
        near = difflib.get_close_matches(key, known, n=1)
        fix = f"did you mean {near[0]}?" if near else "remove it"
        return f"{path}: unknown key {name}", f"one of {', '.join(known)}", fix
    if error["type"] == "missing":
        return f"{path}: {name} is missing", "every key present", f"add {name} again"
    given = f"{path}: {name} = {error['input']!r}"
    return given, error["msg"].removeprefix("Input should be "), f"change {name}"


def parse_arguments(description: str) -> argparse.ArgumentParser:
    """The two options that every script has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--config", type=Path, default=Path("config.toml"))
    parser.add_argument("--set", action="append", default=[], metavar="SECTION.KEY=VALUE")
    return parser
