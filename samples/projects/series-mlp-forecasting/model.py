"""A dense network for forecasts: hidden layers that see all columns of a window at once."""

import keras
import numpy as np
from keras import layers

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


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
