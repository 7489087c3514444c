"""What comes in: the codes of a text's words, each turned into numbers that training finds."""

import keras
import numpy as np
from keras import layers, ops

from config import ModelConfig
from features import PADDING, UNKNOWN, Encoder


def network_input(
    encoder: Encoder, x: np.ndarray, config: ModelConfig
) -> tuple[keras.KerasTensor, keras.KerasTensor, keras.KerasTensor]:
    """The input, (batch, length) int32; what stands for its words, (batch, length,
    embedding_units); and where the words are, (batch, length), true or false.

    The first place counts as a word even in an empty text: every mean is over something. In
    training, a share `word_dropout` of the words is hidden as if it were unknown, and a share
    `embedding_dropout` of the numbers is turned off.
    """
    inputs = keras.Input(shape=x.shape[1:], dtype="int32", name="words")
    ones = ops.ones_like(inputs, dtype="float32")
    mask = ops.logical_or(inputs != PADDING, ops.equal(ops.cumsum(ones, axis=1), 1))
    kept = layers.Dropout(config.word_dropout)(ones) > 0
    codes = ops.where(kept, inputs, ops.minimum(inputs, UNKNOWN))
    known = len(encoder.words) + 2
    hidden = layers.Embedding(known, config.embedding_units, name="embedding")(codes)
    return inputs, layers.Dropout(config.embedding_dropout)(hidden), mask
