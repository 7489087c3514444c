"""What comes out of a window: a straight line from each target's past, and what corrects it."""

import keras
import numpy as np
from keras import layers

from config import HeadConfig, ModelConfig
from features import Encoder


def output(
    hidden: keras.KerasTensor,
    scaled: keras.KerasTensor,
    encoder: Encoder,
    bias: np.ndarray,
    config: ModelConfig,
    head: HeadConfig,
) -> keras.KerasTensor:
    """(batch, output_units). Most of a forecast is a weighted sum of the target's own past: the
    first columns of `scaled`, (batch, window, columns), have a way of their own, which `hidden`,
    (batch, any), corrects. `bias`, (output_units,), is where the answers start."""
    correction = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(hidden)
    targets = head.output_units // encoder.horizon
    line = layers.EinsumDense(  # for each target t, weights from steps w of its past to steps h
        "bwt,wht->bht",
        (encoder.horizon, targets),
        kernel_initializer="zeros",
        dtype="float32",
        name="line",
    )(scaled[:, :, :targets])
    return layers.Add(dtype="float32")([correction, layers.Flatten(dtype="float32")(line)])
