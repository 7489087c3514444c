"""What comes in: series, brought to one scale, and which of their steps are there."""

import keras
import numpy as np
from keras import layers, ops

from config import ModelConfig
from features import PAD, Encoder


def network_input(
    encoder: Encoder, x: np.ndarray, config: ModelConfig
) -> tuple[keras.KerasTensor, keras.KerasTensor, keras.KerasTensor]:
    """The input, (batch, length, channels) float32; the same on one scale, zero in the padding;
    and the mask, bool (batch, length), true for steps that are there.

    Mean and variance of each channel are those of the training series `x`, without their padding;
    they are saved inside the model.
    """
    inputs = keras.Input(shape=x.shape[1:], dtype="float32", name="series")
    there = inputs[:, :, 0] > PAD / 2
    mask = ops.logical_or(there, ops.arange(x.shape[1]) == 0)  # no series is without a step
    hidden = inputs
    if config.feature_scaling == "standardize":
        steps = x[x[:, :, 0] > PAD / 2].astype("float64")  # (all steps, channels)
        variance = np.where(steps.var(axis=0) < 1e-12, 1, steps.var(axis=0))
        mean = steps.mean(axis=0)
        hidden = layers.Normalization(mean=mean, variance=variance, dtype="float32")(hidden)
    hidden = ops.where(mask[:, :, None], hidden, 0.0)
    return inputs, layers.GaussianNoise(config.input_noise)(hidden), mask
