"""How a file is written: marks, quotes, encodings, numbers and times."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from goodfit.study import study
from goodfit.study.columns.compact_dates import compact_date
from goodfit.study.columns.dates import times_of
from goodfit.study.columns.numbers import bare_columns
from goodfit.study.columns.reading import read_column
from studied import PLAIN, ROWS, csv, evidence, look

WRITTEN: dict[str, tuple[str | bytes, dict[str, Any]]] = {
    "commas": (PLAIN, {"separator": ",", "encoding": "utf-8", "header": True}),
    "semicolons": (csv("x1", "colour", "y", mark=";"), {"separator": ";"}),
    "tabs": (csv("x1", "colour", "y", mark="\t"), {"separator": "\t"}),
    "bars": (csv("x1", "colour", "y", mark="|"), {"separator": "|"}),
    "runs of spaces": (csv("x1", "colour", "y", mark="   "), {"separator": r"\s+"}),
    "Windows' ends of lines": (PLAIN.replace("\n", "\r\n"), {"separator": ","}),
    "the ends of lines of old Macs": (PLAIN.replace("\n", "\r"), {"separator": ","}),
    "UTF-8 with a mark": (PLAIN.encode("utf-8-sig"), {"encoding": "utf-8-sig"}),
    "UTF-16 with a mark": (PLAIN.encode("utf-16"), {"encoding": "utf-16"}),
    "UTF-16 without a mark": (PLAIN.encode("utf-16-le"), {"encoding": "utf-16-le"}),
    "Windows-1252": (PLAIN.replace("green", "grün").encode("cp1252"), {"encoding": "cp1252"}),
    "no header": (csv("x1", "colour", "y", header=False), {"header": False}),
    "names that count": (
        csv("x1", "x2", "x3", "colour", "y").replace("x1,x2,x3", "0,1,2"),
        {"header": True},
    ),
    "lines above the table": ("A title\nof 2024\n" + PLAIN, {"skip_lines": [1, 2]}),
    "two headers": (
        csv("x1", "x2", "colour", "y").replace("\n", "\ncm,kg,,\n", 1),
        {"header": True, "skip_lines": [2]},
    ),
    "decimal commas": (
        csv("x1", "x2", "colour", "y", mark=";").replace(".", ","),
        {"decimal": ",", "separator": ";"},
    ),
    "stray quotation marks": (
        csv("x1", "colour", "y").replace("red", '"red').replace("blue", 'bl"ue'),
        {"quote": ""},
    ),
    "single quotation marks": (
        csv("x1", "colour", "y").replace("red", "'re,d'"),
        {"quote": "'"},
    ),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_how_a_file_is_written_is_found(case: str, tmp_path: Path) -> None:
    content, wanted = WRITTEN[case]
    targets = ["column_3"] if wanted.get("header") is False else ["y"]
    found = look(tmp_path, content, targets=targets)
    assert found.settings.items() >= wanted.items()
    assert found.answers["samples"] == ROWS and found.answers["task"] == "binary-classification"


def test_quoted_cells_may_hold_separators_quotes_and_ends_of_lines(tmp_path: Path) -> None:
    text = csv("x1", "colour", "y").replace("red", '"re""d,\nor so"')
    found = look(tmp_path, text)
    assert found.answers["samples"] == ROWS and found.settings["targets"] == ["y"]


MARKED: dict[str, tuple[str, dict[str, Any]]] = {
    "errors of a spreadsheet": ("#N/A", {"missing": "#N/A"}),
    "a word among numbers": ("unknown", {"missing": "unknown"}),
    "a number far off": ("-999", {"missing": "-999"}),
}


@pytest.mark.parametrize("case", MARKED)
def test_marks_of_missing_values_are_found(case: str, tmp_path: Path) -> None:
    mark, wanted = MARKED[case]
    lines = csv("x1", "price", "y").splitlines()
    for row in (3, 9, 20, 41):
        lines[row] = mark + lines[row][lines[row].index(",") :]
    found = look(tmp_path, "\n".join(lines), targets=["y"])
    assert wanted["missing"] in found.settings["missing"]
    assert mark in evidence(found, "missing").why


def test_a_number_far_off_is_no_mark_where_another_column_has_it(tmp_path: Path) -> None:
    lines = csv("x1", "size", "y").splitlines()
    for row in (3, 9, 20, 41):
        lines[row] = "999" + lines[row][lines[row].index(",") :]
    lines[5] = "0.5,999,no"
    assert "missing" not in look(tmp_path, "\n".join(lines)).settings


def test_a_category_is_not_taken_for_a_missing_value(tmp_path: Path) -> None:
    text = csv("x1", "colour", "y").replace("red", "None")
    assert "missing" not in look(tmp_path, text).settings
    lines = text.splitlines()
    for row in (4, 8, 12):
        lines[row] = "None" + lines[row][lines[row].index(",") :]
    found = look(tmp_path, "\n".join(lines))
    assert "missing" in found.open_questions


SIGNS: dict[str, tuple[list[str], list[float], dict[str, Any]]] = {
    "dollars and thousands": (["$1,250", "$980", "$12,001.50"], [1250, 980, 12001.5], {"$", ","}),
    "per cent": (["5%", "17.5%", "20%"], [5, 17.5, 20], {"%"}),
    "thousands by points": (["1.250,5", "980,25", "12.001,5"], [1250.5, 980.25, 12001.5], {"."}),
}


@pytest.mark.parametrize("case", SIGNS)
def test_signs_inside_numbers_are_found(case: str) -> None:
    cells, values, signs = SIGNS[case]
    column = read_column("x", 0, pl.Series("x", cells * 10))
    assert column.kind == "number" and set(column.signs) == signs
    assert column.numbers is not None and column.numbers.head(3).to_list() == values


def test_words_that_hold_commas_are_no_numbers() -> None:
    assert read_column("x", 0, pl.Series("x", ["1,2,3", "4,5", "6,7,8"] * 9)).kind == "words"


TIMES: dict[str, tuple[list[str], str, bool]] = {
    "days": (["2024-01-30", "2024-01-31", "2024-02-01"], "a day", True),
    "the day first": (["30/01/2024", "31/01/2024", "01/02/2024"], "a day", True),
    "the month first": (["01/30/2024", "01/31/2024", "02/01/2024"], "a day", True),
    "days between spaces": (["30 01 2018", "31 01 2018", "01 02 2018"], "a day", True),
    "months": (["2024-01", "2024-02", "2024-03"], "a month", True),
    "hours": (["2024-01-01 00:00:00", "2024-01-01 01:00:00"], "an hour", True),
    "no order": (["2024-02-01", "2024-01-30", "2024-03-05"], "", False),
}


@pytest.mark.parametrize("case", TIMES)
def test_times_are_read_in_the_way_in_which_they_rise(case: str) -> None:
    cells, step, rising = TIMES[case]
    times = times_of(pl.Series("t", cells))
    assert times is not None and times.rising is rising
    assert times.step == step or not rising


NO_TIMES = (["12.5", "3.25"], ["a-b", "c-d"], ["2024", "2025"], ["10-20", "30-40"])


@pytest.mark.parametrize("cells", NO_TIMES)
def test_what_is_no_time_is_not_taken_for_one(cells: list[str]) -> None:
    assert times_of(pl.Series("t", cells)) is None


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "iso8859_2"])
def test_words_with_signs_inside_are_of_another_encoding(encoding: str, tmp_path: Path) -> None:
    words = "łódź śnieg źródło miłość" if encoding == "iso8859_2" else "Größe früh Käse schön"
    rows = [f"{row % 7},{words.split()[row % 4]},{'ab'[row // 7 % 2]}" for row in range(80)]
    path = tmp_path / "rows.csv"
    path.write_bytes("\n".join(["x,word,y", *rows]).encode(encoding))
    found = study(path, ("y",))
    asked = next(one for one in found.evidence if one.question == "encoding")
    assert asked.confidence == "unsure" and asked.value == encoding
    assert asked.others[0] in ("cp1252", "latin-1")
    assert any(repr(word) in asked.why for word in words.split())


def test_french_and_german_stay_windows_1252(tmp_path: Path) -> None:
    words = ["l’eau", "MÜLLER", "Saint–Étienne", "5°C", "façade", "Größe"]
    rows = [f"{row % 7},{words[row % 6]},{'ab'[row // 7 % 2]}" for row in range(80)]
    path = tmp_path / "rows.csv"
    path.write_bytes("\n".join(["x,word,y", *rows]).encode("cp1252"))
    assert study(path, ("y",)).settings["encoding"] == "cp1252"


CELLS: dict[str, list[str | None]] = {
    "fractions": ["1.5", "-2", "3e2", "1.5"],
    "whole, some missing": ["3", None, "-4", "3"],
    "counts up": ["1", "2", "3", "4"],
    "codes": ["01", "02", "10", "11"],
    "words": ["a", "1", "2", "3"],
    "a word behind numbers": ["1", "2", "3", "x"],
    "nothing": [None, None, None, None],
    "infinite": ["1", "2", "inf", "4"],
    "a mark": ["1", "2", "-999", "4"],
    "zeros of both signs": ["0", "-0", "0.0", "1"],
}


@pytest.mark.parametrize("many", [1, 30])
def test_many_columns_at_once_are_read_as_each_alone(many: int) -> None:
    """The short way of wide tables and the long one find the same, and take the same columns."""
    names = [f"{case} {copy}" for copy in range(many) for case in CELLS]
    frame = pl.DataFrame({name: CELLS[name.rpartition(" ")[0]] * 20 for name in names})
    frame = frame.cast(pl.String)
    found = bare_columns(frame, ["-999"])
    bare = {"fractions", "whole, some missing", "counts up", "zeros of both signs"}
    assert {frame.columns[place].rpartition(" ")[0] for place in found} == bare
    for place, column in found.items():
        alone = read_column(frame.columns[place], place, frame.to_series(place))
        assert (compact_date(column) or column) == alone
        assert column.numbers is not None and column.numbers.equals(alone.numbers)
        assert column.cells.equals(alone.cells)
