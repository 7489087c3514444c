"""Nearest neighbours: how far they are, and whether the nearest ones are far nearer than chance
would have them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

NEIGHBOURS = 50  # of each sample that are looked at
COPIES = 24  # of one sample that may stand among them: more are a cluster
BEYOND = 20  # neighbours behind these, which say how dense samples lie there
CLOSER = 0.25  # how far a copy is away, at most, as a share of the next that is none
CHANCE = -12.0  # natural logarithm: one in 160,000
DIMENSIONS = 12.0  # that samples vary in, at most: more would make every gap a wonder
SIDE = 8  # pixels of a thumbnail
STEPS = 64  # numbers of a series, at most
FEW, ATOM = 20, 0.5  # distinct numbers, and the share of the commonest, that make no measurement
EXACT = 1e-4  # how far a cosine is from one where three samples lie on a line
UNLIKELY = -7.0  # natural logarithm of how likely a sample lies on some line by chance
OFF = 0.05  # how far off the line they lie in a column, at most, in medians of neighbours


class Near(NamedTuple):
    """The nearest training samples of some others, nearest first. `far`, `which`: (samples,
    neighbours), distances and places."""

    far: np.ndarray
    which: np.ndarray


def nearest(far: np.ndarray) -> Near:
    """The nearest of (samples, training samples) distances."""
    most = min(NEIGHBOURS, far.shape[1] - 1)
    which = np.argpartition(far, most, axis=1)[:, : most + 1]
    some = np.take_along_axis(far, which, axis=1)
    order = some.argsort(axis=1)
    return Near(np.take_along_axis(some, order, 1), np.take_along_axis(which, order, 1))


def gaps(near: Near) -> tuple[np.ndarray, np.ndarray]:
    """int (samples,): how many neighbours are copies, 0 where none is; and the logarithm of how
    likely chance makes such a gap behind them.

    Where samples lie evenly in D dimensions, the i-th is nearer than r times the next with the
    probability r^(i D). D is read from the neighbours beyond, which are no copies.
    """
    far = np.maximum(near.far, 1e-12)
    count, best = np.zeros(len(far), int), np.zeros(len(far))
    for copies in range(1, min(COPIES, far.shape[1] - 8) + 1):
        beyond = far[:, copies : copies + BEYOND]
        spread = np.log(beyond[:, -1:] / beyond[:, :-1]).sum(axis=1)
        dimensions = np.minimum((beyond.shape[1] - 1) / np.maximum(spread, 1e-9), DIMENSIONS)
        closer = far[:, copies - 1] / far[:, copies]
        chance = np.where(closer <= CLOSER, copies * dimensions * np.log(closer), 0.0)
        better = (chance < CHANCE) & (chance < best)
        count[better], best[better] = copies, chance[better]
    return count, best


def measured(x: np.ndarray) -> np.ndarray:
    """int (any,): the columns of `x`, (rows, columns), that hold measurements: no codes, and not
    one number in most rows."""
    places = []
    for place, column in enumerate(x.T):
        counts = np.unique(column, return_counts=True)[1]
        if len(counts) > FEW and counts.max() <= ATOM * len(column):
            places.append(place)
    return np.array(places, int)


def hardly_repeats(column: np.ndarray) -> bool:
    """Whether most numbers of a column are different, and none is common."""
    counts = np.unique(column, return_counts=True)[1]
    return len(counts) > 0.5 * len(column) and counts.max() <= max(5, 0.05 * len(column))


def evenly(x: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both (rows, columns) with the columns of `x` stretched so that its rows lie evenly in them,
    from 0 to 1: a long tail does not decide who is near. Between knots lines stay lines, and knots
    keep a distance: numbers that are nearly the same stay near."""
    pairs = []
    for column, other in zip(x.T, others.T, strict=True):
        knots, shares = [column.min()], [0.0]
        least = 0.1 * column.std()
        for share, knot in zip(SHARES, np.quantile(column, SHARES), strict=True):
            if knot - knots[-1] > least:
                knots.append(knot)
                shares.append(share)
        pairs.append([np.interp(one, knots, shares) for one in (column, other)])
    return np.stack([pair[0] for pair in pairs], 1), np.stack([pair[1] for pair in pairs], 1)


SHARES = np.linspace(0.05, 1, 20)


def thumbnails(x: np.ndarray) -> np.ndarray:
    """float32 (pictures, 8, 8): grey, without mean, all of one contrast; 0 for a plain picture. Of
    large pictures every third pixel is looked at, or every fifth, ..."""
    few = x[:, middle_ones(x.shape[1]), middle_ones(x.shape[2])]
    height, width = (side // SIDE * SIDE for side in few.shape[1:3])
    down, right = (few.shape[1] - height) // 2, (few.shape[2] - width) // 2
    cut = few[:, down : down + height, right : right + width].astype("float32").sum(axis=-1)
    blocks = cut.reshape(len(x), SIDE, height // SIDE, SIDE, width // SIDE).mean(axis=(2, 4))
    blocks = blocks - blocks.mean(axis=(1, 2), keepdims=True)
    contrast = blocks.std(axis=(1, 2), keepdims=True)
    small: np.ndarray = np.where(contrast > 1e-6, blocks / np.maximum(contrast, 1e-6), 0)
    return small


def middle_ones(side: int) -> slice:
    """About 32 of the pixels along a side, as far from one end as from the other."""
    step = max(1, side // (4 * SIDE))
    step -= step % 2 == 0  # an odd one has a middle
    return slice((side - 1) % step // 2, None, step)


def turned(small: np.ndarray) -> Iterator[np.ndarray]:
    """Thumbnails, (pictures, 8, 8), as they are, mirrored, upside down, and turned by quarters."""
    for quarters in range(4):
        once = np.rot90(small, quarters, axes=(1, 2))
        yield once
        yield once[:, :, ::-1]


def outline(x: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """float32 (series, any): the steps of all channels, a few at a time, each channel by its
    `scale`, and about its own mean: another device may have another zero."""
    flat = x.astype("float32") / np.maximum(scale, 1e-9)
    flat = flat - flat.mean(axis=1, keepdims=True)
    step = max(1, int(np.ceil(flat[0].size / STEPS)))
    length = flat.shape[1] // step * step or flat.shape[1]
    step = step if length % step == 0 else 1
    means = flat[:, :length].reshape(len(x), length // step, step, flat.shape[2]).mean(axis=2)
    small: np.ndarray = means.reshape(len(x), -1)
    return small


def apart(some: np.ndarray, train: np.ndarray) -> np.ndarray:
    """float32 (samples, training samples): distances of rows of numbers, squared."""
    squares = (some**2).sum(axis=1)[:, None] + (train**2).sum(axis=1) - 2 * some @ train.T
    far: np.ndarray = np.maximum(squares, 1e-6)
    return far


def on_a_line(x: np.ndarray, some: np.ndarray, near: Near) -> np.ndarray:
    """int (samples,): the place of a neighbour that a sample lies on a line with, and with one more
    in all columns, such as the two that SMOTE made it from; -1 where there is none, or where chance
    makes some."""
    rows, which = np.arange(len(some)), near.which[:, : NEIGHBOURS // 2]
    away = x[which] - some[:, None]
    away /= np.maximum(np.median(np.abs(away), axis=1, keepdims=True), 1e-9)
    length = np.maximum(np.linalg.norm(away, axis=2), 1e-9)
    straight = away / length[:, :, None]
    cosine = np.triu(np.abs(straight @ straight.transpose(0, 2, 1)), 1)
    cosine[np.abs(np.log(length[:, :, None] / length[:, None])) < 0.1] = 0  # two that are copies
    pairs = which.shape[1] * (which.shape[1] - 1) / 2
    dimensions = np.minimum(pairs / np.maximum((cosine**2).sum(axis=(1, 2)), 1e-9), DIMENSIONS)
    chance = np.log(pairs) + (dimensions - 1) / 2 * np.log(2 * EXACT)
    best = cosine.reshape(len(some), -1).argmax(axis=1)
    first, second = np.unravel_index(best, cosine.shape[1:])
    one, other = away[rows, first], away[rows, second]
    times = (one * other).sum(axis=1) / length[rows, second] ** 2
    straight_on = (np.abs(one - times[:, None] * other) < OFF).all(axis=1)
    exact = cosine[rows, first, second] > 1 - EXACT
    found = exact & straight_on & (chance < UNLIKELY) & (length[rows, first] > 1e-6)
    return np.where(found, which[rows, first], -1)


def agreeing(x: np.ndarray, some: np.ndarray, own: bool) -> tuple[np.ndarray, np.ndarray]:
    """The row of `x` that agrees with each of `some` in most columns, number by number, and in how
    many. `own`: they are the same rows, and none is held against itself."""
    counts = np.zeros((len(some), len(x)), "int8")
    for column, other in zip(x.T, some.T, strict=True):
        counts += other[:, None] == column
    if own:
        np.fill_diagonal(counts, 0)
    return counts.argmax(axis=1), counts.max(axis=1)
