"""A transformer over features: every feature is a token, and tokens look at one another.

After Gorishniy et al. 2021, Revisiting Deep Learning Models for Tabular Data, arXiv:2106.11959.
"""

import keras
import numpy as np
from keras import layers, ops

from config import HeadConfig, ModelConfig
from features import Encoder, network_input


def features_of_columns(encoder: Encoder) -> np.ndarray:
    """int (columns,): which feature each column that `encoder` gives is of. A number and the flag
    for its gaps are of one feature, and so are all columns of a category."""
    numbers = list(encoder.numeric)
    flags = [numbers.index(name) for name in encoder.flagged]
    levels = enumerate(encoder.categorical.values(), start=len(numbers))
    categories = [place for place, kept in levels for _ in kept]
    return np.array([*range(len(numbers)), *flags, *categories])


def feature_tokens(
    x: keras.KerasTensor, encoder: Encoder, config: ModelConfig
) -> keras.KerasTensor:
    """One token for each feature, and one to answer with: (batch, columns) to
    (batch, 1 + features, units).

    A token is the sum of its columns, each times a vector of its own, and of a vector of the
    feature's own.
    """
    features = features_of_columns(encoder)
    tokens = 2 + int(features.max())
    own = np.arange(tokens)[:, None] == 1 + features  # token 0, the answer, has no columns
    columns = ops.multiply(ops.expand_dims(x, 1), own.astype("float32"))
    which = ops.multiply(ops.ones_like(columns[:, :, :1]), np.eye(tokens, dtype="float32"))
    spread = layers.Concatenate()([columns, which])  # (batch, tokens, columns + tokens)
    # Each row has few columns that are not zero: what goes out has to keep the scale, not what
    # comes in.
    initializer = keras.initializers.VarianceScaling(1.0, mode="fan_out")
    return layers.Dense(config.units, use_bias=False, kernel_initializer=initializer)(spread)


def transformer_block(x: keras.KerasTensor, config: ModelConfig) -> keras.KerasTensor:
    """Attention between the tokens, then a small network for each: (batch, tokens, units) to the
    same. Both normalise what they read and add to what came in."""
    seen = layers.LayerNormalization()(x)
    attention = layers.MultiHeadAttention(
        config.heads, config.units // config.heads, dropout=config.dropout
    )
    x = layers.Add()([x, layers.Dropout(config.dropout)(attention(seen, seen))])
    hidden = layers.LayerNormalization()(x)
    hidden = layers.Dense(
        2 * config.units,
        activation=config.activation,
        kernel_initializer=config.kernel_initializer,
    )(hidden)
    hidden = layers.Dropout(config.dropout)(hidden)
    # Starts at zero: at first a block is attention alone.
    hidden = layers.Dense(config.units, kernel_initializer="zeros")(hidden)
    return layers.Add()([x, layers.Dropout(config.dropout)(hidden)])


def build_model(
    config: ModelConfig, head: HeadConfig, encoder: Encoder, x: np.ndarray, bias: np.ndarray
) -> keras.Model:
    """Build the network.

    `x`, the encoded training rows, (rows, columns), give the scale of the features. `bias`,
    (output_units,), is where the output layer starts.
    Input shape: (batch, columns), float32. Output shape: (batch, output_units), always float32.
    """
    inputs, hidden = network_input(encoder, x, config)
    hidden = feature_tokens(hidden, encoder, config)
    for _ in range(config.blocks):
        hidden = transformer_block(hidden, config)
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(layers.LayerNormalization()(hidden[:, 0]))
    return keras.Model(inputs, outputs, name="transformer")
