"""A convolutional network over steps: blocks that see ever wider, pooling over steps, the head."""

import keras
import numpy as np
from keras import layers, ops

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


def silenced(x: keras.KerasTensor, mask: keras.KerasTensor) -> keras.KerasTensor:
    """`x`, (batch, length, any), with zeros where `mask`, (batch, length), is false."""
    return x * ops.cast(mask, x.dtype)[:, :, None]


def hidden_block(
    x: keras.KerasTensor, mask: keras.KerasTensor, place: int, config: ModelConfig
) -> keras.KerasTensor:
    """Convolution, normalisation, activation, dropout: (batch, length, any) to (..., filters).

    Each block looks twice as far as the one before (dilation 1, 2, 4, ...) and keeps the length,
    so that one mask serves them all. Padding goes back to zero after each block: the next one
    reads beyond the end what it would read beyond the edge.
    """
    x = layers.Conv1D(
        config.filters[place],
        config.kernel_size,
        padding="same",
        dilation_rate=2**place,
        # batch normalisation has its own; without one, layer normalisation hides the scale
        use_bias=config.normalization != "batch",
        kernel_initializer=config.kernel_initializer,
    )(x)
    if config.normalization == "batch":
        x = layers.BatchNormalization(momentum=0.9)(x, mask=mask)  # of the true steps alone
    elif config.normalization == "layer":
        x = layers.LayerNormalization()(x)
    x = layers.Activation(config.activation)(x)
    return layers.Dropout(config.dropout)(silenced(x, mask))


def pooled(x: keras.KerasTensor, mask: keras.KerasTensor, pooling: str) -> keras.KerasTensor:
    """(batch, length, any) to (batch, any), over the true steps, of which there is at least one;
    "none" keeps them all, for an answer for each step."""
    if pooling == "none":
        return x
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

    `x` holds the training samples as the encoder gives them; `bias`, (output_units,), is where the
    output layer starts. Output shape: (batch, output_units), or (batch, length, output_units)
    where pooling is "none"; always float32.
    """
    inputs, hidden, mask = network_input(encoder, x, config)
    hidden = silenced(hidden, mask)
    for place in range(len(config.filters)):
        hidden = hidden_block(hidden, mask, place, config)
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(pooled(hidden, mask, config.pooling))
    return keras.Model(inputs, outputs, name="cnn")
