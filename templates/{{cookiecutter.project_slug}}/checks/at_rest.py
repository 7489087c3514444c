"""The network before training: what its layers say, and what it does with some random samples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from checks.flow import silent_units
from checks.graph import graph_of
from checks.judging import activation_of, constant_loss
from checks.modes import modes
from checks.probing import PROBES, awake, places
from checks.replies import ignores_input, mixes_samples, output_range, padding_changes_answer
from checks.starting import counted_padding, first_loss, initial_weights, restored_nothing
from checks.structure import structure
from findings import Finding
from task import training_arrays

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


def at_rest(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks that need no training, on at most 256 random training samples. The model has been
    compiled, and is as it was in the end."""
    model, head, parts = prepared.model, config.head, prepared.parts
    drawn = places(parts.x, PROBES, config.training.seed)
    x, y, *weights = (array[drawn] for array in training_arrays(parts.x, parts.y, head))
    graph = graph_of(model)
    updates = config.training.epochs * -(-len(parts.x) // config.training.batch_size)
    yield from structure(graph, head)
    yield from modes(graph, updates)
    output_scale = config.model.model_dump().get("output_initializer_scale")
    yield from initial_weights(model, graph, output_scale)

    answers = model.predict_on_batch(x)
    loss = float(model.compute_loss(x, y, answers, *weights))
    counted = weights[0] if weights else np.ones(len(y))
    expected = (
        constant_loss(parts.y[drawn], parts.y, counted, head)
        if activation_of(head)
        else restored_nothing(model, x)
    )
    if weights and y.shape == weights[0].shape:
        yield from counted_padding(parts.y[drawn], weights[0])
    yield from first_loss(loss, expected, head)
    yield from output_range(answers, head)
    yield from silent_units(model, graph, x)
    if np.isfinite(answers).all():
        with awake(model):
            yield from ignores_input(model, x)
            yield from mixes_samples(model, x)
            yield from padding_changes_answer(x, prepared, config)
