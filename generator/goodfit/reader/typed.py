"""Columns as they are declared: numbers, yes and no, words, dates; others by what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from .cells import blanked, cast, joined, kind_of, numbers_in, spelled, truth_in, without
from .dates import DATE_PARTS, date_parts_in
from .how import SHOWN, Fault, How, printable, setting, written
from .lists import with_labels
from .packages import ending_of

FEW = 3  # words that may mean no value


class Measured(How, Protocol):
    """How a file is written, and which numbers mean no value."""

    @property
    def no_value(self) -> Sequence[str]: ...


class Declared(Measured, Protocol):
    """What [data] says of the columns, beside how the file is written."""

    @property
    def numeric(self) -> Sequence[str]: ...
    @property
    def boolean(self) -> Sequence[str]: ...
    @property
    def categorical(self) -> Sequence[str]: ...
    @property
    def targets(self) -> Sequence[str]: ...
    @property
    def part(self) -> str: ...
    @property
    def dates(self) -> Sequence[str]: ...
    @property
    def day_first(self) -> bool: ...
    @property
    def join_spellings(self) -> bool: ...


class Used(Declared, Protocol):
    """What [data] says of the columns of a table, and which are not learned from."""

    @property
    def ignore(self) -> Sequence[str]: ...
    @property
    def group(self) -> str: ...


def typed(frame: pl.DataFrame, declared: Declared, where: str) -> pl.DataFrame:
    """All columns as what they are declared to be: Float64, Boolean, words, numbers for each date,
    and yes or no for each label of a list. Raises Fault, which names the file as `where`, for cells
    that are something else."""
    kinds = dict.fromkeys(declared.numeric, "number") | dict.fromkeys(declared.boolean, "boolean")
    lists = [name.partition("=")[0] for name in declared.targets if name not in frame.columns]
    kinds |= dict.fromkeys((*declared.categorical, *lists, declared.part), "words")
    columns: dict[str, pl.Series] = {}
    for cells in frame.iter_columns():
        kind, column = kinds.get(cells.name) or kind_of(cells, declared), cells
        if kind == "number":
            column = amounts_in(cells, declared, where)
        elif kind == "boolean":
            column = truth_in(cells)
            require_read(cells, column, "yes or no (true/false, 1/0)", where, declared)
            column = without(column, declared.no_value).cast(pl.Boolean)
        else:
            column = joined(cells) if declared.join_spellings else spelled(cells)
        columns[cells.name] = column
    for name, wanted in dated(declared.dates).items():
        if name not in columns:
            expected = f"one of {', '.join(map(repr, frame.columns[:30]))}"
            raise Fault(f"{where} has no column {name!r}", expected, "correct data.dates")
        parts = date_parts_in(frame[name], wanted, declared.day_first)
        if not parts:
            given = f"{where}: column {name!r} of data.dates holds no dates that can be read"
            first = "day" if declared.day_first else "month"
            expected = f"such as 2024-01-31 in nearly each row; in 01/02/2024 the {first} is first"
            raise Fault(given, expected, "mend the cells, or data.dates and data.day_first")
        del columns[name]
        columns |= parts
    return with_labels(pl.DataFrame(columns), declared.targets)


def amounts_in(cells: pl.Series, declared: Measured, where: str) -> pl.Series:
    """Float64: a column of numbers, null where there is no value. Raises Fault for other cells."""
    column = numbers_in(cells, declared)
    require_read(cells, without_torn(cells, column, declared), "numbers alone", where, declared)
    return without(column, declared.no_value)


def without_torn(cells: pl.Series, numbers: pl.Series, how: How) -> pl.Series:
    """The numbers, null where a sign between thousands has one or two digits behind it: 51,26 is
    not 5126."""
    signs = [re.escape(sign) for sign in how.number_signs if sign in ",."]
    if cells.dtype != pl.String or not signs or cast(cells).null_count() == cells.null_count():
        return numbers
    torn = cells.alias("cells").str.contains(rf"({'|'.join(signs)})\d\d?\D*$").fill_null(False)
    return numbers.alias("numbers").set(torn, None)


def require_read(
    cells: pl.Series, read: pl.Series, expected: str, where: str, how: Measured
) -> None:
    """Raise Fault, with the first cell, how many, and what would read them, where a value could not
    be `read`."""
    name, cells = cells.name, cells.alias("cells")  # Polars reads "^y$" as more than a name
    wrong = read.alias("read").is_null() & cells.is_not_null()
    if not (count := wrong.sum()):
        return
    row = wrong.arg_true()[0]
    held = "1 cell, " if count == 1 else f"{count:,} cells such as "
    given = f"{where}: column {name!r} has {held}{cells[row]!r}, first in row {row + 1:,}"
    ways = ways_to_read(cells.filter(wrong), row, how)
    raise Fault(given, expected, "; or ".join(["mend the cells", *ways]))


def ways_to_read(wrong: pl.Series, row: int, how: How) -> list[str]:
    """What could be meant by the cells of a column that are no numbers, the first of them in `row`,
    with the words of a command that reads them so."""
    if wrong.dtype != pl.String:
        return []
    words = wrong.unique(maintain_order=True)
    other = "," if how.decimal == "." else "."
    signs = sorted({*words.str.replace_all(r"[-+\d.,\s]", "")} - {""})
    named = len(words) <= FEW and not words.str.contains(r"\d").any()
    ways: list[tuple[str, Any, str]] = []
    if words.str.contains(rf"^[-+]?\d+\{other}\d+$").all():
        ways.append(("decimal", other, f"if {other!r} begins a fraction"))
    if words.str.contains(rf"^[-+]?\d{{1,3}}(\{other}\d{{3}})+\b").all():
        ways.append(("number_signs", [*how.number_signs, other], f"if {other!r} parts thousands"))
    if named:
        ways.append(("missing", [*how.missing, *words], "if that means no value"))
    elif len(signs) == 1:
        ways.append(("number_signs", [*how.number_signs, *signs], f"if {signs[0]!r} is a unit"))
    fitting = [way for way in ways if reads(wrong, written(how, **{way[0]: way[1]}))]
    if row == 0 and len(wrong) == 1 and not how.skip_lines:
        line = 1 + how.header  # of names or of units, perhaps
        fitting.append(("skip_lines", [line], f"if line {line} is no row"))
    return [f"{setting(name, value)} {why}" for name, value, why in fitting]


def reads(wrong: pl.Series, how: How) -> bool:
    """Every cell is a number, or no value."""
    cells = blanked(wrong, how.missing)
    return numbers_in(cells, how).null_count() == cells.null_count()


def dated(dates: Sequence[str]) -> dict[str, list[str]]:
    """The columns of dates, and what is learned from each: "day=month" is one of them. Raises
    Fault for a part that dates do not have."""
    found: dict[str, list[str]] = {}
    for name, _, part in (one.rpartition("=") for one in dates):
        if part not in DATE_PARTS:
            given, expected = f"data.dates: {part!r} of {name!r}", f"one of {', '.join(DATE_PARTS)}"
            raise Fault(given, expected, "correct it")
        found.setdefault(name, []).append(part)
    return found


def needed(declared: Used, labelled: bool) -> list[str]:
    """The columns of a table that are learned from; with the targets, where it is `labelled`."""
    parts = tuple(f"{name} " for name in dated(declared.dates))
    kinds = [*declared.numeric, *declared.boolean, *declared.categorical]
    named = [name for name in kinds if not name.startswith(parts or ("\0",))]
    others = {*declared.ignore, declared.group, declared.part, *declared.targets}
    known = dict.fromkeys(name for name in (*named, *dated(declared.dates)) if name not in others)
    return [*known, *(declared.targets if labelled else ())]


def as_declared(
    frame: pl.DataFrame,
    declared: Used,
    path: Path,
    labelled: bool,
    tell: Callable[[str], object] = print,
) -> pl.DataFrame:
    """The frame with the columns that JSON leaves out where they are empty. Of rows to predict for,
    which are not `labelled`, columns that training did not have are told; where columns have
    places for names, one more may have moved all others: Fault."""
    names = [*needed(declared, False)]
    if ending_of(path) in (".json", ".jsonl", ".ndjson"):
        absent = [name for name in names if name not in frame.columns]
        frame = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    known = {*names, *declared.targets, *declared.ignore, declared.group, declared.part}
    listed = {name.partition("=")[0] for name in declared.targets}
    added = [name for name in frame.columns if name not in known | listed]
    added = [name for name in added if not (name[:9] == "Unnamed: " and is_empty(frame[name]))]
    if labelled or not names or not added:
        return frame
    if all(re.fullmatch(r"column_\d+|\d+", name) for name in (*names, *added)):
        given = f"{path} has {frame.width} columns without names, {len(added)} more"
        raise Fault(given, "as many as in training", "leave out what is new")
    shown = ", ".join(map(repr, added[:SHOWN])) + ", ..." * (len(added) > SHOWN)
    tell(f"note: {path}: columns that training did not have are not used: {printable(shown)}")
    return frame


def is_empty(cells: pl.Series) -> bool:
    """No cell has a value."""
    return cells.null_count() == len(cells)
