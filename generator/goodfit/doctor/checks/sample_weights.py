"""The weights of samples: what counts in the loss, and what does not."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from ..case import Case
from ..contract import ONE_OF, YES_NO
from ..finding import Finding
from ..predictions import codes_of
from ..registry import Entry, check


@check(
    Entry(
        "sample-weights",
        "error or warning",
        "Weights of samples that leave out what is to be learnt: all of them, the tokens and not "
        "their padding, or a class.",
        "What weighs nothing is not learnt, and no loss or score shows it.",
        "see where {pipeline} makes sample_weight: 1 for what counts, 0 for what does not",
        "no weight at all for them; an error where nothing has one",
        "the definition of a weighted mean",
    ),
    needs=("targets",),
)
def sample_weights(case: Case) -> Iterator[Finding]:
    weights = case.train.weights
    if not isinstance(weights, np.ndarray):
        return
    said = ""
    if case.project.declared is None and swapped(case, weights):
        yield Finding(
            "sample-weights",
            "error",
            "Targets look like weights, and weights like targets: each target goes with one weight "
            f"of {', '.join(f'{one:g}' for one in np.unique(weights)[:3])}.",
            "Classes are then taken for weights: samples of class 0 count for nothing.",
            "give (x, y, sample_weight), in this order",
        )
    elif not weights.any():
        yield Finding("sample-weights", "error", "All weights of samples are 0.")
    elif case.project.declared is None and inverted(weights, keras.tree.flatten(case.train.x)):
        said = "Only padding (inputs of 0) has a weight, and no other step."
    elif left_out := classes_left_out(case, weights):
        said = f"All samples of class {left_out[0]} have the weight 0."
    if said:
        yield Finding("sample-weights", "warning", said)


def swapped(case: Case, weights: np.ndarray) -> bool:
    """Whether weights are codes of classes, and targets the weights of these: whole numbers from 0
    on, of which each has a target of its own, between 0 and 1 or beyond."""
    y = case.train.y
    if not isinstance(y, np.ndarray) or len(case.contracts) != 1 or y.size != weights.size:
        return False
    if case.contract.loss not in (*YES_NO, *ONE_OF) or y.dtype.kind != "f":
        return False
    codes, pairs = np.unique(weights), np.unique(np.c_[weights.ravel(), y.ravel()], axis=0)
    whole = np.array_equal(codes, np.arange(len(codes)))
    return bool(whole and len(pairs) == len(codes) > 1 and (y > 0).all() and (y != y.round()).any())


def inverted(weights: np.ndarray, inputs: list[np.ndarray]) -> bool:
    """Whether steps weigh something where an input is 0, and nothing where it is not."""
    if weights.ndim < 2 or weights.shape[1] < 2:
        return False
    for x in inputs:
        if x.ndim < 2 or x.shape[:2] != weights.shape[:2]:
            continue
        empty = (x.reshape(*x.shape[:2], -1) == 0).all(axis=2)
        flat = weights.reshape(*weights.shape[:2], -1)[:, :, 0]
        if empty.any() and not empty.all() and flat[empty].mean() > 0 and not flat[~empty].any():
            return True
    return False


def classes_left_out(case: Case, weights: np.ndarray) -> list[int]:
    """Classes of which no sample has a weight; codes below 0 are none."""
    y = case.train.y
    one_each = (
        weights.size == len(weights) and len(case.contracts) == 1 and isinstance(y, np.ndarray)
    )
    if not one_each or not case.contract.classes:
        return []
    codes = codes_of(y, case.contract)
    if codes.shape[1] > 1 or len(codes) != len(weights) or (codes != np.round(codes)).any():
        return []
    there = codes.ravel() >= 0
    codes, weights = codes.ravel()[there].astype(int), weights.ravel()[there]
    counts, totals = np.bincount(codes), np.bincount(codes, np.abs(weights))
    return [int(code) for code in np.flatnonzero((counts > 0) & (totals == 0))]
