"""Which column is to be predicted: by its name, its place and what it holds. Unsure: ask."""

from __future__ import annotations

from goodfit.errors import GoodfitError, nearest
from goodfit.study.columns.candidates import (
    CLASSES,
    SURE,
    Candidate,
    candidates,
    may_be_class,
    proposal,
)
from goodfit.study.columns.column import Column
from goodfit.study.columns.identifiers import plain, why_left_out
from goodfit.study.columns.spread_class import asked_of, spread_class
from goodfit.study.columns.target_names import is_sold_for, points_of, without_unit, words_of
from goodfit.study.columns.tasks import require_variety
from goodfit.study.evidence import Evidence, listed

CLEAR = 2  # points ahead of the next
FIRST = ("it stands first",)  # all that is said of an amount that does


def find_target(
    columns: list[Column],
    named: bool,
    about: str = "",
    in_time: bool = False,
    class_last: bool = False,
    folder: str = "",
) -> Evidence:
    """The one target, or who it may be; `about` is what the file is called, `folder` what its
    folder is. Of rows `in_time` an amount is likelier than a class; `class_last`: in files of this
    kind the class stands last. Raises GoodfitError where no column can be one."""
    names = {words_of(one.name) for one in columns}
    sure = [one for one in columns if named and points_of(one.name, names) >= SURE]
    for column in sure:
        if column.distinct < 2:
            require_variety(column)
    ranked = candidates(columns, named, about, class_last, folder)
    if not ranked:
        reasons = {why_left_out(one, named) for one in columns}
        given = f"no column can be a target: {'; '.join(sorted(reasons)[:3])}"
        raise GoodfitError(given, "a column that varies and repeats", "name the right file")
    if len(ranked) == 1 and len(columns) > 1 and not may_be_class(ranked[0].column):
        why = f"`{ranked[0].column.name}` is the only column that can be predicted"
        return Evidence("targets", [ranked[0].column.name], "unsure", why)
    strong = [one for one in ranked if one.told and one.name >= 4]
    named_best = strong[0] if len(strong) == 1 and not ranked[0].told else None
    ranked.sort(key=lambda one: one is not named_best)  # a name says more than a place
    best, others = ranked[0], ranked[1:]
    ahead = best.points - (others[0].points if others else 0)
    clear = CLEAR
    if best.name >= 4 and others and not (others[0].name or others[0].after):
        clear = 1 if others[0].told else -CLEAR
    rival = any(rivals(best, one) for one in others)
    kin = kin_of(best.column, columns)
    why = f"`{best.column.name}`: {', '.join(best.why)}"
    block = spread_class(columns)
    if block and (best.column in block or not best.told):
        return asked_of(block)
    if best.told and best.points >= SURE and ahead >= clear and not rival and not kin:
        return Evidence("targets", [best.column.name], "likely", why)
    ranked.sort(key=lambda one: (one is not named_best, proposal(one)))
    if in_time and best.name < 3:
        ranked.sort(key=lambda one: may_be_class(one.column))
    best = ranked[0]
    several = [one for one in ranked[:4] if proposal(one)[0] < 0]
    shown = "; ".join(
        f"`{one.column.name}`: {', '.join(one.why or FIRST)} ({one.column.examples})"
        for one in several
    )
    why = f"perhaps {shown}" if several else "neither a name nor a place tells it from a feature"
    why += f"; and `{kin}` has nearly its name" if kin else ""
    for column in sure:  # a name says so, the cells do not
        if why_left_out(column, named):
            why += f"; not `{column.name}`: {why_left_out(column, named)}"
    return Evidence("targets", [best.column.name], "unsure", why)


def rivals(best: Candidate, other: Candidate) -> bool:
    """Another column is called like a target as much as the best one, or more."""
    enough = 2 if other.last and best.name < SURE else SURE
    if other.at_end and not other.last and best.name < SURE:  # a count that stands first
        enough = 3 if best.last and best.name == 3 else 2
    if best.last and (best.after or best.akin) and best.name >= 3 and other.name <= 2:
        return False  # fetal_health of fetal_health.csv, beside a baseline value
    if is_sold_for(best.column.name) and other.name <= 2:
        return False  # beside the price that it had when it was new
    amid = not best.at_end and not best.after
    if amid and best.name == 4 and best.column.kind == "number" and best.column.distinct > CLASSES:
        enough = 2  # an amount, such as a price
    if other.name > max(best.name, 1) or other.name >= enough:
        return True
    if other.told and other.at_end and other.points >= SURE > best.name:
        return True
    return other.after and best.name < (2 if best.after else 4)


def kin_of(column: Column, columns: list[Column]) -> str:
    """Another column whose name differs in one word, such as heating load and cooling load, or in
    what stands in brackets, such as a year."""
    words = plain(column.name).split()
    for other in columns:
        if other is not column and without_unit(other.name) == without_unit(column.name):
            return other.name
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
