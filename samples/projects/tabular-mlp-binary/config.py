"""What may stand in config.toml: types, ranges and relations. Read it, apply overrides from the
command line, and refuse what cannot work."""

import difflib
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, ValidationError
from pydantic_core import ErrorDetails

from doctor.setting_values import override
from reader.how import printable


class Section(BaseModel):
    """Typed, immutable settings. An unknown key or a wrong type is an error, never a default."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def refuse(given: str, expected: str, fix: str, *more: tuple[str, str, str]) -> NoReturn:
    """Stop with exit code 2: what was given, what was expected, how to mend it; and `more` such."""
    for refusal in [(given, expected, fix), *more]:
        said = "error: {}\n  expected: {}\n  fix: {}".format(*refusal)
        print(printable(said), file=sys.stderr)
    raise SystemExit(2)


class DataConfig(Section):
    path: str
    planned_rows: PositiveInt
    sheet: str
    separator: str = Field(min_length=1)
    encoding: str
    decimal: str = Field(min_length=1, max_length=1)
    missing: list[str]
    no_value: list[str]
    join_spellings: bool
    header: bool
    quote: str = Field(max_length=1)
    skip_lines: list[PositiveInt]
    number_signs: list[str]
    targets: list[str] = Field(min_length=1, max_length=1)
    drop_rows_without_target: bool
    group: str
    part: str
    drop_targets: list[str]
    ignore: list[str]
    numeric: list[str]
    boolean: list[str]
    categorical: list[str]
    dates: list[str]
    day_first: bool
    max_categories: PositiveInt


class SampleConfig(Section):
    rows: int = Field(ge=20)
    features: PositiveInt
    sample_seed: NonNegativeInt


class SplitConfig(Section):
    validation: float = Field(gt=0, lt=1)
    test: float = Field(gt=0, lt=1)
    stratify: bool


class ModelConfig(Section):
    feature_scaling: Literal["standardize", "none"]
    pieces: int = Field(ge=0, le=256)
    input_noise: float = Field(ge=0, le=1)
    linear_path: bool
    hidden_units: list[PositiveInt] = Field(min_length=1)
    activation: Literal["relu", "leaky_relu", "elu", "gelu", "silu", "tanh"]
    kernel_initializer: Literal["he_normal", "he_uniform", "glorot_uniform", "lecun_normal"]
    output_initializer_scale: float = Field(gt=0, le=2)
    normalization: Literal["batch", "layer", "none"]
    dropout: float = Field(ge=0, le=0.7)


class HeadConfig(Section):
    """One unit with a sigmoid: the probability of the second class."""

    output_units: int = Field(ge=1, le=1)
    output_activation: Literal["sigmoid"]
    loss: Literal["binary_crossentropy", "binary_focal_crossentropy"]
    metrics: list[Literal["binary_accuracy"]] = Field(min_length=1)
    output_bias: Literal["class_shares", "zeros"]
    class_weight: Literal["none", "balanced"]
    headline: Literal["accuracy", "balanced_accuracy", "f1", "roc_auc"]


class OptimizerConfig(Section):
    optimizer: Literal["adam", "sgd"]
    learning_rate: float = Field(gt=0, le=1)
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
    seed: int = Field(ge=0, le=4294967295)


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
    held_out = config.split.validation + config.split.test
    if held_out > 0.8:
        given = f"split.validation + split.test = {held_out:g}"
        yield given, "at most 0.8, so that a fifth is left to train on", "lower split.test"

    epochs, patience = config.training.epochs, config.early_stopping.patience
    warmup, decay = config.optimizer.warmup_epochs, config.optimizer.decay_epochs
    wrong, wanted = [], []
    if patience >= epochs > 1:
        wrong.append(f"early_stopping.patience = {patience}, training.epochs = {epochs}")
        wanted.append("patience below epochs, or it can never fire")
    if warmup + decay > epochs:
        wrong.append(f"warm-up and decay take {warmup + decay} epochs of {epochs}")
        wanted.append("a schedule that ends in time")
    if wrong:
        warm = min(warmup, epochs // 4)
        values = {"early_stopping.patience": min(patience, max(1, epochs // 3))}
        values |= {"optimizer.warmup_epochs": warm}
        values |= {"optimizer.decay_epochs": min(decay, epochs - warm)}
        fix = " ".join(f"--set {name}={value}" for name, value in values.items())
        fix = f"a schedule for {epochs} epochs: {fix}; or raise training.epochs"
        yield "; ".join(wrong), "; ".join(wanted), fix

    monitor = config.early_stopping.monitor
    logged = [f"{part}{name}" for part in ("", "val_") for name in ("loss", *config.head.metrics)]
    if monitor not in logged:
        expected = f"a value that is logged: {', '.join(logged)}"
        yield f"early_stopping.monitor = {monitor!r}", expected, "choose one of them"

    monitor, mode = config.early_stopping.monitor, config.early_stopping.mode
    better = "max" if "accuracy" in monitor else "min"
    if mode != better:
        given = f"early_stopping.monitor = {monitor!r}, early_stopping.mode = {mode!r}"
        expected = f"mode = {better!r}: the other way round it keeps the worst"
        yield given, expected, f"set early_stopping.mode = {better!r}"


def load_config(path: Path, overrides: Sequence[str] = ()) -> Config:
    """Read, override, validate. Paths are as seen from the folder of the file, in `overrides` as
    seen from here. Raises SystemExit(2) with the reason where anything is wrong."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        refuse(f"{path}: {error}", "a readable TOML file", "restore it, or mend the line it names")
    override(values, path, overrides)
    try:
        config = Config.model_validate(values)
        refusals = list(contradictions(config))
    except ValidationError as error:
        refusals = [explain(one, path) for one in error.errors()]
    if refusals:
        refuse(*refusals[0], *refusals[1:])
    return config


def explain(error: ErrorDetails, path: Path) -> tuple[str, str, str]:
    """One error of pydantic in plain words: (given, expected, fix)."""
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
