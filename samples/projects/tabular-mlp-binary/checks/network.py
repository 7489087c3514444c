"""The network as it was built: what is dropped and when, what can learn, and how much it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import keras
import numpy as np
from keras import layers

from findings import Finding

if TYPE_CHECKING:
    from config import Config

DROPOUTS = (layers.Dropout, layers.SpatialDropout1D, layers.SpatialDropout2D)


def network(model: keras.Model, config: Config, x: np.ndarray, y: np.ndarray) -> Iterator[Finding]:
    """All checks of this file, on a few samples `x` and all training targets `y`."""
    yield from dropout_rate(model)
    yield from dropout_at_evaluation(model, x)
    yield from nothing_trains(model)
    yield from frozen_layers(model, config)
    yield from capacity(model, y, getattr(config.model, "code_units", 0), x[0].size)


def dropout_rate(model: keras.Model) -> Iterator[Finding]:
    """More than half of the units dropped (UMLAUT): what is left seldom carries enough."""
    rates = {one.name: one.rate for one in model.layers if isinstance(one, DROPOUTS)}
    if high := {name: rate for name, rate in rates.items() if rate > 0.5}:
        yield Finding(
            "dropout-rate",
            "warning",
            f"Dropout takes {max(high.values()):.0%} of what passes {', '.join(high)}.",
            "Above one half too little is left for the next layer to learn from.",
            "lower model.dropout (or model.word_dropout) to 0.5 or less",
        )


def dropout_at_evaluation(model: keras.Model, x: np.ndarray) -> Iterator[Finding]:
    """Answers that differ when the same is asked twice, because a layer is random outside training
    too; the layers that change what comes in are named."""
    first, second = (model.predict_on_batch(x) for _ in range(2))
    if np.allclose(first, second, atol=1e-5, equal_nan=True):
        return
    random = [one for one in model.layers if hasattr(one, "seed_generator")]
    twice = [keras.Model(model.input, one.output).predict_on_batch(x) for one in random * 2]
    pairs = zip(random, twice, twice[len(random) :], strict=False)
    named = [layer.name for layer, one, other in pairs if not np.allclose(one, other)]
    yield Finding(
        "dropout-at-evaluation",
        "error",
        f"Asked twice, samples get two different answers: see {', '.join(named) or 'model.py'}.",
        "Dropout and noise belong to training; here they blur validation and every prediction.",
        "call the layer without training=True, in model.py",
    )


def nothing_trains(model: keras.Model) -> Iterator[Finding]:
    """No weight is trainable; Keras only warns."""
    if not model.trainable_weights:
        fact, why = "No weight of the network is trainable.", "Training would change nothing."
        yield Finding("nothing-trains", "error", fact, why, "set trainable = True, in model.py")


def frozen_layers(model: keras.Model, config: Config) -> Iterator[Finding]:
    """Layers whose weights are kept from learning though nothing has trained them before."""
    frozen = [one.name for one in model.layers if one.weights and not one.trainable]
    trained_before = getattr(config.model, "weights", "none") != "none"
    if frozen and model.trainable_weights and not trained_before:
        yield Finding(
            "frozen-layers",
            "warning",
            f"{len(frozen)} layers are frozen: {', '.join(frozen[:8])}.",
            "They stay at their random start: only a network trained before is worth freezing.",
            "remove trainable = False, in model.py",
        )


def capacity(model: keras.Model, y: np.ndarray, code: int, numbers: int) -> Iterator[Finding]:
    """More than 10,000 weights for each target to learn from (ours; the rules stay below 3,000);
    or, in an autoencoder, a code that is as long as the sample."""
    weights = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    why = "Such a network learns its samples by heart before it learns what they share."
    if weights > 10_000 * y.size:
        fact = f"{weights:,} weights are to be learnt from {y.size:,} targets."
        fix = "make the network smaller: see [model] of config.toml"
        yield Finding("capacity", "warning", fact, why, fix)
    if code >= numbers:
        fact = f"The code has {code} numbers, and a sample has {numbers}."
        why = "Everything fits through, anomalies too, so that nothing comes back wrong."
        fix = "lower model.code_units to a fraction of that"
        yield Finding("capacity", "warning", fact, why, fix)
