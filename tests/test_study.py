"""What a study concludes: target, task, and what to leave out, each with its evidence."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from goodfit.errors import GoodfitError
from goodfit.reader.lines import names_of
from goodfit.study import study
from studied import RANDOM, ROWS, csv, evidence, look

TARGETS: dict[str, tuple[str, list[str] | None]] = {
    "its name": (csv("x1", "target", "x3", "x4"), ["target"]),
    "a usual name, last": (csv("x1", "x2", "price"), ["price"]),
    "the only column of two values, last": (csv("x1", "x2", "y", header=False), ["column_3"]),
    "nothing but its place": (csv("x1", "x2", "x3"), None),
    "a name, but last and of two values": (csv("x1", "x2", "y").replace("y\n", "sex\n", 1), None),
    "what is as often a feature": (csv("x1", "x2", "income"), None),
    "a usual name, but amid the others": (
        csv("x1", "y", "x3").replace("x1,y", "x1,status", 1),
        None,
    ),
    "a suffix": (csv("x1", "colour", "y", "x3").replace("y,", "is_target,", 1), ["is_target"]),
    "another language": (csv("x1", "x2", "метка", "x4"), ["метка"]),
    "what is known at the end only": (
        csv("x1", "colour", "y", "x3").replace("y,", "churned,", 1),
        ["churned"],
    ),
    "a usual name, first": (csv("salary", "x1", "x2", "x3"), ["salary"]),
    "the file is called so, last": (csv("x1", "x2", "rows"), ["rows"]),
    "all others are numbered": (csv("colour", *(f"v{at}" for at in range(12))), ["colour"]),
    "who a row is about": (csv("x1", "x2", "y").replace("y\n", "gender\n", 1), None),
    "two usual names, at both ends": (csv("price", "x1", "x2", "salary"), None),
    "both ends, of a table without names": (csv("colour", "x1", "size", header=False), None),
    "two that may be it": (csv("label", "x1", "target", "x3"), None),
    "coordinates": (csv("x", "y", "x3").replace("yes", "1").replace("no", "2"), None),
    "one of two alike": (csv("x1", "x2", "heating value", "cooling value"), None),
}


@pytest.mark.parametrize("case", TARGETS)
def test_the_target_is_found_where_it_is_obvious_and_asked_elsewhere(
    case: str, tmp_path: Path
) -> None:
    text, wanted = TARGETS[case]
    found = look(tmp_path, text)
    if wanted is None:
        assert found.open_questions == ("targets",) and "targets" not in found.settings
    else:
        assert found.settings["targets"] == wanted


@pytest.mark.parametrize("name", ["count", "len", "value", "cells", "*", "^y$", "^.*$", "🙂"])
@pytest.mark.parametrize("kind", ["colour", "size", "x3"])
def test_a_column_may_be_called_what_it_likes(name: str, kind: str, tmp_path: Path) -> None:
    text = csv("x1", "x2", kind, "y")
    text = text.replace(f",{kind},", f",{name},", 1)
    for target in (name, "y"):
        given = {"task": "regression"} if (kind, target) == ("size", name) else {}
        found = look(tmp_path, text, targets=[target], **given)
        assert not found.open_questions and found.settings["targets"] == [target]


def column_of(values: list[Any]) -> str:
    """A table with such a target beside two columns."""
    rows = [f"{row * 7 % 13},{row % 5}.5,{value}" for row, value in enumerate(values)]
    return "a,b,target\n" + "\n".join(rows) + "\n"


BINARY = {"task": "binary-classification", "rarest_share": 0.31}
TASKS: dict[str, tuple[list[Any], dict[str, Any], tuple[str, ...]]] = {
    "two words": (["p", "q"] * 30, {"task": "binary-classification", "rarest_share": 0.5}, ()),
    "two numbers": ([2, 4, 4] * 20, {"task": "binary-classification", "rarest_share": 0.333}, ()),
    "four words": (
        ["a", "b", "c", "d"] * 15,
        {"task": "multiclass-classification", "classes": 4},
        (),
    ),
    "codes from 0": ([0, 1, 2] * 20, {"task": "multiclass-classification", "classes": 3}, ()),
    "fractions": ([row / 7 for row in range(60)], {"task": "regression", "outliers": False}, ()),
    "outliers": (
        [*range(50), *range(1000, 11000, 1000)],
        {"task": "regression", "outliers": True},
        (),
    ),
    "marks from 3 to 8": ([3, 4, 5, 5, 6, 6, 6, 7, 7, 8] * 6, {}, ("task",)),
    "a class of two rows": (["a"] * 40 + ["b"] * 18 + ["c"] * 2, BINARY, ("drop_targets",)),
    "some missing": (["p", "q", ""] * 20, {"samples": 40}, ("drop_rows_without_target",)),
    "lists": (["a,b", "b", "a,c", "c,b,a"] * 15, {"task": "multilabel-classification"}, ()),
}


@pytest.mark.parametrize("case", TASKS)
def test_the_task_follows_from_the_target(case: str, tmp_path: Path) -> None:
    values, wanted, asked = TASKS[case]
    text = column_of([f'"{one}"' if "," in str(one) else one for one in values])
    found = look(tmp_path, text)
    assert found.answers.items() >= wanted.items()
    assert found.open_questions == asked


def test_the_evidence_is_in_words_that_a_person_can_check(tmp_path: Path) -> None:
    found = look(tmp_path, column_of([*range(50), *range(1000, 11000, 1000)]))
    assert evidence(found, "task").why == "`target` has 60 distinct numbers"
    assert evidence(found, "outliers").why == "10 of 60 values of `target` are beyond 1.5 IQR"
    assert evidence(found, "samples").why == "60 rows in the whole file"


LEFT_OUT = {
    "id": "it counts the rows",
    "same": "it has the same value in every row",
    "note": "free text",
    "code": "identifier or name",
    "copy": "leak: its value alone settles the class",
    "score": "leak: in the order of its values each class stands in one piece",
}


def test_what_is_no_feature_is_left_out_with_the_reason(tmp_path: Path) -> None:
    names = ["id", "same", "day", "note", "code", "copy", "score", "colour", "size", "height", "y"]
    lines = [",".join(names)]
    for row in range(ROWS):
        label = row * row // 3 % 2
        day = f"2024-{row * 7 % 12 + 1:02d}-{row * 5 % 27 + 1:02d}"
        cells = [row, "k", day, f"a remark on row {row} of it", f"k{row * 7919}", "np"[label]]
        cells += [
            label * 100 + row % 37 + row / 100,
            "rgb"[row % 3],
            row % 11,
            row % 7 + 0.5,
            label,
        ]
        lines.append(",".join(map(str, cells)))
    found = look(tmp_path, "\n".join(lines))
    ignore = evidence(found, "ignore")
    assert ignore.value == list(LEFT_OUT) and found.answers["features"] == 3 + 5
    assert found.settings["dates"] == ["day=month", "day=weekday", "day=days"]
    for why in LEFT_OUT.values():
        assert why in ignore.why
    assert ignore.confidence == "unsure" and "Is `score` known before" in ignore.why, ignore.why


def test_a_number_that_two_features_make_leaks_through_the_later_one(tmp_path: Path) -> None:
    rows = ["amount,weight,rate,price"]
    for _ in range(ROWS):
        amount, weight, rate = RANDOM.uniform(1, 9, 3).round(3)
        rows.append(f"{amount},{weight},{rate},{amount * rate:.4f}")
    found = look(tmp_path, "\n".join(rows))
    assert found.settings["ignore"] == ["rate"]
    assert "`amount` × `rate`" in evidence(found, "ignore").why


def test_a_copy_of_a_target_of_few_values_leaks(tmp_path: Path) -> None:
    rows = [f"{row * 7 % 13},{row % 6},{row % 6},{row % 5}" for row in range(ROWS)]
    text = "\n".join(["x,copy,mark,other", *rows])
    found = look(tmp_path, text, targets=["mark"], task="regression")
    assert found.settings["ignore"] == ["copy"]


def test_rows_of_one_person_stay_together(tmp_path: Path) -> None:
    rows = [f"p{row // 3},{row % 7}.5,{row % 5},{'ab'[row // 7 % 2]}" for row in range(ROWS)]
    found = look(tmp_path, "patient_id,x1,x2,target\n" + "\n".join(rows))
    assert found.settings["group"] == "patient_id" and "ignore" not in found.settings


def test_series_under_one_another_are_asked_about_and_never_torn_apart(tmp_path: Path) -> None:
    rows = [
        f"s{row // 10:02},{row % 10},{row * 7 % 9}.5,{'ab'[row // 7 % 2]}" for row in range(200)
    ]
    text = "series,step,x1,target\n" + "\n".join(rows)
    found = look(tmp_path, text)
    assert found.open_questions == ("input",) and found.settings["group"] == "series"
    assert "`step` begins anew for each of 20 `series`" in evidence(found, "input").why
    assert look(tmp_path, text, input="tabular").open_questions == ()
    with pytest.raises(GoodfitError, match="a file for each series"):
        look(tmp_path, text, input="series")
    once_more = look(tmp_path, text + "\ns00,3,1.5,a")  # two rows of one step: no series
    assert once_more.open_questions == () and "group" not in once_more.settings
    days = [f"2024-01-{1 + row // 24:02},{row % 24},{row * 7 % 9}.5" for row in range(480)]
    by_hour = look(tmp_path, "date,hour,count\n" + "\n".join(days))
    assert by_hour.open_questions == ("input",)
    assert "--input series" in evidence(by_hour, "input").why


def test_whole_numbers_that_name_something_are_categories(tmp_path: Path) -> None:
    rows = [f"{10_000 + row * 37 % 9},{row % 7}.5,{'ab'[row // 7 % 2]}" for row in range(ROWS)]
    found = look(tmp_path, "zip code,x1,target\n" + "\n".join(rows))
    assert found.settings["categorical"] == ["zip code", "target"]


def test_a_column_of_parts_is_the_split(tmp_path: Path) -> None:
    rows = [
        f"{row % 7}.5,{'train' if row % 4 else 'test'},{'ab'[row // 7 % 2]}" for row in range(ROWS)
    ]
    assert look(tmp_path, "x1,set,target\n" + "\n".join(rows)).settings["part"] == "set"


def test_a_class_that_no_row_to_train_on_has_is_asked_about(tmp_path: Path) -> None:
    rows = [
        f"{row % 7}.5,{'train' if row % 4 else 'test'},{'abc'[row // 7 % 3]}" for row in range(ROWS)
    ]
    lines = [line if "train" in line else line.replace("c", "d") for line in rows]
    found = look(tmp_path, "x1,set,target\n" + "\n".join(lines))
    asked = evidence(found, "drop_targets")
    assert asked.confidence == "unsure" and asked.value == ["d"]
    assert found.answers["classes"] == 3
    said = look(tmp_path, "x1,set,target\n" + "\n".join(rows))
    assert said.answers["classes"] == 3 and not said.open_questions
    for part in ("train", "test"):  # a file for each part
        some = [line.replace(f",{part}", "") for line in lines if part in line]
        (tmp_path / "parts").mkdir(exist_ok=True)
        (tmp_path / "parts" / f"{part}.csv").write_text("\n".join(["x1,target", *some]))
    assert evidence(study(tmp_path / "parts"), "drop_targets").value == ["d"]


def test_one_long_text_beside_a_class_is_text(tmp_path: Path) -> None:
    found = look(tmp_path, csv("id", "text", "colour"))
    assert found.answers["input"] == "text" and found.settings["text_column"] == "text"
    assert found.settings["targets"] == ["colour"] and found.answers["length"] == 16
    table = look(tmp_path, csv("text", "x1", "x2", "x3", "colour", "y"))
    assert table.answers["input"] == "tabular" and table.settings["ignore"] == ["text"]


def test_texts_without_a_header_count_their_columns(tmp_path: Path) -> None:
    found = look(tmp_path, csv("colour", "text", header=False, mark="\t"), "mails.tsv")
    assert (found.settings["text_column"], found.settings["targets"]) == ("1", ["0"])


def test_times_that_tick_beside_numbers_are_a_series(tmp_path: Path) -> None:
    found = look(tmp_path, csv("day", "price"))
    assert found.answers.items() >= {"task": "forecasting", "time_column": "day"}.items()
    assert found.settings["targets"] == ["price"] and found.open_questions == ()
    gaps = look(tmp_path, csv("day", "price").replace("2024-01-15,", "2023-12-31,"))
    assert gaps.open_questions == ("gaps",) and "put in order" in evidence(gaps, "time_column").why
    lines = csv("day", "price").splitlines()
    assert look(tmp_path, "\n".join(lines[:20] + lines[21:])).open_questions == ("gaps",)
    assert (
        look(tmp_path, csv("day", "x1", "colour"), targets=["colour"]).answers["input"] == "tabular"
    )


def test_year_month_day_and_hour_are_one_time(tmp_path: Path) -> None:
    rows = [f"2024,1,{1 + row // 24},{row % 24},{row * 7 % 31}" for row in range(ROWS)]
    found = look(tmp_path, "year,month,day,hour,load\n" + "\n".join(rows), targets=["load"])
    assert found.answers["time_column"] == "year + month + day + hour"


def test_names_are_those_that_pandas_gives() -> None:
    assert names_of(["a", "", "a", " b"], True) == ["a", "Unnamed: 1", "a.1", "b"]
    assert names_of(["a", "b"], False) == ["column_1", "column_2"]


NUMBERED: dict[str, tuple[str, list[float], str]] = {
    "years": ("year", [1900.0 + row for row in range(ROWS)], "series"),
    "months of years": ("time", [round(1949 + row / 12, 6) for row in range(ROWS)], "series"),
    "a name that is no time": ("dose", [0.5 + row for row in range(ROWS)], "tabular"),
    "years that repeat": ("year", [1900.0 + row // 2 for row in range(ROWS)], "tabular"),
    "years in leaps": ("year", [1900.0 + row * row for row in range(ROWS)], "tabular"),
}


@pytest.mark.parametrize("case", NUMBERED)
def test_numbers_that_tick_and_are_called_a_time_are_one(case: str, tmp_path: Path) -> None:
    name, times, wanted = NUMBERED[case]
    rows = [f"{row},{time},{row * 7 % 13}.5" for row, time in enumerate(times)]
    text = "\n".join([f'"",{name},flow', *rows])
    found = look(tmp_path, text, targets=["flow"])
    assert found.answers["input"] == wanted and found.open_questions == ()
    if wanted == "series":
        assert found.answers["time_column"] == name and found.settings["inputs"] == ["flow"]
        assert look(tmp_path, text).settings["targets"] == ["flow"]


def test_what_may_mark_anomalies_is_asked_and_never_learnt_from(tmp_path: Path) -> None:
    rows = [f"{row * 7 % 13}.5,{row % 5},{int(row % 15 == 0)}" for row in range(ROWS)]
    text = "x1,x2,broken\n" + "\n".join(rows)
    found = look(tmp_path, text, task="anomaly-detection")
    assert found.open_questions == ("targets",)
    assert "one in 6.7 % of the rows" in evidence(found, "targets").why
    marked = look(tmp_path, text, targets=["broken"], task="anomaly-detection")
    assert marked.settings["normal"] == ["0"] and marked.answers["features"] == 2
    none = study(tmp_path / "rows.csv", (), {"task": "anomaly-detection", "targets": []})
    assert none.answers["features"] == 3 and not none.open_questions


def test_rows_without_a_time_are_steps_where_a_forecast_is_asked_for(tmp_path: Path) -> None:
    found = look(tmp_path, csv("x1", "x2"), targets=["x2"], task="forecasting")
    assert found.answers["time_column"] == "row number" and not found.open_questions
    assert "each row is a step" in evidence(found, "time_column").why


@pytest.mark.parametrize(("hours", "ahead"), [(1, 24), (24, 7), (6, None)])
def test_the_horizon_follows_from_the_step(hours: int, ahead: int | None, tmp_path: Path) -> None:
    times = (datetime(2024, 1, 1) + timedelta(hours=hours * row) for row in range(600))
    text = "time,load\n" + "\n".join(f"{time},{row * 7 % 31}" for row, time in enumerate(times))
    assert look(tmp_path, text).answers.get("horizon") == ahead


DATES: dict[str, tuple[str, list[str], bool]] = {
    "days": ("%Y-%m-%d", ["when=month", "when=weekday", "when=days"], False),
    "hours": ("%Y-%m-%d %H:%M", ["when=month", "when=weekday", "when=hour", "when=days"], False),
    "the day first": ("%d/%m/%Y", ["when=month", "when=weekday", "when=days"], True),
    "the month first": ("%m/%d/%Y", ["when=month", "when=weekday", "when=days"], False),
}


@pytest.mark.parametrize("case", DATES)
def test_dates_are_learnt_from_by_their_parts(case: str, tmp_path: Path) -> None:
    form, wanted, day_first = DATES[case]
    days = [datetime(2023, 1, 1) + timedelta(hours=row * 977 % 9_001) for row in range(ROWS)]
    rows = [f"{day:{form}},{row % 7}.5,{'ab'[row // 7 % 2]}" for row, day in enumerate(days)]
    found = look(tmp_path, "when,x1,target\n" + "\n".join(rows))
    assert found.settings["dates"] == wanted and found.settings.get("day_first", False) == day_first
    assert "ignore" not in found.settings
    left_out = look(tmp_path, "when,x1,target\n" + "\n".join(rows), ignore=["when"])
    assert "dates" not in left_out.settings
    said = study(tmp_path / "rows.csv", (), {"dates": ["when=year"]})
    assert said.settings["dates"] == ["when=year"] and said.answers["features"] == 2


def test_a_day_is_read_alike_whatever_else_stands_there() -> None:
    import polars as pl
    from goodfit.reader.dates import date_parts_in

    for day_first, month in ((True, 1), (False, 2)):
        (alone,) = date_parts_in(pl.Series("d", ["02/01/2024"]), ["days"], day_first).values()
        (long,) = date_parts_in(pl.Series("d", ["02/01/2024", None]), ["days"], day_first).values()
        assert alone[0] == long[0] == (datetime(2024, month, 3 - month) - datetime(1970, 1, 1)).days
    found = date_parts_in(pl.Series("d", ["2024-12-31", "2025-01-01"]), ["month"], False)
    december, january = zip(*found.values(), strict=True)
    assert sum((a - b) ** 2 for a, b in zip(december, january, strict=True)) < 0.3
