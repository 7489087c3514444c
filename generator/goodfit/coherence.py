"""Relations between decisions: what no single value shows. Overrides are refused here, before
anything is written; the emitted project refuses the same in its config.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goodfit.answers import Answers
from goodfit.errors import GoodfitError


@dataclass(frozen=True)
class Head:
    """What may stand in [head] for one task; the `HeadConfig` of its partial says the same."""

    output_activation: str
    loss: tuple[str, ...]
    metrics: tuple[str, ...]
    output_bias: tuple[str, ...]


CROSS_ENTROPIES = ("binary_crossentropy", "binary_focal_crossentropy")
HEADS = {
    "binary-classification": Head(
        "sigmoid", CROSS_ENTROPIES, ("binary_accuracy",), ("class_shares", "zeros")
    ),
    "multiclass-classification": Head(
        "softmax",
        ("sparse_categorical_crossentropy",),
        ("sparse_categorical_accuracy",),
        ("class_shares", "zeros"),
    ),
    "multilabel-classification": Head(
        "sigmoid", CROSS_ENTROPIES, ("binary_accuracy",), ("class_shares", "zeros")
    ),
    "regression": Head(
        "linear",
        ("mean_squared_error", "mean_absolute_error", "huber"),
        ("mean_absolute_error", "mean_squared_error"),
        ("target_mean", "zeros"),
    ),
}

Finding = tuple[str, str, str]  # given, expected, fix


def refuse_contradictions(answers: Answers, values: Mapping[str, Any]) -> None:
    """Raise GoodfitError with the first relation that `values` break."""
    for finding in (*head_findings(answers, values), *training_findings(answers, values)):
        raise GoodfitError(*finding)


def head_findings(answers: Answers, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Output, loss and metrics that do not belong to the task."""
    head = HEADS[answers.task]
    for name in ("output_activation", "loss", "output_bias", "metrics"):
        allowed = getattr(head, name)
        allowed = (allowed,) if isinstance(allowed, str) else allowed
        asked = values[name] if isinstance(values[name], list) else [values[name]]
        for value in asked:
            if value not in allowed:
                given = f"{name} = {value} with task = {answers.task}"
                fix = f"leave {name} to the rule, or choose the task it belongs to"
                yield given, " or ".join(allowed), fix
    units = 1 if answers.task == "binary-classification" else answers.classes
    if values["output_units"] != units:
        given = f"output_units = {values['output_units']} with {answers.classes} {answers.outputs}"
        yield given, f"output_units = {units}", "change --classes instead"
    columns = answers.classes if answers.outputs != "classes" else 1
    if len(values["targets"]) != columns:
        given = f"targets names {len(values['targets'])} columns: {', '.join(values['targets'])}"
        yield given, f"{columns}, as the task has it", "name that many, or change --classes"


def training_findings(answers: Answers, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Lengths, shares and sizes that cannot go together."""
    held_out = values["validation"] + values["test"]
    if held_out > 0.8:
        given = f"validation + test = {held_out:g}"
        yield given, "at most 0.8, so that a fifth is left to train on", "lower one of them"
    rows = int(answers.samples * (1 - held_out))
    if not values["path"]:
        rows = min(rows, int(values["rows"] * (1 - held_out)))
    if values["batch_size"] > rows:
        given = f"batch_size = {values['batch_size']:,}"
        yield given, f"at most {rows:,}, the rows left to train on", "lower batch_size"
    if values["patience"] >= values["epochs"]:
        given = f"patience = {values['patience']}, epochs = {values['epochs']}"
        yield given, "patience below epochs, or it can never fire", "raise epochs too"
    planned = values["warmup_epochs"] + values["decay_epochs"]
    if planned > values["epochs"]:
        given = f"warmup_epochs + decay_epochs = {planned}, epochs = {values['epochs']}"
        yield given, "a schedule that ends before the last epoch", "shorten it or raise epochs"
    logged = ["loss", *values["metrics"]]
    logged += [f"val_{name}" for name in logged]
    monitor = values["monitor"]
    if monitor not in logged:
        yield f"monitor = {monitor}", f"one of {', '.join(logged)}", "choose one of these"
    right = "max" if "accuracy" in monitor else "min"
    if values["mode"] != right:
        given = f"mode = {values['mode']} with monitor = {monitor}"
        yield given, f"mode = {right}: the other way round it keeps the worst", "set mode too"
