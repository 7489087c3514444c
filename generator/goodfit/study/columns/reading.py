"""How the columns of a table are read: as numbers, times, words or texts, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.amounts import THOUSANDS, all_match, without_signs
from goodfit.study.columns.column import ALWAYS, LONG_TEXT, NO_VALUE, Column, Kind, is_number
from goodfit.study.columns.compact_dates import compact_date
from goodfit.study.columns.dates import times_of
from goodfit.study.columns.numbers import bare_columns, numeric
from goodfit.study.columns.units import PADDED, units_in

if TYPE_CHECKING:
    import polars as pl

AMONG_NUMBERS = {"-", "--", ".", "..", "*", "None", "none", "NONE", "na", "nil", "ND", "n.a."}
AMONG_NUMBERS |= {*ALWAYS, "null", "Missing", "missing", "unknown", "Unknown"}
LIKE_NUMBER = rf"^\D{{0,4}}\d[-+\deE{''.join(THOUSANDS)}]*\D{{0,3}}$"
A_CODE = r"^[A-Za-z]{1,3}-?\d{3,}[A-Za-z]?$"
SHORT_CODE = r"^(?:[A-Za-z]{1,3}[-_]?\d+|\d+[-_]?[A-Za-z]{1,3})$"
BEGINS_NUMBER = r"^\D{0,4}\d|^\W*$"
LONG, FEW_OF_LONG = 100_000, 1_000  # rows of a long column; different words in it
MOST_ODD = 50  # cells to be named
FEW_WORDS, MANY = 3, 20  # distinct words among so many numbers: Undetermined
SPELLED = r"\S*[^\W\d_]{2,}\S*"  # a word of letters: 030 12 34 56 has none


def read_columns(frame: pl.DataFrame, given: Mapping[str, Any]) -> list[Column]:
    """The columns of a frame, with the marks of missing values that the user may have named."""
    usual = tuple(given.get("missing", NO_VALUE))
    decimal = str(given.get("decimal", ""))
    from goodfit.reader.cells import joined

    join, marks = bool(given.get("join_spellings")), tuple(given.get("no_value", ()))
    signs = tuple(given.get("number_signs", ()))
    bare = bare_columns(frame, [*filter(is_number, usual)]) if decimal != "," else {}
    read = []
    for place, cells in enumerate(frame.iter_columns()):
        if place in bare and not is_marked(cells.name, marks):
            read.append(compact_date(bare[place]) or bare[place])
        else:
            words = joined(cells) if join else cells
            read.append(read_column(cells.name, place, words, usual, decimal, marks, signs))
    parted = {one.place for one in read if points_part(one)}
    commas, said = any(one.comma for one in read), any("." in one.signs for one in read)
    # 1,234 is a fraction where 0,5 is one; 55.122 is thousands there, and beside 678 or 1.055.122
    if not decimal and (commas or said or few_points(read, parted)):
        for one in read:
            if one.place in parted or (one.either and commas):
                cells = frame[one.name]
                anew = read_column(one.name, one.place, cells, usual, ",", marks, signs)
                read[one.place] = replace(anew, either=not (commas or said))
    last = max((one.place for one in read if one.kind != "empty"), default=0)
    read[last] = replace(read[last], last=True)
    return read


def points_part(column: Column) -> bool:
    """Whether points may stand between the thousands of a column: 678, 55.122."""
    import polars as pl

    from goodfit.reader.cells import PARTED

    if column.kind != "number" or column.cells.dtype != pl.String or column.whole:
        return False
    few = [one for one in column.cells.head(20).to_list() if one is not None]
    if not all(re.match(PARTED, one) for one in few):
        return False  # soon seen, where there are thousands of columns
    return bool(column.cells.drop_nulls().str.contains(PARTED).all())


def few_points(columns: list[Column], parted: set[int]) -> bool:
    """Points may stand between thousands: in a column of the places `parted` some numbers have none
    and all others three digits behind it, and in no other column there are fractions."""
    import polars as pl

    found = False
    for one in columns if parted else ():
        if one.kind != "number" or one.cells.dtype != pl.String:
            continue
        points = one.cells.drop_nulls().str.contains(".", literal=True)
        if one.place not in parted and points.any():
            return False
        found |= one.place in parted and points.sum() > 9 and not points.all()
    return found


def read_column(
    name: str,
    place: int,
    cells: pl.Series,
    usual: tuple[str, ...] = NO_VALUE,
    decimal: str = "",
    no_value: tuple[str, ...] = (),
    signs: tuple[str, ...] = (),
) -> Column:
    """The column as it will be read; the marks in `usual` mean "no value" everywhere, the numbers
    in `no_value` ("age=-1") in one column. `decimal` is the mark in fractions, "" where nobody has
    said it; `signs` stand in numbers."""
    found = read_cells(name, place, cells, usual, decimal, signs)
    if day := compact_date(found):
        return day
    if found.numbers is None or not is_marked(name, no_value):
        return found
    from goodfit.reader.cells import without

    numbers = without(found.numbers.alias(name), no_value).alias("cells")
    written = {"signs": found.signs, "comma": found.comma, "either": found.either}
    cells = found.cells.set(numbers.is_null(), None)
    return numeric(name, place, cells, numbers, marks=found.marks, odd=found.odd, **written)


def read_cells(
    name: str,
    place: int,
    cells: pl.Series,
    usual: tuple[str, ...],
    decimal: str,
    signs: tuple[str, ...],
) -> Column:
    """The column, but for numbers that mean no value."""
    import polars as pl

    from goodfit.reader.cells import CODE, PARTED, blanked, cast, plain

    cells = cells.alias("cells")  # Polars reads a name such as "^y$" as more than a name
    rows = len(cells)
    if cells.dtype.is_numeric():
        numbers = cells.cast(pl.Float64).fill_nan(None)
        return numeric(name, place, numbers, numbers)
    if cells.dtype in (pl.Date, pl.Datetime):
        kept = cells.drop_nulls()
        return Column(
            name,
            place,
            "date",
            rows,
            rows - len(kept),
            kept.n_unique(),
            cells,
            times=times_of(cells),
        )
    named = cells.dtype == pl.Categorical  # the file says that they name something
    if cells.dtype != pl.String:
        cells = cells.cast(pl.String)
    if alike := plain_words(name, place, cells, usual):
        return alike
    numbers = cast(cells)
    bare = numbers.null_count() == cells.null_count() < rows
    if bare and decimal == "," and cells.drop_nulls().str.contains(PARTED).all():
        bare = not cells.str.contains(".", literal=True).any()  # see `as_numbers`
    codes = bare and (named or bool(cells.str.contains(CODE).any()))
    marked = set(cells.filter(cells.is_in([*usual, *ALWAYS])).unique().to_list())
    here = [mark for mark in ALWAYS if mark in marked and mark not in usual]
    cells = blanked(cells, tuple(marked)) if marked else cells
    filled = cells.drop_nulls()
    if filled.is_empty():
        return Column(name, place, "empty", rows, rows, 0, cells, marks=tuple(here))
    if signs and not cast(plain(filled, signs, decimal or ".")).null_count():
        whole = cast(plain(cells, signs, decimal or "."))
        return numeric(name, place, cells, whole, marks=tuple(here), signs=signs)
    if not (codes and (named or filled.str.contains(CODE).any())):
        column = as_numbers(name, place, cells, filled, here, decimal)
        if column is not None:
            return column
    missing, distinct = rows - len(filled), filled.n_unique()
    times = times_of(cells)
    few = filled.head(5_000)
    words = as_float(few.str.count_matches(r"\S+").mean())
    spelled = as_float(few.str.count_matches(SPELLED).mean())
    long = words >= LONG_TEXT and spelled >= 2 and distinct > len(filled) / 2
    kind: Kind = "date" if times else "text" if long else "words"
    return Column(
        name,
        place,
        kind,
        rows,
        missing,
        distinct,
        cells,
        words=words,
        marks=tuple(here),
        times=times,
    )


def plain_words(name: str, place: int, cells: pl.Series, usual: tuple[str, ...]) -> Column | None:
    """A long column of few different words, in none of which a number or a time begins, and none of
    which may mean "no value"; None for any other. The different ones tell, in no time."""
    from goodfit.reader.cells import cast

    if len(cells) < LONG or len(few := cells.drop_nulls().unique()) > FEW_OF_LONG or not len(few):
        return None
    known = few.is_in([*usual, *ALWAYS, *AMONG_NUMBERS]).any()
    if known or cast(few).null_count() < len(few) or few.str.contains(BEGINS_NUMBER).any():
        return None
    if times_of(few):
        return None
    missing = cells.null_count()
    words = as_float(cells.drop_nulls().head(5_000).str.count_matches(r"\S+").mean())
    return Column(name, place, "words", len(cells), missing, len(few), cells, words=words)


def is_marked(name: str, no_value: Sequence[str]) -> bool:
    """Numbers of this column are said to mean no value: `no_value` has "name=-1"."""
    return any(one.rpartition("=")[0] == name for one in no_value)


def as_numbers(
    name: str, place: int, cells: pl.Series, filled: pl.Series, marks: list[str], decimal: str
) -> Column | None:
    """The column as numbers: as they are, or without marks, decimal commas, currency, thousands.

    None where it holds anything else. Where nine cells in ten are numbers, the rest are `odd`.
    """
    from goodfit.reader.cells import PARTED, blanked, cast

    numbers = cast(cells)
    left = cells.filter(numbers.is_null() & cells.is_not_null())
    parted = decimal == "," and all_match(filled, PARTED)  # 55.122 is no fraction here
    if left.is_empty() and not parted:
        return numeric(name, place, cells, numbers, marks=tuple(marks))
    others = left.filter(~left.str.contains(r"\d")).unique().to_list()
    if 0 < len(others) <= 3 and set(others) <= AMONG_NUMBERS:
        kept = blanked(cells, tuple(others))
        more = [*marks, *sorted(others)]
        rest = kept.drop_nulls()
        return as_numbers(name, place, kept, rest, more, decimal) if len(rest) else None
    alike = all_match(left.head(1_000), LIKE_NUMBER)  # soon seen, where there are a million
    for mark in ([decimal] if decimal else [".", ",", ""]) if alike else ():
        if found := without_signs(cells, mark, bool(decimal)):
            read, signs = found
            commas = bool(filled.str.contains(",", literal=True).any())
            either = not decimal and "," in signs and all_match(filled, r"^\D*\d{1,3},\d{3}\D*$")
            written = {"signs": signs, "comma": mark == "," and commas, "either": either}
            percent = int(filled.str.contains("%", literal=True).sum()) if "%" in signs else 0
            some = (
                (("%", percent), ("", len(filled) - percent)) if 0 < percent < len(filled) else ()
            )
            return numeric(name, place, cells, read, marks=tuple(marks), mixed=some, **written)
    if found_units := units_in(cells):
        return numeric(
            name,
            place,
            cells,
            found_units.numbers,
            marks=tuple(marks),
            signs=found_units.signs,
            comma=found_units.comma,
            mixed=tuple(found_units.counts.items()) if found_units.mixed else (),
        )
    padded = bool(filled.str.contains(PADDED).any()) and all_match(left, SHORT_CODE)
    if (padded or all_match(left, A_CODE)) and whole_numbers(numbers):
        return None  # C536365 among 536365, or A5 among 007: all of them name something
    spoken = left.n_unique() <= FEW_WORDS and not left.str.contains(r"\d").any()
    mostly = spoken and len(left) < 0.5 * len(filled) and numbers.drop_nulls().n_unique() > MANY
    if (
        len(left) >= 0.1 * len(filled) and not mostly
    ):  # numbers of another notation, with others among them?
        like = cells.str.contains(LIKE_NUMBER).fill_null(False)
        if not 0.9 * len(filled) < like.sum() < len(filled):
            return None
        inner = as_numbers(name, place, cells.set(~like, None), cells.filter(like), marks, decimal)
        if inner is None or inner.numbers is None:
            return None
        shown = tuple(cells.filter(~like).drop_nulls().unique(maintain_order=True).to_list())
        return replace(inner, cells=cells, odd=(*shown, *inner.odd)[:MOST_ODD])
    shown = tuple(left.unique(maintain_order=True).head(MOST_ODD).to_list())
    return numeric(name, place, cells, numbers, marks=tuple(marks), odd=shown)


def whole_numbers(numbers: pl.Series) -> bool:
    """All of them are whole."""
    kept = numbers.drop_nulls()
    return bool((kept == kept.round()).all())
