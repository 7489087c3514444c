"""Targets that are numbers: their scale, and the few that outweigh all others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


def target_scale(prepared: Prepared) -> Iterator[Finding]:
    """Numbers with a deviation above 10 or below 0.001, or a mean of 10 deviations (ours): the
    first loss, and with it every step, is then far too large or too small."""
    y = prepared.parts.y.reshape(len(prepared.parts.y), -1).astype("float64")
    mean, deviation = y.mean(axis=0), y.std(axis=0)
    wrong = (deviation > 10) | (deviation < 1e-3) | (np.abs(mean) > 10 * np.maximum(deviation, 1))
    if wrong.any():
        place = int(wrong.argmax())
        yield Finding(
            "target-scale",
            "warning",
            f"Target {place + 1} of {len(wrong)} has a mean of {mean[place]:.4g} and a deviation "
            f"of {deviation[place]:.4g} as the network sees it.",
            "Learning rate and clipping are made for a mean near 0 and a deviation near 1.",
            "set head.standardize_targets = true",
        )


def target_outliers(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """The fiftieth of the targets that is farthest off makes half of all squared errors (ours; of
    a normal distribution it makes 15 %, of an exponential one 33 %)."""
    if config.head.loss != "mean_squared_error":
        return
    y = prepared.parts.y.reshape(len(prepared.parts.y), -1).astype("float64")
    squares = np.sort((y - y.mean(axis=0)) ** 2, axis=0)
    farthest = squares[-max(1, len(y) // 50) :].sum(axis=0) / np.maximum(squares.sum(axis=0), 1e-12)
    if (share := farthest.max()) > 0.5:
        yield Finding(
            "target-outliers",
            "warning",
            f"One in fifty targets makes {share:.0%} of what the squared error measures.",
            "Training then serves these few, and the others get answers in between.",
            'set head.loss = "huber"; mend cells that are slips; predict the logarithm of prices',
        )
