"""Windows: parts that share steps of time, windows that know the future, columns that never change,
that jump, or are on a wild scale."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np

from checks.seen import PARTS, at_random, first_layer_sees, out_of_scale, squeezed
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


def inputs(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks of this file."""
    names = prepared.encoder.columns
    values, test = (prepared.tables[one][names].to_numpy("float64") for one in ("train", "test"))
    yield from overlapping_windows(prepared, config, values)
    yield from constant_feature(values, names)
    reach = config.data.window + config.data.horizon - 1
    yield from leaking_feature(values, names, len(config.data.targets), reach)
    slips = list(squeezed(values, names)) or list(jumps(values, test, names))
    x = prepared.parts.x[at_random(len(prepared.parts.x), 500)]
    fix = 'set model.feature_scaling = "standardize", and look for values that are slips'
    scaled = config.model.feature_scaling != "none"
    seen = first_layer_sees(prepared.model, x)
    yield from slips or out_of_scale("feature-scale", seen, scaled, fix)


def overlapping_windows(
    prepared: Prepared, config: Config, values: np.ndarray
) -> Iterator[Finding]:
    """A part that begins before the one before it has ended, or training windows that are not the
    rows before their forecasts."""
    x, why = prepared.parts.x, "What is to be forecast is then seen; no true forecast is as good."
    time, last = config.data.time_column, len(x) - 1
    for first, second in pairwise(prepared.tables):
        end, begin = prepared.tables[first][time].max(), prepared.tables[second][time].min()
        if begin <= end:
            fact = f"The {PARTS[second]} part begins {begin}, the {PARTS[first]} part ends {end}."
            fix = "cut the parts one after another, in data.py"
            yield Finding("overlapping-windows", "error", fact, why, fix)
    wanted = [values[place : place + x.shape[1]].astype("float32") for place in (0, last)]
    if not np.array_equal(x[[0, last]], wanted):
        fact = "The training windows do not end with the row before their forecast."
        fix = "mend encode() in features.py"
        yield Finding("overlapping-windows", "error", fact, why, fix)


def constant_feature(values: np.ndarray, names: list[str]) -> Iterator[Finding]:
    """Columns that are the same in every training row (TheDeepChecker: deviation below 1e-12)."""
    still = [name for name, flat in zip(names, np.ptp(values, axis=0) < 1e-12, strict=True) if flat]
    if still:
        yield Finding(
            "constant-feature",
            "error" if len(still) == len(names) else "warning",
            f"The same value stands in every training row of {', '.join(map(repr, still[:8]))}.",
            "A column that never changes tells nothing: a sensor that is off, a wrong column.",
            "check how it came about, or name the others in data.inputs",
        )


def explained(known: np.ndarray, change: np.ndarray) -> float:
    """The share of the variance of `change`, (rows,), that a straight line from `known` gives."""
    known, change = known - known.mean(axis=0), change - change.mean()
    line = np.linalg.lstsq(known, change, rcond=None)[0]
    return float(1 - ((change - known @ line) ** 2).sum() / max(1e-12, (change**2).sum()))


def leaking_feature(
    values: np.ndarray, names: list[str], targets: int, reach: int
) -> Iterator[Finding]:
    """A column whose value gives 0.9 of the change of a target up to `reach` steps later (from the
    first step that is seen to the last that is forecast), and four fifths of what the target's own
    value leaves open (ours; what is measured in time comes nowhere near). The last 10,000 rows and
    96 steps are enough to tell."""
    values = values[-10_000:]
    for column in range(targets, len(names)):
        for target, ahead in product(range(targets), range(1, min(reach, 96, len(values) - 2) + 1)):
            change = values[ahead:, target] - values[:-ahead, target]
            known = values[:-ahead, [target, column]]
            share = explained(known, change)
            if share > 0.9 and 1 - share < 0.2 * (1 - explained(known[:, :1], change)):
                yield Finding(
                    "leaking-feature",
                    "warning",
                    f"Column {names[column]!r} tells {names[target]!r} {ahead} steps ahead.",
                    "It was probably filled in later, and is not known when a forecast is due.",
                    f"leave {names[column]!r} out: see data.inputs",
                )
                break


def jumps(values: np.ndarray, test: np.ndarray, names: list[str]) -> Iterator[Finding]:
    """Columns whose middle in the test rows lies farther outside the training rows than these are
    wide (ours: trends stay nearer)."""
    low, high = values.min(axis=0), values.max(axis=0)
    middle = np.median(test, axis=0)
    far = (middle < low - (high - low)) | (middle > high + (high - low))
    for place in np.flatnonzero(far & (high > low)):
        yield Finding(
            "shifted-test",
            "warning",
            f"{names[place]!r} is {low[place]:.4g} to {high[place]:.4g} in the training rows and "
            f"{middle[place]:.4g} in the test rows.",
            "The network has never seen such values: another unit, another sensor, a break.",
            "mend the column from that time on, or leave out what came before",
        )
