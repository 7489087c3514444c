"""Ways to write times, as public series have them: each is read, and the series told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from folders import write
from goodfit.reader.times import joined_times, times_in
from goodfit.study import study
from studied import RANDOM

ROWS = 120
FIRST = date(1949, 1, 1)


def month(row: int) -> date:
    return date(1949 + row // 12, row % 12 + 1, 1)


WRITTEN = {
    "months of short years": lambda row: month(row).strftime("%b-%y"),
    "days with names of months": lambda row: (FIRST + timedelta(row)).strftime("%d-%b-%y"),
    "months of an office": lambda row: f"{1949 + row // 12}M{row % 12 + 1:02d}",
    "quarters with a point": lambda row: f"{1949 + row // 4}.Q{row % 4 + 1}",
    "quarters before a Q": lambda row: f"{row % 4 + 1}Q{1949 + row // 4}",
    "small quarters": lambda row: f"{1949 + row // 4}q{row % 4 + 1}",
    "fractions of years": lambda row: f"{1949 + row / 12:.3f}",
    "with a day of the week": lambda row: (datetime(2009, 4, 6) + timedelta(hours=row)).strftime(
        "%a %b %d %H:%M:%S PDT %Y"
    ),
    "of letters": lambda row: (datetime(2009, 4, 6) + timedelta(row)).strftime(
        "%a, %d %b %Y %H:%M:%S GMT"
    ),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_times_are_read_as_they_are_written(kind: str, tmp_path: Path) -> None:
    cells = [WRITTEN[kind](row) for row in range(ROWS)]
    loads = RANDOM.normal(size=ROWS).round(3)
    lines = [f'"{cell}",{load}' for cell, load in zip(cells, loads, strict=True)]
    (tmp_path / "rows.csv").write_text("\n".join(["time,load", *lines]))
    found = study(tmp_path / "rows.csv")
    assert found.answers["task"] == "forecasting" and found.answers["time_column"] == "time"
    assert not found.open_questions


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["Jan-49", "Feb-49"], datetime(1949, 1, 1)),
        (["Jan-29", "Feb-29"], datetime(2029, 1, 1)),
        (["31/12/68", "01/01/69"], datetime(1968, 12, 31)),
        (["Tue Mar  3 11:35:52 +0000 2015"], datetime(2015, 3, 3, 11, 35, 52)),
        (["Sunday, March 5, 2017"], datetime(2017, 3, 5)),
    ],
)
def test_times_mean_what_people_mean(cells: list[str], first: datetime) -> None:
    times = times_in(pl.Series(cells))
    assert times is not None and times[0] == first


@pytest.mark.parametrize(
    "cells",
    [
        ["Jan-01", "Jan-02", "Feb-01"],
        ["Mon cherie", "Sun is out"],
        ["10-Mar", "3-May"],
        ["Mar-01", "Mar-02"],
    ],
)
def test_what_may_be_no_time_is_none(cells: list[str]) -> None:
    """Days without a year go back to the first of them with each month."""
    assert times_in(pl.Series(cells)) is None


def test_a_year_and_its_quarter_are_one_time(tmp_path: Path) -> None:
    lines = [f"{1959 + row // 4}.0,{row % 4 + 1}.0,{RANDOM.normal():.3f}" for row in range(ROWS)]
    (tmp_path / "rows.csv").write_text("\n".join(["year,quarter,infl", *lines]))
    found = study(tmp_path / "rows.csv", ("infl",))
    assert found.answers["task"] == "forecasting" and not found.open_questions
    assert found.answers["time_column"] == "year + quarter"
    columns = [pl.Series("year", [1959.0, 1959.0]), pl.Series("quarter", [1.0, 4.0])]
    times = joined_times(columns)
    assert times is not None and times.dt.month().to_list() == [1, 10]


@pytest.mark.parametrize(
    ("names", "told"), [(("visitors", "rain", "wind"), True), (("rain", "visitors", "wind"), False)]
)
def test_what_alone_lacks_its_last_cells_is_to_be_forecast(
    names: tuple[str, ...], told: bool, tmp_path: Path
) -> None:
    """In the middle it may be a sensor that has failed."""
    days = [date(2022, 1, 1) + timedelta(days=row) for row in range(200)]
    cells = {
        name: [f"{(row * 7) % 13 + place}" for row in range(200)]
        for place, name in enumerate(names)
    }
    cells["visitors"][-20:] = [""] * 20
    rows = ["day," + ",".join(names)]
    rows += [
        f"{day}," + ",".join(cells[name][row] for name in names) for row, day in enumerate(days)
    ]
    found = study(write(tmp_path / "rows.csv", "\n".join(rows)))
    assert ("targets" not in found.open_questions) == told
    if told:
        assert found.settings["targets"] == ["visitors"]
        assert found.answers["samples"] == 180
