"""A dense network for forecasts: hidden layers that see all columns of a window at once."""

import keras
import numpy as np
from keras import layers

from config import HeadConfig, ModelConfig
from features import Encoder, network_input
from output import output


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

    `x` holds the training windows as the encoder gives them, the targets as their first columns;
    `bias`, (output_units,), is where the output layer starts.
    Output shape: (batch, output_units), the targets of each step side by side; always float32.
    """
    inputs, scaled, _ = network_input(encoder, x, config)
    hidden = layers.Flatten()(scaled)
    for units in config.hidden_units:
        hidden = hidden_block(hidden, units, config)
    outputs = output(hidden, scaled, encoder, bias, config, head)
    return keras.Model(inputs, outputs, name="mlp")
