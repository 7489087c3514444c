"""A recurrent network: layers that read step by step, what they remember, and the head."""

import keras
import numpy as np
from keras import layers, ops

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


def recurrent_block(
    x: keras.KerasTensor, mask: keras.KerasTensor, units: int, steps: bool, config: ModelConfig
) -> keras.KerasTensor:
    """A recurrent layer, layer normalisation, dropout: (batch, length, any) to (..., units), or
    to the final state, (batch, units), unless all `steps` are wanted. Both ways: twice the units.

    Default activations, no recurrent dropout and padding on the right alone: what a GPU's fused
    kernels need.
    """
    kind = layers.LSTM if config.recurrent_layer == "lstm" else layers.GRU
    layer = kind(units, return_sequences=steps)
    if config.bidirectional:
        layer = layers.Bidirectional(layer)
    x = layers.LayerNormalization()(layer(x, mask=mask))
    return layers.Dropout(config.dropout)(x)


def pooled(x: keras.KerasTensor, mask: keras.KerasTensor, pooling: str) -> keras.KerasTensor:
    """(batch, length, any) to (batch, any), over the true steps, of which there is at least one;
    "none" keeps them all, for an answer for each step."""
    if pooling == "max":
        return ops.max(ops.where(mask[:, :, None], x, -1e4), axis=1)
    counted = ops.cast(mask, x.dtype)[:, :, None]
    if pooling == "mean":
        return ops.sum(x * counted, axis=1) / ops.sum(counted, axis=1)
    return x * counted


def build_model(
    config: ModelConfig, head: HeadConfig, encoder: Encoder, x: np.ndarray, bias: np.ndarray
) -> keras.Model:
    """Build the network.

    `x` holds the training samples as the encoder gives them; `bias`, (output_units,), is where the
    output layer starts. Output shape: (batch, output_units), or (batch, length, output_units)
    where pooling is "none"; always float32.
    """
    inputs, hidden, mask = network_input(encoder, x, config)
    deepest = len(config.recurrent_units) - 1
    for place, units in enumerate(config.recurrent_units):
        steps = place < deepest or config.pooling != "last"
        hidden = recurrent_block(hidden, mask, units, steps, config)
    if config.pooling != "last":  # the final states are one already
        hidden = pooled(hidden, mask, config.pooling)
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(hidden)
    return keras.Model(inputs, outputs, name=config.recurrent_layer)
