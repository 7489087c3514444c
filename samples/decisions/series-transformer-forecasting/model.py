"""A transformer: steps with their positions, blocks of attention, pooling over steps, the head."""

import keras
import numpy as np
from keras import layers, ops

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


def with_positions(x: keras.KerasTensor, mask: keras.KerasTensor, units: int) -> keras.KerasTensor:
    """(batch, length, any) to (batch, length, units): a projection plus a learned position."""
    places = ops.cumsum(ops.cast(mask, "int32"), axis=1) - 1  # 0, 1, 2, ...; padding repeats one
    positions = layers.Embedding(mask.shape[1], units, name="positions")(places)
    return layers.Dense(units, name="projection")(x) + positions


def attention_block(
    x: keras.KerasTensor, mask: keras.KerasTensor, config: ModelConfig
) -> keras.KerasTensor:
    """Attention to the true steps, then two dense layers; each normalised before, added after.

    Both additions start at nothing (a gain of zero), so that a deep stack starts as a shallow one.
    Input and output shape: (batch, length, units).
    """
    heads, units = config.heads, config.units
    normal = layers.LayerNormalization()(x)
    attention = layers.MultiHeadAttention(heads, max(1, units // heads), dropout=config.dropout)
    attended = attention(normal, normal, attention_mask=mask[:, None, :])
    gain = layers.EinsumDense("blu,u->blu", (None, units), kernel_initializer="zeros")
    x = x + layers.Dropout(config.dropout)(gain(attended))
    wide = layers.Dense(4 * units, kernel_initializer=config.kernel_initializer)
    wider = layers.Activation(config.activation)(wide(layers.LayerNormalization()(x)))
    narrow = layers.Dense(units, kernel_initializer="zeros")
    return x + layers.Dropout(config.dropout)(narrow(wider))


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
    hidden = with_positions(hidden, mask, config.units)
    hidden = layers.Dropout(config.dropout)(hidden)
    for _ in range(config.blocks):
        hidden = attention_block(hidden, mask, config)
    hidden = layers.LayerNormalization()(hidden)
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(pooled(hidden, mask, config.pooling))
    return keras.Model(inputs, outputs, name="transformer")
