"""What [data] declares of columns, against the cells of a later file: what is said of those that
are something else, and a command that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from fixes import typed_in
from goodfit.reader.how import Fault, Written
from goodfit.reader.times import offset_of, times_in
from goodfit.reader.typed import as_declared, needed, typed


@dataclass(frozen=True)
class Data(Written):
    """What [data] says of a table."""

    numeric: Sequence[str] = ("size", "rooms")
    boolean: Sequence[str] = ()
    categorical: Sequence[str] = ("city", "sold")
    targets: Sequence[str] = ("sold",)
    part: str = ""
    dates: Sequence[str] = ()
    day_first: bool = False
    no_value: Sequence[str] = ()
    join_spellings: bool = False
    ignore: Sequence[str] = ("id",)
    group: str = ""


CELLS: dict[str, tuple[str, str]] = {
    "another decimal mark": ("51,26", "decimal"),
    "a unit": ("51.26 m²", "number_signs"),
    "thousands": ("1,051", "number_signs"),
    "a word for nothing": ("n/a", "missing"),
}


@pytest.mark.parametrize("case", CELLS)
def test_cells_that_are_no_numbers_are_told_with_what_reads_them(case: str) -> None:
    cell, name = CELLS[case]
    frame = pl.DataFrame({"size": ["1", cell, cell], "rooms": "2", "city": "a"})
    with pytest.raises(Fault) as refused:
        typed(frame, Data(), "later.csv")
    said = refused.value
    assert said.given == f"later.csv: column 'size' has 2 cells such as {cell!r}, first in row 2"
    fixes = [typed_in(way) for way in said.fix.split("; or ") if f"data.{name}=" in way]
    assert len(fixes) == 1
    how = Data(**fixes[0])
    read = typed(pl.DataFrame([blank(one, how) for one in frame]), how, "later.csv")["size"]
    assert read.null_count() == (2 if name == "missing" else 0)


def blank(cells: pl.Series, how: Written) -> pl.Series:
    """The cells as `read_frame` gives them."""
    return cells.replace({mark: None for mark in how.missing})


def test_a_line_of_names_or_units_among_the_cells_is_told() -> None:
    frame = pl.DataFrame({"size": ["m²", "1"], "rooms": "2", "city": "a"})
    for header, line in ((True, 2), (False, 1)):
        with pytest.raises(Fault, match=rf"skip_lines=\[{line}\]' if line {line} is no row"):
            typed(frame, Data(header=header), "later.csv")


def test_a_sign_between_thousands_begins_no_fraction() -> None:
    frame = pl.DataFrame({"size": ["51,26", "1,051"], "rooms": "2", "city": "a"})
    with pytest.raises(Fault, match="1 cell, '51,26', first in row 1"):
        typed(frame, Data(number_signs=(",",)), "later.csv")
    whole = frame.with_columns(size=pl.Series(["1,000", "1,051.5"]))
    read = typed(whole, Data(number_signs=(",",)), "later.csv")
    assert read["size"].to_list() == [1000, 1051.5]


def test_columns_that_are_needed_and_those_that_are_new(tmp_path: Path) -> None:
    data = Data(dates=("day=month",), numeric=("size", "rooms", "day month"))
    assert needed(data, False) == ["size", "rooms", "city", "day"]
    assert needed(data, True)[-1] == "sold"
    frame = pl.DataFrame({"size": 1, "rooms": 2, "city": "a", "id": 3, "colour": "red"})
    frame = frame.with_columns(pl.lit(None, pl.String).alias("Unnamed: 5"))
    said: list[str] = []
    as_declared(frame, Data(), Path("a.csv"), False, said.append)
    assert said == ["note: a.csv: columns that training did not have are not used: 'colour'"]
    placed = Data(numeric=("column_1",), categorical=(), targets=(), header=False)
    with pytest.raises(Fault, match="2 columns without names, 1 more"):
        as_declared(pl.DataFrame({"column_1": 1, "column_2": 2}), placed, Path("a.csv"), False)
    lacking = as_declared(frame.drop("size"), Data(), Path("a.json"), False, str)
    assert lacking["size"].null_count() == 1


OFFSETS = {
    "+02:00": ["2024-01-01 00:00:00+02:00", "2024-01-01 01:00:00+0200"],
    "+05:30": ["2024-01-01 00:00+05:30"],
    "UTC": ["2024-01-01 00:00:00Z"],
    "": ["2024-01-01 00:00:00"],
}


@pytest.mark.parametrize("offset", OFFSETS)
def test_the_offset_of_times_is_known(offset: str) -> None:
    cells = pl.Series(OFFSETS[offset])
    assert offset_of(cells[:1]) == offset
    times = times_in(cells[:1])
    assert times is not None and times[0].hour == 0
    assert offset_of(pl.Series(["2024-01-01 00:00:00+02:00", "2024-01-01 00:00:00+01:00"])) == "UTC"
    assert offset_of(times) == ""
