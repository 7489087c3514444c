"""Numbers in pieces: what a dense layer is given beside each number, so that it can bend."""

import keras
import numpy as np
from keras import layers, ops

from config import ModelConfig
from features import Encoder


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
