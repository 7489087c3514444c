"""A test part that is told apart from the training part."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from ..samples import at_random
from .sorted_parts import answer_columns


@check(
    Entry(
        "shifted-test",
        "warning",
        "A test part that is unlike the training part: a small tree tells them apart.",
        "The test score then answers another question than the validation score.",
        "let the project draw the parts (data.part = ''), or collect both the same way",
        "an area under the curve of 0.7, and 4 standard errors above 0.5; groups and equal rows "
        "count as one",
        "deepchecks' drift by a domain classifier fails at 0.63",
    ),
    needs=("test", "targets"),
    sound=True,
)
def shifted_test(case: Case) -> Iterator[Finding]:
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
    from sklearn.tree import DecisionTreeClassifier

    project, test = case.project, case.project.test
    if project.in_order or project.anomalies or test is None or test.size < 30:
        return
    rows, others = at_random(case.known.size, 2_000), at_random(test.size, 2_000)
    x = np.concatenate([case.known.x[rows], test.x[others]])
    y = np.concatenate([case.known.y[rows], test.y[others]])
    inputs, is_test = summary(x), np.arange(len(x)) >= len(rows)
    if project.groups is not None:
        names = np.concatenate([project.groups["train"][rows], project.groups["test"][others]])
        together = np.unique(names, return_inverse=True)[1]
    else:
        together = np.unique(inputs, axis=0, return_inverse=True)[1].ravel()
    trained, tested = (len(np.unique(together[is_test == part])) for part in (False, True))
    if tested < 3:  # such as two countries: of course they are unlike the others
        return
    columns = np.hstack([inputs, answer_columns(y)])
    tree = DecisionTreeClassifier(max_depth=4, min_samples_leaf=0.01, class_weight="balanced")
    grouped = trained + tested < len(x)
    chance = cross_val_predict(
        tree,
        columns,
        is_test,
        groups=together if grouped else None,
        cv=StratifiedGroupKFold(3) if grouped else 3,
        method="predict_proba",
    )
    area = roc_auc_score(is_test, chance[:, 1])
    error = ((trained + tested) / (12 * trained * tested)) ** 0.5
    if area > max(0.7, 0.5 + 4 * error):
        weights = tree.fit(columns, is_test).feature_importances_
        what = "targets" if weights[inputs.shape[1] :].sum() > 0.5 else "inputs"
        yield Finding(
            "shifted-test",
            "warning",
            f"The test samples are unlike the training samples, by their {what} above all: "
            f"a small tree tells {area:.0%} of pairs apart.",
        )


def summary(x: np.ndarray) -> np.ndarray:
    """float32 (samples, at most 100): numbers at random, or which of the common words are there."""
    if x.dtype.kind != "i":
        rows = x.reshape(len(x), -1)
        return np.nan_to_num(rows[:, at_random(rows.shape[1], 100)].astype("float32"))
    words = x if x.ndim == 2 else x[..., 0]
    common = np.bincount(words.ravel()).argsort()[::-1][:100]
    return np.stack([(words == word).any(axis=1) for word in common], axis=1, dtype="float32")
