"""A dense network: normalised features, hidden blocks that taper, and the head."""

import keras
import numpy as np
from keras import layers

from config import HeadConfig, ModelConfig
from features import Encoder, network_input
from pieces import with_pieces


def hidden_block(x: keras.KerasTensor, units: int, config: ModelConfig) -> keras.KerasTensor:
    """Dense, normalisation, activation, dropout: (batch, any) to (batch, units)."""
    x = layers.Dense(
        units,
        # batch normalisation has its own; without one, layer normalisation hides the scale of a
        # row: x and 2x would get one answer. At random, so that it counts from the first step
        use_bias=config.normalization != "batch",
        bias_initializer=keras.initializers.RandomNormal(stddev=0.5),
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

    `x`, the encoded training rows, (rows, columns), give the scale of the features. `bias`,
    (output_units,), is where the output layer starts.
    Input shape: (batch, columns), float32. Output shape: (batch, output_units), always float32.
    """
    inputs, hidden = network_input(encoder, x, config)
    hidden = with_pieces(inputs, hidden, encoder, x, config)
    features = hidden
    for units in config.hidden_units:
        hidden = hidden_block(hidden, units, config)
    if config.linear_path:  # what is a plain sum need not be found again by bends
        hidden = layers.Concatenate()([hidden, features])
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(hidden)
    return keras.Model(inputs, outputs, name="mlp")
