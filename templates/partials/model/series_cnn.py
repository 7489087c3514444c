"""A convolutional network: looking closely and halving the series in turn, a mean, and the head."""

import keras
import numpy as np
from keras import layers, ops

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


def silenced(x: keras.KerasTensor, mask: keras.KerasTensor) -> keras.KerasTensor:
    """`x`, (batch, steps, any), with zeros where `mask`, (batch, steps), is false."""
    return x * ops.cast(mask, x.dtype)[:, :, None]


def convolution(
    x: keras.KerasTensor, mask: keras.KerasTensor, filters: int, config: ModelConfig
) -> keras.KerasTensor:
    """Convolution, normalisation, activation: (batch, steps, any) to (batch, steps, filters).

    The padding goes back to zero after each, so that the next one reads beyond the end what it
    would read beyond the edge.
    """
    x = layers.Conv1D(
        filters,
        config.kernel_size,
        padding="same",
        # batch normalisation has its own; without one, layer normalisation hides the scale
        use_bias=config.normalization != "batch",
        kernel_initializer=config.kernel_initializer,
    )(x)
    if config.normalization == "batch":
        x = layers.BatchNormalization(momentum=0.9)(x, mask=mask)  # of the true steps alone
    elif config.normalization == "layer":
        x = layers.LayerNormalization()(x)
    return silenced(layers.Activation(config.activation)(x), mask)


def pooled(x: keras.KerasTensor, mask: keras.KerasTensor, pooling: str) -> keras.KerasTensor:
    """(batch, steps, any) to (batch, any), over the true steps, of which there is at least one."""
    if pooling == "max":
        return ops.max(ops.where(mask[:, :, None], x, -1e4), axis=1)
    counted = ops.cast(mask, x.dtype)
    if pooling == "last":
        steps = ops.cumsum(ops.cast(mask, "int32"), axis=1)
        counted = counted * ops.cast(ops.equal(steps, steps[:, -1:]), x.dtype)
    return ops.sum(x * counted[:, :, None], axis=1) / ops.sum(counted, axis=1, keepdims=True)


def build_model(
    config: ModelConfig, head: HeadConfig, encoder: Encoder, x: np.ndarray, bias: np.ndarray
) -> keras.Model:
    """Build the network.

    `x` holds the training series as the encoder gives them; `bias`, (output_units,), is where the
    output layer starts. Output shape: (batch, output_units), always float32.
    """
    inputs, hidden, mask = network_input(encoder, x, config)
    hidden = silenced(hidden, mask)
    for filters in config.filters:
        hidden = convolution(hidden, mask, filters, config)
        hidden = layers.MaxPooling1D(padding="same")(hidden)  # half as many steps, rounded up
        mask = mask[:, ::2]
        hidden = convolution(hidden, mask, filters, config)
    hidden = layers.Dropout(config.dropout)(pooled(hidden, mask, config.pooling))
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(hidden)
    return keras.Model(inputs, outputs, name="cnn")
