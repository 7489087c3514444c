"""The columns that may be the target, and what speaks for each: its name, its place, its values,
and what the file is called."""

from __future__ import annotations

from dataclasses import dataclass

from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column
from goodfit.study.columns.identifiers import find_part, why_left_out
from goodfit.study.columns.target_names import (
    apart_from,
    is_feature,
    is_hinted,
    is_outcome,
    named_after,
    numbered,
    points_at_end,
    points_of,
    tells_kind,
    without_shared,
    word_of_the_file,
    words_of,
)
from goodfit.study.columns.target_words import MONEY

SURE = 5  # points of the best
CLASSES = 20  # distinct values of what may be a class
LETTERS = 33  # as Cyrillic has
FEW_AMOUNTS = 5  # distinct values of what is paid or measured, at least
FEWEST = 3  # columns: of so few the first may as well be a feature
MEASURED = 4  # columns of numbers or of yes and no, beside one of words
SAMPLES = 100  # rows that a table of measured kinds has, at least
WIDE = 8  # columns without names, of which the first may be told to be a class


@dataclass(frozen=True)
class Candidate:
    """A column that may be the target, what speaks for it, and how much."""

    column: Column
    points: int
    name: int  # points of these by its name
    told: bool  # by more than its place, or by what else a feature may be called
    after: bool  # the file is called so
    akin: bool  # it alone has a word of the file's name
    at_end: bool
    last: bool
    why: tuple[str, ...]


def may_be_class(column: Column) -> bool:
    """Few values, and each in several rows."""
    few = 2 <= column.distinct <= min(CLASSES, column.filled / 5)
    few = few or may_be_letter(column)
    return few and (column.kind == "words" or (column.kind == "number" and column.whole))


def may_be_letter(column: Column) -> bool:
    """Every value is a single letter of an alphabet."""
    if column.kind != "words" or not 2 <= column.distinct <= min(LETTERS, column.filled / 5):
        return False
    return bool(column.cells.drop_nulls().str.contains(r"^\p{L}$").all())


def may_be_group(column: Column) -> bool:
    """Words or whole numbers, too many for classes, each in several rows: whose rows they are."""
    many = CLASSES < column.distinct <= column.filled / 3 and not may_be_letter(column)
    return many and (column.kind == "words" or (column.kind == "number" and column.whole))


def candidates(
    columns: list[Column],
    named: bool,
    about: str,
    class_last: bool = False,
    folder: str = "",
) -> list[Candidate]:
    """Every column that may be the target, the likeliest first. `class_last`: in files of this kind
    the class stands last; `folder` is what the file's folder is called."""
    useful = [one for one in columns if not why_left_out(one, named)]
    part = find_part(useful)
    useful = [one for one in useful if not part or one is not part[0]]
    classes = [one for one in useful if may_be_class(one)]
    pairs = [one for one in classes if one.distinct == 2]
    words = [one for one in useful if one.kind == "words" and one.distinct < one.filled / 5]
    names = {words_of(one.name) for one in columns}
    apart = apart_from([one.name for one in useful]) if named else ""
    members = numbered([one.name for one in useful])
    bare = without_shared([one.name for one in columns])
    shares_a_word = word_of_the_file([one.name for one in columns], about) if named else ""
    shares_with_folder = word_of_the_file([one.name for one in columns], folder) if named else ""
    called = {one.name for one in useful if named and points_of(one.name, names) >= 2}
    # a fish of some species is weighed: either may be learnt from the other
    weighed = any(is_hinted(one.name) and one.distinct > 2 for one in useful)
    measured = [one for one in useful if one.kind == "number" or one.truth]
    # rows in time, and a flag beside them is no target
    yearly = not named and any(map(tells_years, useful))
    found = []
    for column in useful:
        few, last, first = may_be_class(column), column is useful[-1], column is useful[0]
        last = last and (named or not left_behind(column, columns))
        amount = column.kind == "number" and not few and column.distinct > FEW_AMOUNTS
        name = bare[column.name]
        by_name = points_of(name, names, column.distinct == 2, amount) if named else 0
        if column.name in members and by_name < SURE:
            by_name = min(by_name, 1)  # of campaigns 1 to 5 none is the one
        if column.kind == "number" and column.distinct > 2 and is_outcome(name):
            by_name = min(by_name, 2 if column.whole else 3)  # how often people write of death
        after = named and named_after(column.name, about, few or column.kind == "words")
        after = after and not may_be_group(column)
        phrase = after and len(words_of(column.name)) > 1
        by_name = max(by_name, 4) if phrase else by_name
        classed = few and (column.kind == "words" or column.distinct == 2)
        single = amount and column.name not in members and called <= {column.name}
        declared = class_last and last and (classed or single)
        by_name = max(by_name, 2) if declared else by_name
        if named and last:
            by_name = max(by_name, points_at_end(name, column.distinct == 2, amount))
        if named and is_feature(name) and by_name < 3 and not last:
            by_name = 0  # marital_status
        akin = named and column.name == shares_a_word
        akin_to_folder = column.name == shares_with_folder and by_name >= 2 and not akin and amount
        only_words = last and few and column.kind == "words" and not column.truth
        only_words = only_words and len(measured) == len(useful) - 1 >= MEASURED
        no_feature = not is_feature(name) or words_of(name) == ("name",)  # of what each row is
        kind_last = named and last and only_words and no_feature and called <= {column.name}
        kind_last = kind_last and column.filled >= SAMPLES
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
            (akin_to_folder, 3, "of all columns it alone has a word of the folder's name"),
            (declared, 3, "files of this kind keep the target last"),
            (kind_last, 3, "all others are numbers, or yes and no"),
            (column.name == apart, 3, "all others are numbered"),
            (few, 1, f"{column.distinct} distinct values"),
            (pairs == [column], 2, "no other column has two values"),
            (lonely, 2, "no other column has few values"),
            (only, 2, "the first column is no class"),
            (leads, 2, "of many columns without names it alone has few values"),
            (words == [column] and not few, 2, "the only column of words"),
        )
        points = sum(worth for fact, worth, _ in facts if fact)
        surrounded = kind_last or column.name == apart  # by columns that tell more than its name
        points -= 3 * (named and is_feature(name) and by_name < SURE and not surrounded)
        kind_of_a_thing = tells_kind(column.name) and weighed
        told = (named or (len(useful) > 1 and not yearly)) and (
            by_name >= 4
            or (last and (by_name >= 2 or after or not named))
            or (by_name >= 3 and first and len(useful) > FEWEST and not kind_of_a_thing)
            or (by_name >= 2 and (after or (pairs == [column] and len(useful) > FEWEST)))
            or (by_name >= 1 and last and pairs == [column])
            or (akin and last)
            or phrase
            or (first and after and (by_name >= 1 or (pairs and few and called <= {column.name})))
            or declared
            or akin_to_folder
            or kind_last
            or leads
            or column.name == apart
        )
        why = tuple(words for fact, _, words in facts if fact)
        found.append(
            Candidate(
                column=column,
                points=points,
                name=by_name,
                told=bool(told),
                after=after,
                akin=akin,
                at_end=first or last,
                last=last,
                why=why,
            )
        )
    return sorted(found, key=likelihood)


def left_behind(column: Column, columns: list[Column]) -> bool:
    """Columns that hold something stand behind it, though nothing is learnt from them."""
    return any(one.kind != "empty" for one in columns[column.place + 1 :])


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
