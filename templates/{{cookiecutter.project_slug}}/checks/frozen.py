"""A trained network that stays as it is, in front: what it makes of samples is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keras
import numpy as np

from checks.graph import graph_of
from checks.probing import places, read_by, trace_for_any_number

if TYPE_CHECKING:
    from train import Prepared

SAMPLES = 256  # of the training part, at most, that it is shown
LEAST = 64  # however large they are
NUMBERS = 2_000_000  # in all of them together


def behind_frozen(prepared: Prepared) -> Prepared:
    """What lies behind a frozen network alone, with features of some samples in place of these.

    It learns in milliseconds a step where the whole takes a hundred times as long. All is as it was
    where nothing is frozen, or where something that learns comes before it or goes around it.
    """
    model, parts = prepared.model, prepared.parts
    frozen = [
        layer.name
        for layer in model.layers
        if isinstance(layer, keras.Model) and layer.weights and not layer.trainable_weights
    ]
    if not frozen:
        return prepared
    graph = graph_of(model)
    if not (readers := graph.readers[frozen[-1]]):  # nothing lies behind it
        return prepared
    features = read_by(graph.operations[readers[0]])
    try:
        front, rest = keras.Model(model.input, features), keras.Model(features, model.output)
    except ValueError:  # something goes around it
        return prepared
    if front.trainable_weights:
        return prepared

    numbers = max(NUMBERS, LEAST * parts.x[0].size)
    rows = places(parts.x, SAMPLES, 0, numbers)
    watched = places(parts.x_val, SAMPLES // 2, 0, numbers // 2)
    both = np.concatenate([parts.x[rows], parts.x_val[watched]])
    x, watched_x = np.split(front(both, training=False).numpy(), [len(rows)])
    trace_for_any_number(rest, x)
    seen = parts._replace(x=x, y=parts.y[rows], x_val=watched_x, y_val=parts.y_val[watched])
    return prepared._replace(parts=seen, model=rest)
