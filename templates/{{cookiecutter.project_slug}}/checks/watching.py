"""The samples that a network in motion is watched on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from checks.judging import activation_of
from checks.probing import NUMBERS, places
from checks.shift import IN_TIME
from task import training_arrays

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

ROWS = 2_000  # training samples to learn from, at most


class Watched(NamedTuple):
    """Samples to ask about: a batch to learn by heart, some that are learned from, and some that
    are not: `validation`. `y` is -1 where there is no target; `taught` are the targets and weights
    of the first two as training gives them."""

    x: np.ndarray
    y: np.ndarray
    taught: list[np.ndarray]
    batch: slice
    train: slice
    validation: slice


def distinct(x: np.ndarray, drawn: np.ndarray, most: int) -> np.ndarray:
    """Up to `most` of the places `drawn`, all of different samples, so that a nearest neighbour
    could learn them by heart."""
    flat = x[drawn].reshape(len(drawn), -1)
    first = np.sort(np.unique(flat, axis=0, return_index=True)[1])
    return drawn[first[:most]]


def watch(prepared: Prepared, config: Config) -> tuple[Watched, tuple[np.ndarray, ...]]:
    """What is watched, and the arrays to learn from: at most 2,000 random training samples. What
    changes in time is watched on other training samples: the later ones of the validation part may
    be further away than all that a few steps learn."""
    parts, seed = prepared.parts, config.training.seed
    drawn = np.random.default_rng(seed).permutation(len(parts.x))
    rows = drawn[: min(ROWS, len(drawn) * 4 // 5 if IN_TIME else len(drawn))]
    watched_x, watched_y = parts.x_val, parts.y_val
    if IN_TIME:
        watched_x, watched_y = (one[np.sort(drawn[len(rows) :])] for one in (parts.x, parts.y))
    arrays = tuple(one[rows] for one in training_arrays(parts.x, parts.y, config.head))
    x, y = arrays[:2]
    few = max(8, min(32, NUMBERS // 2 // x[0].size))
    if y.ndim > 2 or not activation_of(config.head):
        few = 4  # each has many answers; and no more fit any autoencoder's code
    batch = distinct(x, places(x, 4 * few, seed, 2 * NUMBERS), few)
    train = places(x, 128, seed + 1)
    validation = places(watched_x, 512, seed, 2 * NUMBERS)
    both = np.concatenate([batch, train])
    known = np.where(parts.y[rows] < 0, -1, y) if y.dtype.kind == "i" else y
    ends = [0, *np.cumsum([len(batch), len(train), len(validation)]).tolist()]
    watched = Watched(
        np.concatenate([x[both], watched_x[validation]]),
        np.concatenate([known[both], watched_y[validation]]),
        [one[both] for one in arrays[1:]],
        *(slice(start, stop) for start, stop in pairwise(ends)),
    )
    return watched, arrays
