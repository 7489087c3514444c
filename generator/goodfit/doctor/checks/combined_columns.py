"""Numbers that are a plain sum, difference, product, ratio or share of columns beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from ..samples import at_random, slides
from .columns import columns_of, is_table, quoted, steps_of_a_series
from .exactness import FEWEST, Numbers, fitted, share_exact, spread

ROWS, FEW = 2_000, 300  # samples of a part; to choose pairs by
WIDEST = 100  # columns that sums are looked for in
PAIRED = 40  # columns whose pairs are tried
PARTS = 30  # columns that may add up to one
MOST = 3  # findings
TARGETS = 5

COMBINED = Entry(
    "combined-leak",
    "warning",
    "Columns that together tell the target: their sum, difference, product or ratio is that "
    "number, or two of them settle the class, which all others together do not.",
    "Parts of an answer are often written down with it; then new rows will not have them, and all "
    "scores are too good.",
    "leave them out, unless they are known before the answer",
    "nine in ten training and validation rows exactly, to a thousandth of the spread or the last "
    "digit; of classes, 0.985 of what there is to get, and by all other columns 0.1 to 0.9",
    "ours: what is measured is never that exact",
)


class Found(NamedTuple):
    """Columns, by their places, what they are combined to, and for how many validation rows that is
    the target."""

    places: tuple[int, ...]
    formula: str
    share: float


def alone(table: Numbers, place: int) -> float:
    """How much of the target a straight line from one column gives."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(np.nan_to_num(np.corrcoef(table.x[:, place], table.y)[0, 1]) ** 2)


def strongest(table: Numbers, most: int) -> list[int]:
    """At most so many columns, those that correlate most with the target."""
    strength = [alone(table, place) for place in range(len(table.names))]
    return sorted(range(len(strength)), key=lambda place: -strength[place])[:most]


def sums(table: Numbers) -> Iterator[Found]:
    """The fewest columns whose sum or difference is the target; two may also be weighed."""
    chosen = strongest(table, min(WIDEST, len(table.y) // 3))
    x, x_val = table.x[:, chosen], table.x_val[:, chosen]
    weights = np.abs(fitted(x, table.y)[:-1]) * x.std(axis=0)
    if not share_exact(table, x, x_val):
        return
    order = np.argsort(-weights)
    for count in range(2, min(PARTS, len(chosen)) + 1):
        first = order[:count]
        share = share_exact(table, x[:, first], x_val[:, first])
        if share:
            line = fitted(x[:, first], table.y)[:-1]
            equal = np.ptp(np.abs(line)) < 0.02 * np.abs(line).max()
            if equal or count == 2:
                places = tuple(sorted(chosen[place] for place in first))
                same = (np.sign(line) == np.sign(line[0])).all()
                formula = "sum" if equal and same else "difference" if count == 2 else "balance"
                yield Found(places, formula if equal else "weighed sum", share)
            return


def combined(a: np.ndarray, b: np.ndarray) -> dict[str, np.ndarray]:
    """What two columns make, each in the shape of both; infinite numbers are 0."""
    with np.errstate(all="ignore"):
        made = {"product": a * b, "ratio": a / b, "ratio turned": b / a, "share": a / (a + b)}
        made["share turned"] = b / (a + b)
    return {name: np.nan_to_num(one, posinf=0, neginf=0) for name, one in made.items()}


def likely(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Which of `z`, (rows, pairs), nearly follow `y`, (rows,): on a line, or by one factor in most
    of the rows."""
    y = y[:, None]
    centred, away = z - z.mean(axis=0), y - y.mean()
    with np.errstate(all="ignore"):
        steep = (centred * away).sum(axis=0) ** 2
        steep = steep / ((centred**2).sum(axis=0) * (away**2).sum())
        factors = (z / y)[(y != 0).ravel()]
        low, middle, high = np.quantile(factors, [0.25, 0.5, 0.75], axis=0)
    return np.asarray((np.nan_to_num(steep) > 0.98) | (high - low < 0.02 * np.abs(middle)))


def pairs(table: Numbers) -> Iterator[Found]:
    """Two columns whose product, ratio or share is the target, but for the unit."""
    chosen = strongest(table, PAIRED)
    both = np.array([*combinations(sorted(chosen), 2)])
    if not len(both):
        return
    few = at_random(len(table.y), FEW)
    x, y = table.x[few], table.y[few]
    for name, z in combined(x[:, both[:, 0]], x[:, both[:, 1]]).items():
        for first, second in both[likely(z, y)]:
            known, asked = (
                combined(part[:, first], part[:, second])[name] for part in (table.x, table.x_val)
            )
            share = share_exact(table, known[:, None], asked[:, None])
            if share and known.std() > 0:
                places = (second, first) if "turned" in name else (first, second)
                formula = name.removesuffix(" turned")
                yield Found((int(places[0]), int(places[1])), formula, share)


SAID = {
    "sum": "the sum of {}",
    "difference": "the difference of {}",
    "balance": "the sum and difference of {}",
    "weighed sum": "a weighed sum of {}",
    "product": "the product of {}",
    "ratio": "the ratio of {}",
    "share": "the share of the first in the sum of {}",
}


def listed(names: list[str]) -> str:
    """ "a", "b" and "c"; of many the first and last, and how many there are."""
    if len(names) > 8:
        return f"{', '.join(names[:6])}, ... and {names[-1]} ({len(names)} columns)"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def tables_of(case: Case) -> Iterator[tuple[str, Numbers]]:
    """Each target, by its name, with all columns of numbers."""
    if case.validation is None or not is_table(case) or case.contract.answer != "numbers":
        return
    sources = {name: own[0] for name, own in columns_of(case).items() if len(own) == 1}
    parts = [case.known, case.project.known_y_val or case.validation]
    if parts[0].y.ndim > 2 or len(sources) > 1_000:
        return
    if case.project.declared is None and (parts[0].y.shape == parts[0].x.shape or in_steps(case)):
        return  # restored, or gone on with
    arrays = []
    for part in parts:
        some = part.take(at_random(part.size, ROWS))
        arrays += [some.x[:, [*sources.values()]].astype("float64")]
        arrays += [some.y.reshape(len(some.y), -1).astype("float64")]
    x, y, x_val, y_val = arrays
    moving = np.ptp(x, axis=0) > 0
    names = [quoted(case, name) for name, moves in zip(sources, moving, strict=True) if moves]
    if len(x) < FEWEST or len(x_val) < FEWEST / 2 or not all(np.isfinite(a).all() for a in arrays):
        return
    called = case.project.target_names or tuple(f"target {one + 1}" for one in range(y.shape[1]))
    for target, ours, theirs in zip(called[:TARGETS], y.T, y_val.T, strict=False):
        if spread(ours) > 0:
            yield target, Numbers(x[:, moving], ours, x_val[:, moving], theirs, names)


def in_steps(case: Case) -> bool:
    """Whether rows are windows of a series: of a wave the next step is a sum of the last two."""
    return slides(case.train.x) or steps_of_a_series(case.train.x)


def others_tell(table: Numbers, places: tuple[int, ...]) -> bool:
    """Whether the columns that are left tell something of the target, too."""
    left = [place for place in range(len(table.names)) if place not in places]
    if not left or len(table.y) < 3 * len(left):
        return False
    line = np.linalg.lstsq(
        np.column_stack([table.x[:, left], np.ones(len(table.x))]), table.y, rcond=None
    )[0]
    said = np.column_stack([table.x_val[:, left], np.ones(len(table.x_val))]) @ line
    return bool(np.corrcoef(said, table.y_val)[0, 1] > 0.2)


def fix_of(case: Case, names: list[str]) -> str:
    """What to do with these columns, all of them by name, in a project or in a script."""
    known = "unless they are known before the answer"
    if case.project.declared is not None:
        return f"add {', '.join(names[:-1])} and {names[-1]} to data.ignore, {known}"
    return f"leave columns {', '.join(names[:-1])} and {names[-1]} out, {known}"


@check(COMBINED, needs=("one input", "one output", "targets", "validation"), sound=True)
def combined_numbers(case: Case) -> Iterator[Finding]:
    """Columns whose sum, difference, product, ratio or share is the target. Of all columns there
    are nothing is said, since something must be learned from; in a script the others must tell
    something, too: who tries a network on made-up numbers draws them at random."""
    count = 0
    for target, table in tables_of(case):
        told: set[int] = set()
        for places, formula, share in (*sums(table), *pairs(table)):
            apart = {*places}.isdisjoint(told) and len(places) < len(table.names)
            single = max(alone(table, place) for place in places) > 0.995
            drawn = case.project.declared is None and not others_tell(table, places)
            if not apart or single or drawn or count == MOST:
                continue
            told, count = told | {*places}, count + 1
            names = [table.names[place] for place in places]
            what = f"{target!r}" if case.project.declared is not None else "the target"
            yield Finding(
                "combined-leak",
                "warning",
                f"{what[0].upper()}{what[1:]} is {SAID[formula].format(listed(names))} in "
                f"{share:.0%} of the validation rows.",
                fix=fix_of(case, names),
            )
