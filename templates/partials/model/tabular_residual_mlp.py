"""A dense network of residual blocks: each adds its correction to what came in."""

import keras
import numpy as np
from keras import layers

from config import HeadConfig, ModelConfig
from features import Encoder, network_input
from pieces import with_pieces


def normalized(x: keras.KerasTensor, config: ModelConfig) -> keras.KerasTensor:
    """The same shape, (batch, units), in one scale."""
    if config.normalization == "batch":
        return layers.BatchNormalization(momentum=0.9)(x)
    return layers.LayerNormalization()(x) if config.normalization == "layer" else x


def residual_block(x: keras.KerasTensor, config: ModelConfig) -> keras.KerasTensor:
    """Add a correction of two layers: (batch, units) to (batch, units).

    The second layer starts at zero, so every block starts as the identity, and a deep stack begins
    to learn as easily as a shallow one.
    """
    hidden = layers.Dense(config.units, kernel_initializer=config.kernel_initializer)(
        normalized(x, config)
    )
    hidden = layers.Dropout(config.dropout)(layers.Activation(config.activation)(hidden))
    hidden = layers.Dense(config.units, kernel_initializer="zeros")(hidden)
    return layers.Add()([x, layers.Dropout(config.dropout)(hidden)])


def build_model(
    config: ModelConfig, head: HeadConfig, encoder: Encoder, x: np.ndarray, bias: np.ndarray
) -> keras.Model:
    """Build the network.

    `x`, the encoded training rows, (rows, columns), give the scale of the features. `bias`,
    (output_units,), is where the output layer starts.
    Input shape: (batch, columns), float32. Output shape: (batch, output_units), always float32.
    """
    inputs, hidden = network_input(encoder, x, config)
    hidden = with_pieces(inputs, hidden, encoder, x, config)
    hidden = layers.Dense(config.units)(hidden)  # no activation: it opens the residual stream
    for _ in range(config.blocks):
        hidden = residual_block(hidden, config)
    hidden = layers.Activation(config.activation)(normalized(hidden, config))
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(hidden)
    return keras.Model(inputs, outputs, name="residual_mlp")
