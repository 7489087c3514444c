"""Times as machines count them: seconds since 1970, days of a year, quarters; and what is none."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from folders import write
from goodfit.reader.digits import compact_times
from goodfit.reader.times import times_in
from goodfit.study import study
from goodfit.study.columns.reading import read_column

ROWS = 90
SECONDS = 1_654_733_331
NOISE = np.random.default_rng(1).normal(size=ROWS).cumsum().round(3)

TIMES = {
    "UTC": ([SECONDS + row for row in range(ROWS)], "1 seconds"),
    "x": ([SECONDS + 60 * row for row in range(ROWS)], "a minute"),
    "time": ([1_000 * (SECONDS + 3_600 * row) for row in range(ROWS)], "an hour"),
    "obs_date": ([2_015_001 + row for row in range(ROWS)], "a day"),
    "quarter": ([f"{row % 4 + 1}Q{row // 4:02}" for row in range(ROWS)], "a quarter"),
    "period": ([f"Q{row % 4 + 1}'{row // 4:02}" for row in range(ROWS)], "a quarter"),
}
NONE = {
    "x": [SECONDS + row for row in range(ROWS)],  # counts the rows
    "phone": [SECONDS + 60 * row for row in range(ROWS)],
    "case": [2_015_001 + row for row in range(ROWS)],
    "amount": [1_200_000_000 + row * row * 40_000 for row in range(ROWS)],
    "views": [600_000_000 + 1_000_000 * row for row in range(ROWS)],
}


@pytest.mark.parametrize("name", TIMES)
def test_a_series_by_such_times(name: str, tmp_path: Path) -> None:
    cells, step = TIMES[name]
    rows = [f"{cell},{value}" for cell, value in zip(cells, NOISE, strict=True)]
    found = study(write(tmp_path / "series.csv", "\n".join([f"{name},level", *rows])))
    assert found.answers["task"] == "forecasting" and found.answers["time_column"] == name
    assert any(f"rises by {step} from row to row" in one.why for one in found.evidence)


@pytest.mark.parametrize("name", NONE)
def test_other_numbers_are_numbers(name: str) -> None:
    assert read_column(name, 0, pl.Series([str(one) for one in NONE[name]])).kind == "number"


def test_events_in_any_order_are_times_by_their_name() -> None:
    cells = pl.Series([str(874_965_758 + row * 7_919 % 500_000) for row in range(ROWS)])
    assert read_column("timestamp", 0, cells).kind == "date"
    assert read_column("views", 0, cells).kind == "number"


READ = {
    "1654733331": datetime(2022, 6, 9, 0, 8, 51),
    "1654733331000": datetime(2022, 6, 9, 0, 8, 51),
    "2015032": datetime(2015, 2, 1),
    "2024013123": datetime(2024, 1, 31, 23),
    "2024": None,
    "2015400": None,
}


@pytest.mark.parametrize("cell", READ)
def test_one_cell_is_read_as_a_thousand_are(cell: str) -> None:
    """A later file may have one row: by itself it is read as all were when the study looked."""
    for cells in (pl.Series([cell]), pl.Series([int(cell)])):
        times = compact_times(cells)
        assert (None if times is None else times[0]) == READ[cell]


def test_years_of_two_digits_behind_a_quarter() -> None:
    times = times_in(pl.Series(["1Q20", "4Q99", "Q2 1985"]))
    assert times is not None
    assert times.dt.date().to_list() == [date(2020, 1, 1), date(1999, 10, 1), date(1985, 4, 1)]
