"""Pictures of two kinds in one set: of two ranges, negatives among positives, channels swapped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..predictions import codes_of
from ..registry import Entry, check
from ..samples import at_random
from .units import farthest

PICTURES = 1_000  # that are looked at
SIDE = 48  # pixels along a side that are looked at, of large ones each second, third, ...
FEWEST = 40
LEAST_SHARE = 0.02


class Looks(NamedTuple):
    """What pictures look like, a number for each, (pictures,): the darkest and the brightest pixel,
    the mean, how far the rim is of one brightness, and which; and the mean of each channel,
    (pictures, channels). 0 to 1, or as the pixels are."""

    least: np.ndarray
    most: np.ndarray
    mean: np.ndarray
    plain_rim: np.ndarray
    rim: np.ndarray
    channels: np.ndarray


def looks_of(x: np.ndarray) -> Looks:
    """The looks of pictures (pictures, height, width, channels)."""
    x = x.astype("float32")
    grey = x.mean(axis=-1)
    edges = [grey[:, 0], grey[:, -1], grey[:, :, 0], grey[:, :, -1]]
    rim = np.concatenate(edges, axis=1)
    middle = np.median(rim, axis=1)
    wide = max(float(np.quantile(grey, 0.99) - np.quantile(grey, 0.01)), 1e-9)
    plain = (np.abs(rim - middle[:, None]) < 0.05 * wide).mean(axis=1)
    places = tuple(range(1, x.ndim - 1))
    return Looks(
        x.min(axis=(1, 2, 3)),
        x.max(axis=(1, 2, 3)),
        grey.mean(axis=(1, 2)),
        plain,
        middle,
        x.mean(axis=places),
    )


def two_ranges(looks: Looks) -> np.ndarray | None:
    """Which pictures have pixels from 0 to 1 where the others have them to 255, bool (pictures,);
    None where all are alike. A picture of one colour is none of both."""
    varied = looks.most > looks.least
    usual = float(np.median(looks.most[varied])) if varied.any() else 0.0
    low = varied & (looks.most < usual / 50) & (looks.least >= 0)
    high = varied & (looks.most > usual * 50) & (looks.least >= 0)
    few = low if low.sum() > high.sum() else high
    if few.sum() < max(3, LEAST_SHARE * len(few)):
        return None
    ratio = float(np.median(looks.most[few])) / usual
    return few if 90 < max(ratio, 1 / ratio) < 512 else None  # 255 times, of what is varied


def negatives(looks: Looks) -> np.ndarray | None:
    """Which pictures are the negatives of others, bool (pictures,): all have a plain rim, white
    here and black there, and what is within is as bright once these are turned round."""
    plain = looks.plain_rim > 0.9
    low, high = float(looks.least.min()), float(looks.most.max())
    dark = plain & (looks.rim < low + 0.1 * (high - low))
    bright = plain & (looks.rim > high - 0.1 * (high - low))
    few = dark if dark.sum() < bright.sum() else bright
    if (dark | bright).mean() < 0.9 or few.sum() < max(8, LEAST_SHARE * len(few)):
        return None
    turned, others = low + high - looks.mean[few], looks.mean[(dark | bright) & ~few]
    most = 1.63 * (1 / len(turned) + 1 / len(others)) ** 0.5
    return few if farthest(turned, others) < most else None


def swapped(looks: Looks) -> np.ndarray | None:
    """Which pictures have red where the others have blue, bool (pictures,): two heaps of the
    difference between the two, mirrored about 0, with nothing between."""
    if looks.channels.shape[1] != 3:
        return None
    tint = looks.channels[:, 0] - looks.channels[:, 2]
    few = tint > 0 if (tint > 0).sum() < (tint < 0).sum() else tint < 0
    if few.sum() < max(8, LEAST_SHARE * len(few)):
        return None
    size = np.abs(tint)
    between = (size < 0.25 * np.median(size)).mean()
    most = 1.63 * (1 / few.sum() + 1 / (~few).sum()) ** 0.5
    green = farthest(looks.channels[few, 1], looks.channels[~few, 1])
    same = farthest(size[few], size[~few]) < most and green < most
    return few if between < 0.01 and same else None


def told_by_class(case: Case, rows: np.ndarray, few: np.ndarray) -> bool:
    """Whether classes tell which pictures these are: then it is what is to be learned. In each
    class of twenty or more they are to have a third to three times the share of all."""
    if not isinstance(case.known.y, np.ndarray) or not case.contracts or not case.contract.classes:
        return False
    codes = codes_of(case.known.y[rows], case.contract)
    if codes.shape[1] != 1:
        return False
    shares = [
        few[codes[:, 0] == code].mean()
        for code in np.unique(codes)
        if (codes[:, 0] == code).sum() >= 20
    ]
    return not all(few.mean() / 3 < share < 3 * few.mean() for share in shares)


KINDS = (
    (two_ranges, "have pixels on another scale, about 255 times off,", False),
    (negatives, "are negatives: white where the others are black, and the other way round,", True),
    (swapped, "have red and blue swapped,", True),
)


@check(
    Entry(
        "mixed-pictures",
        "warning",
        "Pictures made in two ways in one set: pixels up to 1 and up to 255, negatives among "
        "positives, blue for red.",
        "What is the same thing looks different, and the network has to learn everything twice.",
        "make all in one way where they are read: divide by 255 once, turn negatives round, and "
        "read all with one library (OpenCV has blue first)",
        "2 % of the pictures; a brightest pixel 90 to 512 times off; plain rims, white and "
        "black, and means that match once they are turned round; more red or more blue by as much, "
        "and nothing between; all but the first only where no class tells them",
        "ours",
    ),
    needs=("one input",),
    sound=True,
)
def mixed_pictures(case: Case) -> Iterator[Finding]:
    x = case.known.x
    if x.ndim != 4 or x.shape[-1] not in (1, 3) or len(x) < FEWEST or x.dtype.kind not in "fiu":
        return
    rows = at_random(len(x), PICTURES)
    down, right = (max(1, side // SIDE) for side in x.shape[1:3])
    looks = looks_of(x[rows, ::down, ::right])
    if not np.isfinite(looks.mean).all():
        return
    for find, what, unless_told in KINDS:
        few = find(looks)
        if few is None or (unless_told and told_by_class(case, rows, few)):
            continue
        named = case.project.named_sample
        first = named(int(rows[few.argmax()])) if named else f"number {rows[few.argmax()] + 1}"
        yield Finding(
            "mixed-pictures",
            "warning",
            f"{few.mean():.0%} of the training images {what} such as {first}.",
        )
        return
