"""Marks and names in the cells of a file: which may mean "no value", which name something."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from folders import refusal, write
from goodfit.study import study
from studied import evidence

ROWS = 120
RANDOM = np.random.default_rng(4)
PRICES = RANDOM.uniform(0.2, 8, ROWS).round(2)
Y = ["yn"[one] for one in RANDOM.integers(0, 2, ROWS)]


def table(path: Path, names: str, *columns: object) -> Path:
    rows = [",".join(map(str, row)) for row in zip(*columns, strict=True)]  # type: ignore[call-overload]
    return write(path / "rows.csv", "\n".join([names, *rows]))


@pytest.mark.parametrize(("mark", "asked"), [(11.5, False), (50.0, True), (99.9, True), (-7, True)])
def test_a_measurement_is_no_mark(mark: float, asked: bool, tmp_path: Path) -> None:
    prices = [*PRICES[:-4], *[mark] * 4]
    found = study(table(tmp_path, "x,amount,class", RANDOM.normal(size=ROWS), prices, Y))
    assert ("no_value" in found.open_questions) == asked


def test_codes_with_a_letter_are_no_marks(tmp_path: Path) -> None:
    numbers = [536_365 + row // 3 for row in range(ROWS)]
    codes = [f"C{one}" if row % 30 == 7 else one for row, one in enumerate(numbers)]
    found = study(table(tmp_path, "InvoiceNo,amount,class", codes, PRICES, Y))
    assert "missing" not in found.open_questions
    assert "InvoiceNo" not in found.settings.get("numeric", ())


@pytest.mark.parametrize(("padded", "odd"), [("{:03d}", "A{}"), ("{:02d}", "{}b"), ("{}", "{}B")])
def test_numbers_with_zeros_before_them_name_something(
    padded: str, odd: str, tmp_path: Path
) -> None:
    codes = [(odd if row % 20 == 7 else padded).format(row % 23) for row in range(ROWS)]
    found = study(table(tmp_path, "plant,amount,class", codes, PRICES, Y))
    if padded == "{}":  # nothing says whether 7B is a number with a mark
        assert "--set 'categorical=[\"plant\"]'" in evidence(found, "missing").why
        return
    assert not {"missing", "ignore"} & {*found.open_questions}
    assert found.settings["categorical"] == ["plant", "class"]


@pytest.mark.parametrize("below", [[], ["#"], ["# "], ["#", "#"]])
def test_names_in_a_comment_with_bare_ones_below(below: list[str], tmp_path: Path) -> None:
    rows = [f"{price},{row},{y}" for row, (price, y) in enumerate(zip(PRICES, Y, strict=True))]
    lines = ["# from a station", "#", "# price,size,class", *below, *rows]
    found = study(write(tmp_path / "rows.csv", "\n".join(lines)), ("class",))
    assert found.columns[1:] == ("size", "class") and found.answers["samples"] == ROWS


def test_one_cell_is_one_cell(tmp_path: Path) -> None:
    long = "\n".join(["a,b", *[f"{row},{row % 3}" for row in range(3_000)], "1,2,3"])
    refused = refusal(write(tmp_path / "rows.csv", long))
    assert "3 cells, where other lines have 2" in refused.given
    short = "\n".join(["@relation a", "@attribute x numeric", "@attribute y {a,b}", "@data", "1"])
    assert "1 cell of 2" in refusal(write(tmp_path / "rows.arff", short)).given


def test_codes_count_as_words_as_in_the_settings(tmp_path: Path) -> None:
    codes = [row % 7 * 100 for row in range(ROWS)]
    found = study(table(tmp_path, "plan_code,x,class", codes, PRICES, Y))
    assert "1 column of numbers and 1 of words" in evidence(found, "input").why
    assert found.settings["numeric"] == ["x"]
