"""Mistakes that strangers’ files led to, each kind once: what is asked, and what is not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from goodfit.reader.times import times_in
from goodfit.study import study
from studied import ROWS, evidence

Y = ["no" if row // 3 % 2 else "yes" for row in range(ROWS)]


def rows(path: Path, names: str, *columns: list[str], separator: str = ",") -> Path:
    lines = [separator.join(cells) for cells in zip(*columns, strict=True)]
    path.write_text("\n".join([names, *lines]), encoding="utf-8")
    return path


@pytest.mark.parametrize("mark", ["-9999", "-9999.00", "-9999.0"])
def test_a_sentinel_is_one_as_it_is_written(mark: str, tmp_path: Path) -> None:
    x = [mark if row % 9 == 2 else f"{row % 37 + row / 100:.2f}" for row in range(ROWS)]
    found = study(rows(tmp_path / "rows.csv", "x,y", x, Y), ("y",))
    marks = evidence(found, "missing" if "missing" in found.settings else "no_value")
    assert mark in marks.value or marks.value == ["x=-9999"]


def test_a_sentinel_is_no_value_of_a_series(tmp_path: Path) -> None:
    """The study counts it as a gap, as the project will."""
    hours = pl.datetime_range(pl.datetime(2024, 1, 1), pl.datetime(2024, 1, 20), "1h", eager=True)
    load = ["-999.0" if row % 50 == 7 else f"{row % 24 / 3:.1f}" for row in range(len(hours))]
    compact = hours.dt.strftime("%Y%m%d%H").to_list()
    found = study(rows(tmp_path / "rows.csv", "when,load", compact, load))
    assert found.answers["input"] == "series" and found.answers["time_column"] == "when"
    assert "-999.0" in evidence(found, "missing").value
    assert evidence(found, "gaps").why.startswith("9 cells without a value")


@pytest.mark.parametrize("filled", ["2024-0{}-1{}", "reason {}", "{}{}.5"])
def test_what_is_filled_for_one_class_alone_is_asked_about(filled: str, tmp_path: Path) -> None:
    cells = [filled.format(row % 7 + 1, row % 9) if Y[row] == "yes" else "" for row in range(ROWS)]
    x = [str(row * 7 % 31) for row in range(ROWS)]
    asked = evidence(study(rows(tmp_path / "rows.csv", "x,why,y", x, cells, Y), ("y",)), "ignore")
    assert asked.confidence == "unsure" and asked.value == ["why"]
    assert "where it is filled" in asked.why or "settles" in asked.why
    by_chance = [cell if row % 2 else "" for row, cell in enumerate(filled for _ in range(ROWS))]
    said = study(rows(tmp_path / "rows.csv", "x,why,y", x, by_chance, Y), ("y",))
    assert "where it is filled" not in str(said.evidence)


def test_the_mark_of_one_class_is_asked_about(tmp_path: Path) -> None:
    kinds = ["abc"[row * 5 % 3] for row in range(ROWS)]
    x = [str(row * 7 % 31) for row in range(ROWS)]
    marks = [[str(int(kind == one)) for kind in kinds] for one in "abc"]
    found = study(rows(tmp_path / "rows.csv", "x,is_a,is_b,is_c,kind", x, *marks, kinds), ("kind",))
    assert evidence(found, "ignore").value == ["is_a", "is_b", "is_c"]
    assert evidence(found, "ignore").confidence == "unsure"


def test_words_among_the_numbers_of_a_target_are_asked_about(tmp_path: Path) -> None:
    x = [str(row * 7 % 31) for row in range(ROWS)]
    y = ["void" if row % 40 == 3 else f"{row * 11 % 97}.5" for row in range(ROWS)]
    path = rows(tmp_path / "rows.csv", "x,y", x, y)
    asked = evidence(study(path, ("y",)), "missing")
    assert asked.confidence == "unsure" and asked.value[-1] == "void"
    then = study(path, ("y",), {"missing": asked.value})
    assert then.open_questions == ("drop_rows_without_target",)


def test_a_few_words_among_many_numbers_are_asked_about(tmp_path: Path) -> None:
    x = ["Undetermined" if row % 6 == 1 else f"{row * 7 % 61}.{row % 10}" for row in range(ROWS)]
    found = study(rows(tmp_path / "rows.csv", "x,y", x, Y), ("y",))
    assert "Undetermined" in evidence(found, "missing").value
    assert evidence(found, "missing").confidence == "unsure"


@pytest.mark.parametrize(
    "cells", [["12,5", "12.5"], ["€5.4K", "€1.5M"], ["2021-3-5 at 7", "May 5, 2021 ", "5/3/2021"]]
)
def test_what_is_nearly_a_number_or_a_date_is_asked_about(cells: list[str], tmp_path: Path) -> None:
    forms = [cells[row % len(cells)].replace("5", str(row % 23 + 1)) for row in range(ROWS)]
    x = [str(row * 7 % 31) for row in range(ROWS)]
    path = rows(tmp_path / "rows.csv", "x;odd;y", x, forms, Y, separator=";")
    asked = evidence(study(path, ("y",)), "ignore")
    assert asked.confidence == "unsure" and "plain numbers, or dates" in asked.why


def test_turkish_is_told_by_its_letters(tmp_path: Path) -> None:
    words = ["İzmir", "sıcak", "hayır", "şehir", "ağaç"]
    lines = [f"{row % 7},{words[row % 5]},{Y[row]}" for row in range(ROWS)]
    path = tmp_path / "rows.csv"
    path.write_bytes("\n".join(["x,word,y", *lines]).encode("cp1254"))
    asked = evidence(study(path, ("y",)), "encoding")
    assert (asked.value, asked.confidence, asked.others) == ("cp1254", "unsure", ("cp1252",))


def test_decimal_is_what_a_person_says(tmp_path: Path) -> None:
    x = [f"{row % 9 + 1},{row * 37 % 1000:03d}" for row in range(ROWS)]
    path = rows(tmp_path / "rows.csv", "x;z;y", x, x[::-1], Y, separator=";")
    assert study(path, ("y",)).open_questions == ("number_signs",)
    said = study(path, ("y",), {"decimal": ","})
    assert not said.open_questions and said.settings["numeric"] == ["x", "z"]


def test_a_table_with_long_texts_is_asked_about(tmp_path: Path) -> None:
    text = [
        f"this is a long letter number {row} that says what its writer thinks"
        for row in range(ROWS)
    ]
    more = [[str(row * one % 31) for row in range(ROWS)] for one in (3, 5, 7)]
    path = rows(tmp_path / "rows.csv", "a,b,c,text,y", *more, [f"{one} of it" for one in text], Y)
    asked = evidence(study(path, ("y",)), "input")
    assert asked.confidence == "unsure" and {asked.value, *asked.others} == {"text", "tabular"}
    for kind in ("text", "tabular"):
        assert study(path, ("y",), {"input": kind}).answers["input"] == kind


@pytest.mark.parametrize(
    "cells",
    [["20240305", "20241225"], ["03MAR2024", "04DEC2024"], ["2024年3月5日", "2024年12月25日"],
     ["202403", "202412"]],
)  # fmt: skip
def test_dates_without_anything_between(cells: list[str]) -> None:
    times = times_in(pl.Series(cells))
    assert times is not None and times.dt.month().to_list() == [3, 12]
    if cells[0].isdigit():
        numbers = times_in(pl.Series([float(cell) for cell in cells]))
        assert numbers is not None and numbers.equals(times)


@pytest.mark.parametrize("decimal", [".", ","])
def test_rows_that_add_up_others_are_asked_about(decimal: str, tmp_path: Path) -> None:
    amounts = [row * 37 % 101 + 0.25 for row in range(ROWS)]
    cells = [f"{one:.2f}".replace(".", decimal) for one in [*amounts, sum(amounts)]]
    who = [*("abc"[row % 3] for row in range(ROWS)), "Summe"]
    path = rows(tmp_path / "rows.csv", "who;amount;y", who, cells, [*Y, ""], separator=";")
    asked = evidence(study(path, ("amount",)), "skip_lines")
    assert (asked.value, asked.confidence, asked.others) == ([ROWS + 2], "unsure", ([],))
    without = study(path, ("amount",), {"skip_lines": asked.value})
    assert without.answers["samples"] == ROWS and not without.open_questions
    assert study(path, ("amount",), {"skip_lines": []}).answers["samples"] == ROWS + 1
    cells[-1] = cells[3]  # a word alone makes no total
    rows(path, "who;amount;y", who, cells, [*Y, ""], separator=";")
    assert "skip_lines" not in study(path, ("amount",)).open_questions
