"""Names that stand in several lines: as many are left out as there are, and the rows counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from goodfit.study import study
from studied import evidence

ROWS = [f"2022/1/{day},{day * 7 % 13}.4,8,{day % 2},{day * 11 % 17}.0,8" for day in range(1, 31)]
NAMES = ["day,temperature,quality,homogeneity,rain,quality of rain"]
ABOVE = {
    "places above the names, marks below": (
        [",Tokyo,Tokyo,Tokyo,Tokyo,Tokyo", *NAMES, ",,mark,number,,mark"],
        [1, 3],
    ),
    "units and ways of counting below": (
        [*NAMES, ",C,-,-,mm,-", ",mean,good,good,sum,good"],
        [2, 3],
    ),
    "units alone": ([*NAMES, ",C,mark,number,mm,mark"], [2]),
    "four lines": ([",A,A,A,A,A", ",b,b,b,b,b", *NAMES, ",C,mark,number,mm,mark"], [1, 2, 4]),
}


@pytest.mark.parametrize("what", ABOVE)
def test_each_line_of_names_is_left_out_but_one(what: str, tmp_path: Path) -> None:
    above, skipped = ABOVE[what]
    path = tmp_path / "days.csv"
    path.write_text("\n".join(["exported 2023/05/14", "", *above, *ROWS]), encoding="utf-8")
    found = study(path, ("temperature",))
    assert found.answers["samples"] == len(ROWS)
    assert found.columns == tuple(NAMES[0].split(","))
    left = {*found.settings["skip_lines"]} - {2}  # which is empty
    assert left == {1, *(line + 2 for line in skipped)}


def test_words_among_the_first_numbers_are_a_row(tmp_path: Path) -> None:
    """A row with several marks for no value is no line of names, where it has a number."""
    lines = [*NAMES, ",C,mark,number,mm,mark", "2021/12/31,low,high,none,4,low", *ROWS]
    path = tmp_path / "days.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = study(path, ("rain",))
    assert evidence(found, "samples").value == len(ROWS) + 1
