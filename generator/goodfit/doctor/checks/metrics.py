"""Metrics that mean nothing beside the loss."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from ..case import Case
from ..contract import Contract
from ..finding import Finding

COUNTING = ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy")


MISFITS = {  # metrics that a loss makes meaningless, by their classes
    "codes": ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy"),
    "one-hot": ("Accuracy", "SparseCategoricalAccuracy"),
    "yes-no": ("Accuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"),
    "numbers": (*COUNTING, "AUC", "F1Score", "Precision", "Recall"),
}


def kind_of(contract: Contract) -> str:
    """The row of `MISFITS`."""
    if contract.answer == "one-of":
        return "one-hot" if contract.one_hot else "codes"
    return contract.answer


def metrics_of(model: keras.Model) -> list[keras.Metric]:
    """The compiled metrics; those given as words only once Keras knows what they mean."""
    found = []
    for group in getattr(model, "metrics", []):
        found += list(getattr(group, "metrics", []))
    given = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None)
    return found + [one for one in keras.tree.flatten(given or []) if isinstance(one, keras.Metric)]


def words_given(model: keras.Model) -> list[str]:
    """The metrics that were given to compile() as words."""
    given = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None)
    return [str(one) for one in keras.tree.flatten(given or []) if isinstance(one, str)]


def metric_classes(model: keras.Model, contract: Contract) -> list[str]:
    """The names of the classes of all metrics. A plain "accuracy" is what fits the loss, but for
    numbers, where nothing does."""
    words = [one for one in words_given(model) if one not in ("accuracy", "acc")]
    if contract.answer == "numbers" and len(words) < len(words_given(model)):
        words.append("accuracy")
    found = [type(one).__name__ for one in metrics_of(model)]
    return found + ["".join(part.capitalize() for part in word.split("_")) for word in words]


def misfit_metrics(
    case: Case, contract: Contract, y: np.ndarray, integers: bool
) -> Iterator[Finding]:
    """A metric that means nothing beside the loss: accuracy of numbers, `Accuracy()` of
    probabilities, the one of codes for one-hot rows."""
    if contract.answer == "own-loss" or len(case.contracts) > 1:
        return
    if contract.answer == "yes-no" and contract.from_logits and contract.activation == "linear":
        halves = [type(one).__name__ for one in metrics_of(case.model) if reads_shares(one)]
        halves += [one for one in words_given(case.model) if one in ("accuracy", "acc", "auc")]
        if halves:
            yield Finding(
                "head-agreement",
                "warning",
                f"{', '.join(dict.fromkeys(halves))} reads probabilities, and the network answers "
                "with scores (from_logits=True).",
                "A score of 0.5 is a probability of 0.62: what is counted as yes is another thing.",
                "end in sigmoid without from_logits; or BinaryAccuracy(threshold=0.0), "
                "AUC(from_logits=True)",
            )
    if contract.classes and any(reads_whole_numbers(one) for one in metrics_of(case.model)):
        yield Finding(
            "head-agreement",
            "error",
            "MeanIoU or IoU reads answers as whole numbers, and the network answers with "
            "probabilities.",
            "Every answer below 1 is then counted as class 0, however the network learns.",
            "BinaryIoU(threshold=0.5) for yes or no; MeanIoU(..., sparse_y_pred=False) for classes",
        )
    wrong = [
        one for one in metric_classes(case.model, contract) if one in MISFITS[kind_of(contract)]
    ]
    if contract.answer == "numbers" and contract.activation in ("sigmoid", "softmax"):
        wrong = [one for one in wrong if one == "Accuracy" and not integers]  # classes, or shares
    if contract.answer == "yes-no" and y.ndim == 2 and (y.sum(axis=1) == 1).all():
        wrong = [one for one in wrong if one != "CategoricalAccuracy"]  # one against all the others
    if wrong:
        yield Finding(
            "head-agreement",
            "error" if contract.answer != "numbers" or not integers else "warning",
            f"{', '.join(dict.fromkeys(wrong))} is reported beside {contract.loss}.",
            "It counts answers that equal the target, and these hardly ever do: it means nothing.",
            "numbers: mean_absolute_error; several labels: binary_accuracy; one class: 'accuracy', "
            "which Keras fits to the loss",
        )


def reads_whole_numbers(metric: keras.Metric) -> bool:
    """Whether a metric of overlap takes an answer for the number of a class."""
    named = type(metric).__name__ in ("MeanIoU", "IoU")
    return named and bool(getattr(metric, "sparse_y_pred", True))


def reads_shares(metric: keras.Metric) -> bool:
    """Whether a metric cuts answers at a threshold between 0 and 1."""
    name = type(metric).__name__
    if name == "AUC":
        return not getattr(metric, "_from_logits", False)
    thresholds = getattr(metric, "thresholds", None) or [getattr(metric, "threshold", 0.5)]
    cuts = [one for one in np.ravel(thresholds) if one is not None]
    return name in ("Precision", "Recall", "BinaryAccuracy") and all(0 < one < 1 for one in cuts)
