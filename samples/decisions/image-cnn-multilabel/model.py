"""A convolutional network: looking closely and halving the image in turn, a mean, and the head."""

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
    """Build the network.

    `x`, the training images, (rows, H, W, C) uint8, give the scale of the pixels. `bias`,
    (output_units,), is where the output layer starts.
    Input shape: (batch, H, W, C), uint8. Output shape: (batch, output_units), always float32.
    """
    inputs, hidden = network_input(encoder, x, config)
    for filters in config.filters:
        hidden = convolution(hidden, filters, config)
        hidden = layers.MaxPooling2D(padding="same")(hidden)  # half as high and wide, rounded up
        hidden = convolution(hidden, filters, config)
    hidden = layers.GlobalAveragePooling2D()(hidden)  # (batch, filters): any size of image will do
    hidden = layers.Dropout(config.dropout)(hidden)
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(hidden)
    return keras.Model(inputs, outputs, name="cnn")
