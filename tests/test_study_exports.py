"""Tables as programs and people export them: what stands above and among the rows, and numbers as
countries write them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from goodfit.answers import complete
from goodfit.plan import make_plan
from goodfit.reader.cells import numbers_in
from goodfit.reader.how import Written
from goodfit.reader.tables import read_frame
from goodfit.study import Study, study
from goodfit.study.open_questions import answers_of
from studied import evidence

ROWS = 60
Y = ["ny"[row // 2 % 2] for row in range(ROWS)]
LINES = [f"{row * 7 % 13},{'rgb'[row % 3]},{row * 11 % 17}.5,{Y[row]}" for row in range(ROWS)]
NAMES = "size,colour,price,y"
ABOVE = {
    "titles padded by separators": (["Report 2024,,,", "By the office,,,", NAMES], [1, 2]),
    "names over several columns": ([",About,About,", NAMES], [1]),
}


@pytest.mark.parametrize("what", ABOVE)
def test_what_stands_above_is_left_out(what: str, tmp_path: Path) -> None:
    above, skipped = ABOVE[what]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join([*above, *LINES]), encoding="utf-8")
    found = study(path, ("y",))
    assert list(found.columns) == ["size", "colour", "price", "y"]
    assert found.settings["skip_lines"] == skipped and found.answers["samples"] == ROWS
    assert read_frame(path, Written(skip_lines=skipped)).columns == list(found.columns)


def test_a_header_that_stands_again_is_a_header(tmp_path: Path) -> None:
    rows = [f"{'abc'[row % 3]},{'xyz'[row * 5 % 3]},{'ny'[row // 2 % 2]}" for row in range(ROWS)]
    lines = ["kind,colour,class", *rows[:30], "kind,colour,class", *rows[30:]]
    (tmp_path / "rows.csv").write_text("\n".join(lines), encoding="utf-8")
    assert study(tmp_path / "rows.csv", ("class",)).columns == ("kind", "colour", "class")


def test_one_setting_names_all_marks(tmp_path: Path) -> None:
    """Those that are known, and words among the numbers of several columns."""
    marks = {3: ("n/a", "1"), 9: ("<1", "2"), 21: ("4", "over")}
    pairs = [marks.get(row, (row * 7 % 31, row % 11)) for row in range(ROWS)]
    rows = [f"{a},{b},{y}" for (a, b), y in zip(pairs, Y, strict=True)]
    (tmp_path / "rows.csv").write_text("\n".join(["a,b,y", *rows]), encoding="utf-8")
    found = study(tmp_path / "rows.csv", ("y",))
    asked = [one for one in found.evidence if one.question == "missing"]
    assert len(asked) == 1 and {"n/a", "<1", "over"} <= {*asked[0].value}
    again = study(tmp_path / "rows.csv", ("y",), {"missing": asked[0].value})
    assert again.settings["numeric"] == ["a", "b"] and not again.open_questions


def test_the_day_or_the_month_is_asked_where_nothing_tells(tmp_path: Path) -> None:
    dates = [f"{row * 5 % 12 + 1:02d}/{row * 7 % 12 + 1:02d}/2023" for row in range(ROWS)]
    rows = [f"{row % 9},{date},{y}" for row, (date, y) in enumerate(zip(dates, Y, strict=True))]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(["x,when,y", *rows]), encoding="utf-8")
    assert evidence(study(path, ("y",)), "day_first").confidence == "unsure"
    for said in (True, False):
        found = study(path, ("y",), {"day_first": said})
        assert found.settings["dates"] and "day_first" not in found.open_questions
    path.write_text(path.read_text(encoding="utf-8").replace("/", "."), encoding="utf-8")
    assert "day_first" not in study(path, ("y",)).open_questions  # with points it is the day


def test_a_column_that_lists_labels_has_one_meaning(tmp_path: Path) -> None:
    tags = ["red|blue", "red", "blue|green", "green|red", "blue"]
    rows = [f"{row * 7 % 13},{tags[row % 5]}" for row in range(100)]
    (tmp_path / "rows.csv").write_text("\n".join(["x,tags", *rows]), encoding="utf-8")
    found = study(tmp_path / "rows.csv", ("tags",))
    values = make_plan(complete(answers_of(found, {}))).values
    assert values["ignore"] == ["tags"] and "tags" not in values["categorical"]


AMOUNTS = {  # with any first digit, what it is and what is added to it so many times
    "{} 234 567 kr": (234_567, 1e6),
    "{}2\u202f500,75 €": (2_500.75, 1e4),
    "{},76,17,681": (7_617_681, 1e7),
    "{},620E-01": (0.062, 0.1),
    "{}.345,83 EUR": (345.83, 1e3),
    "Rs. {},409": (409, 1e3),
}


@pytest.mark.parametrize("form", AMOUNTS)
def test_amounts_of_many_countries_are_numbers(form: str, tmp_path: Path) -> None:
    """The whole column is written so; study and reader read the same."""
    digits = [row % 9 + 1 for row in range(ROWS)]
    rows = [f"{form.format(digits[row])};{row * 5 % 7};{Y[row]}" for row in range(ROWS)]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(["amount;x;y", *rows]), encoding="utf-8")
    found = study(path, ("y",))
    given = {one.question: one.value for one in found.evidence if one.value is not None}
    decimal, signs = given.get("decimal", "."), given.get("number_signs", ())
    how = Written(separator=";", decimal=decimal, number_signs=signs)
    rest, each = AMOUNTS[form]
    read = numbers_in(read_frame(path, how)["amount"], how)
    assert read.to_list() == pytest.approx([rest + each * one for one in digits])
    assert "amount" in found.settings["numeric"]


def test_durations_are_numbers(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "spent": [timedelta(seconds=row * 7 % 31) for row in range(ROWS)],
            "y": Y,
        }
    )
    frame.write_parquet(tmp_path / "rows.parquet")
    assert study(tmp_path / "rows.parquet", ("y",)).settings["numeric"] == ["spent"]
    assert read_frame(tmp_path / "rows.parquet", Written())["spent"][1] == 7.0


def test_where_fractions_have_commas_points_stand_between_thousands(tmp_path: Path) -> None:
    people = [f"{row % 9 + 1}.{row:03d}" if row % 3 else "501" for row in range(ROWS)]
    rows = [f"{people[row]};{row % 7},5;{Y[row]}" for row in range(ROWS)]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(["people;x;y", *rows]), encoding="utf-8")
    found = study(path, ("y",))
    how = Written(separator=";", decimal=",", number_signs=found.settings["number_signs"])
    assert found.settings["decimal"] == "," and not found.open_questions
    assert numbers_in(read_frame(path, how)["people"], how).to_list()[:2] == [501, 2001]


def test_years_above_numbers_are_names_and_telephone_numbers_no_texts(tmp_path: Path) -> None:
    rows = [f"{row:03d} 12 34 56,{row * 7 % 13}.5,{row % 11},{Y[row]}" for row in range(ROWS)]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(["telephone,2019,2020,y", *rows]), encoding="utf-8")
    found = study(path, ("y",))
    assert found.columns == ("telephone", "2019", "2020", "y") and found.answers["samples"] == ROWS
    assert found.answers["input"] == "tabular"


@pytest.mark.parametrize("separator", [",", ";"])
def test_points_beside_whole_numbers_may_stand_between_thousands(
    separator: str, tmp_path: Path
) -> None:
    people = [f"{row % 9 + 1}.{row:03d}" if row % 3 else "501" for row in range(ROWS)]

    def asked(more: str, **said: str) -> Study:
        rows = [separator.join([people[row], more, Y[row]]) for row in range(ROWS)]
        path = tmp_path / "rows.csv"
        path.write_text("\n".join([separator.join(("people", "x", "y")), *rows]), encoding="utf-8")
        return study(path, ("y",), said)

    assert asked("7").open_questions == ("number_signs",)
    assert "number_signs" not in asked("7", decimal=".").settings  # fractions, as the question says
    assert "number_signs" not in asked("0.5").open_questions  # so they are beside others
    how = Written(separator=separator, number_signs=["."])
    assert numbers_in(pl.Series(["1.234"]), how).to_list() == [1234]  # as in every later file


def test_a_day_beyond_all_others_may_be_none(tmp_path: Path) -> None:
    ends = [
        "9999-12-31" if row % 4 == 1 else f"20{row % 9 + 10}-0{row % 7 + 1}-1{row % 8}"
        for row in range(ROWS)
    ]
    path = tmp_path / "rows.csv"
    path.write_text(
        "\n".join(["x,until,y", *(f"{row % 7},{ends[row]},{Y[row]}" for row in range(ROWS))])
    )
    found = study(path, ("y",))
    asked = next(one for one in found.evidence if one.question == "missing")
    assert asked.confidence == "unsure" and asked.value[-1] == "9999-12-31"
    assert asked.others == (asked.value[:-1],)
    for said in (asked.value, asked.others[0]):
        assert not study(path, ("y",), {"missing": said}).open_questions
