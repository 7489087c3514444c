"""A dense network: normalised features, hidden blocks that taper, and the head."""

import keras
import numpy as np
from keras import layers, ops

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


def with_pieces(
    inputs: keras.KerasTensor,
    scaled: keras.KerasTensor,
    encoder: Encoder,
    x: np.ndarray,
    config: ModelConfig,
) -> keras.KerasTensor:
    """`scaled`, and each number in pieces beside it: (batch, columns) to (batch, columns + pieces).

    Quantiles of the training rows `x` cut the range of a number; each piece is 0 below, 1 above,
    and grows from 0 to 1 within, so that a step or a bend anywhere is one weight away. After
    Gorishniy et al. 2022, On Embeddings for Numerical Features in Tabular Deep Learning,
    arXiv:2203.05556 (piecewise linear encoding).
    """
    shares = np.linspace(0, 1, config.pieces + 1)
    numbers = np.quantile(x[:, : len(encoder.numeric)].astype("float64"), shares, axis=0).T
    edges = [np.unique(column.astype("float32")) for column in numbers]
    cut = {place: own for place, own in enumerate(edges) if len(own) > 2}
    if not cut:  # two values, or none, are what they are
        return scaled
    low = np.concatenate([own[:-1] for own in cut.values()])
    high = np.concatenate([own[1:] for own in cut.values()])
    places = np.repeat([*cut], [len(own) - 1 for own in cut.values()])
    within = (ops.take(inputs, places, axis=1) - low) / (high - low)
    return layers.Concatenate()([scaled, ops.clip(within, 0, 1)])


def hidden_block(x: keras.KerasTensor, units: int, config: ModelConfig) -> keras.KerasTensor:
    """Dense, normalisation, activation, dropout: (batch, any) to (batch, units)."""
    x = layers.Dense(
        units,
        # batch normalisation has its own; without one, layer normalisation hides the scale of a
        # row: x and 2x would get one answer. At random, so that it counts from the first step
        use_bias=config.normalization != "batch",
        bias_initializer=keras.initializers.RandomNormal(stddev=0.5),
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

    `x`, the encoded training rows, (rows, columns), give the scale of the features. `bias`,
    (output_units,), is where the output layer starts.
    Input shape: (batch, columns), float32. Output shape: (batch, output_units), always float32.
    """
    inputs, hidden = network_input(encoder, x, config)
    hidden = with_pieces(inputs, hidden, encoder, x, config)
    features = hidden
    for units in config.hidden_units:
        hidden = hidden_block(hidden, units, config)
    if config.linear_path:  # what is a plain sum need not be found again by bends
        hidden = layers.Concatenate()([hidden, features])
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(hidden)
    return keras.Model(inputs, outputs, name="mlp")
