"""The study of a user's data: what is read, what is concluded, what is asked, what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner, Result
from goodfit.cli import main
from goodfit.data_prompts import confirm_data
from goodfit.errors import GoodfitError, Stopped
from goodfit.study import Study, study
from goodfit.study.columns import read_column
from goodfit.study.dates import times_of
from goodfit.study.encoding import find_encoding
from goodfit.study.header import pandas_names
from goodfit.study.infer import read_columns
from goodfit.study.report import in_order
from goodfit.study.tables import open_table
from projects import read_tree
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

RANDOM = np.random.default_rng(0)
ROWS = 60


def goodfit(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], prog_name="goodfit")


def csv(*columns: str, rows: int = ROWS, mark: str = ",", header: bool = True) -> str:
    """A CSV of kinds of columns, named after them: "x" numbers, "colour" words, "y" two classes."""
    noise = np.random.default_rng(1).normal(size=(rows, len(columns))).round(3)
    makers: dict[str, Callable[[int, int], str]] = {
        "colour": lambda row, place: ("red", "green", "blue")[row * 7 % 3],
        "y": lambda row, place: ("no", "yes")[row * row // 3 % 2],
        "price": lambda row, place: f"{abs(noise[row, place]) * 1000:.2f}",
        "id": lambda row, place: str(5_000 + row),
        "day": lambda row, place: f"{date(2024, 1, 1) + timedelta(row)}",
        "same": lambda row, place: "k",
        "size": lambda row, place: str(row * 13 % 11),
        "text": lambda row, place: f"this is the text of row {row} and it goes on",
    }
    lines = [mark.join(columns)] if header else []
    for row in range(rows):
        cells = [
            makers.get(name, lambda row, place: str(noise[row, place]))(row, place)
            for place, name in enumerate(columns)
        ]
        lines.append(mark.join(cells))
    return "\n".join(lines) + "\n"


def look(folder: Path, content: str | bytes, name: str = "rows.csv", **given: Any) -> Study:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return study(path, tuple(given.pop("targets", ())), given)


def evidence(found: Study, question: str) -> Any:
    return next(one for one in found.evidence if one.question == question)


PLAIN = csv("x1", "colour", "y")
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


TARGETS: dict[str, tuple[str, list[str] | None]] = {
    "its name": (csv("x1", "target", "x3", "x4"), ["target"]),
    "a usual name, last": (csv("x1", "x2", "price"), ["price"]),
    "the only column of two values, last": (csv("x1", "x2", "y", header=False), ["column_3"]),
    "nothing but its place": (csv("x1", "x2", "x3"), None),
    "two that may be it": (csv("label", "x1", "class", "x3"), None),
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
    "day": "a date is no number and no category",
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
    assert found.settings["ignore"] == list(LEFT_OUT)
    assert found.answers["features"] == 3
    for name, why in LEFT_OUT.items():
        assert name in found.settings["ignore"] and why in evidence(found, "ignore").why


def test_a_number_that_two_features_make_leaks_through_the_later_one(tmp_path: Path) -> None:
    rows = ["amount,weight,rate,price"]
    for _ in range(ROWS):
        amount, weight, rate = RANDOM.uniform(1, 9, 3).round(3)
        rows.append(f"{amount},{weight},{rate},{amount * rate:.4f}")
    found = look(tmp_path, "\n".join(rows))
    assert found.settings["ignore"] == ["rate"]
    assert "`amount` × `rate`" in evidence(found, "ignore").why


def test_rows_of_one_person_stay_together(tmp_path: Path) -> None:
    rows = [f"p{row // 3},{row % 7}.5,{row % 5},{'ab'[row // 7 % 2]}" for row in range(ROWS)]
    found = look(tmp_path, "patient_id,x1,x2,target\n" + "\n".join(rows))
    assert found.settings["group"] == "patient_id" and "ignore" not in found.settings


def test_whole_numbers_that_name_something_are_categories(tmp_path: Path) -> None:
    rows = [f"{10_000 + row * 37 % 9},{row % 7}.5,{'ab'[row // 7 % 2]}" for row in range(ROWS)]
    found = look(tmp_path, "zip code,x1,target\n" + "\n".join(rows))
    assert found.settings["categorical"] == ["zip code"]


def test_a_column_of_parts_is_the_split(tmp_path: Path) -> None:
    rows = [
        f"{row % 7}.5,{'train' if row % 4 else 'test'},{'ab'[row // 7 % 2]}" for row in range(ROWS)
    ]
    assert look(tmp_path, "x1,set,target\n" + "\n".join(rows)).settings["part"] == "set"


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
    assert gaps.answers.get("task") != "forecasting"
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
    assert pandas_names(("a", "", "a", " b"), True) == ["a", "Unnamed: 1", "a.1", "b"]
    assert pandas_names(("a", "b"), False) == ["column_1", "column_2"]


OPEN = "http://schemas.openxmlformats.org"
OFFICE = f"{OPEN}/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
POINTS = f'<Relationships xmlns="{OPEN}/package/2006/relationships"><Relationship Id="rId1" '
SHEET = {
    "[Content_Types].xml": f'<Types xmlns="{OPEN}/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{POINTS}Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{OPEN}/spreadsheetml/2006/main" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="rows" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{POINTS}Type="{OFFICE}/worksheet" Target="sheet1.xml"/>'
    "</Relationships>",
}


def write_excel(frame: pl.DataFrame, path: Path) -> None:
    """The smallest file that Excel would open."""
    rows = [frame.columns, *frame.iter_rows()]
    cells = "".join(
        "<row>"
        + "".join(
            f"<c><v>{one}</v></c>"
            if isinstance(one, int | float)
            else f'<c t="inlineStr"><is><t>{one}</t></is></c>'
            for one in row
        )
        + "</row>"
        for row in rows
    )
    sheet = f'<worksheet xmlns="{OPEN}/spreadsheetml/2006/main">'
    with zipfile.ZipFile(path, "w") as file:
        for name, text in SHEET.items():
            file.writestr(name, text)
        file.writestr("xl/sheet1.xml", f"{sheet}<sheetData>{cells}</sheetData></worksheet>")


FRAME = pl.DataFrame(
    {
        "size": [row * 13 % 11 for row in range(ROWS)],
        "weight": [row * 7 % 17 / 4 for row in range(ROWS)],
        "colour": ["rgb"[row % 3] for row in range(ROWS)],
        "target": ["no", "yes", "yes"] * (ROWS // 3),
    }
)
FORMATS: dict[str, Callable[[Path], object]] = {
    "rows.csv": FRAME.write_csv,
    "rows.parquet": FRAME.write_parquet,
    "rows.arrow": FRAME.write_ipc,
    "rows.feather": FRAME.write_ipc,
    "rows.jsonl": FRAME.write_ndjson,
    "rows.xlsx": lambda path: write_excel(FRAME, path),
}


@pytest.mark.parametrize("name", FORMATS)
def test_formats_say_the_same(name: str, tmp_path: Path) -> None:
    FORMATS[name](tmp_path / name)
    found = study(tmp_path / name)
    assert found.answers == study_of_frame(tmp_path).answers
    assert found.settings["targets"] == ["target"]


def study_of_frame(folder: Path) -> Study:
    FRAME.write_csv(folder / "same.csv")
    return study(folder / "same.csv")


def test_arrays_have_named_columns(tmp_path: Path) -> None:
    x = RANDOM.normal(size=(ROWS, 3)) * [1, 100, 10_000]
    np.savez(tmp_path / "rows.npz", X=x, y=np.arange(ROWS) % 3)
    found = study(tmp_path / "rows.npz")
    assert found.settings["targets"] == ["target"] and found.answers["classes"] == 3


# Reads each file as the emitted project does, and prints its names and its numbers.
READ = """
import json, sys, types
sys.modules["sample"] = types.ModuleType("sample")  # it would import the whole project
from pathlib import Path
import pandas as pd
from data import DataConfig, read_rows
for path, settings in json.load(sys.stdin):
    table = read_rows(Path(path), DataConfig(**settings))
    numbers = [name for name in table if pd.api.types.is_numeric_dtype(table[name])]
    print(json.dumps([list(table.columns), numbers, len(table)]))
"""


@pytest.mark.emitted
def test_the_project_reads_what_the_study_read(tmp_path: Path) -> None:
    """Names, rows and which columns are numbers, for every way of writing and every format."""
    asked, wanted = [], []
    (tmp_path / "files").mkdir()
    from test_study_strange import READ as STRANGE

    for place, (content, settings) in enumerate([*WRITTEN.values(), *STRANGE.values()]):
        path = tmp_path / "files" / f"{place}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        asked.append((path, ["column_3"] if settings.get("header") is False else ["y"]))
    for name, write in FORMATS.items():
        write(tmp_path / "files" / name)
        asked.append((tmp_path / "files" / name, ["target"]))
    money = [
        line.replace(";", ";$", 1) for line in csv("x1", "price", "colour", "y", mark=";").split()
    ]
    money[0] = "x1;price;colour;y"
    (tmp_path / "files" / "money.csv").write_text("\n".join(money), encoding="utf-8")
    asked.append((tmp_path / "files" / "money.csv", ["y"]))
    questions = []
    for path, targets in asked:
        name = path.stem if path.stem.isalpha() else f"p{path.stem}"
        arguments = [f"{name}-{path.suffix[1:]}", "--data", path, "--yes", "--output-dir", tmp_path]
        result = goodfit("generate", *arguments, *(f"--target={one}" for one in targets))
        assert result.exit_code == 0, result.output
        project = tmp_path / arguments[0]
        config = tomllib.loads((project / "config.toml").read_text(encoding="utf-8"))["data"]
        found = study(path, tuple(targets))
        questions.append((str(path), config))
        wanted.append([list(found.columns), found.answers["samples"]])
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=project,
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [[names, rows] for names, _, rows in read] == wanted
    for (path, targets), (_, numbers, _) in zip(asked, read, strict=True):
        columns = read_columns(open_table(path, {}).frame, {})
        wanted = [one.name for one in columns if one.kind in ("number", "empty")]
        assert sorted(numbers) == sorted({*wanted} - {*targets}), path


def test_a_project_is_generated_from_a_file_and_again_from_its_answers(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(csv("id", "x1", "colour", "y", mark=";"), encoding="utf-8")
    first = goodfit(
        "generate", "toy", "--data", tmp_path / "rows.csv", "--yes", "--output-dir", tmp_path
    )
    assert first.exit_code == 0, first.output
    made = read_tree(tmp_path / "toy")
    config = tomllib.loads(made["config.toml"].decode())
    assert config["data"]["path"] == "../rows.csv" and config["data"]["separator"] == ";"
    assert config["data"]["ignore"] == ["id"] and config["data"]["planned_rows"] == ROWS
    assert b"From your data: `id`: it counts the rows." in made["config.toml"]
    assert b"You asked for this" not in made["config.toml"]
    assert b"## From your data" in made["DECISIONS.md"]
    again = tmp_path / "again"
    second = goodfit("generate", "--answers", tmp_path / "toy/answers.toml", "--output-dir", again)
    assert second.exit_code == 0, second.output
    assert read_tree(again / "toy") == made


def test_a_flag_stands_over_what_was_found(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(csv("x1", "size", "y"), encoding="utf-8")
    flags = ["--data", tmp_path / "rows.csv", "--json", "--dry-run"]
    result = goodfit(
        "generate", *flags, "--target", "size", "--task", "regression", "--set", "ignore=[]"
    )
    chosen = {one["setting"]: one for one in json.loads(result.output)["decisions"]}
    assert chosen["loss"]["value"] != "sparse_categorical_crossentropy"
    assert chosen["ignore"]["by_user"] and not chosen["targets"]["by_user"]
    assert chosen["targets"]["from_data"]


def test_study_prints_a_table_and_what_to_do_next(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(csv("x1", "x2", "x3"), encoding="utf-8")
    shown = goodfit("study", tmp_path / "rows.csv")
    assert (
        shown.exit_code == 0 and "unsure" in shown.output and "`x3`: it stands last" in shown.output
    )
    data = json.loads(goodfit("study", tmp_path / "rows.csv", "--target", "x3", "--json").output)
    assert data["answers"]["task"] == "regression" and data["open_questions"] == []


@contextmanager
def typed(*keys: str) -> Iterator[None]:
    """What a person types at the prompts."""
    with create_pipe_input() as keyboard:
        keyboard.send_text("".join(keys) + "\x03" * 9)  # where keys run out the test fails
        with create_app_session(input=keyboard, output=DummyOutput()):
            yield


def test_at_a_terminal_what_is_unsure_is_asked_and_the_rest_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("x1", "x2", "x3").replace("\n", "\n1,2,\n", 1), encoding="utf-8")
    with typed("\r", "y", "y"):  # the likeliest target; leave rows without it out; all is right
        values = confirm_data(path, (), {"project_slug": "toy"})
    assert values["task"] == "regression" and values["samples"] == ROWS
    assert values["overrides"] == {"drop_rows_without_target": True}
    assert values["evidence"]["targets"]["value"] == ["x3"]
    with typed("\r", "n"), pytest.raises(GoodfitError, match="mend the data"):
        confirm_data(path, (), {})
    with typed("\r", "y", "n"), pytest.raises(Stopped):  # it asks which is wrong then
        confirm_data(path, (), {})


def test_at_a_terminal_a_wrong_answer_is_corrected(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("id", "x1", "colour", "y"), encoding="utf-8")
    found = [one.question for one in in_order(study(path))]
    downs = "\x1b[B" * found.index("ignore")
    with typed("n", downs, "\r", "\x15", '["id", "coluor"]\r', "n", downs, "\r", "\x15[]\r", "y"):
        values = confirm_data(path, (), {})  # a name that is not there is said, and asked again
    assert values["overrides"] == {"ignore": []} and values["features"] == 3
    with typed("n", "\x1b[B" * found.index("targets"), "\r", "\x1b[B" * 3, "\r", "y"):
        assert confirm_data(path, (), {})["task"] == "multiclass-classification"


def test_of_many_columns_the_target_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv(*(f"g{place}" for place in range(50))), encoding="utf-8")
    with typed("\x15", "g7\r", "y"):
        assert confirm_data(path, (), {})["evidence"]["targets"]["value"] == ["g7"]


UNREADABLE: dict[str, tuple[str | bytes, tuple[str, ...], str]] = {
    "an empty file": ("", (), "it has 0 bytes"),
    "a header alone": ("a,b,c\n", (), "a header alone"),
    "one column": ("a\n" + "1\n" * 50, (), "one column"),
    "identifiers alone": (csv("id").replace("\n", ",k\n"), (), "no column"),
    "a target of one value": (csv("x1", "x2").replace("\n", ",k\n"), ("k",), "'k' in every row"),
    "a target without values": ("a,b,target\n" + "1,2,\n3,4,\n" * 30, (), "no value at all"),
    "zeros and noise": (bytes(range(256)) * 20, (), "no text file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), (), "it begins like a PNG image"),
    "an archive": (b"PK\x03\x04" + bytes(99), (), "it begins like zip"),
    "two encodings": (
        b"name,y\n" + b"".join("é,1\n".encode(("cp1252", "utf-8")[row % 2]) for row in range(50)),
        (),
        "mixes encodings: line 2 is not UTF-8",
    ),
    "a row that is too long": (PLAIN + "1,2,3,4,5\n" + PLAIN, (), "5 cells"),
    "two rows": ("a,b,y\n1,2,0\n3,4,1\n", (), "2 rows"),
    "no value anywhere": ("a,b\n" + ",\n" * 40, (), "no value at all"),
    "constants alone": ("a,b,target\n" + "1,k,0\n1,k,1\n" * 30, (), "no column to learn from"),
    "a word among numbers": (PLAIN.replace("\n", "\nabc,red,no\n", 1), (), "'abc' among them"),
    "nothing that names a target": (csv("x1", "x2", "x3"), (), "add --target COLUMN"),
    "a target that is not there": (PLAIN, ("colours",), "did you mean colour?"),
    "a target of names": (csv("text", "x1", "y"), ("text",), "60 different values"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_bad_data_is_refused(case: str, tmp_path: Path) -> None:
    content, targets, said = UNREADABLE[case]
    path = tmp_path / "rows.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    options = [f"--target={one}" for one in targets]
    result = goodfit("generate", "toy", "--data", path, "--yes", "--output-dir", tmp_path, *options)
    assert_refused(result, said)
    assert [one.name for one in tmp_path.iterdir()] == ["rows.csv"]


def assert_refused(result: Result, said: str) -> None:
    """Exit code 2 and three lines: what was given, what was expected, how to mend it."""
    assert result.exit_code == 2, result.output
    assert said in result.stderr and "Traceback" not in result.output
    assert "\n  expected: " in result.stderr and "\n  fix: " in result.stderr


BROKEN = {
    "a.parquet": b"PAR1",
    "a.arrow": b"no",
    "a.jsonl": b'{"a": 1',
    "a.npz": b"PK",
    "a.xlsx": b"PK",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_of_any_format_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BROKEN[name])
    assert_refused(goodfit("study", tmp_path / name), "")


def test_places_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(PLAIN, encoding="utf-8")
    assert_refused(goodfit("study", tmp_path / "row.csv"), "did you mean rows.csv?")
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    assert_refused(goodfit("study", tmp_path / "one"), "circle")
    (tmp_path / "link.csv").symlink_to(tmp_path / "rows.csv")
    assert goodfit("study", tmp_path / "link.csv").exit_code == 0
    (tmp_path / "nothing").mkdir()
    assert_refused(goodfit("study", tmp_path / "nothing"), "empty folder")
    assert_refused(goodfit("generate", "toy", "--target", "y", "--yes"), "--target without --data")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is denied to root")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "rows.csv").chmod(0)
    assert_refused(goodfit("study", tmp_path / "rows.csv"), "permission denied")


def test_a_large_file_is_studied_by_a_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goodfit.study import tables

    monkeypatch.setattr(tables, "LARGE", 10_000)
    monkeypatch.setattr(tables, "KEPT", 500)
    text = csv("x1", "x2", "y", rows=5_000).splitlines()
    text[4_321] = "0.5,0.5,perhaps"
    found = look(tmp_path, "\n".join(text), targets=["y"])
    assert found.answers["samples"] == 5_000
    assert "from a sample of" in evidence(found, "samples").why
    assert "'perhaps' (1)" in evidence(found, "drop_targets").why  # counted in the whole file


def test_many_columns_are_studied(tmp_path: Path) -> None:
    cells = RANDOM.normal(size=(40, 500)).round(2).astype(str)
    rows = [",".join([*row, "ab"[place % 2]]) for place, row in enumerate(cells)]
    names = ",".join([*(f"g{place}" for place in range(500)), "class"])
    found = look(tmp_path, names + "\n" + "\n".join(rows))
    assert found.answers["features"] == 500 and found.settings["targets"] == ["class"]


def test_an_encoding_that_is_none_of_ours_is_asked(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes("слово,да\n".encode("cp1251") * 50)
    assert find_encoding(tmp_path / "rows.csv").confidence == "unsure"
    with pytest.raises(GoodfitError, match="--set encoding"):
        study(tmp_path / "rows.csv")


def test_help_does_not_load_what_reads_tables() -> None:
    code = (
        "import sys; from goodfit.cli import main; main(['generate', '--help'], standalone_mode=0)"
    )
    code += "; print([one for one in ('polars', 'numpy', 'rich') if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
