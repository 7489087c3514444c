"""The network before training: what its layers say, and what it does with some random samples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import keras
import numpy as np
import tensorflow as tf

from checks.flow import activated, fading_gradient, gradients, no_gradient, silent_units
from checks.graph import graph_of
from checks.judging import activation_of, constant_loss
from checks.modes import modes
from checks.probing import copy_of, places, wake
from checks.replies import (
    ignores_input,
    mixes_samples,
    not_deterministic,
    output_range,
    padding_changes_answer,
)
from checks.starting import counted_padding, first_loss, initial_weights, restored_nothing
from checks.structure import structure
from device import Batches
from findings import Finding
from fitting import compile_model
from targets import training_arrays

if TYPE_CHECKING:
    from config import Config
    from preparing import Prepared


def at_rest(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks that need no training, on a copy and at most 256 random training samples."""
    head, parts = config.head, prepared.parts
    drawn = places(parts.x, 256, config.training.seed)
    x, y, *weights = (array[drawn] for array in training_arrays(parts.x, parts.y, head))
    twin = copy_of(prepared.model, quiet=False)
    batches = Batches(tf.data.Dataset.range(1), 1, 1)
    compile_model(twin, config, prepared.device, batches, config.optimizer.learning_rate)
    graph = graph_of(twin)
    updates = config.training.epochs * -(-len(parts.x) // config.training.batch_size)
    yield from structure(graph, head)
    yield from modes(graph, updates)
    output_scale = config.model.model_dump().get("output_initializer_scale")
    yield from initial_weights(twin, graph, output_scale)

    layers = activated(graph)
    watched = {layer.name: layer.output for layer in layers}
    open_model = keras.Model(twin.inputs, {"the answers": twin.outputs[0], **watched})

    def look(samples: np.ndarray) -> np.ndarray:
        """The answers, in inference mode."""
        answers: np.ndarray = open_model.predict_on_batch(samples)["the answers"]
        return answers

    seen = open_model.predict_on_batch(x)
    answers = seen["the answers"]
    loss = float(twin.compute_loss(x, y, answers, *weights))
    counted = weights[0] if weights else np.ones(len(y))
    expected = (
        constant_loss(parts.y[drawn], parts.y, counted, head)
        if activation_of(head)
        else restored_nothing(twin, x)
    )
    if weights and y.shape == weights[0].shape:
        yield from counted_padding(parts.y[drawn], weights[0])
    yield from first_loss(loss, expected, head)
    yield from output_range(answers, head)
    yield from not_deterministic(answers, look(x))
    yield from silent_units(layers, [seen[layer.name] for layer in layers])
    if np.isfinite(answers).all():
        wake(twin)
        yield from ignores_input(look, prepared.model, x)
        yield from mixes_samples(look, x)
        yield from padding_changes_answer(twin, look, x, prepared, config)
        pulled = gradients(twin, (x, y, *weights))
        yield from no_gradient(pulled)
        yield from fading_gradient(pulled)
