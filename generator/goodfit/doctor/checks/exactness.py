"""When numbers are equal but for rounding, in nearly all rows: what arithmetic makes, and what is
measured never is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

FEWEST = 40  # training rows, and half as many for validation
EXACT = 0.9  # of the rows: a few may be mended, or have gaps that were filled


class Numbers(NamedTuple):
    """Columns of numbers and one target, of some training and validation rows: x (rows, columns),
    y (rows,), all float64; `names`: of the columns, in quotes."""

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    names: list[str]


def spread(y: np.ndarray) -> float:
    """How wide the bulk of `y` is, whatever its tails do; where most are one value, the others."""
    values, counts = np.unique(y, return_counts=True)
    if len(values) > 2 and counts.max() > 0.2 * len(y):
        y = y[y != values[counts.argmax()]]
    return float(min(np.ptp(np.quantile(y, [0.25, 0.75])), y.std()))


def tolerance(y: np.ndarray) -> float:
    """What counts as equal: a thousandth of the spread, or what is lost when `y` is rounded."""
    steps = np.diff(np.unique(y))
    step = float(steps.min()) if len(steps) else 0.0
    wide = spread(y)
    rounded = 0.51 * step if step < 0.1 * wide else 0.0
    return max(1e-3 * wide, rounded, 3e-7 * float(np.abs(y).max()))


def fitted(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(columns + 1,): the straight line from `z`, (rows, columns), to `y`, by the rows that follow
    one: those farthest from it are left out, twice."""
    wide = np.column_stack([z, np.ones(len(z))])
    scale = np.abs(wide).max(axis=0) + 1e-300
    keep = np.ones(len(y), bool)
    for _ in range(3):
        line = np.linalg.lstsq(wide[keep] / scale, y[keep], rcond=None)[0] / scale
        away = np.abs(y - wide @ line)
        keep = away <= np.quantile(away, 0.85)
    return np.asarray(line)


def share_exact(table: Numbers, z: np.ndarray, z_val: np.ndarray) -> float:
    """For how many validation rows a straight line from `z` is the target; 0 where it is not for as
    many training rows. Where most targets are one value, the others count."""
    line, shares = fitted(z, table.y), []
    near = tolerance(table.y)
    values, counts = np.unique(table.y, return_counts=True)
    usual = values[counts.argmax()] if counts.max() > 0.2 * len(table.y) else np.nan
    for known, y in ((z, table.y), (z_val, table.y_val)):
        judged = y != usual
        if judged.sum() < FEWEST / 2:
            return 0.0
        away = np.abs(np.column_stack([known, np.ones(len(known))]) @ line - y)
        shares.append(float((away[judged] <= near).mean()))
    return shares[1] if min(shares) >= EXACT else 0.0
