"""What a project may not be: settings that its task, input or network leaves no choice in, and
relations between them. Refused here before anything is written; config.py refuses the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from goodfit.answers import Answers
from goodfit.constraints import POSITIVE, Constraint, ListOf, OneOf, Range, Words
from goodfit.contradictions import cell_words
from goodfit.data_settings import COLOURS, NAMES
from goodfit.errors import GoodfitError
from goodfit.relations import Finding, broken
from goodfit.settings import BY_NAME
from goodfit.toml import inline


@dataclass(frozen=True)
class Head:
    """What may stand in [head] for one task, and what about it must agree, in words.

    Nothing at all: the task has no such setting.
    """

    says: str
    loss: tuple[str, ...]
    headline: tuple[str, ...]
    output_activation: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    output_bias: tuple[str, ...] = ()
    output_units: Range = POSITIVE


SHARES = ("class_shares", "zeros")
SEVERAL = Range(2, whole=True)
ENTROPIES = ("binary_crossentropy", "binary_focal_crossentropy")
ERRORS = ("mean_squared_error", "mean_absolute_error")


def yes_or_no(says: str, headline: tuple[str, ...], units: Range) -> Head:
    """A probability for each unit."""
    return Head(says, ENTROPIES, headline, ("sigmoid",), ("binary_accuracy",), SHARES, units)


def one_of_many(says: str, *headline: str) -> Head:
    """A probability for each of several classes, which sum to one."""
    loss, metric = "sparse_categorical_crossentropy", "sparse_categorical_accuracy"
    return Head(says, (loss,), headline, ("softmax",), (metric,), SHARES, SEVERAL)


def numbers(says: str) -> Head:
    """A number for each unit."""
    losses, bias = (*ERRORS, "huber"), ("target_mean", "zeros")
    return Head(says, losses, ("rmse", "mae"), ("linear",), ERRORS[::-1], bias)


HEADS = {
    "binary-classification": yes_or_no(
        "One unit with a sigmoid: the probability of the second class.",
        ("accuracy", "balanced_accuracy", "f1", "roc_auc"),
        Range(1, 1, whole=True),
    ),
    "multiclass-classification": one_of_many(
        "A unit for each class, a softmax over them, classes as integers.",
        "accuracy",
        "balanced_accuracy",
        "macro_f1",
    ),
    "multilabel-classification": yes_or_no(
        "A unit with a sigmoid of its own for each label, a column of 0 and 1 each.",
        ("micro_f1", "macro_f1", "label_accuracy", "all_labels_right"),
        SEVERAL,
    ),
    "regression": numbers("A linear unit for each target, on the targets' standardised scale."),
    "segmentation": one_of_many(
        "At each pixel a unit for each class, a softmax over them, classes as integers.",
        "mean_iou",
        "mean_dice",
        "pixel_accuracy",
    ),
    "tagging": one_of_many(
        "At each token a unit for each tag, a softmax over them.", "entity_f1", "token_accuracy"
    ),
    "forecasting": numbers("A linear unit for each target and step, on a standardised scale."),
    "anomaly-detection": Head(
        "How an error is measured, which error is one too many, and which labels mean normal.",
        ERRORS,
        ("roc_auc", "average_precision"),
    ),
}
# How steps may become one answer, by architecture; "none" is for tags alone.
POOLINGS = {
    "cnn": ("mean", "max", "last"),
    "lstm": ("last", "mean", "max"),
    "gru": ("last", "mean", "max"),
    "transformer": ("mean", "max"),
}


class Own(NamedTuple):
    """What a setting may be in one project where that is less than anywhere, and why."""

    constraint: Constraint
    because: str = ""


def own_targets(answers: Answers) -> Own:
    """How many columns the task is learnt from."""
    if answers.task == "anomaly-detection":
        return Own(ListOf(Words(), 0, 1), "labels are welcome there, and not needed")
    if answers.outputs == "classes":
        return Own(ListOf(Words(), 1, 1), "a column for the class; see --task for several")
    return Own(ListOf(Words(), 1))


def own_scaling(answers: Answers) -> Own:
    """How features may be brought to one scale."""
    if answers.architecture == "pretrained":
        return Own(OneOf(("none",)), "the backbone scales images itself")
    if answers.form == "window":
        return Own(OneOf(("standardize", "level", "none")))
    return Own(OneOf(("standardize", "none")), "only a forecast starts from a level")


def own_constraints(answers: Answers) -> dict[str, Own]:
    """The settings that may be less in this project than anywhere."""
    head, own = HEADS[answers.task], {}
    for name in ("output_activation", "loss", "output_bias", "headline"):
        own[name] = Own(OneOf(getattr(head, name)))
    own["metrics"] = Own(ListOf(OneOf(head.metrics), 1))
    own["output_units"] = Own(head.output_units)
    own["targets"], own["feature_scaling"] = own_targets(answers), own_scaling(answers)
    own["channels"] = Own(NAMES, "a list of columns")
    if answers.input == "image":
        own["channels"] = Own(COLOURS, "1 for grey or 3 for colour")
    if answers.form == "window":
        own["time_column"] = Own(Words(1), "the column that holds the time")
    if answers.architecture == "pretrained":
        own["image_size"] = Own(Range(32, whole=True), "to be halved five times")
    if answers.task == "tagging":
        own["pooling"] = Own(OneOf(("none",)), "an answer for each token")
    elif answers.architecture in POOLINGS:
        own["pooling"] = Own(OneOf(POOLINGS[answers.architecture]), "one answer for all steps")
    if not head.metrics:
        own["monitor"] = Own(OneOf(("loss", "val_loss")), "nothing else is logged")
    return own


def refuse_contradictions(answers: Answers, values: Mapping[str, Any]) -> None:
    """Raise GoodfitError with the first thing that is wrong about `values`."""
    sections: dict[str, dict[str, Any]] = {}
    for name, setting in BY_NAME.items():
        if name in values:
            sections.setdefault(setting.section, {})[name] = values[name]
    for findings in (
        choice_findings(answers, values),
        broken(sections, answers.task),
        size_findings(answers, values),
    ):
        for finding in findings:
            raise GoodfitError(*finding)


def choice_findings(answers: Answers, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Values that do not belong to the task, the input or the network."""
    units = 1 if answers.task == "binary-classification" else answers.classes
    units *= values.get("horizon", 1)
    if values.get("output_units", units) != units:
        given = f"output_units = {values['output_units']} with {answers.classes} {answers.outputs}"
        given += f" and horizon = {values['horizon']}" if "horizon" in values else ""
        yield given, f"output_units = {units}", "change --classes or --horizon instead"
    for name, own in own_constraints(answers).items():
        if name in values and not own.constraint.accepts(values[name]):
            given = f"{name} = {inline(values[name])} with {cell_words(answers)}"
            expected = f"{own.constraint}: {own.because}" if own.because else str(own.constraint)
            yield given, expected, f"leave {name} to the rule, or choose another task"


def training_samples(answers: Answers, values: Mapping[str, Any], part: float) -> int:
    """How many samples are in a part of that share; of the embedded one if that is smaller."""
    rows = int(answers.samples * part)
    if not values["path"]:
        rows = min(rows, int(values["rows"] * part))
    if answers.form == "window":
        rows -= int(values["window"] + values["horizon"]) - 1
    return rows


def size_findings(answers: Answers, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Batches and windows for which there are too few samples; data.py looks at the true ones."""
    held_out = values["validation"] + values["test"]
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
