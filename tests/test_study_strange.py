"""Files that are strange in one way each: read all the same, asked about, or refused in words."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from goodfit.errors import GoodfitError
from goodfit.study import study
from goodfit.study.columns.reading import read_column
from studied import PLAIN, assert_refused, csv, evidence, goodfit, look

HEAD, _, BODY = PLAIN.partition("\n")
COLUMNS = HEAD.count(",") + 1


def priced(*prices: str, others: str = "") -> str:
    """A table with semicolons: these prices over and over, another number, and a class."""
    rows = [
        f"{prices[row % len(prices)]};{others or row % 11};{'no' if row % 7 else 'yes'}"
        for row in range(60)
    ]
    return "size;x;y\n" + "\n".join(rows)


READ: dict[str, tuple[str | bytes, dict[str, Any]]] = {
    "UTF-32": (PLAIN.encode("utf-32"), {"encoding": "utf-32"}),
    "blank lines above": ("\n\n" + PLAIN, {}),
    "a blank line below the names": (f"{HEAD}\n\n{BODY}", {}),
    "blank lines between and below": (PLAIN.replace("\n", "\n\n"), {}),
    "a separator at the end of each line": (PLAIN.replace("\n", ",\n"), {"targets": ["y"]}),
    "a name on two lines": (PLAIN.replace(HEAD, '"a\nb"' + HEAD[HEAD.index(",") :]), {}),
    "a very long cell": (
        f"{HEAD},note\n" + BODY.replace("\n", ",k\n").replace(",k", "," + "k" * 200_000, 1),
        {},
    ),
    "apostrophes for thousands": (priced("1'234", "12'345.5"), {"number_signs": ["'"]}),
    "spaces for thousands": (priced("1 234", "12 345 678"), {"number_signs": [" "]}),
    "fractions with a currency": (
        priced("1403,97 €", "862,29 €", "17,00 €"),
        {"decimal": ",", "number_signs": ["€"]},
    ),
    "points for thousands": (priced("1.234.567", "2.345.678"), {"number_signs": ["."]}),
    "fractions of three places": (priced("0,123", "1,234", "2,345"), {"decimal": ","}),
}


@pytest.mark.parametrize("case", READ)
def test_is_read_all_the_same(case: str, tmp_path: Path) -> None:
    content, wanted = READ[case]
    found = look(tmp_path, content)
    assert found.answers["samples"] == 60
    assert found.settings.items() >= wanted.items()


def test_a_comma_before_three_digits_is_asked_about(tmp_path: Path) -> None:
    table = priced("1,234", "5,678", "9,100").replace("size;x;y", "size;x;target")
    found = look(tmp_path, table)
    assert found.open_questions == ("number_signs",)
    assert "thousands? Or fractions" in evidence(found, "number_signs").why
    fractions = study(tmp_path / "rows.csv", given={"decimal": ","})
    assert not fractions.open_questions and "number_signs" not in fractions.settings
    clear = look(tmp_path, priced("1,234", "5,678", "9,100", "1,234,567"))
    assert clear.settings["number_signs"] == [","]


def test_marks_that_mean_two_things_are_not_both_taken(tmp_path: Path) -> None:
    text = priced("1,234", "5,678", "9,100", others="0,25")  # what is a fraction there is one here
    found = look(tmp_path, text)
    assert found.settings["decimal"] == "," and "number_signs" not in found.settings


NUMBERS: dict[str, tuple[list[str], tuple[str, ...] | None]] = {
    "a space before the currency is no thousands": (["5 €", "17 €"], ("€",)),
    "a number that begins with zero has no thousands": (["0 123", "0 456"], None),
    "telephone numbers are no numbers": (["030 123 45", "040 543 21"], None),
    "three kinds of marks are no number": (["1'234 567", "2'345 678"], None),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_signs_stand_where_such_signs_do(case: str) -> None:
    import polars as pl

    cells, wanted = NUMBERS[case]
    column = read_column("x", 0, pl.Series("x", cells * 10))
    assert (column.signs if column.kind == "number" else None) == wanted


STRANGE: dict[str, tuple[str, str | bytes, tuple[str, ...], str]] = {
    "JSON called .csv": ("a.csv", '[\n {"a": 1},\n {"a": 2}\n]', (), "begins like JSON"),
    "a web page": ("a.csv", "<!DOCTYPE html>\n" + PLAIN, (), "begins like a web page"),
    "a CSV called .xlsx": ("a.xlsx", PLAIN, (), "is called .xlsx, and begins like"),
    "a CSV called .npz": ("a.npz", PLAIN, (), "is called .npz, and begins like"),
    "Parquet called .csv": ("a.csv", b"PAR1" + bytes(99), (), "fix: call it .parquet"),
    "noise without a zero": (
        "a.csv",
        bytes(range(1, 256)) * 99,
        (),
        "bytes that are no characters",
    ),
    "a zero far below": ("a.csv", PLAIN.encode() * 9_000 + b"\0", (), "is zero"),
    "a line too long, far below": ("a.csv", PLAIN + BODY * 99 + "1,2,3,4,5,6,7\n", (), "7 cells"),
    "fewer names than columns": ("a.csv", "a,y\n" + "8,2,3\n4,5,6\n" * 30, (), "has 2 names"),
    "a broken record": ("a.jsonl", '{"a": 1}\n' * 9 + '{"a"', (), "line 10 is no JSON"),
    "a record without names": ("a.jsonl", "7\n" * 30, (), "line 1 is no record"),
    "words as amounts": ("a.csv", PLAIN, ("--task=regression", "--target=y"), "such as 'no'"),
    "labels that are none": (
        "a.csv",
        PLAIN,
        ("--task=multilabel-classification", "--target=y"),
        "lists of labels",
    ),
    "two classes as many": (
        "a.csv",
        PLAIN,
        ("--task=multiclass-classification", "--target=y"),
        "has 2 classes",
    ),
    "images that are rows": ("a.csv", PLAIN, ("--input=image",), "no column names image files"),
    "a forecast without time": (
        "a.csv",
        csv("x1", "colour", "y").replace("x1,", "year,", 1).replace(".", ""),
        ("--task=forecasting", "--target=year"),
        "no column of times",
    ),
    "rows as series": ("a.csv", PLAIN, ("--input=series", "--target=y"), "holds no numbers"),
    "a column that is not there": ("a.csv", PLAIN, ('--set=ignore=["x9"]',), "'x9' is no column"),
    "the target as a group": ("a.csv", PLAIN, ("--set=group=y",), "is the target"),
    "an encoding that is not there": ("a.csv", PLAIN, ("--set=encoding=utf-99",), "utf-99"),
    "another path": ("a.csv", PLAIN, ("--set=path=b.csv",), "--data with --set path"),
    "a date called target": (
        "a.csv",
        csv("x1", "x2", "day").replace("day", "target"),
        (),
        "not `target`: a date",
    ),
}


@pytest.mark.parametrize("case", STRANGE)
def test_is_refused_in_words(case: str, tmp_path: Path) -> None:
    name, content, flags, said = STRANGE[case]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = goodfit("generate", "toy", "--data", path, "--yes", "--output-dir", tmp_path, *flags)
    assert_refused(result, said)
    assert [one.name for one in tmp_path.iterdir()] == [name]


ARRAYS: dict[str, tuple[dict[str, Any], str]] = {
    "complex numbers": ({"X": np.ones((30, 3)) + 1j, "y": np.arange(30) % 2}, "complex128"),
    "too few answers": ({"X": np.ones((30, 3)), "y": np.arange(29) % 2}, "X has 30 rows, y 29"),
    "objects": ({"X": np.array([[{}]] * 30), "y": np.arange(30)}, "allow_pickle=False"),
    "other shapes": ({"a": np.ones((30, 3, 2))}, "X (rows, columns)"),
    "parts": (
        {f"{one}_{part}": np.ones((30, 3)) for one in "xy" for part in ("train", "test")},
        "n.savez('rows.npz', X=n.concatenate([d['x_train'], d['x_test']])",
    ),
}


@pytest.mark.parametrize("case", ARRAYS)
def test_arrays_that_are_no_table_are_refused(case: str, tmp_path: Path) -> None:
    arrays, said = ARRAYS[case]
    np.savez(tmp_path / "a.npz", **arrays)
    assert_refused(goodfit("study", tmp_path / "a.npz"), said)


def link(folder: Path) -> Path:
    (folder / "rows.csv").symlink_to("gone.csv")
    return folder / "rows.csv"


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "rows.csv")
    return folder / "rows.csv"


def folder_called_csv(folder: Path) -> Path:
    (folder / "rows.csv").mkdir()
    return folder / "rows.csv"


PLACES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a link to nothing": (link, "is a link to gone.csv"),
    "a pipe": (pipe, "neither file nor folder"),
    "a folder called .csv": (folder_called_csv, "is an empty folder"),
}


@pytest.mark.parametrize("case", PLACES)
def test_places_that_hold_nothing_are_refused(case: str, tmp_path: Path) -> None:
    make, said = PLACES[case]
    assert_refused(goodfit("study", make(tmp_path)), said)


def test_a_rare_class_is_looked_at_in_another_way_too(tmp_path: Path) -> None:
    rows = [
        f"{row * 7 % 13},{row % 5}.5,{'bad' if row % 50 == 0 else 'good'}" for row in range(500)
    ]
    found = look(tmp_path, "a,b,target\n" + "\n".join(rows))
    assert found.answers["task"] == "binary-classification"
    assert "--task anomaly-detection" in evidence(found, "rarest_share").why
    again = study(tmp_path / "rows.csv", ("target",), {"task": "anomaly-detection"})
    assert again.answers["task"] == "anomaly-detection" and again.settings["normal"] == ["good"]


def test_a_series_a_row_is_one_where_it_is_said(tmp_path: Path) -> None:
    steps = np.random.default_rng(0).normal(size=(60, 12)).round(3)
    rows = [",".join([*map(str, row), "ab"[place % 2]]) for place, row in enumerate(steps)]
    names = ",".join([*(f"t{step}" for step in range(12)), "class"])
    assert look(tmp_path, names + "\n" + "\n".join(rows)).answers["input"] == "tabular"
    found = study(tmp_path / "rows.csv", (), {"input": "series"})
    assert found.answers["length"] == 12 and found.answers["features"] == 1
    assert found.settings["layout"] == "wide" and found.settings["targets"] == ["class"]


@pytest.mark.parametrize("fault", ["repeat", " % of the rows alone"])
def test_a_series_that_does_not_tick_says_why(fault: str, tmp_path: Path) -> None:
    step = (lambda row: row - row % 2) if "repeat" in fault else (lambda row: row * row // 60 + row)
    days = [date(2024, 1, 1) + timedelta(step(row)) for row in range(60)]
    rows = [f"{day},{row * 7 % 31 / 10}" for row, day in enumerate(days)]
    (tmp_path / "rows.csv").write_text("day,level\n" + "\n".join(rows), encoding="utf-8")
    assert_refused(goodfit("study", tmp_path / "rows.csv", "--target", "level"), fault)


def test_a_target_of_a_folder_of_classes_is_refused(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for place in range(12):
            (tmp_path / name / f"{place}.txt").write_text(f"a text of {name}", encoding="utf-8")
    (tmp_path / "labels.json").write_text("{}", encoding="utf-8")
    assert_refused(goodfit("study", tmp_path, "--target", "class"), "--target 'class'")
    shown = json.loads(goodfit("study", tmp_path, "--json").output)
    why = next(one["why"] for one in shown["evidence"] if one["question"] == "input")
    assert why == "24 text files; left out: 1 file of another kind (labels.json)"


def test_numbers_that_are_read_as_words_are_told(tmp_path: Path) -> None:
    paces = [f"{20 + row % 9}:{row * 7 % 60:02d}" for row in range(120)]
    codes = [f"{row % 97 + 10}-{row * 31 % 900 + 100}" for row in range(120)]
    rows = [
        f"{pace},{code},{row * 37 % 11},{'ab'[row % 2]}"
        for row, (pace, code) in enumerate(zip(paces, codes, strict=True))
    ]
    (tmp_path / "rows.csv").write_text("\n".join(["pace,zip,size,label", *rows]), encoding="utf-8")
    ignore = evidence(study(tmp_path / "rows.csv", ("label",)), "ignore")
    assert ignore.confidence == "unsure" and "`pace`: it holds '20:00'" in ignore.why
    assert "`zip`: identifier" in ignore.why


def test_a_word_among_numbers_stays_a_question(tmp_path: Path) -> None:
    rows = [f"{row},{'a dozen' if row == 7 else row * 3},{'ab'[row % 2]}" for row in range(60)]
    (tmp_path / "rows.csv").write_text("\n".join(["n,size,label", *rows]), encoding="utf-8")
    found = study(tmp_path / "rows.csv", ("label",))
    assert evidence(found, "missing").value[-1] == "a dozen"
    with pytest.raises(GoodfitError, match="'a dozen' among them"):
        study(tmp_path / "rows.csv", ("label",), {"missing": ["", "?"]})
