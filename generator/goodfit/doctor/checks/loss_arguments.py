"""What losses and metrics of Keras are told beside their names: smoothing, limits, thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from keras import losses

from ..case import Case, losses_of
from ..contract import Contract, is_of_keras, output_shape
from ..finding import Finding
from ..registry import Entry, check
from .metrics import metrics_of
from .targets import outputs_of

SMOOTHED = 0.5  # of a target, at most, that smoothing may take away
FAMILIES = {  # what a metric's name says that it is, and the classes that it may then be
    "accuracy": ("Accuracy", "IoU"),
    "acc": ("Accuracy",),
    "auc": ("AUC",),
    "precision": ("Precision",),
    "recall": ("Recall",),
    "mean_absolute_error": ("MeanAbsoluteError",),
    "mae": ("MeanAbsoluteError",),
    "mean_squared_error": ("MeanSquaredError",),
    "mse": ("MeanSquaredError",),
    "rmse": ("RootMeanSquaredError",),
}
ENDINGS = ("binary_", "categorical_", "sparse_categorical_", "val_")

ARGUMENTS = Entry(
    "loss-arguments",
    "error or warning",
    "A loss or a metric of Keras whose arguments make it another one: smoothing that leaves "
    "nothing of the target, a class that is ignored, a sum in place of a mean, a limit that is "
    "never or always passed, the wrong axis, a metric under another one's name.",
    "The loss may fall, and the metric look well, whatever the network answers.",
    "leave the argument out in {compile}",
    "label smoothing above 0.5; a Huber limit below a hundredth of the targets' deviation; focal "
    "gamma beyond 0 to 5, alpha not between 0 and 1; a threshold outside of 0 to 1; top_k of all "
    "classes",
    "the definitions; Müller and others 2019, arXiv:1906.02629, and Lin and others 2017, "
    "arXiv:1708.02002, for what is usual",
)


def arguments(loss: Any) -> dict[str, Any]:
    """What a loss of Keras is told, by name; defaults too."""
    if not isinstance(loss, losses.Loss):
        return {}
    return {**loss.get_config(), **getattr(loss, "_fn_kwargs", {})}


def other_arguments(loss: Any) -> dict[str, Any]:
    """What a loss of Keras is told that it is not by itself, by name."""
    if not isinstance(loss, losses.Loss) or not is_of_keras(loss):
        return {}
    told, plain = arguments(loss), arguments(type(loss)())
    own = ("name", "dtype", "fn", "from_logits")
    return {name: told[name] for name in told if name not in own and told[name] != plain.get(name)}


@check(ARGUMENTS, needs=("targets",))
def loss_arguments(case: Case) -> Iterator[Finding]:
    found = [one for one in losses_of(case.shown, case.train.y) if one is not None]
    for place, ((contract, y), loss) in enumerate(zip(outputs_of(case), found, strict=False)):
        if is_of_keras(loss) and not case.project.anomalies:
            name = type(loss).__name__
            for said in in_loss(arguments(loss), contract, y, output_shape(case.shown, place)):
                yield said._replace(fact=f"{name}: {said.fact}")
            yield from against_the_project(case, loss, contract, y)


def in_loss(
    told: dict[str, Any], contract: Contract, y: np.ndarray, shape: tuple[int | None, ...]
) -> Iterator[Finding]:
    """What no loss of that kind is told. `y`: its targets; `shape`: that of its answers."""
    smoothing, axis = told.get("label_smoothing") or 0.0, told.get("axis")
    if smoothing > SMOOTHED or smoothing < 0:
        left = max(0.0, 1 - smoothing)
        yield Finding(
            "loss-arguments",
            "error" if not 0 < smoothing < 1 else "warning",
            f"label_smoothing = {smoothing:g} leaves {left:.0%} of every target.",
            "Targets are then nearly the same for every class; 0.1 is usual.",
        )
    if isinstance(axis, int) and len(shape) > 1 and axis not in (-1, len(shape) - 1):
        yield Finding(
            "loss-arguments",
            "error",
            f"axis = {axis}, and classes are the last axis of the answers, {shape}.",
            "Shares are then taken over samples or places in place of classes.",
        )
    ignored = told.get("ignore_class")
    if ignored is not None and contract.answer == "one-of" and not contract.one_hot:
        share, single = float((y == ignored).mean()), y.size == len(y)
        if share > 0 and single and 0 <= ignored < contract.units:
            yield Finding(
                "loss-arguments",
                "error",
                f"ignore_class = {ignored}, which is the class of {share:.0%} of the samples.",
                "They have no loss: the network never learns to answer with that class.",
            )
    if not 0 <= (gamma := float(told.get("gamma", 2.0))) <= 5:
        yield Finding(
            "loss-arguments",
            "error" if gamma < 0 else "warning",
            f"gamma = {gamma:g}; focal losses are made for 0 to 5.",
            "Below 0 what is known well counts most; far above, nothing but the worst counts.",
        )
    weighs = told.get("apply_class_balancing", True)
    if "gamma" in told and weighs and not (np.all((alpha := np.ravel(told["alpha"])) > 0)):
        yield Finding(
            "loss-arguments",
            "error",
            f"alpha = {alpha.min():g}.",
            "A class of such a weight has no loss.",
        )
    elif told.get("apply_class_balancing") and not 0 < told["alpha"] < 1:
        fact = f"alpha = {told['alpha']:g}; it is the weight of 1, and 1 - alpha that of 0."
        yield Finding(
            "loss-arguments", "error", fact, "One of the two classes has no loss, or is unlearnt."
        )
    delta = told.get("delta")
    if delta is not None and y.dtype.kind in "fiu":
        deviation = float(y.std(dtype="float64"))
        if delta <= 0 or delta < 0.01 * deviation:
            yield Finding(
                "loss-arguments",
                "error" if delta <= 0 else "warning",
                f"delta = {delta:g}, and targets have the deviation {deviation:.3g}.",
                "Beyond delta gradients are delta, whatever the error: steps are next to nothing.",
            )
    if told.get("reduction", "mean") == "none" or told.get("reduction", "mean") is None:
        yield Finding(
            "loss-arguments",
            "warning",
            "reduction = None gives a loss for each sample, and no mean.",
            "What fit makes of it is not what learning rates are made for.",
        )


def against_the_project(
    case: Case, loss: Any, contract: Contract, y: np.ndarray
) -> Iterator[Finding]:
    """Arguments that make the declared loss another one: a sum, a class of the declared ones that
    is left out, or what is not usual, which is noted."""
    if case.project.declared is None:
        return
    others = other_arguments(loss)
    if others.get("reduction") == "sum":
        yield Finding(
            "loss-arguments",
            "warning",
            f"{type(loss).__name__}: reduction = 'sum', and {case.words.head} means the mean.",
            "Gradients grow with the batch, and the learning rate is made for a mean.",
        )
    elif y.ndim > 2 and (share := float((y == others.get("ignore_class", np.nan)).mean())):
        yield Finding(
            "loss-arguments",
            "warning",
            f"{type(loss).__name__}: ignore_class = {others['ignore_class']}, as {share:.0%} of "
            f"the targets are, and {case.words.head} has {contract.units} classes.",
            "The network never learns to answer with that class; places without a target have a "
            "weight of 0 already.",
        )
    elif others:
        shown = ", ".join(f"{name} = {value}" for name, value in others.items())
        case.note(f"{case.words.compile} tells {type(loss).__name__} {shown}, which config.toml "
                  "does not say")  # fmt: skip


@check("loss-arguments", needs=("one output", "targets"))
def metric_arguments(case: Case) -> Iterator[Finding]:
    """Metrics that say the same whatever the network answers, or go by another one's name."""
    if not case.contracts:
        return
    contract, seen = case.contract, set()
    for metric in [*metrics_of(case.model), *weighted_metrics(case.model)]:
        kind = type(metric).__name__
        if not type(metric).__module__.startswith("keras") or (kind, metric.name) in seen:
            continue
        seen.add((kind, metric.name))
        for said in in_metric(metric, contract):
            yield said._replace(fact=f"{kind}: {said.fact}")
        stem = metric.name
        for ending in ENDINGS:
            stem = stem.removeprefix(ending)
        fitting = FAMILIES.get(stem)
        if fitting and not any(one in kind for one in fitting) and kind != "MeanMetricWrapper":
            yield Finding(
                "loss-arguments",
                "warning",
                f"{kind} is reported under the name {metric.name!r}.",
                "Whoever reads it, early stopping among them, takes it for another number.",
                "leave name= out, or give the one of the metric",
            )


def weighted_metrics(model: keras.Model) -> list[keras.Metric]:
    """The metrics that were given to compile() as weighted ones."""
    given = getattr(getattr(model, "_compile_metrics", None), "_user_weighted_metrics", None)
    return [one for one in keras.tree.flatten(given or []) if isinstance(one, keras.Metric)]


def in_metric(metric: keras.Metric, contract: Contract) -> Iterator[Finding]:
    """What makes a metric of Keras say nothing of these answers."""
    told, kind = metric.get_config(), type(metric).__name__
    sure = contract.answer in ("one-of", "yes-no") and not contract.from_logits
    if sure:
        cuts = told.get("thresholds", told.get("threshold"))
        for cut in [float(one) for one in np.ravel([] if cuts is None else cuts)]:
            if not 0 < cut < 1 and np.size(cuts) == 1:
                always = "never" if cut >= 1 else "always"
                fact = f"threshold = {cut:g}, which probabilities {always} pass."
                yield Finding(
                    "loss-arguments",
                    "warning",
                    fact,
                    "It says the same whatever the network answers.",
                )
    if sure and told.get("from_logits") and contract.activation in ("sigmoid", "softmax"):
        fact = f"from_logits = True, and the network ends in {contract.activation}."
        yield Finding(
            "loss-arguments", "warning", fact, "Probabilities are made probabilities of once more."
        )
    top = told.get("k", told.get("top_k"))
    if "TopK" in kind and top and contract.units and top >= contract.units:
        fact = f"k = {top} of {contract.units} classes."
        yield Finding(
            "loss-arguments",
            "warning",
            fact,
            "The right class is always among all of them: it says 1.",
        )
    single = contract.answer == "yes-no" and contract.units == 1
    if kind in ("F1Score", "FBetaScore") and single and told.get("threshold") is None:
        fact = "no threshold, over a single unit."
        yield Finding(
            "loss-arguments",
            "warning",
            fact,
            "The largest of one number is always that one: all are yes.",
        )
