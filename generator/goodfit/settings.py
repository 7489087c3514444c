"""Every setting of an emitted config.toml: its section, what it may be, and what it is.

`--set` checks against this table, and config.toml is written in its order. The emitted project
checks the same ranges itself (`config.py`); the tests hold the two against each other.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from goodfit.constraints import Constraint, ListOf, OneOf, Range, Truth, Words
from goodfit.errors import GoodfitError, nearest
from goodfit.toml import inline


@dataclass(frozen=True)
class Setting:
    """One key of config.toml."""

    name: str
    section: str
    constraint: Constraint
    help: str


POSITIVE = Range(1, whole=True)
OPEN_SHARE = Range(0, 1, above=True, below=True)
ACTIVATIONS = ("relu", "leaky_relu", "elu", "gelu", "silu", "tanh")
INITIALIZERS = ("he_normal", "he_uniform", "glorot_uniform", "lecun_normal")

SETTINGS = (
    Setting("path", "data", Words(), 'CSV or Parquet; "" trains on the embedded sample'),
    Setting("separator", "data", Words(1), "what divides the columns of a CSV"),
    Setting("decimal", "data", Words(1, 1), "the decimal mark of a CSV"),
    Setting("encoding", "data", Words(), "the text encoding of a CSV"),
    Setting("header", "data", Truth(), 'false: columns are named "0", "1", ...'),
    Setting("missing", "data", ListOf(Words()), "cells that mean: no value"),
    Setting("targets", "data", ListOf(Words(), 1), "the columns to predict"),
    Setting("drop_rows_without_target", "data", Truth(), "leave out rows that have no target"),
    Setting("ignore", "data", ListOf(Words()), "columns to leave out: identifiers, dates, leaks"),
    Setting("numeric", "data", ListOf(Words()), "columns to read as numbers"),
    Setting("boolean", "data", ListOf(Words()), "columns to read as yes or no"),
    Setting("categorical", "data", ListOf(Words()), "columns to read as categories"),
    Setting("group", "data", Words(), "a column whose rows must not be split apart"),
    Setting("max_categories", "data", POSITIVE, "categories kept for a column; the rest are one"),
    Setting(
        "planned_rows", "data", POSITIVE, "rows that the rules counted on; far off gets a note"
    ),
    Setting("rows", "sample", Range(20, whole=True), "rows of the embedded sample"),
    Setting("features", "sample", POSITIVE, "feature columns of the embedded sample"),
    Setting("sample_seed", "sample", Range(0, whole=True), "another seed, another sample"),
    Setting("validation", "split", OPEN_SHARE, "share of the rows"),
    Setting("test", "split", OPEN_SHARE, "share of the rows"),
    Setting("stratify", "split", Truth(), "keep the class shares in every part"),
    Setting(
        "feature_scaling", "model", OneOf(("standardize", "none")), "of the numbers that come in"
    ),
    Setting("hidden_units", "model", ListOf(POSITIVE, 1), "units of each hidden layer"),
    Setting("activation", "model", OneOf(ACTIVATIONS), "of the hidden layers"),
    Setting("kernel_initializer", "model", OneOf(INITIALIZERS), "of the hidden layers"),
    Setting("output_initializer_scale", "model", Range(0, 2, above=True), "variance of the output"),
    Setting("normalization", "model", OneOf(("batch", "layer", "none")), "between the layers"),
    Setting("dropout", "model", Range(0, 0.7), "share of units turned off at each step"),
    Setting("input_noise", "model", Range(0, 1), "augmentation: noise on the features"),
    Setting("output_units", "head", POSITIVE, "numbers that come out"),
    Setting("output_activation", "head", OneOf(("sigmoid", "softmax", "linear")), "of the output"),
    Setting(
        "loss",
        "head",
        OneOf(
            (
                "binary_crossentropy",
                "binary_focal_crossentropy",
                "sparse_categorical_crossentropy",
                "mean_squared_error",
                "mean_absolute_error",
                "huber",
            )
        ),
        "what training makes small",
    ),
    Setting(
        "metrics",
        "head",
        ListOf(
            OneOf(
                (
                    "binary_accuracy",
                    "sparse_categorical_accuracy",
                    "mean_absolute_error",
                    "mean_squared_error",
                )
            ),
            1,
        ),
        "what is reported beside the loss",
    ),
    Setting(
        "output_bias",
        "head",
        OneOf(("class_shares", "target_mean", "zeros")),
        "where the output starts",
    ),
    Setting("class_weight", "head", OneOf(("none", "balanced")), "weight of rare classes"),
    Setting("standardize_targets", "head", Truth(), "train on targets of mean 0, deviation 1"),
    Setting("optimizer", "optimizer", OneOf(("adam", "sgd")), "what takes the steps"),
    Setting("learning_rate", "optimizer", Range(0, 1, above=True), "the peak, after warm-up"),
    Setting(
        "momentum",
        "optimizer",
        OPEN_SHARE,
        "Adam's beta_1, SGD's momentum",
    ),
    Setting("weight_decay", "optimizer", Range(0, 1, below=True), "decoupled weight decay"),
    Setting("global_clipnorm", "optimizer", Range(0, above=True), "longest gradient allowed"),
    Setting("warmup_epochs", "optimizer", Range(0, whole=True), "epochs of rising rate"),
    Setting("decay_epochs", "optimizer", POSITIVE, "epochs of falling rate"),
    Setting("final_share", "optimizer", Range(0, 1), "share of the peak rate kept to the end"),
    Setting("batch_size", "training", POSITIVE, "rows a step"),
    Setting("epochs", "training", POSITIVE, "at most; early stopping ends training before"),
    Setting("steps_per_execution", "training", POSITIVE, "steps between two looks from Python"),
    Setting("seed", "training", Range(0, whole=True), "of weights, batches and the split"),
    Setting("monitor", "early_stopping", Words(), "the value that is watched"),
    Setting("mode", "early_stopping", OneOf(("min", "max")), "which way is better"),
    Setting("patience", "early_stopping", POSITIVE, "epochs to wait for something better"),
    Setting("min_delta", "early_stopping", Range(0), "smaller gains do not count"),
    Setting(
        "precision",
        "device",
        OneOf(("auto", "float32", "mixed_bfloat16", "mixed_float16")),
        "of the hidden layers; the output is always float32",
    ),
    Setting("xla", "device", OneOf(("auto", "on", "off")), "compile the step; auto: on a GPU"),
    Setting("memory_growth", "device", Truth(), "take GPU memory as it is needed"),
    Setting("deterministic", "device", Truth(), "the same result to the last bit, slower on GPU"),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


def read_override(pair: str) -> tuple[str, Any]:
    """(key, value) of `KEY=VALUE`; KEY may carry its section. Raises GoodfitError."""
    key, equals, text = pair.partition("=")
    section, _, key = key.strip().rpartition(".")
    text = text.strip()
    if section and (key not in BY_NAME or BY_NAME[key].section != section):
        right = f"{BY_NAME[key].section}.{key}" if key in BY_NAME else "a setting of config.toml"
        raise GoodfitError(f"--set {section}.{key}", right, "correct the section or leave it out")
    if not equals or not text:
        raise GoodfitError(f"--set {pair.strip()}", "KEY=VALUE", "--set batch_size=64")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text  # a bare word is text
    return key, value


def require_setting(name: str, value: Any) -> Setting:
    """The setting `name`, having checked that `value` is one it may have. Raises GoodfitError."""
    if name not in BY_NAME:
        fix = nearest(name, BY_NAME, "`goodfit rules` lists the topics and their settings")
        raise GoodfitError(f"--set {name}", "a setting of config.toml", fix)
    setting = BY_NAME[name]
    if not setting.constraint.accepts(value):
        fix = f"{name} is {setting.help}"
        raise GoodfitError(f"{name} = {inline(value)}", str(setting.constraint), fix)
    return setting
