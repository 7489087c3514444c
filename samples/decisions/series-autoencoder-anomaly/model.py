"""A convolutional autoencoder: a series is squeezed into a short code and restored; the error is
the answer."""

import keras
import numpy as np
from keras import layers, ops

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


def hidden_block(
    x: keras.KerasTensor, filters: int, strides: int, config: ModelConfig
) -> keras.KerasTensor:
    """Convolution, normalisation, activation, dropout: (batch, steps, any) to
    (batch, steps / strides, filters)."""
    x = layers.Conv1D(
        filters,
        config.kernel_size,
        strides,
        padding="same",
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

    `x`, the encoded training series, (rows, length, channels), give the scale of the channels. What
    is normal fits through the code, since training fitted the code to it; what is not, comes back
    wrong. Output shape: (batch, 1), the mean error of the restored steps on one scale, without the
    padding; always float32.
    """
    inputs, scaled, mask = network_input(encoder, x, config)
    length, channels = x.shape[1:]
    short = -(-length // 2 ** len(config.filters))  # steps that are left after all halvings
    hidden = layers.ZeroPadding1D((0, short * 2 ** len(config.filters) - length))(scaled)
    for filters in config.filters:
        hidden = hidden_block(hidden, filters, 2, config)
    # The code is linear: an activation or a dropped unit would cost places it has too few of.
    hidden = layers.Dense(config.code_units, name="code")(layers.Flatten()(hidden))
    hidden = layers.Dense(short * config.filters[-1])(hidden)
    hidden = layers.Reshape((short, config.filters[-1]))(hidden)
    for filters in reversed(config.filters):
        hidden = hidden_block(layers.UpSampling1D(2)(hidden), filters, 1, config)
    restored = layers.Conv1D(
        channels,
        config.kernel_size,
        padding="same",
        kernel_initializer=keras.initializers.VarianceScaling(0.1),  # starts near the mean
        dtype="float32",
        name="output",
    )(hidden)[:, :length]
    error = ops.subtract(restored, ops.cast(scaled, "float32"))
    error = ops.square(error) if head.loss == "mean_squared_error" else ops.abs(error)
    counted = ops.cast(mask, "float32")
    total = ops.sum(ops.mean(error, axis=2) * counted, axis=1, keepdims=True)
    return keras.Model(inputs, total / ops.sum(counted, axis=1, keepdims=True), name="autoencoder")
