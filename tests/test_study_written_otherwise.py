"""Files that well-known tables are handed round in: commas that end a line of names, blanks and a
tab, dates of six digits, months with names, codes for names, tables that are sorted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from folders import write
from goodfit.reader.times import times_in
from goodfit.study import study
from studied import PLAIN, csv, evidence, look

RANDOM = np.random.default_rng(5)
NUMBERS = RANDOM.normal(size=(120, 6)).round(3)
MONTHS = "January February March April May June July August September October November December"


def test_names_that_end_in_a_comma(tmp_path: Path) -> None:
    names, *rows = csv("x1", "x2", "y").splitlines()
    found = look(tmp_path, "\n".join([f"{names},", *rows]), targets=["y"])
    assert found.answers["samples"] == len(rows)
    assert "Unnamed: 3" in found.settings["ignore"]


def test_cells_between_blanks_and_a_name_behind_a_tab(tmp_path: Path) -> None:
    rows = [f'{"   ".join(map(str, row))}\t"a car {at}"' for at, row in enumerate(NUMBERS)]
    found = look(tmp_path, "\n".join(rows), "cars.data", targets=["column_1"])
    assert evidence(found, "separator").value == r"\s+"
    assert found.answers["features"] == 5
    assert found.settings["ignore"] == ["column_7"]


def test_single_quotation_marks_are_no_part_of_a_class(tmp_path: Path) -> None:
    rows = [
        f"'{'ab'[at % 2]}','x y',{row[0]},'{'no' if row[0] < 0 else 'yes'}'"
        for at, row in enumerate(NUMBERS)
    ]
    found = look(tmp_path, "\n".join(["'k','m','n','y'", *rows]))
    assert evidence(found, "quote").value == "'"
    assert "no" in evidence(found, "task").why
    assert "'no'" not in evidence(found, "rarest_share").why.replace("'no' in", "")


@pytest.mark.parametrize("name", ["date", "when", "day"])
def test_days_of_six_digits(name: str, tmp_path: Path) -> None:
    days = [date(1999, 11, 1) + timedelta(at) for at in range(120)]
    rows = [f"{day:%y%m%d},{row[0]}" for day, row in zip(days, NUMBERS, strict=True)]
    found = look(tmp_path, "\n".join([f"{name},level", *rows]))
    assert found.answers["task"] == "forecasting"
    assert found.answers["time_column"] == name


def test_six_digits_may_be_anything_else(tmp_path: Path) -> None:
    days = [date(2021, 1, 1) + timedelta(at * 7 % 120) for at in range(120)]
    rows = [f"{day:%y%m%d},{row[0]}" for day, row in zip(days, NUMBERS, strict=True)]
    found = look(tmp_path, "\n".join(["part,level", *rows]), targets=["level"])
    assert found.settings["numeric"] == ["part", "level"]


def test_months_of_years_that_are_counted(tmp_path: Path) -> None:
    rows = [f"{at // 12 + 1}-{at % 12 + 1:02},{row[0]}" for at, row in enumerate(NUMBERS)]
    found = look(tmp_path, "\n".join(["Month,Sales", *rows]))
    assert "a month" in evidence(found, "time_column").why
    mixed = [rows[at] for at in RANDOM.permutation(len(rows))]
    assert "time_column" not in look(tmp_path, "\n".join(["Month,Sales", *mixed])).answers


def test_one_month_of_a_counted_year_stands_alone_too() -> None:
    import polars as pl

    times = times_in(pl.Series(["2-03"]))
    assert times is not None and str(times[0]) == "2002-03-01 00:00:00"


def test_a_year_and_the_name_of_a_month(tmp_path: Path) -> None:
    names = MONTHS.split()
    rows = [f"{1950 + at // 12},{names[at % 12]},{row[0]}" for at, row in enumerate(NUMBERS)]
    found = look(tmp_path, "\n".join(["year,month,people", *rows]))
    assert (found.answers["time_column"], found.settings["targets"]) == (
        "year + month",
        ["people"],
    )


def test_days_without_a_row_are_gaps(tmp_path: Path) -> None:
    days = [date(2020, 1, 1) + timedelta(at + at // 8) for at in range(120)]
    rows = [f"{day},{row[0]}" for day, row in zip(days, NUMBERS, strict=True)]
    found = look(tmp_path, "\n".join(["date,level", *rows]))
    assert found.open_questions == ("gaps",)
    days = [date(2020, 1, 1) + timedelta(at + 9 * (at // 2)) for at in range(120)]
    rows = [f"{day},{row[0]}" for day, row in zip(days, NUMBERS, strict=True)]
    assert (
        "targets"
        in look(
            tmp_path,
            "\n".join(["date,level,size", *(f"{r},{at % 7}" for at, r in enumerate(rows))]),
        ).open_questions
    )


def test_codes_beside_names_are_names(tmp_path: Path) -> None:
    rows = [",".join(map(str, [*row, "ab"[at % 2]])) for at, row in enumerate(NUMBERS)]
    found = look(tmp_path, "\n".join(["size,volume,4046,4225,mass,heat,kind", *rows]))
    assert evidence(found, "header").value is True
    assert "header" not in found.open_questions


def test_rows_that_are_sorted_are_no_series(tmp_path: Path) -> None:
    """Cars by their maker and model are alike as neighbours."""
    base = np.repeat(RANDOM.normal(size=(60, 3)), 8, axis=0)
    cells = (base + 0.05 * RANDOM.normal(size=base.shape)).round(3)
    rows = [f"model {at // 8},{a},{b},{c}" for at, (a, b, c) in enumerate(cells)]
    found = look(tmp_path, "\n".join(["model,power,mass,price", *rows]), targets=["price"])
    assert "input" not in found.open_questions
    rows = [f"{a},{b},{c}" for a, b, c in np.cumsum(0.1 * cells, axis=0).round(3)]
    found = look(tmp_path, "\n".join(["power,mass,price", *rows]), targets=["price"])
    assert "input" in found.open_questions


def test_numbers_of_twenty_digits_are_no_dates(tmp_path: Path) -> None:
    rows = [
        f"{9_300_000_000_000_000_000 + 1000 * at},{row[0]},{row[1]}"
        for at, row in enumerate(NUMBERS)
    ]
    found = look(tmp_path, "\n".join(["objid,u,y", *rows]))
    assert found.settings["targets"] == ["y"]


def test_the_last_attribute_of_an_arff_is_the_target(tmp_path: Path) -> None:
    names = ["length", "girth", "depth", "volume"]
    head = ["@relation logs", *(f"@attribute {one} numeric" for one in names), "@data"]
    rows = [",".join(map(str, row[:4])) for row in NUMBERS]
    found = study(write(tmp_path / "logs.arff", "\n".join([*head, *rows])))
    assert found.settings["targets"] == ["volume"]
    family = "\n".join([*head, *rows]).replace("girth", "part1").replace("volume", "part2")
    assert "targets" in study(write(tmp_path / "parts.arff", family)).open_questions


def test_a_folder_may_say_what_a_table_is_about(tmp_path: Path) -> None:
    names = "wealth,happiness_score,freedom,health"
    rows = "\n".join([names, *(",".join(map(str, row[:4])) for row in NUMBERS)])
    folder = tmp_path / "world_happiness_report"
    folder.mkdir()
    told = study(write(folder / "2019.csv", rows))
    assert told.settings["targets"] == ["happiness_score"]
    assert "targets" in study(write(tmp_path / "2019.csv", rows)).open_questions


def test_numbers_in_two_files_of_one_first_class_are_a_table(tmp_path: Path) -> None:
    """The first column of pixels is always 0, and no class of series."""
    for name in ("train.csv", "test.csv"):
        rows = [
            ",".join(["0", *(str(one) for one in RANDOM.integers(0, 17, 12)), str(at % 3)])
            for at in range(90)
        ]
        write(tmp_path / name, "\n".join(rows))
    assert study(tmp_path, ("column_14",)).answers["input"] == "tabular"


def test_a_note_below_the_table_is_no_row(tmp_path: Path) -> None:
    rows = [f"{1949 + at // 12}-{at % 12 + 1:02},{row[0]}" for at, row in enumerate(NUMBERS)]
    note = "International airline passengers: monthly totals in thousands"
    found = look(tmp_path, "\n".join(["Month,Passengers", *rows, "", note, ""]))
    assert (found.answers["samples"], found.answers["task"]) == (120, "forecasting")
    assert found.settings["skip_lines"] == [123]
    texts = [f"a text of some words {at},{'no' if at % 2 else 'yes'}" for at in range(60)]
    found = look(tmp_path, "\n".join(["text,kind", *texts, "a text without a kind"]))
    assert "skip_lines" not in found.settings


def test_many_comments_stand_above_a_table(tmp_path: Path) -> None:
    comments = [f"# about the rows {at}" for at in range(30)]
    found = look(tmp_path, "\n".join([*comments, PLAIN]), targets=["y"])
    assert found.answers["features"] == 2
