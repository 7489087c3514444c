"""What several checks look at: rows drawn at random, and what the first layer gets to see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import keras
import numpy as np
from keras import layers

from checks.probing import read_by
from data import PART
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

ENOUGH = 5_000  # samples that are looked at where all of them would take too long
PARTS = {"train": "training", "validation": "validation", "test": "test"}
SCALING = (layers.Normalization, layers.BatchNormalization, layers.LayerNormalization)


def at_random(count: int, most: int = ENOUGH) -> np.ndarray:
    """`most` of the places 0 ... count - 1, in order, always the same. Never the first ones: a
    file may be sorted."""
    return np.sort(np.random.default_rng(0).permutation(count)[:most])


def parts_are_given(prepared: Prepared, config: Config) -> bool:
    """Whether the data says which part a sample belongs to, so that nothing was drawn."""
    return (getattr(config.data, "part", "") or PART) in prepared.tables["train"]


def first_layer_sees(model: keras.Model, x: np.ndarray) -> np.ndarray:
    """What samples `x` are once they are scaled: what comes out of the last `Normalization`, or
    what goes into the first layer that learns where there is none."""
    scaling = [one for one in model.layers if isinstance(one, layers.Normalization)]
    if scaling:
        return keras.Model(model.input, scaling[-1].output).predict_on_batch(x)
    for layer in model.layers:
        if layer.weights and not isinstance(layer, SCALING):
            return keras.Model(model.input, read_by(layer)).predict_on_batch(x)
    return x


def out_of_scale(check: str, seen: np.ndarray, standardized: bool, fix: str) -> Iterator[Finding]:
    """Numbers that are large where the first layer sees them, (samples, ..., columns): above 100, a
    deviation above 10, a mean beyond 10 (ours: published limits such as -1 to 1, UMLAUT, alarm on
    every standardised table), or none above 0.02 (TheDeepChecker). Of `standardized` ones, half of
    the columns at least have a mean within 0.5 and a deviation from 0.3 to 3 (ours): else they
    were scaled twice, or by the numbers of other samples."""
    columns = seen.reshape(-1, seen.shape[-1]).astype("float64")
    mean, deviation = columns.mean(axis=0), columns.std(axis=0)
    largest, moving = np.abs(columns).max(), deviation > 0
    wild = largest > 100 or deviation.max() > 10 or np.abs(mean).max() > 10 or 0 < largest < 0.02
    odd = (np.abs(mean) > 0.5) | (deviation < 0.3) | (deviation > 3)
    twice = standardized and moving.any() and odd[moving].mean() > 0.5
    if wild or twice:
        place = int(np.maximum(deviation, np.abs(mean)).argmax())
        fact = (
            f"Where they reach the first layer, inputs are up to {largest:.3g} large; input "
            f"{place + 1} has the mean {mean[place]:.3g} and the deviation {deviation[place]:.3g}."
        )
        why = "The learning rate is made for a mean near 0 and a deviation near 1."
        fix = "scale once, in features.py, by the training samples" if twice else fix
        yield Finding(check, "warning", fact, why, fix)


def squeezed(x: np.ndarray, names: list[str]) -> Iterator[Finding]:
    """Columns of x, (rows, columns), of which 98 % of the cells lie within 0.05 deviations (ours;
    a normal column has 4.7): a slip of a few cells squeezes all the others together."""
    low, high = np.quantile(x.astype("float64"), [0.01, 0.99], axis=0)
    found = (high > low) & (high - low < 0.05 * x.std(axis=0, dtype="float64"))
    for name in np.array(names)[found][:5]:
        yield Finding(
            "feature-scale",
            "warning",
            f"A few cells of column {str(name)!r} are so far off that all others look alike.",
            "Scaled by their deviation, ordinary values differ by less than a hundredth.",
            "mend the cells if they are slips; else give the logarithm of the column",
        )
