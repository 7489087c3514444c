"""A convolutional autoencoder: images go through a short code and back; the error is the answer."""

import keras
import numpy as np
from keras import layers, ops

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


def convolution(
    x: keras.KerasTensor, filters: int, config: ModelConfig, strides: int = 1
) -> keras.KerasTensor:
    """Convolution, normalisation, activation: (batch, H, W, any) to (batch, H, W, filters), or
    half as high and wide, rounded up, with `strides` of 2."""
    x = layers.Conv2D(
        filters,
        config.kernel_size,
        strides=strides,
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

    `x`, the training images, (rows, H, W, C) uint8, give the scale of the pixels. What is normal
    fits through the code, since training fitted the code to it; what is not, comes back wrong.
    Input shape: (batch, H, W, C), uint8. Output shape: (batch, 1), the mean error of the restored
    pixels on one scale, always float32.
    """
    inputs, scaled = network_input(encoder, x, config)
    hidden, sizes = scaled, [encoder.image_size]
    for filters in config.filters:
        hidden = convolution(hidden, filters, config, strides=2)
        sizes.append(hidden.shape[1])
    smallest = hidden.shape[1:]
    hidden = layers.Dropout(config.dropout)(layers.Flatten()(hidden))
    # The code is linear: an activation or a dropped unit would cost places it has too few of.
    hidden = layers.Dense(config.code_units, name="code")(hidden)
    hidden = layers.Dense(
        int(np.prod(smallest)), config.activation, kernel_initializer=config.kernel_initializer
    )(hidden)
    hidden = layers.Reshape(smallest)(hidden)
    back = [config.filters[0], *config.filters[:-1]][::-1]  # mirrored: 16, 32, 64 | 32, 16, 16
    for filters, size in zip(back, sizes[-2::-1], strict=True):
        hidden = layers.UpSampling2D()(hidden)  # one row and column too many where sizes are odd
        over = hidden.shape[1] - size
        hidden = layers.Cropping2D(((0, over), (0, over)))(hidden)
        hidden = convolution(hidden, filters, config)
    restored = layers.Dense(
        encoder.channels,
        kernel_initializer=keras.initializers.VarianceScaling(0.1),  # starts near the mean pixel
        dtype="float32",
        name="output",
    )(hidden)
    error = ops.subtract(restored, ops.cast(scaled, "float32"))
    error = ops.square(error) if head.loss == "mean_squared_error" else ops.abs(error)
    error = ops.reshape(ops.mean(error, axis=(1, 2, 3)), (-1, 1))
    return keras.Model(inputs, error, name="autoencoder")
