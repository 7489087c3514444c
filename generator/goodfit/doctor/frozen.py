"""A trained network that stays as it is, in front: what it makes of samples is worked out once."""

from __future__ import annotations

import keras
import numpy as np

from .backends import as_numpy
from .case import Case
from .network import Network, compile_like, read_by
from .samples import Samples, places, size_of

SAMPLES = 256  # of the training part, at most, that it is shown
LEAST = 64  # however large they are
NUMBERS = 2_000_000  # in all of them together

Parts = tuple[Network, Samples, Samples, Samples | None]


def behind_frozen(case: Case) -> Parts:
    """What lies behind a frozen network alone, with features of some samples in place of these: the
    network, training samples as taught and as known, and validation samples.

    It learns in milliseconds a step where the whole takes a hundred times as long. All is as it was
    where nothing is frozen, or where something that learns comes before it or goes around it.
    """
    network = case.network
    assert network is not None
    whole: Parts = (network, case.train, case.known, case.validation)
    model, graph = network.model, network.graph
    frozen = [
        layer.name
        for layer in model.layers
        if isinstance(layer, keras.Model) and layer.weights and not layer.trainable_weights
    ]
    if not frozen or graph is None or not isinstance(case.train.x, np.ndarray):
        return whole
    if case.validation is None or not (readers := graph.readers.get(frozen[-1])):
        return whole  # nothing lies behind it
    features = read_by(graph.operations[readers[0]])
    answers = model.outputs if len(model.outputs) > 1 else model.outputs[0]
    try:
        front, rest = keras.Model(model.inputs[0], features), keras.Model(features, answers)
    except ValueError:  # something goes around it
        return whole
    if front.trainable_weights:
        return whole

    x, x_val = case.train.x, case.validation.x
    numbers = max(NUMBERS, LEAST * size_of(x))
    rows = places(x, SAMPLES, 0, numbers)
    watched = places(x_val, SAMPLES // 2, 0, numbers // 2)
    both = np.concatenate([x[rows], x_val[watched]])
    some, some_val = np.split(as_numpy(front(both, training=False)), [len(rows)])
    compile_like(rest, model)
    train, known, validation = (
        case.train.take(rows),
        case.known.take(rows),
        case.validation.take(watched),
    )
    return (
        Network(rest, some),
        train._replace(x=some),
        known._replace(x=some),
        validation._replace(x=some_val),
    )
