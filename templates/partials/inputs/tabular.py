"""What comes in: a row of numbers, brought to one scale."""

import keras
import numpy as np
from keras import layers

from config import ModelConfig
from features import Encoder


def network_input(
    encoder: Encoder, x: np.ndarray, config: ModelConfig
) -> tuple[keras.KerasTensor, keras.KerasTensor]:
    """The input, (batch, columns) float32, and the same on one scale.

    Mean and variance are those of the training rows `x`; they are saved inside the model.
    """
    inputs = keras.Input(shape=x.shape[1:], dtype="float32", name="features")
    hidden = inputs
    if config.feature_scaling == "standardize":
        mean, variance = encoder.statistics(x)
        hidden = layers.Normalization(mean=mean, variance=variance, dtype="float32")(hidden)
    return inputs, layers.GaussianNoise(config.input_noise)(hidden)
