"""Columns as they are declared: numbers, yes and no, words, dates; others by what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import polars as pl

from .cells import joined, kind_of, numbers_in, spelled, truth_in, without
from .dates import DATE_PARTS, date_parts_in
from .how import Fault, How
from .lists import with_labels


class Declared(How, Protocol):
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
    def no_value(self) -> Sequence[str]: ...
    @property
    def join_spellings(self) -> bool: ...


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
            column = numbers_in(cells, declared)
            require_read(cells, column, "numbers alone", where)
            column = without(column, declared.no_value)
        elif kind == "boolean":
            column = truth_in(cells)
            require_read(cells, column, "yes or no (true/false, 1/0)", where)
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


def require_read(cells: pl.Series, read: pl.Series, expected: str, where: str) -> None:
    """Raise Fault, with the first cell and how many, where a value could not be `read`."""
    name, cells = cells.name, cells.alias("cells")  # Polars reads "^y$" as more than a name
    wrong = read.alias("read").is_null() & cells.is_not_null()
    if not wrong.any():
        return
    row = wrong.arg_true()[0]
    given = f"{where}: column {name!r} has {wrong.sum():,} cells such as {cells[row]!r}"
    fix = "mend the cells, or see data.missing, number_signs and categorical"
    raise Fault(f"{given}, first in row {row + 1:,}", expected, fix)


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
