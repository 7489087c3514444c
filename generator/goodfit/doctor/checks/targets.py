"""Targets: codes that the loss can read, classes in every part, numbers on one scale."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from ..case import Case, losses_of
from ..contract import Contract
from ..finding import Finding, Level
from ..predictions import codes_of
from ..registry import Entry, check
from ..words import PARTS
from .data import parts_of
from .metrics import metric_classes


@check(
    Entry(
        "label-range",
        "error",
        "Targets that the loss cannot read: class codes are whole numbers from 0 to the number of "
        "classes - 1, yes and no are 1 and 0, a one-hot row has a single 1.",
        "The loss may train on others without a complaint, and mean nothing.",
        "mend the encoding of {targets}, or the number of units of the last layer",
        "one is one too many; -1 may stand in padding alone",
        "measured: labels 1 and 2 or -1 and 1 give a loss that falls below 0 without bound",
    ),
    needs=("classes", "targets"),
)
def label_range(case: Case) -> Iterator[Finding]:
    losses = [one for one in losses_of(case.model, case.known.y) if one is not None]
    for (contract, y), loss in zip(outputs_of(case), losses, strict=False):
        if not contract.classes:
            continue
        if (ignored := getattr(loss, "ignore_class", None)) is not None:
            y = y[y != ignored]  # pixels of no class
        if contract.one_hot:
            yield from one_hot_rows(contract, y)
            continue
        codes = contract.answer == "one-of"
        most = contract.units - 1 if codes else 1
        least = -1 if contract.padding == -1 else 0
        values = np.unique(y) if y.dtype.kind in "biuf" else np.array([])
        bad = values[(values < least) | (values > most) | (values != np.round(values))]
        if not codes and len(bad) and values.min() >= 0 and values.max() <= 1:
            continue  # shares between 0 and 1: smoothed labels
        if not len(bad) or not np.isfinite(values).all() or not contract.units:
            continue
        share = np.isin(y, bad).mean()
        yield Finding(
            "label-range",
            "error",
            f"{share:.0%} of the training targets are codes that cannot be, such as {bad[0]:g}.",
            f"{contract.loss} reads whole numbers from 0 to {most}; it may train on others "
            "without a complaint, and mean nothing.",
        )


def one_hot_rows(contract: Contract, y: np.ndarray) -> Iterator[Finding]:
    """Rows of targets that are no shares: for a softmax they are 0 or more, and 1 in all."""
    if y.dtype.kind not in "biuf" or y.ndim < 2 or y.shape[-1] != contract.units:
        return
    totals = y.sum(axis=-1)
    if (y < 0).any() or not np.allclose(totals, 1, atol=1e-2):
        wrong = (np.abs(totals - 1) > 1e-2) | (y < 0).any(axis=-1)
        first = totals.flat[int(wrong.argmax())]
        several = bool(np.isin(y[:10_000], (0, 1)).all())
        yield Finding(
            "head-agreement" if several else "label-range",
            "error",
            f"{wrong.mean():.0%} of the one-hot targets are not one class: a row adds up to "
            f"{first:g}.",
            f"{contract.loss} compares shares that add up to 1; with several 1 in a row no answer "
            "can be right, and with none there is nothing to learn.",
            "one class a row; for several labels at once use sigmoid and binary_crossentropy",
        )


def outputs_of(case: Case) -> list[tuple[Contract, np.ndarray]]:
    """Each output's contract with its training targets."""
    targets = keras.tree.flatten(case.known.y)
    contracts = case.contracts
    return list(zip(contracts, targets, strict=False)) if len(targets) == len(contracts) else []


def presence(y: np.ndarray, contract: Contract) -> np.ndarray:
    """bool (samples, classes): which classes, or labels, a sample has somewhere in it."""
    if contract.answer == "yes-no" and (y.ndim > 1 and y.shape[-1] > 1):
        return y.reshape(len(y), -1) > 0.5
    rows = codes_of(y, contract)
    classes = max(2, contract.units)
    return np.stack([(rows == code).any(axis=1) for code in range(classes)], axis=1)


@check(
    Entry(
        "class-counts",
        "error or warning",
        "One class alone in a part, a class that a part lacks, or one that is rare where accuracy "
        "hides it.",
        "What is not there can be neither learnt nor scored.",
        "collect more of it, merge rare classes, or correct {split}",
        "an error where one class is all there is, or where the project drew the parts and 10 "
        "samples were to be expected; a warning at more than 10 of the commonest for one of the "
        "rarest",
        "SageMaker Debugger's ClassImbalance",
    ),
    needs=("classes", "one output", "targets"),
)
def class_counts(case: Case) -> Iterator[Finding]:
    contract, project = case.contract, case.project
    if list(label_range(case)) or not case.fair:
        return
    if contract.answer == "one-of" and not contract.units:
        return  # how many classes there are is not known
    several = contract.answer == "yes-no" and contract.units > 1
    parts = {name: part.y for name, part in parts_of(case).items()}
    counts = {name: presence(y, contract).sum(axis=0) for name, y in parts.items()}
    names = project.classes or tuple(str(code) for code in range(len(counts["train"])))
    drawn = project.declared is not None and not project.given_parts
    for name, found in counts.items():
        expected = counts["train"] * len(parts[name]) / len(parts["train"])
        missing = np.flatnonzero((found == 0) & (expected > 0))
        alone = not several and (found > 0).sum() < 2 and len(parts[name]) > 1
        if not case.whole and name == "train" and not alone:
            continue
        if project.declared is None and not alone:
            missing = missing[expected[missing] >= 5]  # of fewer, chance takes some away
        if not alone and not len(missing):
            continue
        rare = ", ".join(names[place] for place in missing[:8]) + ", ..." * (len(missing) > 8)
        fact = f"The {PARTS[name]} part has no sample of {rare}, and training has."
        sure = alone and (case.whole or project.declared is not None)
        error = sure or (drawn and (expected[missing] >= 10).any())
        yield Finding(
            "class-counts",
            "error" if error else "warning",
            f"All {PARTS[name]} samples are of one class." if alone else fact,
            fix=not_by_group(case, contract, missing),
        )
    found = counts["train"]
    fewest, most = found[found > 0].min(initial=len(parts["train"])), found.max()
    table = parts["train"].ndim <= 2
    few_classes = project.declared is not None or len(found) <= 20  # of many, some are rare
    uneven = few_classes and most > 10 * fewest > 0
    if table and not several and not project.balanced and uneven:
        told = case.train.weights is not None or "focal" in contract.loss or measured_so(case)
        if told and project.declared is None:
            return  # weighed already, or judged by what shows it
        common, rare = names[found.argmax()], names[int(np.where(found > 0, found, most).argmin())]
        yield Finding(
            "class-counts",
            "warning",
            f"{most:,} training samples are {common!r} and {fewest:,} {rare!r}.",
            "Accuracy is high for who never says the rare one.",
            "judge by balanced accuracy or the area under the curve; class weights help the first",
        )


def not_by_group(case: Case, contract: Contract, missing: np.ndarray) -> str:
    """What to change where a class stands in so few groups, which stay whole, that a part gets none
    of them; "" elsewhere."""
    project = case.project
    if project.groups is None or not project.group or not len(missing):
        return ""
    seen = presence(case.known.y, contract)[:, missing[0]]
    marks = np.array([*map(str, project.groups["train"])])
    if len(marks) != len(seen) or (count := len({*marks[seen]})) > 3:
        return ""
    return (
        f"it stands in {count} group(s) of {project.group!r} alone, which stay whole: name a finer "
        "column in data.group, or a column in data.part that says which part a sample is in"
    )


def measured_so(case: Case) -> bool:
    """Whether a metric is watched that a rare class changes."""
    names = {name.upper() for name in metric_classes(case.model, case.contract)}
    return bool({"AUC", "PRECISION", "RECALL", "F1SCORE"} & names)


@check(
    Entry(
        "target-scale",
        "warning",
        "Targets that are numbers on a scale far from the one that learning rates are made for.",
        "Learning rate and clipping are made for a mean near 0 and a deviation near 1.",
        "standardise {targets}, and undo it for answers",
        "a deviation above 10 or below 0.001, or a mean of 10 deviations; without a project that "
        "scales them, only a deviation or a mean above 1,000 (100 for steps of plain SGD)",
        "ours; TheDeepChecker has a rule of the same kind",
    ),
    needs=("one output", "targets"),
)
def target_scale(case: Case) -> Iterator[Finding]:
    contract = case.contract
    if (
        contract.answer != "numbers"
        or case.project.anomalies
        or case.known.y.dtype.kind not in "fiu"
    ):
        return
    y = case.known.y.reshape(case.known.size, -1).astype("float64")
    mean, deviation = y.mean(axis=0), y.std(axis=0)
    if case.project.declared is not None:
        wrong = (deviation > 10) | (deviation < 1e-3)
        wrong |= np.abs(mean) > 10 * np.maximum(deviation, 1)
    else:
        most = 100.0 if "sgd" in getattr(case.model.optimizer, "name", "").lower() else 1_000.0
        wrong = (deviation > most) | (np.abs(mean) > most)
        residual = not y.any() and (case.network is None or case.network.graph is None)
        wrong |= (deviation < 1e-4) & (y.shape[1] == 1 and not residual)
    if wrong.any() and np.isfinite(y).all():
        place = int(wrong.argmax())
        yield Finding(
            "target-scale",
            "warning",
            f"Target {place + 1} of {len(wrong)} has a mean of {mean[place]:.4g} and a deviation "
            f"of {deviation[place]:.4g} as the network sees it.",
        )


@check(
    Entry(
        "target-outliers",
        "warning",
        "A few targets so far off that they make most of the squared error.",
        "Training then serves these few, and the others get answers in between.",
        "use the Huber loss; mend cells that are slips; predict the logarithm of prices",
        "the farthest fiftieth makes half of all squared errors (15 % of a normal distribution, "
        "33 % of an exponential one)",
        "ours",
    ),
    needs=("one output", "targets"),
)
def target_outliers(case: Case) -> Iterator[Finding]:
    if case.contract.loss != "mean_squared_error" or case.known.y.dtype.kind not in "fiu":
        return
    y = case.known.y.reshape(case.known.size, -1).astype("float64")
    if case.project.declared is None and y.shape[1] > 10:
        return  # restored, not predicted
    if len(y) < 50 or not np.isfinite(y).all() or (y.shape[1] > 1 and case.known.y.ndim > 2):
        return
    squares = np.sort((y - y.mean(axis=0)) ** 2, axis=0)
    farthest = squares[-max(1, len(y) // 50) :].sum(axis=0) / np.maximum(squares.sum(axis=0), 1e-12)
    varied = np.array([len(np.unique(column)) > 2 for column in y.T])
    if (share := farthest[varied].max(initial=0.0)) > 0.5:
        yield Finding(
            "target-outliers",
            "warning",
            f"One in fifty targets makes {share:.0%} of what the squared error measures.",
        )


@check("class-counts", needs=("test",))
def known_anomalies(case: Case) -> Iterator[Finding]:
    """Anomalies that are trained on; marks that are all alike in the test part, so that there is
    nothing to tell apart."""
    if not case.project.anomalies or case.project.test is None:
        return
    if learnt := int((case.known.y == 1).sum()):
        fact = f"{learnt:,} training samples are known anomalies."
        why = "The network learns to restore them, and then passes them as normal."
        fix = f"mend {case.words.split}: anomalies belong into the test part"
        yield Finding("class-counts", "error", fact, why, fix)
    marks = case.project.test.y
    known = np.unique(marks[marks >= 0])
    if len(known) == 1:
        level: Level = "warning"
        kind = "an anomaly" if known[0] else "normal"
        yield Finding(
            "class-counts",
            level,
            f"Every test sample whose label is known is {kind}.",
            "Whether anomalies are found can only be measured on both kinds.",
            "add labelled samples of the other kind, or correct head.normal",
        )
