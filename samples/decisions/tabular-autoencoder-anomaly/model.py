"""A dense autoencoder: rows go through a short code and back; the error is the answer."""

import keras
import numpy as np
from keras import layers, ops

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


def hidden_block(x: keras.KerasTensor, units: int, config: ModelConfig) -> keras.KerasTensor:
    """Dense, normalisation, activation, dropout: (batch, any) to (batch, units)."""
    x = layers.Dense(
        units,
        # batch normalisation has its own; without one, layer normalisation hides the scale
        use_bias=config.normalization != "batch",
        kernel_initializer=config.kernel_initializer,
    )(x)
    if config.normalization == "batch":
        x = layers.BatchNormalization(momentum=0.9)(x)
    elif config.normalization == "layer":
        x = layers.LayerNormalization()(x)
    x = layers.Activation(config.activation)(x)
    return layers.Dropout(config.dropout)(x)


def build_model(
    config: ModelConfig, head: HeadConfig, encoder: Encoder, x: np.ndarray, bias: np.ndarray
) -> keras.Model:
    """Build the network.

    `x`, the encoded training rows, (rows, columns), give the scale of the features. What is normal
    fits through the code, since training fitted the code to it; what is not, comes back wrong.
    Input shape: (batch, columns), float32. Output shape: (batch, 1), the mean error of the restored
    columns on one scale, always float32.
    """
    inputs, scaled = network_input(encoder, x, config)
    hidden = scaled
    for units in config.hidden_units:
        hidden = hidden_block(hidden, units, config)
    # The code is linear: an activation or a dropped unit would cost places it has too few of.
    hidden = layers.Dense(config.code_units, name="code")(hidden)
    for units in reversed(config.hidden_units):
        hidden = hidden_block(hidden, units, config)
    restored = layers.Dense(
        x.shape[1],
        kernel_initializer=keras.initializers.VarianceScaling(0.1),  # starts near the mean row
        dtype="float32",
        name="output",
    )(hidden)
    error = ops.subtract(restored, ops.cast(scaled, "float32"))
    error = ops.square(error) if head.loss == "mean_squared_error" else ops.abs(error)
    return keras.Model(inputs, ops.mean(error, axis=1, keepdims=True), name="autoencoder")
