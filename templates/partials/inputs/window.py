"""What comes in: windows of the past, brought to one scale."""

import keras
import numpy as np
from keras import layers, ops

from config import ModelConfig
from features import Encoder


def network_input(
    encoder: Encoder, x: np.ndarray, config: ModelConfig
) -> tuple[keras.KerasTensor, keras.KerasTensor, keras.KerasTensor]:
    """The input, (batch, window, columns) float32; the same on one scale; and a mask that is true
    everywhere, bool (batch, window), since no window has a gap.

    Mean and variance of each column are those of the training windows `x`; they are saved inside
    the model. "level" takes each window's last value away first.
    """
    inputs = keras.Input(shape=x.shape[1:], dtype="float32", name="window")
    hidden, known = inputs, x
    if config.feature_scaling == "level":
        hidden, known = inputs - inputs[:, -1:], x - x[:, -1:]
    if config.feature_scaling != "none":
        mean = known.mean(axis=(0, 1), dtype="float64")
        variance = known.var(axis=(0, 1), dtype="float64")
        variance = np.where(variance < 1e-12, 1, variance)
        hidden = layers.Normalization(mean=mean, variance=variance, dtype="float32")(hidden)
    mask = ops.ones_like(inputs[:, :, 0], dtype="bool")
    return inputs, layers.GaussianNoise(config.input_noise)(hidden), mask
