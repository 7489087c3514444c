"""Small inputs that went wrong for somebody: each is read, or asked about in words that mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from goodfit.study import Study, study
from studied import evidence

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"there is no {CASES}")


def look(name: str, *targets: str, **given: Any) -> Study:
    return study(CASES / name, targets, given)


def test_a_class_may_be_called_na() -> None:
    asked = evidence(look("class-called-na/zone.csv", "zone"), "drop_rows_without_target")
    assert "'NA' stands in 90 of them" in asked.why and "--set 'missing=" in asked.why
    kept = look("class-called-na/zone.csv", "zone", missing=["", "?"])
    assert kept.answers["classes"] == 4 and not kept.open_questions


def test_codes_are_text() -> None:
    assert look("codes-with-zeros/train.csv", "y").settings["categorical"] == ["code"]


@pytest.mark.parametrize("name", ["patient_num", "r_MRN", "r_patient_id_blank", "visits"])
def test_a_repeated_id_is_a_group(name: str) -> None:
    found = look(f"group-with-a-blank/{name}.csv")
    group = "MRN" if "MRN" in name else "patient_id"
    assert found.settings["group"] == group and group in found.settings["categorical"]
    assert group not in found.settings.get("ignore", [])


def test_blanks_around_labels_are_none() -> None:
    assert look("label-spellings/spaces.csv").answers["task"] == "binary-classification"


def test_a_number_that_stands_apart_is_asked_about() -> None:
    asked = evidence(look("sentinel/air.csv", "no2"), "no_value")
    assert asked.value == [f"{name}=-200" for name in ("co", "nox", "temp", "no2")]


@pytest.mark.parametrize(
    ("name", "signs"), [("parentheses", [","]), ("unicode_minus", None), ("units", ["kg"])]
)
def test_marked_numbers_are_numbers(name: str, signs: list[str] | None) -> None:
    found = look(f"marked-numbers/{name}.csv", "late", ignore=[])
    assert "profit" in found.settings["numeric"] and found.settings.get("number_signs") == signs


def test_percent_beside_fractions_is_asked_about() -> None:
    asked = evidence(look("marked-numbers/pct_mixed.csv", "late"), "number_signs")
    assert asked.confidence == "unsure" and "% in 204" in asked.why


TIMES = {"ampm": 1200, "dst_local": 1200, "future_blank": 570, "tz": 1200, "walks_z": 900}


@pytest.mark.parametrize("name", TIMES)
def test_times_are_a_series(name: str) -> None:
    found = look(f"times/{name}.csv", "temp" if name.startswith("walks") else "load")
    assert found.answers["task"] == "forecasting" and found.answers["samples"] == TIMES[name]


def test_a_date_and_an_hour_are_asked_about() -> None:
    assert "--input series" in evidence(look("times/bike_like.csv"), "input").why


def test_which_sheet_is_asked_and_titles_are_skipped() -> None:
    asked = evidence(look("excel/a_sheet_per_year.xlsx"), "sheet")
    assert asked.confidence == "unsure" and "'2020' (101 rows), '2021'" in asked.why
    found = look("excel/title_merged.xlsx")
    assert found.answers["samples"] == 200 and found.settings["skip_lines"] == [1]
    assert found.columns == ("a", "b", "label")
