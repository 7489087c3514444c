"""Series: channels that never change or are on a wild scale, and lengths that are mostly empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from checks.seen import at_random, first_layer_sees, out_of_scale, squeezed
from features import PAD
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


def inputs(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks of this file."""
    x = prepared.parts.x[at_random(len(prepared.parts.x))]
    there = x[:, :, 0] > PAD / 2  # (series, steps): what is not padding
    yield from constant_feature(x[there])
    yield from mostly_padding(there)
    slips = list(squeezed(x[there], [f"channel {place + 1}" for place in range(x.shape[2])]))
    fix = 'set model.feature_scaling = "standardize", and look for values that are slips'
    few = at_random(len(x), 200)
    seen = first_layer_sees(prepared.model, x[few])[there[few]]
    scaled = config.model.feature_scaling != "none"
    yield from slips or out_of_scale("feature-scale", seen, scaled, fix)


def constant_feature(steps: np.ndarray) -> Iterator[Finding]:
    """Channels of (steps, channels) that are the same everywhere (TheDeepChecker: deviation below
    1e-12)."""
    still = np.ptp(steps, axis=0) < 1e-12
    if still.any():
        named = ", ".join(str(place + 1) for place in np.flatnonzero(still)[:8])
        yield Finding(
            "constant-feature",
            "error" if still.all() else "warning",
            f"Channel {named} of {len(still)} has one value in every step of all training series.",
            "A channel that never changes tells nothing: a sensor that is off, a wrong column.",
            "check how it came about, or leave it out of the file or of data.channels",
        )


def mostly_padding(there: np.ndarray) -> Iterator[Finding]:
    """All but a hundredth of the training series leave three quarters of data.length empty (ours;
    SageMaker Debugger warns at half of all places, which is usual with a few long series)."""
    usual = int(np.quantile(there.sum(axis=1), 0.99))
    if usual < there.shape[1] / 4:
        yield Finding(
            "mostly-padding",
            "warning",
            f"99 of 100 series have at most {usual} steps; data.length is {there.shape[1]}.",
            "Every step computes the empty places too: most of the time goes into nothing.",
            f"set data.length = {max(2, usual)}",
        )
