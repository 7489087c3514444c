"""A convolutional network for forecasts: blocks that look back ever further, the last step, and
the head."""

import keras
import numpy as np
from keras import layers, ops

from config import HeadConfig, ModelConfig
from features import Encoder, network_input
from output import output


def hidden_block(x: keras.KerasTensor, place: int, config: ModelConfig) -> keras.KerasTensor:
    """Convolution, normalisation, activation: (batch, window, any) to (batch, window, filters).

    Each block looks back twice as far as the one before (dilation 1, 2, 4, ...), never ahead.
    """
    x = layers.Conv1D(
        config.filters[place],
        config.kernel_size,
        padding="causal",
        dilation_rate=2**place,
        # batch normalisation has its own; without one, layer normalisation hides the scale
        use_bias=config.normalization != "batch",
        kernel_initializer=config.kernel_initializer,
    )(x)
    if config.normalization == "batch":
        x = layers.BatchNormalization(momentum=0.9)(x)
    elif config.normalization == "layer":
        x = layers.LayerNormalization()(x)
    return layers.Activation(config.activation)(x)


def pooled(x: keras.KerasTensor, pooling: str) -> keras.KerasTensor:
    """(batch, window, any) to (batch, any)."""
    if pooling == "last":
        return x[:, -1]
    return ops.max(x, axis=1) if pooling == "max" else ops.mean(x, axis=1)


def build_model(
    config: ModelConfig, head: HeadConfig, encoder: Encoder, x: np.ndarray, bias: np.ndarray
) -> keras.Model:
    """Build the network.

    `x` holds the training windows as the encoder gives them, the targets as their first columns;
    `bias`, (output_units,), is where the output layer starts.
    Output shape: (batch, output_units), the targets of each step side by side; always float32.
    """
    inputs, scaled, _ = network_input(encoder, x, config)
    hidden = scaled
    for place in range(len(config.filters)):
        hidden = hidden_block(hidden, place, config)
    hidden = layers.Dropout(config.dropout)(pooled(hidden, config.pooling))
    outputs = output(hidden, scaled, encoder, bias, config, head)
    return keras.Model(inputs, outputs, name="cnn")
