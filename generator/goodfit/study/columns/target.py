"""Which column is to be predicted: by its name, its place and what it holds. Unsure: ask."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goodfit.errors import GoodfitError, nearest
from goodfit.study.columns.column import Column
from goodfit.study.columns.identifiers import plain, why_left_out
from goodfit.study.columns.tasks import require_variety
from goodfit.study.evidence import Evidence, listed

# A target is called so in hundreds of public tables; of the second kind features are, too.
SURELY = (
    "target|targets|label|labels|class|y|outcome|species|diagnosis|survived|churn|sentiment|"
    "ground_truth"
)
MAYBE = (
    "price|saleprice|cost|value|count|cnt|quality|rating|score|grade|category|salary|sales|"
    "demand|charges|result|response|status|output|fraud|spam|default|medv|rings|answer|exited|"
    "death|died|attrition|admitted|approved|purchased|subscribed|cancelled|delayed|readmitted|vote"
)
HARDLY = "income"  # as often a feature
SURE, CLEAR = 5, 2  # points of the best, and ahead of the next
CLASSES = 20  # distinct values of what may be a class


@dataclass(frozen=True)
class Candidate:
    """A column that may be the target, what speaks for it, and how much."""

    column: Column
    points: int
    named: bool
    told: bool  # by more than its place, or by what else a feature may be called
    why: tuple[str, ...]


def may_be_class(column: Column) -> bool:
    """Few values, and each in several rows."""
    few = 2 <= column.distinct <= min(CLASSES, column.filled / 5)
    return few and (column.kind == "words" or (column.kind == "number" and column.whole))


def surely(name: str, names: set[str]) -> bool:
    """A target is called so; but x and y are a place."""
    return bool(re.fullmatch(SURELY, name)) and not (name == "y" and "x" in names)


def candidates(columns: list[Column], named: bool) -> list[Candidate]:
    """Every column that may be the target, the likeliest first."""
    pairs = [one for one in columns if one.distinct == 2 and may_be_class(one)]
    names = {plain(one.name) for one in columns}
    found = []
    for column in columns:
        if why_left_out(column, named):
            continue
        name, points, why = plain(column.name), 0, []
        if surely(name, names):
            points, why = 6, ["its name"]
        elif re.fullmatch(MAYBE, name) or re.search(rf"[\W_]({SURELY})$", name):
            points, why = 3, ["its name"]
        elif re.search(rf"[\W_]({MAYBE})$", name):
            points, why = 2, ["its name"]
        elif name == HARDLY:
            points, why = 1, ["its name"]
        by_name = bool(why) and named
        points, why = (points, why) if named else (0, [])
        if column.last:
            points, why = points + 3, [*why, "it stands last"]
        elif column.place == 0 and may_be_class(column):
            points, why = points + 1, [*why, "it stands first"]
        if may_be_class(column):
            points, why = points + 1, [*why, f"{column.distinct} distinct values"]
        if pairs == [column]:
            points, why = points + 2, [*why, "no other column has two values"]
        at_an_end = column.last or column.place == 0
        told = not named or surely(name, names) or (by_name and at_an_end)
        found.append(Candidate(column, points, by_name, told, tuple(why)))
    return sorted(found, key=lambda one: -one.points)


def find_target(columns: list[Column], named: bool) -> Evidence:
    """The one target, or who it may be. Raises GoodfitError where no column can be one."""
    names = {plain(one.name) for one in columns}
    for column in columns:
        if named and column.distinct < 2 and surely(plain(column.name), names):
            require_variety(column)
    ranked = candidates(columns, named)
    if not ranked:
        reasons = {why_left_out(one, named) for one in columns}
        given = f"no column can be a target: {'; '.join(sorted(reasons)[:3])}"
        raise GoodfitError(given, "a column that varies and repeats", "name the right file")
    if len(ranked) == 1 and len(columns) > 1 and not may_be_class(ranked[0].column):
        why = f"`{ranked[0].column.name}` is the only column that can be predicted"
        return Evidence("targets", [ranked[0].column.name], "unsure", why)
    best, others = ranked[0], ranked[1:]
    ahead = best.points - (others[0].points if others else 0)
    rival = any(one.named for one in others) and not best.named
    kin = kin_of(best.column, columns)
    why = f"`{best.column.name}`: {', '.join(best.why)}"
    if best.told and best.points >= SURE and ahead >= CLEAR and not rival and not kin:
        return Evidence("targets", [best.column.name], "likely", why)
    several = [one for one in ranked[:4] if one.points]
    shown = "; ".join(f"`{one.column.name}`: {', '.join(one.why)}" for one in several)
    why = f"perhaps {shown}" if several else "neither a name nor a place tells it from a feature"
    why += f"; and `{kin}` has nearly its name" if kin else ""
    for column in columns:  # a name says so, the cells do not
        if named and surely(plain(column.name), names) and why_left_out(column, named):
            why += f"; not `{column.name}`: {why_left_out(column, named)}"
    return Evidence("targets", [best.column.name] if several else None, "unsure", why)


def kin_of(column: Column, columns: list[Column]) -> str:
    """Another column whose name differs in one word, such as heating load and cooling load."""
    words = plain(column.name).split()
    for other in columns:
        theirs = plain(other.name).split()
        alike = len(words) == len(theirs) > 1 and other is not column
        if alike and words[-1] == theirs[-1] and column.kind == other.kind == "number":
            return other.name
    return ""


def targets_given(columns: list[Column], names: tuple[str, ...]) -> list[Column]:
    """The columns of these names; white space around them and capitals do not matter where only
    one column is meant. Raises GoodfitError for a name that is not there."""
    found = []
    for name in names:
        exact = [one for one in columns if one.name == name]
        alike = [one for one in columns if one.name.strip().lower() == name.strip().lower()]
        if not exact and len(alike) != 1:
            known = [one.name for one in columns]
            given, fix = f"--target {name!r} is no column", "name a column that is there"
            raise GoodfitError(given, f"one of {listed(known)}", nearest(name, known, fix))
        found += exact or alike
    return list(dict.fromkeys(found))
