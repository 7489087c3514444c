"""What comes in: the codes of each token's word, shape, beginning and end, turned into numbers."""

import keras
import numpy as np
from keras import layers, ops

from config import ModelConfig
from features import PADDING, UNKNOWN, VIEWS, Encoder


def network_input(
    encoder: Encoder, x: np.ndarray, config: ModelConfig
) -> tuple[keras.KerasTensor, keras.KerasTensor, keras.KerasTensor]:
    """The input, (batch, length, views) int32; what stands for its tokens, (batch, length, any);
    and where the tokens are, (batch, length), true or false.

    The first place counts as a token even in an empty sentence. The word gets `embedding_units`
    numbers, each other view a quarter as many. In training, a share `word_dropout` of the words is
    hidden as if it were unknown; the other views stay, and tell what they can. A share
    `embedding_dropout` of the numbers is turned off.
    """
    inputs = keras.Input(shape=x.shape[1:], dtype="int32", name="tokens")
    words = inputs[:, :, 0]
    ones = ops.ones_like(words, dtype="float32")
    mask = ops.logical_or(words != PADDING, ops.equal(ops.cumsum(ones, axis=1), 1))
    kept = layers.Dropout(config.word_dropout)(ones) > 0
    codes = [ops.where(kept, words, ops.minimum(words, UNKNOWN))]
    codes += [inputs[:, :, place] for place in range(1, len(VIEWS))]
    hidden = []
    for name, code in zip(VIEWS, codes, strict=True):
        known = len(getattr(encoder, name)) + 2
        units = config.embedding_units if name == "words" else max(1, config.embedding_units // 4)
        hidden.append(layers.Embedding(known, units, name=name)(code))
    kept_numbers = layers.Dropout(config.embedding_dropout)(layers.Concatenate()(hidden))
    return inputs, kept_numbers, mask
