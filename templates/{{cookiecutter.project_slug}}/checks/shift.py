"""Whether the test part looks like the training part: a small tree tries to tell them apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.tree import DecisionTreeClassifier

from checks.seen import at_random
from config import DataConfig, HeadConfig
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

IN_TIME = "horizon" in DataConfig.model_fields  # then the parts follow one another on purpose
ANOMALIES = "normal" in HeadConfig.model_fields  # then the test part is unlike the others


def answer_columns(y: np.ndarray) -> np.ndarray:
    """float32 (samples, any): the share of each class code in a sample, or its first 50 numbers."""
    rows = y.reshape(len(y), -1)
    if y.dtype.kind not in "iu":
        return rows[:, :50].astype("float32")
    codes = np.unique(rows[rows >= 0])[:50]
    return np.stack([(rows == code).mean(axis=1) for code in codes], axis=1, dtype="float32")


def summary(x: np.ndarray) -> np.ndarray:
    """float32 (samples, at most 100): numbers at random, or which of the common words are there."""
    if x.dtype.kind != "i":
        rows = x.reshape(len(x), -1)
        return np.nan_to_num(rows[:, at_random(rows.shape[1], 100)].astype("float32"))
    words = x if x.ndim == 2 else x[..., 0]
    common = np.bincount(words.ravel()).argsort()[::-1][:100]
    return np.stack([(words == word).any(axis=1) for word in common], axis=1, dtype="float32")


def kept_together(tables: list[pd.DataFrame], inputs: np.ndarray, config: Config) -> np.ndarray:
    """int (samples,): the same number for what the split never parts, as long as the tables
    together: samples of one `data.group`, or equal ones."""
    if group := getattr(config.data, "group", ""):
        return pd.factorize(pd.concat([one[group] for one in tables]).astype(str))[0]
    return np.unique(inputs, axis=0, return_inverse=True)[1].ravel()


def shifted_test(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """A small tree tells test samples from training samples: area under its curve at least 0.7
    (deepchecks' drift by a domain classifier fails at 0.63) and 4 standard errors above 0.5. What
    is kept together counts as one, and the tree never knows it from its other copies: else it told
    by heart who is in which part."""
    tables, (x, y, *_) = prepared.tables, prepared.parts
    if IN_TIME or ANOMALIES or len(tables["test"]) < 30:
        return
    rows, others = at_random(len(x), 2_000), at_random(len(tables["test"]), 2_000)
    table = tables["test"].iloc[others]
    x = np.concatenate([x[rows], prepared.encoder.encode(table, "ignore")])
    y = np.concatenate([y[rows], prepared.target.encode(table)])
    inputs, is_test = summary(x), np.arange(len(x)) >= len(rows)
    together = kept_together([tables["train"].iloc[rows], table], inputs, config)
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
            "The test score then answers another question than the validation score.",
            "let the project draw the parts (data.part = ''), or collect both the same way",
        )
