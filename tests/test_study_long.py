"""Long columns are looked at by their different words: what is said of them is what is said of a
short one."""

from __future__ import annotations

import polars as pl
import pytest
from goodfit.study.columns import reading

CELLS = {
    "words": ["town 12", "red", "long road", None],
    "a mark among words": ["red", "NA", "n/a", "blue"],
    "numbers": ["1", "2.5", None],
    "units": ["5 kg", "7 kg"],
    "days": ["2024-01-31", "2024-02-01"],
    "months": ["Jan 2020", "Feb 2020"],
    "money": ["EUR 12", "EUR 7"],
    "dashes": ["a", "-", "b"],
}


@pytest.mark.parametrize("what", CELLS)
def test_a_long_column_is_what_a_short_one_is(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = pl.Series("c", CELLS[what] * 40)
    short = reading.read_column("c", 0, cells)
    monkeypatch.setattr(reading, "LONG", 10)
    quick = reading.plain_words("c", 0, cells, reading.NO_VALUE)
    assert (quick is not None) == (what == "words")
    long = reading.read_column("c", 0, cells)
    assert long == short and long.times == short.times and long.summary == short.summary
