"""A dense network: normalised features, hidden blocks that taper, and the head."""

from typing import Literal

import keras
import numpy as np
from keras import layers
from pydantic import Field, PositiveInt

from schema import Section
from task import HeadConfig


class ModelConfig(Section):
    feature_scaling: Literal["standardize", "none"]
    hidden_units: list[PositiveInt] = Field(min_length=1)
    activation: Literal["relu", "leaky_relu", "elu", "gelu", "silu", "tanh"]
    kernel_initializer: Literal["he_normal", "he_uniform", "glorot_uniform", "lecun_normal"]
    output_initializer_scale: float = Field(gt=0, le=2)
    normalization: Literal["batch", "layer", "none"]
    dropout: float = Field(ge=0, le=0.7)
    input_noise: float = Field(ge=0, le=1)


def hidden_block(x: keras.KerasTensor, units: int, config: ModelConfig) -> keras.KerasTensor:
    """Dense, normalisation, activation, dropout: (batch, any) to (batch, units)."""
    x = layers.Dense(
        units,
        use_bias=config.normalization == "none",  # a normalisation layer brings its own offset
        kernel_initializer=config.kernel_initializer,
    )(x)
    if config.normalization == "batch":
        x = layers.BatchNormalization(momentum=0.9)(x)
    elif config.normalization == "layer":
        x = layers.LayerNormalization()(x)
    x = layers.Activation(config.activation)(x)
    return layers.Dropout(config.dropout)(x)


def build_model(
    config: ModelConfig, head: HeadConfig, mean: np.ndarray, variance: np.ndarray, bias: np.ndarray
) -> keras.Model:
    """Build the network.

    `mean` and `variance`, float32 (columns,), are those of the training rows; they are saved
    inside the model. `bias`, (output_units,), is where the output layer starts.
    Input shape: (batch, columns), float32. Output shape: (batch, output_units), always float32.
    """
    inputs = keras.Input(shape=mean.shape, dtype="float32", name="features")
    x = inputs
    if config.feature_scaling == "standardize":
        x = layers.Normalization(mean=mean, variance=variance, dtype="float32")(x)
    x = layers.GaussianNoise(config.input_noise)(x)
    for units in config.hidden_units:
        x = hidden_block(x, units, config)
    outputs = layers.Dense(
        head.output_units,
        activation=head.output_activation,
        kernel_initializer=keras.initializers.VarianceScaling(config.output_initializer_scale),
        bias_initializer=keras.initializers.Constant(bias.tolist()),
        dtype="float32",
        name="output",
    )(x)
    return keras.Model(inputs, outputs, name="mlp")
