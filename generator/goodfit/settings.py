"""Every setting of an emitted config.toml: its section, what it may be, and what it is.

`--set` checks against this table, and config.toml is written in its order. The emitted project
checks the same ranges itself (`config.py`); the tests hold the two against each other.
"""

from __future__ import annotations

import tomllib
from typing import Any

from goodfit.cells import ARCHITECTURES
from goodfit.constraints import (
    OPEN_SHARE,
    POSITIVE,
    SEED,
    WHOLE,
    ListOf,
    OneOf,
    Range,
    Setting,
    Truth,
    Words,
)
from goodfit.data_settings import DATA_SETTINGS
from goodfit.errors import GoodfitError, nearest
from goodfit.limits import MOST
from goodfit.toml import inline

ACTIVATIONS = ("relu", "leaky_relu", "elu", "gelu", "silu", "tanh")
INITIALIZERS = ("he_normal", "he_uniform", "glorot_uniform", "lecun_normal")
POOLINGS = ("last", "mean", "max", "none")
BACKBONES = (
    "efficientnet_v2_b0",
    "efficientnet_v2_s",
    "mobilenet_v3_small",
    "convnext_tiny",
)
LOSSES = (
    "binary_crossentropy",
    "binary_focal_crossentropy",
    "sparse_categorical_crossentropy",
    "mean_squared_error",
    "mean_absolute_error",
    "huber",
)
METRICS = (
    "binary_accuracy",
    "sparse_categorical_accuracy",
    "mean_absolute_error",
    "mean_squared_error",
)
HEADLINES = (
    "accuracy",
    "balanced_accuracy",
    "f1",
    "roc_auc",
    "average_precision",
    "macro_f1",
    "micro_f1",
    "label_accuracy",
    "all_labels_right",
    "rmse",
    "mae",
    "mean_iou",
    "mean_dice",
    "pixel_accuracy",
    "entity_f1",
    "token_accuracy",
)
PRECISIONS = ("auto", "float32", "mixed_bfloat16", "mixed_float16")

# The one decision that is an answer: it chooses the files, not a value in config.toml.
ARCHITECTURE = Setting(
    "architecture",
    "answers.toml",
    OneOf(tuple(one.name for one in ARCHITECTURES)),
    "the kind of network",
)
MODEL_SETTINGS = (
    Setting(
        "feature_scaling", "model", OneOf(("standardize", "level", "none")), "of what comes in"
    ),
    Setting("pieces", "model", Range(0, 256, whole=True), "linear pieces of each number; 0: none"),
    Setting("input_noise", "model", Range(0, 1), "augmentation: noise on the features"),
    Setting("augmentation", "model", Range(0, 1), "how far images are varied at random; 0: off"),
    Setting("embedding_units", "model", POSITIVE, "numbers that stand for a word"),
    Setting("word_dropout", "model", Range(0, 1, below=True), "share of words hidden; 0: none"),
    Setting("embedding_dropout", "model", Range(0, 0.7), "share of a word's numbers turned off"),
    Setting("backbone", "model", OneOf(BACKBONES), "the network that was trained before"),
    Setting("weights", "model", OneOf(("imagenet", "none")), "where it starts"),
    Setting("linear_path", "model", Truth(), "the output reads the features as well"),
    Setting("hidden_units", "model", ListOf(POSITIVE, 1), "units of each hidden layer"),
    Setting("units", "model", POSITIVE, "width of every block"),
    Setting("blocks", "model", POSITIVE, "blocks one after another"),
    Setting("heads", "model", POSITIVE, "looks that each attention layer takes at once"),
    Setting("filters", "model", ListOf(POSITIVE, 1), "channels of each convolution"),
    Setting("kernel_size", "model", POSITIVE, "pixels or steps a convolution looks at"),
    Setting("recurrent_layer", "model", OneOf(("lstm", "gru")), "what keeps the memory"),
    Setting("recurrent_units", "model", ListOf(POSITIVE, 1), "memory of each recurrent layer"),
    Setting("bidirectional", "model", Truth(), "read from both ends"),
    Setting("code_units", "model", POSITIVE, "numbers that a sample is squeezed through"),
    Setting("pooling", "model", OneOf(POOLINGS), "how all steps become one; none: they stay"),
    Setting("activation", "model", OneOf(ACTIVATIONS), "of the hidden layers"),
    Setting("kernel_initializer", "model", OneOf(INITIALIZERS), "of the hidden layers"),
    Setting("output_initializer_scale", "model", Range(0, 2, above=True), "variance of the output"),
    Setting("normalization", "model", OneOf(("batch", "layer", "none")), "between the layers"),
    Setting("dropout", "model", Range(0, 0.7), "share of units turned off at each step"),
    Setting("thawed_share", "model", Range(0, 1), "share of the backbone tuned in the end"),
    Setting("fine_tuning_rate", "model", Range(0, 1, above=True), "learning rate of that"),
    Setting("fine_tuning_epochs", "model", POSITIVE, "epochs of that, at most"),
)
HEAD_SETTINGS = (
    Setting("output_units", "head", POSITIVE, "numbers that come out"),
    Setting("output_activation", "head", OneOf(("sigmoid", "softmax", "linear")), "of the output"),
    Setting("loss", "head", OneOf(LOSSES), "what training makes small"),
    Setting("metrics", "head", ListOf(OneOf(METRICS), 1), "what is reported beside the loss"),
    Setting(
        "output_bias",
        "head",
        OneOf(("class_shares", "target_mean", "zeros")),
        "where the output starts",
    ),
    Setting("class_weight", "head", OneOf(("none", "balanced")), "weight of rare classes"),
    Setting("headline", "head", OneOf(HEADLINES), "the score that a run is judged by"),
    Setting("standardize_targets", "head", Truth(), "train on targets of mean 0, deviation 1"),
    Setting(
        "anchor", "head", OneOf(("last", "season", "none")), "what a forecast is a difference to"
    ),
    Setting("threshold_quantile", "head", OPEN_SHARE, "of validation errors; above: an anomaly"),
    Setting("normal", "head", ListOf(Words(), 1), "values of the target that mean: normal"),
)
TRAINING_SETTINGS = (
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
    Setting("warmup_epochs", "optimizer", WHOLE, "epochs of rising rate"),
    Setting("decay_epochs", "optimizer", POSITIVE, "epochs of falling rate"),
    Setting("final_share", "optimizer", Range(0, 1), "share of the peak rate kept to the end"),
    Setting("batch_size", "training", POSITIVE, "samples a step"),
    Setting(
        "prediction_batch_size", "training", POSITIVE, "samples at a time where nothing is learnt"
    ),
    Setting("epochs", "training", POSITIVE, "at most; early stopping ends training before"),
    Setting("steps_per_execution", "training", POSITIVE, "steps between two looks from Python"),
    Setting("seed", "training", SEED, "of weights, batches and the split"),
    Setting("monitor", "early_stopping", Words(), "the value that is watched"),
    Setting("mode", "early_stopping", OneOf(("min", "max")), "which way is better"),
    Setting("patience", "early_stopping", POSITIVE, "epochs to wait for something better"),
    Setting("min_delta", "early_stopping", Range(0), "smaller gains do not count"),
    Setting("before_training", "checks", Truth(), "check.py's short form, before the first step"),
    Setting("monitors", "checks", Truth(), "watch each epoch, and stop what is hopeless"),
    Setting(
        "precision",
        "device",
        OneOf(PRECISIONS),
        "of the hidden layers; the output is always float32",
    ),
    Setting("xla", "device", OneOf(("auto", "on", "off")), "compile the step; auto: on a GPU"),
    Setting("memory_growth", "device", Truth(), "take GPU memory as it is needed"),
    Setting("deterministic", "device", Truth(), "the same result to the last bit, slower on GPU"),
)
SETTINGS = (*DATA_SETTINGS, *MODEL_SETTINGS, *HEAD_SETTINGS, *TRAINING_SETTINGS)
BY_NAME = {setting.name: setting for setting in SETTINGS}


def read_override(pair: str) -> tuple[str, Any]:
    """(key, value) of `KEY=VALUE`; KEY may carry its section. Raises GoodfitError."""
    key, equals, text = pair.partition("=")
    section, _, key = key.strip().rpartition(".")
    text = text.strip()
    if section and (key not in BY_NAME or BY_NAME[key].section != section):
        right = f"{BY_NAME[key].section}.{key}" if key in BY_NAME else "a setting of config.toml"
        raise GoodfitError(f"--set {section}.{key}", right, "correct the section or leave it out")
    if not equals or not text or not key:
        raise GoodfitError(f"--set {pair.strip()}", "KEY=VALUE", "--set batch_size=64")
    try:
        read = tomllib.loads(f"value = {text}")
    except (tomllib.TOMLDecodeError, RecursionError):
        read = {"value": text}  # a bare word is text
    if len(read) > 1 or "\n" in text:
        fix = "say --set once for each setting"
        raise GoodfitError(f"--set {pair.strip()!r}", "one KEY=VALUE on one line", fix)
    value = read["value"]
    if (
        key in BY_NAME
        and isinstance(BY_NAME[key].constraint, Words)
        and type(value) in (int, float)
    ):
        value = text  # so is 2024 where only text can stand, such as the name of a sheet
    return key, value


def beyond(value: Any) -> bool:
    """Whether a number in `value` is larger than anything that is counted or measured here."""
    if isinstance(value, list):
        return any(map(beyond, value))
    return isinstance(value, int | float) and abs(value) > MOST


def require_setting(name: str, value: Any) -> Setting:
    """The setting `name`, having checked that `value` is one it may have. Raises GoodfitError."""
    if name not in BY_NAME:
        fix = nearest(name, BY_NAME, "`goodfit rules` lists the topics and their settings")
        fix = "say it with --architecture" if name == ARCHITECTURE.name else fix
        raise GoodfitError(f"--set {name}", "a setting of config.toml", fix)
    setting = BY_NAME[name]
    if name == "path" and "\0" in str(value):
        raise GoodfitError(f"path = {inline(value)}", "a path; none holds a NUL", "take it out")
    if beyond(value):
        fix = f"{name} is {setting.help}"
        raise GoodfitError(f"{name} = {inline(value)}", f"numbers up to {MOST:,}", fix)
    if not setting.constraint.accepts(value):
        fix = f"{name} is {setting.help}"
        raise GoodfitError(f"{name} = {inline(value)}", str(setting.constraint), fix)
    return setting
