"""A U-Net: down to see what is there, up to see where, with a bridge between equal sizes."""

import keras
import numpy as np
from keras import layers

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


def convolution(x: keras.KerasTensor, filters: int, config: ModelConfig) -> keras.KerasTensor:
    """Convolution, normalisation, activation: (batch, H, W, any) to (batch, H, W, filters)."""
    x = layers.Conv2D(
        filters,
        config.kernel_size,
        padding="same",
        # batch normalisation has its own; without one, layer normalisation hides the scale
        use_bias=config.normalization != "batch",
        kernel_initializer=config.kernel_initializer,
    )(x)
    if config.normalization == "batch":
        x = layers.BatchNormalization(momentum=0.9)(x)
    elif config.normalization == "layer":
        x = layers.LayerNormalization()(x)
    return layers.Activation(config.activation)(x)


def build_model(
    config: ModelConfig, head: HeadConfig, encoder: Encoder, x: np.ndarray, bias: np.ndarray
) -> keras.Model:
    """Build the network. The last of `config.filters` is the bottom, where dropout is.

    `x`, the training images, (rows, H, W, C) uint8, give the scale of the pixels. `bias`,
    (output_units,), is where the output layer starts.
    Input shape: (batch, H, W, C), uint8. Output shape: (batch, H, W, output_units), each pixel's
    class probabilities, always float32.
    """
    inputs, hidden = network_input(encoder, x, config)
    bridges = []
    for filters in config.filters[:-1]:
        hidden = convolution(convolution(hidden, filters, config), filters, config)
        bridges.append(hidden)
        hidden = layers.MaxPooling2D(padding="same")(hidden)
    hidden = convolution(hidden, config.filters[-1], config)
    hidden = layers.Dropout(config.dropout)(hidden)
    hidden = convolution(hidden, config.filters[-1], config)
    for filters, bridge in zip(config.filters[-2::-1], bridges[::-1], strict=True):
        hidden = layers.UpSampling2D()(hidden)  # one row and column too many where sizes are odd
        over = hidden.shape[1] - bridge.shape[1]
        hidden = layers.Cropping2D(((0, over), (0, over)))(hidden)
        hidden = layers.Concatenate()([hidden, bridge])
        hidden = convolution(convolution(hidden, filters, config), filters, config)
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(hidden)
    return keras.Model(inputs, outputs, name="u_net")
