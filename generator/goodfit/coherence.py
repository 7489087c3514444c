"""Relations between decisions: what no single value shows. Overrides are refused here, before
anything is written; the emitted project refuses the same in its config.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goodfit.answers import Answers
from goodfit.errors import GoodfitError
from goodfit.limits import LEAST_PRETRAINED_SIZE
from goodfit.rulebook.conditions import ANOMALY


@dataclass(frozen=True)
class Head:
    """What may stand in [head] for one task; the `HeadConfig` of its partial says the same.

    Nothing at all: the task has no such setting.
    """

    loss: tuple[str, ...]
    output_activation: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    output_bias: tuple[str, ...] = ()


SHARES = ("class_shares", "zeros")
ENTROPIES = ("binary_crossentropy", "binary_focal_crossentropy")
ABOUT_ONE = Head(ENTROPIES, ("sigmoid",), ("binary_accuracy",), SHARES)
ONE_OF_MANY = Head(
    ("sparse_categorical_crossentropy",), ("softmax",), ("sparse_categorical_accuracy",), SHARES
)
A_NUMBER = Head(
    ("mean_squared_error", "mean_absolute_error", "huber"),
    ("linear",),
    ("mean_absolute_error", "mean_squared_error"),
    ("target_mean", "zeros"),
)
HEADS = {
    "binary-classification": ABOUT_ONE,
    "multiclass-classification": ONE_OF_MANY,
    "multilabel-classification": ABOUT_ONE,
    "regression": A_NUMBER,
    "segmentation": ONE_OF_MANY,
    "tagging": ONE_OF_MANY,
    "forecasting": A_NUMBER,
    "anomaly-detection": Head(("mean_squared_error", "mean_absolute_error")),
}
# How steps may become one answer, by architecture; "none" is for tags alone.
POOLINGS = {
    "cnn": ("mean", "max", "last"),
    "lstm": ("last", "mean", "max"),
    "gru": ("last", "mean", "max"),
    "transformer": ("mean", "max"),
}

Finding = tuple[str, str, str]  # given, expected, fix


def refuse_contradictions(answers: Answers, values: Mapping[str, Any]) -> None:
    """Raise GoodfitError with the first relation that `values` break."""
    for find in (head_findings, data_findings, model_findings, size_findings, training_findings):
        for finding in find(answers, values):
            raise GoodfitError(*finding)


def head_findings(answers: Answers, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Output, loss and metrics that do not belong to the task."""
    head = HEADS[answers.task]
    for name in ("output_activation", "loss", "output_bias", "metrics"):
        allowed = getattr(head, name)
        asked = values.get(name, [])
        for value in asked if isinstance(asked, list) else [asked]:
            if value not in allowed:
                given = f"{name} = {value} with task = {answers.task}"
                fix = f"leave {name} to the rule, or choose the task it belongs to"
                yield given, " or ".join(allowed), fix
    units = 1 if answers.task == "binary-classification" else answers.classes
    units *= values.get("horizon", 1)
    if values.get("output_units", units) != units:
        given = f"output_units = {values['output_units']} with {answers.classes} {answers.outputs}"
        given += f" and horizon = {values['horizon']}" if "horizon" in values else ""
        yield given, f"output_units = {units}", "change --classes or --horizon instead"


def data_findings(answers: Answers, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Columns, colours and sizes that the task or the network cannot work with."""
    targets = values.get("targets")
    columns = answers.classes if answers.outputs != "classes" else 1
    known = len(targets) if targets is not None else columns
    optional = ANOMALY(answers) and known == 0
    if known != columns and not optional:
        given = f"targets names {known} columns: {', '.join(targets or [])}"
        yield given, f"{columns}, as the task has it", "name that many, or change --classes"
    if "tag_column" in values and values["tag_column"] == values["token_column"]:
        given = f"tag_column = token_column = {values['tag_column']}"
        yield given, "a column of tokens and one of tags", "change either"
    if "mask_folder" in values and values["mask_folder"] == values["image_folder"]:
        given = f"image_folder and mask_folder are both {values['mask_folder']!r}"
        yield given, "two folders", "change one of them"
    if answers.form == "window":
        if not values["time_column"]:
            yield "time_column is empty", "the column that holds the time", "name it"
        if values["anchor"] == "season" and values["season"] > values["window"]:
            given = f"anchor = season, season = {values['season']}"
            yield given, f"a season within window = {values['window']}", "raise --window"
    channels = values.get("channels")
    if answers.input == "image" and channels not in (1, 3):
        yield f"channels = {channels}", "1 for grey or 3 for colour", "set one of them"
    if answers.input == "series" and isinstance(channels, int):
        yield f"channels = {channels}", "a list of columns", "name them, or leave it out"
    if answers.input == "image":
        filters = values.get("filters", [])
        pretrained = answers.architecture == "pretrained"
        least = LEAST_PRETRAINED_SIZE if pretrained else 2 ** max(0, len(filters) - 1)
        if values["image_size"] < least:
            given = f"image_size = {values['image_size']} for {answers.architecture}"
            given += f" with {len(filters)} filters" if filters else ""
            yield given, f"at least {least}, to be halved so often", f"set image_size={least}"


def model_findings(answers: Answers, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Parts of the network that do not fit each other."""
    if (heads := values.get("heads")) and values["units"] % heads:
        given = f"units = {values['units']} with heads = {heads}"
        yield given, "units that the heads divide among them", f"units = {heads * 16}"
    if pooling := values.get("pooling"):
        allowed = ("none",) if answers.form == "tokens" else POOLINGS[answers.architecture]
        if pooling not in allowed:
            given = f"pooling = {pooling} with {answers.task}, {answers.architecture}"
            yield given, " or ".join(allowed), "leave pooling to the rule"
    if values.get("feature_scaling") == "level" and answers.form != "window":
        given = f"feature_scaling = level with {answers.task}"
        yield given, "standardize or none: only a forecast starts from a level", "set one of them"
    if "backbone" in values and values["feature_scaling"] != "none":
        given = f"feature_scaling = {values['feature_scaling']} with a pretrained backbone"
        yield given, "none: the backbone scales images itself", "leave it to the rule"


def training_samples(answers: Answers, values: Mapping[str, Any], part: float) -> int:
    """How many samples are in a part of that share; of the embedded one if that is smaller."""
    rows = int(answers.samples * part)
    if not values["path"]:
        rows = min(rows, int(values["rows"] * part))
    if answers.form == "window":
        rows -= int(values["window"] + values["horizon"]) - 1
    return rows


def size_findings(answers: Answers, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Shares, batches and windows that leave nothing to learn from."""
    held_out = values["validation"] + values["test"]
    if held_out > 0.8:
        given = f"validation + test = {held_out:g}"
        yield given, "at most 0.8, so that a fifth is left to train on", "lower one of them"
    if answers.form == "window":
        share = min(values["validation"], values["test"], 1 - held_out)
        if training_samples(answers, values, share) < 1:
            steps = values["window"] + values["horizon"]
            least = int(steps / share) + 1
            given = f"window + horizon = {steps:,} steps of {answers.samples:,}"
            expected = f"at least {least:,} steps, so that one fits into the smallest part"
            yield given, expected, "lower --window or --horizon"
    rows = training_samples(answers, values, 1 - held_out)
    if values["batch_size"] > rows:
        given = f"batch_size = {values['batch_size']:,}"
        yield given, f"at most {rows:,}, the samples left to train on", "lower batch_size"


def training_findings(answers: Answers, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Lengths and monitors that cannot go together."""
    if values["patience"] >= values["epochs"]:
        given = f"patience = {values['patience']}, epochs = {values['epochs']}"
        yield given, "patience below epochs, or it can never fire", "raise epochs too"
    planned = values["warmup_epochs"] + values["decay_epochs"]
    if planned > values["epochs"]:
        given = f"warmup_epochs + decay_epochs = {planned}, epochs = {values['epochs']}"
        yield given, "a schedule that ends before the last epoch", "shorten it or raise epochs"
    logged = ["loss", *values.get("metrics", [])]
    logged += [f"val_{name}" for name in logged]
    monitor = values["monitor"]
    if monitor not in logged:
        yield f"monitor = {monitor}", f"one of {', '.join(logged)}", "choose one of these"
    right = "max" if "accuracy" in monitor else "min"
    if values["mode"] != right:
        given = f"mode = {values['mode']} with monitor = {monitor}"
        yield given, f"mode = {right}: the other way round it keeps the worst", "set mode too"
