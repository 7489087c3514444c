"""Other values for comparisons of evidence.toml that depend on what the plan has.

Each function takes the plan's values by setting and gives the settings that differ, the one that
is compared first; {} where the comparison has no meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

Values = Mapping[str, Any]
Changed = dict[str, Any]


def other_normalization(values: Values) -> Changed:
    """Layer for batch normalisation, and the other way round."""
    other = {"batch": "layer", "layer": "batch"}.get(values["normalization"])
    return {"normalization": other} if other else {}


def widening(values: Values) -> Changed:
    """The smallest layer first."""
    return {"hidden_units": values["hidden_units"][::-1]}


def weights_between(units: list[int]) -> int:
    """Weights between the hidden layers and out of the last to one unit, roughly; those of the
    inputs are taken to be as many as the first layer is wide."""
    sizes = [units[0], *units, 1]
    return sum(one * next_one for one, next_one in pairwise(sizes))


def one_layer(values: Values) -> Changed:
    """All weights in one layer: as wide as makes up for the others."""
    units = values["hidden_units"]
    width = round(weights_between(units) / (units[0] + 1))
    return {"hidden_units": [width]} if len(units) > 1 else {}


def half_as_wide(values: Values) -> Changed:
    return {"hidden_units": [max(1, units // 2) for units in values["hidden_units"]]}


def twice_as_wide(values: Values) -> Changed:
    return {"hidden_units": [2 * units for units in values["hidden_units"]]}


def one_layer_fewer(values: Values) -> Changed:
    """Without the last one."""
    units = values["hidden_units"]
    return {"hidden_units": units[:-1]} if len(units) > 1 else {}


def larger_batches(values: Values) -> Changed:
    return {"batch_size": 4 * values["batch_size"]}


def quarter_of_the_time(values: Values) -> Changed:
    """As a project that stops soon: a quarter of the epochs, the decay and the patience."""
    epochs = max(values["epochs"] // 4, values["warmup_epochs"] + 2)
    return {
        "epochs": epochs,
        "patience": max(values["patience"] // 4, 1),
        "decay_epochs": epochs - values["warmup_epochs"],
    }


def to_the_end(values: Values) -> Changed:
    """All epochs, and the best of them is kept: what early stopping would save."""
    return {"patience": values["epochs"]}


def other_loss(values: Values) -> Changed:
    """Huber's loss for the square, and the square where many outliers had spoken for another."""
    other = {"mean_squared_error": "huber", "huber": "mean_squared_error"}.get(values["loss"])
    return {"loss": other} if other else {}


def other_class_weights(values: Values) -> Changed:
    return {"class_weight": "none" if values["class_weight"] == "balanced" else "balanced"}


def raw_targets(values: Values) -> Changed:
    return {"standardize_targets": False} if values.get("standardize_targets") else {}


def by_accuracy(values: Values) -> Changed:
    """Early stopping that watches the share of right answers instead of the loss."""
    watched = [one for one in values["metrics"] if one.endswith("accuracy")]
    return {"monitor": f"val_{watched[0]}", "mode": "max", "min_delta": 0.0} if watched else {}


CHANGES: dict[str, Callable[[Values], Changed]] = {
    change.__name__: change
    for change in (
        other_normalization,
        widening,
        one_layer,
        half_as_wide,
        twice_as_wide,
        one_layer_fewer,
        larger_batches,
        quarter_of_the_time,
        to_the_end,
        other_loss,
        other_class_weights,
        raw_targets,
        by_accuracy,
    )
}
