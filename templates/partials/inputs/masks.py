"""What comes in: pixels, brought to one scale; varied at random while training, if asked to."""

import keras
import numpy as np
from keras import layers

from config import ModelConfig
from features import Encoder


def augmented(x: keras.KerasTensor, strength: float) -> keras.KerasTensor:
    """Brighter, darker, flatter at random, only in training: (batch, H, W, C), 0 to 255.

    Nothing moves: an image that is moved would no longer lie under its mask.
    """
    x = layers.RandomBrightness(0.4 * strength, value_range=(0, 255))(x)
    return layers.RandomContrast(0.6 * strength, value_range=(0, 255))(x)


def network_input(
    encoder: Encoder, x: np.ndarray, config: ModelConfig
) -> tuple[keras.KerasTensor, keras.KerasTensor]:
    """The input, (batch, H, W, C) uint8, and the same as float32, each channel on one scale.

    Mean and variance of the channels are those of the training images `x`; they are saved inside
    the model. Without scaling pixels stay between 0 and 255.
    """
    inputs = keras.Input(shape=x.shape[1:], dtype="uint8", name="pixels")
    hidden = layers.Rescaling(1.0, dtype="float32", name="as_float")(inputs)
    if config.augmentation:
        hidden = augmented(hidden, config.augmentation)
    if config.feature_scaling == "standardize":
        mean = x.mean(axis=(0, 1, 2), dtype="float64")
        variance = x.var(axis=(0, 1, 2), dtype="float64").clip(1.0)  # one grey alone stays at zero
        hidden = layers.Normalization(mean=mean, variance=variance, dtype="float32")(hidden)
    return inputs, hidden
