"""What the checks of a network share: samples drawn at random, and copies that may be changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keras
import numpy as np
import tensorflow as tf

NUMBERS = 100_000  # in all probes together, at most: 256 rows, or 32 images of 32 x 32 pixels
PROBES = 256  # training samples, at most, that the network is asked about before training
RANDOM = ("rate", "dropout", "recurrent_dropout", "stddev")  # settings of what training varies
MOMENTUM = 0.5  # of a quiet copy's statistics: at home in ten steps, where 0.99 takes hundreds


def places(x: np.ndarray, most: int, seed: int, numbers: int = NUMBERS) -> np.ndarray:
    """int (up to `most`,): random places of samples in `x`, (samples, ...); fewer of large ones, so
    that they are `numbers` in all, or eight samples."""
    wanted = min(len(x), most, max(8, numbers // max(1, x[0].size)))
    return np.sort(np.random.default_rng(seed).choice(len(x), wanted, replace=False))


def trace_for_any_number(model: keras.Model, x: np.ndarray) -> None:
    """Have `predict_on_batch` traced now, for as many samples like `x` as may come: Keras traces
    it for those of the first call, and again for those of the next."""
    model.make_predict_function()
    if not model.run_eagerly:  # as one sets it to look for a fault; then nothing is traced
        any_number = tf.TensorSpec([None, *x.shape[1:]], x.dtype)
        model.predict_function.get_concrete_function([(any_number,)])


def quiet_copy(model: keras.Model) -> keras.Model:
    """The same network with the same weights, on variables of its own, not compiled.

    It has no dropout, noise or augmentation: what it answers in training is then due to the network
    and not to chance. And its statistics follow the few steps that a check takes.
    """

    def clone(layer: keras.Operation) -> keras.Operation:
        if isinstance(layer, keras.Model):
            return keras.models.clone_model(layer, clone_function=clone)
        settings = layer.get_config()
        if type(layer).__name__.startswith("Random"):  # augmentation
            return keras.layers.Identity(name=layer.name)
        if isinstance(layer, keras.Layer):
            settings |= {name: 0.0 for name in RANDOM if name in settings}
        if isinstance(layer, keras.layers.BatchNormalization):
            settings["momentum"] = min(settings["momentum"], MOMENTUM)
        return type(layer).from_config(settings)

    compiled, model.compiled = model.compiled, False  # Keras would compile the copy, too
    try:
        copy = keras.models.clone_model(model, clone_function=clone)
    finally:
        model.compiled = compiled
    copy.set_weights(model.get_weights())
    return copy


def kernels(model: keras.Model) -> list[tuple[keras.Layer, keras.Variable]]:
    """What multiplies, in the order of the layers, each with its layer: no biases, no gains."""
    return [
        (layer, weight)
        for layer in model.layers
        for weight in layer.trainable_weights
        if "bias" not in weight.name and ("kernel" in weight.name or len(weight.shape) > 1)
    ]


def is_constant(kernel: keras.Variable) -> bool:
    """Whether all of its numbers, of which there are several, are one."""
    values = keras.ops.convert_to_numpy(kernel)
    return bool(values.size > 1 and np.ptp(values) < 1e-12)


@contextmanager
def awake(model: keras.Model) -> Iterator[None]:
    """For a while, kernels that start at one value have random ones. A branch that starts at
    nothing, as those of residual networks do, would hide whatever is wrong behind it."""
    asleep = [(kernel, kernel.numpy()) for _, kernel in kernels(model) if is_constant(kernel)]
    for kernel, _ in asleep:
        start = keras.initializers.RandomNormal(stddev=kernel.shape[0] ** -0.5, seed=0)
        kernel.assign(start(kernel.shape))
    try:
        yield
    finally:
        for kernel, value in asleep:
            kernel.assign(value)


def name_of(layer: keras.Operation) -> str:
    """A layer as people find it in model.py: its name and what it is."""
    return f"'{layer.name}' ({type(layer).__name__})"


def read_by(layer: keras.Layer) -> keras.KerasTensor:
    """What a layer reads: its first input, since a mask may come after it."""
    return keras.tree.flatten(layer.input)[0]
