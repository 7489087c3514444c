"""Numbers in a column that are no numbers of that column."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from ..samples import at_random
from .columns import is_table

MOST_COLUMNS = 200


def stands_apart(column: np.ndarray) -> float | None:
    """The least or the largest value of `column`, (rows,), where a hundredth of the rows has it,
    five at least, and it lies farther off than all others are wide, of which there are twenty."""
    values, counts = np.unique(column, return_counts=True)
    if len(values) < 21:
        return None
    wide = {0: values[-1] - values[1], -1: values[-2] - values[0]}
    away = {0: values[1] - values[0], -1: values[-1] - values[-2]}
    for place in (0, -1):
        if values[place] == 0:
            continue  # nothing spent, none counted: a number after all
        if counts[place] >= max(5, 0.01 * len(column)) and away[place] > wide[place] > 0:
            return float(values[place])
    return None


@check(
    Entry(
        "sentinel-value",
        "warning",
        "One value, far from all others of a column, in many rows: a mark for a missing value.",
        "The network reads it as a number, and scaling by it squeezes all others together.",
        "df.replace(value, nan) before anything is scaled; then fill what is missing, and tell the "
        "network in a column of its own",
        "a hundredth of the rows, and farther away than all others are wide",
        "ours; goodfit study asks about the same",
    ),
    needs=("one input",),
    sound=True,
)
def sentinel_value(case: Case) -> Iterator[Finding]:
    if case.project.declared is not None or not is_table(case):
        return
    x = case.known.x[at_random(case.known.size)]
    for place in range(min(x.shape[1], MOST_COLUMNS)):
        column = x[:, place][np.isfinite(x[:, place])]
        value = stands_apart(column)
        if value is not None:
            yield Finding(
                "sentinel-value",
                "warning",
                f"{(column == value).mean():.0%} of column {case.words.column(place)} are "
                f"{value:.6g}, and nothing else comes near.",
            )
            return
