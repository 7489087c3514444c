"""Two units in one column: some rows in metres, others in feet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from ..samples import at_random
from .numbers import MOST_COLUMNS, Numbers, numbers_of

FACTORS = {
    2.20462: "kilograms and pounds",
    3.28084: "metres and feet",
    10.7639: "square metres and square feet",
    24.0: "days and hours",
    60.0: "hours and minutes, or minutes and seconds",
    100.0: "metres and centimetres, shares and percent, or amounts in cents",
    1_000.0: "kilo or thousands, or a decimal mark read as one of thousands",
    3_600.0: "hours and seconds",
    1_000_000.0: "millions",
}
FAHRENHEIT = "degrees Celsius and Fahrenheit"
FEWEST, LEAST_SHARE = 60, 0.02
MOST_TOLD = 3


class Split(NamedTuple):
    """Numbers in two units: which are in the smaller one, bool (count,), so that they are larger;
    the factor, as it is told; and what units may be meant."""

    larger: np.ndarray
    factor: str
    units: str


def spread(values: np.ndarray) -> float:
    """The width of the middle half."""
    low, high = np.quantile(values, (0.25, 0.75))
    return float(high - low)


def farthest(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference between the shares of two sets of numbers below any number: the
    distance of Kolmogorov and Smirnov."""
    both = np.sort(np.concatenate([one, other]))
    shares = [np.searchsorted(np.sort(part), both, "right") / len(part) for part in (one, other)]
    return float(np.abs(shares[0] - shares[1]).max())


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two sets of numbers may be drawn from the same, by where they lie and by shape."""
    most = 1.36 * (1 / len(one) + 1 / len(other)) ** 0.5  # one in twenty honest ones is farther
    widths = sorted((spread(one), spread(other)))
    return widths[0] > 0.6 * widths[1] > 0 and farthest(one, other) < most


def factor_between(small: np.ndarray, large: np.ndarray) -> float | None:
    """The factor of `FACTORS` that makes numbers `small` like `large`, all above 0; None where
    there is none, or where they are too few or too wide to tell."""
    logs = np.log(small), np.log(large)
    error = np.hypot(*(part.std() / len(part) ** 0.5 for part in logs))
    apart = float(logs[1].mean() - logs[0].mean())
    near = min(FACTORS, key=lambda factor: abs(apart - np.log(factor)))
    off = abs(apart - np.log(near))
    sure = error < (0.07 if near < 20 else 0.1) and off < max(0.02, 2 * error)
    return near if sure and alike(logs[0] + np.log(near), logs[1]) else None


def halves(values: np.ndarray) -> tuple[np.ndarray, float] | None:
    """Which of `values` lie above their widest gap, and how wide it is; None where it is not twice
    as wide as any other, the outermost hundredth left out, or where one side is nearly empty."""
    ordered = np.sort(values)
    least = max(8, int(LEAST_SHARE * len(values)))
    gaps = np.diff(ordered)
    inner = gaps[least - 1 : len(gaps) - least + 1]
    if not len(inner):
        return None
    place = int(inner.argmax()) + least - 1
    rest = np.delete(gaps, place)
    rest = rest[len(rest) // 100 : len(rest) - len(rest) // 100]
    if gaps[place] <= 2 * rest.max():
        return None
    return values > (ordered[place] + ordered[place + 1]) / 2, float(gaps[place])


def two_units(values: np.ndarray) -> Split | None:
    """Numbers that fall into two heaps of one shape, a known factor apart."""
    if len(values) < FEWEST or len(np.unique(values)) < 21:
        return None
    if (values > 0).mean() > 0.98:
        positive = values[values > 0]
        found = halves(np.log(positive))
        if found is not None and found[1] > np.log(1.2):
            factor = factor_between(positive[~found[0]], positive[found[0]])
            if factor is not None and factor > 5:
                larger = values >= positive[found[0]].min()
                return Split(larger, f"{factor:.6g} times", FACTORS[factor])
    found = halves(values)
    if found is None:
        return None
    cold, warm = values[~found[0]] * 1.8 + 32, values[found[0]]
    degrees = values[~found[0]].min() > -30 and values[~found[0]].max() < 60
    if degrees and np.abs(np.median(cold) - np.median(warm)) < 0.5 * spread(warm) + 0.3:
        return Split(found[0], "1.8 times, and 32 more,", FAHRENHEIT) if alike(cold, warm) else None
    return None


def groups_of(case: Case, rows: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """Columns of yes and no, categories among them: what each is called, and bool (rows,)."""
    if not isinstance(case.known.x, np.ndarray) or case.known.x.ndim != 2:
        return []
    x, sources = case.known.x[rows, :MOST_COLUMNS], case.project.sources or {}
    names = {place: repr(name) for name, own in sources.items() for place in own}
    high = x == x.max(axis=0)
    flags = (high | (x == x.min(axis=0))).all(axis=0)
    fair = np.minimum(high.sum(axis=0), (~high).sum(axis=0)) >= max(30, 0.05 * len(rows))
    return [
        (f"column {names.get(place) or case.words.column(place)}", high[:, place])
        for place in map(int, np.flatnonzero(flags & fair))
    ]


def unit_by_group(
    numbers: Numbers, groups: list[tuple[str, np.ndarray]]
) -> tuple[Split, str] | None:
    """Numbers whose unit another column tells: the rows of one category are a known factor larger
    than the others, with the same shape."""
    values = numbers.values
    if not (values > 0).all() or len(np.unique(values)) < 21:
        return None
    for called, group in groups:
        here, there = (float(np.median(values[one])) for one in (group, ~group))
        if max(here, there) < 0.9 * min(FACTORS) * min(here, there):
            continue
        larger = group if here > there else ~group
        factor = factor_between(values[~larger], values[larger])
        if factor is None or np.log(factor) < 1.5 * spread(np.log(values[larger])):
            continue
        return Split(larger, f"{factor:.6g} times", FACTORS[factor]), called
    return None


def other_kinds(split: Split, numbers: Numbers, columns: list[Numbers]) -> bool:
    """Whether the larger ones are other things: another column of numbers has other values there,
    and is not in two units itself."""
    for other in columns:
        if other.rows is None or other is numbers or len(np.unique(other.values)) < 21:
            continue
        if numbers.rows is None or not np.array_equal(other.rows, numbers.rows):
            continue
        parts = other.values[split.larger], other.values[~split.larger]
        apart = abs(np.median(parts[0]) - np.median(parts[1]))
        if (
            apart > 0.7 * max(spread(parts[0]), spread(parts[1]))
            and two_units(other.values) is None
        ):
            return True
    return False


@check(
    Entry(
        "two-units",
        "warning",
        "Numbers in two units in one column, target or set of series: two heaps of the same shape, "
        "a known factor apart, as metres and feet are.",
        "The network takes the same thing for two, and scaling by the mixture squeezes the smaller "
        "numbers together.",
        "find out where they come from, and bring all to one unit before they are read",
        "the factor within two standard errors, the same shape (Kolmogorov and Smirnov, 5 %), and "
        "a gap of twice any other between the heaps, or a category that tells them apart; no other "
        "column may show that they are other things",
        "ours; what it looks for are units and marks of thousands",
    ),
    needs=("one input",),
    sound=True,
)
def units(case: Case) -> Iterator[Finding]:
    columns, told = [*numbers_of(case), *levels_of(case)], 0
    groups: dict[bytes, list[tuple[str, np.ndarray]]] = {}  # by the rows that are known
    for numbers in columns:
        found: Split | None = two_units(numbers.values)
        by = ""
        if found is None and numbers.rows is not None:
            key = numbers.rows.tobytes()
            if key not in groups:
                groups[key] = groups_of(case, numbers.rows)
            found, by = unit_by_group(numbers, groups[key]) or (None, "")
        if found is None or other_kinds(found, numbers, columns) or told >= MOST_TOLD:
            continue
        told += 1
        where = f", as {by} tells," if by else ""
        yield Finding(
            "two-units",
            "warning",
            f"{found.larger.mean():.0%} of {numbers.called}{where} are {found.factor} the others, "
            f"which are spread alike: {found.units}?",
        )


def levels_of(case: Case) -> Iterator[Numbers]:
    """How large each series is, as a number of its own: its deviation, for every channel."""
    x = case.known.x
    if case.project.in_time is not None or not isinstance(x, np.ndarray):
        return
    if x.dtype.kind != "f" or x.ndim != 3:
        return
    rows, padding = at_random(len(x), 2_000), case.project.feature_padding
    some = x[rows].astype("float64")
    if padding is not None:
        some = np.where(some[:, :, :1] > padding / 2, some, np.nan)
    for place, deviations in enumerate(np.nanstd(some, axis=1).T[:MOST_COLUMNS]):
        known = np.isfinite(deviations)
        yield Numbers(f"the series in channel {place + 1}", deviations[known], "", rows[known])
