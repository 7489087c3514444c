"""Which column is to be predicted: by its name, its place and what it holds. Unsure: ask."""

from __future__ import annotations

from dataclasses import dataclass

from goodfit.errors import GoodfitError, nearest
from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column
from goodfit.study.columns.identifiers import find_part, plain, why_left_out
from goodfit.study.columns.spread_class import asked_of, spread_class
from goodfit.study.columns.target_names import (
    MONEY,
    apart_from,
    is_feature,
    is_hinted,
    named_after,
    points_of,
    tells_kind,
    word_of_the_file,
    words_of,
)
from goodfit.study.columns.tasks import require_variety
from goodfit.study.evidence import Evidence, listed

SURE, CLEAR = 5, 2  # points of the best, and ahead of the next
CLASSES = 20  # distinct values of what may be a class
FEW_AMOUNTS = 5  # distinct values of what is paid or measured, at least
FEWEST = 3  # columns: of so few the first may as well be a feature
FIRST = ("it stands first",)  # all that is said of an amount that does
WIDE = 8  # columns without names, of which the first may be told to be a class


@dataclass(frozen=True)
class Candidate:
    """A column that may be the target, what speaks for it, and how much."""

    column: Column
    points: int
    name: int  # points of these by its name
    told: bool  # by more than its place, or by what else a feature may be called
    after: bool  # the file is called so
    at_end: bool
    last: bool
    why: tuple[str, ...]


def may_be_class(column: Column) -> bool:
    """Few values, and each in several rows."""
    few = 2 <= column.distinct <= min(CLASSES, column.filled / 5)
    return few and (column.kind == "words" or (column.kind == "number" and column.whole))


def may_be_group(column: Column) -> bool:
    """Words or whole numbers, too many for classes, each in several rows: whose rows they are."""
    many = CLASSES < column.distinct <= column.filled / 3
    return many and (column.kind == "words" or (column.kind == "number" and column.whole))


def candidates(
    columns: list[Column], named: bool, about: str, class_last: bool = False
) -> list[Candidate]:
    """Every column that may be the target, the likeliest first. `class_last`: in files of this kind
    the class stands last."""
    useful = [one for one in columns if not why_left_out(one, named)]
    part = find_part(useful)
    useful = [one for one in useful if not part or one is not part[0]]
    classes = [one for one in useful if may_be_class(one)]
    pairs = [one for one in classes if one.distinct == 2]
    words = [one for one in useful if one.kind == "words" and one.distinct < one.filled / 5]
    names = {words_of(one.name) for one in columns}
    apart = apart_from([one.name for one in useful]) if named else ""
    shares_a_word = word_of_the_file([one.name for one in columns], about) if named else ""
    called = {one.name for one in useful if named and points_of(one.name, names) >= 2}
    # a fish of some species is weighed: either may be learnt from the other
    weighed = any(is_hinted(one.name) and one.distinct > CLASSES for one in useful)
    # rows in time, and a flag beside them is no target
    yearly = not named and any(map(tells_years, useful))
    found = []
    for column in useful:
        few, last, first = may_be_class(column), column is useful[-1], column is useful[0]
        amount = column.kind == "number" and not few and column.distinct > FEW_AMOUNTS
        by_name = points_of(column.name, names, column.distinct == 2, amount) if named else 0
        after = named and named_after(column.name, about, few or column.kind == "words")
        after = after and not may_be_group(column)
        phrase = after and len(words_of(column.name)) > 1
        by_name = max(by_name, 4) if phrase else by_name
        declared = class_last and last and few and (column.kind == "words" or column.distinct == 2)
        by_name = max(by_name, 2) if declared else by_name
        akin = named and column.name == shares_a_word
        alone = amount and by_name == 4 and called <= {column.name}
        lonely = classes == [column] != pairs and len(useful) > FEWEST
        first_is_class = looks_like_class(useful[0])
        if column.kind == "words" and useful[0].kind == "number":
            first_is_class = False  # 1, 2, 3 are values of a feature where words stand last
        only = not named and last and few and not first_is_class
        codes = first and few and column.kind == "number" and not looks_like_class(useful[-1])
        leads = not named and codes and classes == [column] and len(useful) > WIDE
        facts = (
            (by_name, by_name, "its name"),
            (last, 3, "it stands last"),
            (first and (by_name >= 3 or few), 2 if by_name >= 3 else 1, "it stands first"),
            (after, 3, "the file is called so"),
            (
                akin and last and not after,
                2,
                "of all columns it alone has a word of the file's name",
            ),
            (alone, 1, "nothing else is called like a target"),
            (declared, 3, "files of this kind keep the class last"),
            (column.name == apart, 3, "all others are numbered"),
            (few, 1, f"{column.distinct} distinct values"),
            (pairs == [column], 2, "no other column has two values"),
            (lonely, 2, "no other column has few values"),
            (only, 2, "the first column is no class"),
            (leads, 2, "of many columns without names it alone has few values"),
            (words == [column] and not few, 2, "the only column of words"),
        )
        points = sum(worth for fact, worth, _ in facts if fact)
        points -= 3 * (named and is_feature(column.name) and by_name < SURE)
        kind_of_a_thing = tells_kind(column.name) and weighed
        told = (named or (len(useful) > 1 and not yearly)) and (
            by_name >= 4
            or (last and (by_name >= 2 or after or not named))
            or (by_name >= 3 and first and len(useful) > FEWEST and not kind_of_a_thing)
            or (by_name >= 2 and (after or (pairs == [column] and len(useful) > FEWEST)))
            or (by_name >= 1 and last and pairs == [column])
            or (akin and last)
            or phrase
            or declared
            or leads
            or column.name == apart
        )
        why = tuple(words for fact, _, words in facts if fact)
        at_end = first or last
        found.append(Candidate(column, points, by_name, bool(told), after, at_end, last, why))
    return sorted(found, key=likelihood)


def likelihood(candidate: Candidate) -> tuple[int, int, bool, int]:
    """What the candidates are put in order by: of as many points, the name counts first, then that
    the values are few."""
    classes = may_be_class(candidate.column)
    distinct = candidate.column.distinct if classes else 0
    return -candidate.points, -candidate.name, not classes, distinct


def proposal(candidate: Candidate) -> tuple[int, int, bool, bool, int]:
    """What the candidates are put in order by where they are asked about: an amount that stands
    first may be the target as well as the last one, and yes or no at the end is a feature as often
    as not. Of as many points the last column comes first."""
    classes = may_be_class(candidate.column)
    points = candidate.points + 2 * is_hinted(candidate.column.name)
    words = words_of(candidate.column.name)
    rating = candidate.name == 2 and len(words) > 1 and words[-1] not in MONEY
    points -= candidate.name == 1 or (rating and not candidate.at_end)  # as often a feature
    if "no other column has few values" in candidate.why and counts_things(candidate.column):
        points -= 2
    amount = candidate.column.kind == "number" and not classes
    if candidate.at_end and not candidate.last and amount:
        points += 2
    elif candidate.last and candidate.column.distinct == 2 and not candidate.name:
        points -= 1
    distinct = candidate.column.distinct if classes else 0
    return -points, -candidate.name, not candidate.last, not classes, distinct


def counts_things(column: Column) -> bool:
    """Three whole numbers or more: number_of_elements is no class for being alone of few values."""
    return column.kind == "number" and column.distinct > 2


def tells_years(column: Column) -> bool:
    """Whole numbers from 1600 to 2100 that never fall from row to row."""
    if column.numbers is None or not column.whole or column.distinct <= CLASSES:
        return False
    low, high = as_float(column.numbers.min()), as_float(column.numbers.max())
    steps = column.numbers.diff().drop_nulls()
    return low >= 1600 and high <= 2100 and bool((steps >= 0).all())


def looks_like_class(column: Column) -> bool:
    """Few values, or words that repeat, as letters of the alphabet do."""
    return may_be_class(column) or (column.kind == "words" and column.distinct < column.filled / 5)


def find_target(
    columns: list[Column],
    named: bool,
    about: str = "",
    in_time: bool = False,
    class_last: bool = False,
) -> Evidence:
    """The one target, or who it may be; `about` is what the file is called. Of rows `in_time` an
    amount is likelier than a class; `class_last`: in files of this kind the class stands last.
    Raises GoodfitError where no column can be one."""
    names = {words_of(one.name) for one in columns}
    sure = [one for one in columns if named and points_of(one.name, names) >= SURE]
    for column in sure:
        if column.distinct < 2:
            require_variety(column)
    ranked = candidates(columns, named, about, class_last)
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
    enough = 2 if other.at_end and best.name < SURE else SURE
    if best.last and best.after and best.name == 4 and other.name <= 2:
        return False  # fetal_health of fetal_health.csv, beside a baseline value
    amid = not best.at_end and not best.after
    if amid and best.name == 4 and best.column.kind == "number" and best.column.distinct > CLASSES:
        enough = 2  # an amount, such as a price
    if other.name > max(best.name, 1) or other.name >= enough:
        return True
    if other.told and other.at_end and other.points >= SURE > best.name:
        return True
    return other.after and best.name < (2 if best.after else 4)


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
