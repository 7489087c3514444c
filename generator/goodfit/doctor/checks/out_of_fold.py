"""What small models, which learn in seconds, say of samples that they have not learned from."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..case import Case
from .columns import is_table
from .telling_places import small

ROWS = 2_000  # that small models learn from and are asked about
FOLDS, TREES, COMPONENTS = 5, 100, 32
FEW_CLASSES = 8  # of texts; of more, a model that only counts words is fast enough
PIXELS = 12  # along each side of a thumbnail
WORDS = 20_000  # different ones, at most


def plain_features(case: Case, rows: np.ndarray) -> Any:
    """Samples in these places as rows of numbers, (rows, any), sparse for texts; None where it is
    not known how."""
    x = case.known.x
    if not isinstance(x, np.ndarray):
        return None
    some = x[rows]
    if x.ndim == 4 and x.shape[-1] <= 4:
        return thumbnails(some)
    if x.ndim == 3 and x.dtype.kind == "f" and case.project.in_time is None:
        return summaries(some, case.project.feature_padding)
    if x.ndim == 2 and x.dtype.kind in "iu" and case.project.feature_padding is not None:
        return word_counts(some, int(case.project.feature_padding))
    return np.nan_to_num(some.astype("float32")) if is_table(case) else None


def thumbnails(x: np.ndarray) -> np.ndarray:
    """float32 (pictures, any): means of blocks of pixels."""
    return small(x.astype("float32"), PIXELS).reshape(len(x), -1)


def summaries(x: np.ndarray, padding: float | None) -> np.ndarray:
    """float32 (series, any): mean, deviation, ends and spectrum of every channel."""
    steps = x.astype("float32")
    if padding is not None:
        there = steps[:, :, :1] > padding / 2
        mean = np.where(there, steps, 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
        steps = np.where(there, steps, mean[:, None])
    mean = steps.mean(axis=1, keepdims=True)
    spectrum = np.abs(np.fft.rfft(steps - mean, axis=1))[:, 1:33]
    ends = [steps.std(axis=1), steps.min(axis=1), steps.max(axis=1), mean[:, 0]]
    parts = [*ends, spectrum.reshape(len(x), -1)]
    return np.concatenate(parts, axis=1).astype("float32")


def word_counts(codes: np.ndarray, padding: int) -> Any:
    """How often each word stands in a text, weighed by how rare it is: sparse (texts, words)."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

    known = (codes != padding) & (codes >= 0) & (codes < WORDS)
    rows, _ = np.nonzero(known)
    shape = (len(codes), int(codes[known].max(initial=0)) + 1)
    counts = csr_matrix((np.ones(len(rows)), (rows, codes[known])), shape)
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts)


def narrow(features: np.ndarray) -> np.ndarray:
    """The first principal components of wide rows."""
    from sklearn.decomposition import PCA

    most = min(COMPONENTS, len(features))
    wide = features.shape[1] > 2 * COMPONENTS
    return PCA(most, random_state=0).fit_transform(features) if wide else features


def chances(features: Any, codes: np.ndarray) -> np.ndarray:
    """float (rows, classes): what small models that did not learn from a row give each class in it:
    trees, each of those that were drawn without it; of words, what each weighs."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.naive_bayes import MultinomialNB

    if not isinstance(features, np.ndarray):
        few = len(np.unique(codes)) <= FEW_CLASSES
        model = LogisticRegression(C=3, max_iter=200) if few else MultinomialNB(alpha=0.1)
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
        said = cross_val_predict(model, features, codes, cv=folds, method="predict_proba")
        return np.asarray(said)
    forest = RandomForestClassifier(TREES, min_samples_leaf=3, oob_score=True, random_state=0)
    return np.nan_to_num(forest.fit(narrow(features), codes).oob_decision_function_)


def estimates(features: Any, values: np.ndarray) -> np.ndarray:
    """float (rows,): what small models that did not learn from a row expect of it."""
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.linear_model import Ridge
    from sklearn.model_selection import KFold, cross_val_predict

    if not isinstance(features, np.ndarray):
        folds = KFold(FOLDS, shuffle=True, random_state=0)
        return np.asarray(cross_val_predict(Ridge(1.0), features, values, cv=folds))
    forest = RandomForestRegressor(
        TREES, min_samples_leaf=3, max_features=0.4, oob_score=True, random_state=0
    )
    return np.asarray(forest.fit(narrow(features), values).oob_prediction_)
