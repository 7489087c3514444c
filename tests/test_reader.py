"""The one reader: what cells mean, in which order rows stand in time, and that study and project
read the same, whatever a table looks like."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from goodfit.answers import complete
from goodfit.errors import GoodfitError
from goodfit.plan import make_plan
from goodfit.reader.cells import joined, kind_of, numbers_in, truth_in, without
from goodfit.reader.how import Fault, Written
from goodfit.reader.lists import with_labels
from goodfit.reader.tables import read_frame
from goodfit.reader.times import joined_times, times_in, two_ways
from goodfit.study import study
from goodfit.study.open_questions import answers_of
from odd import UNUSED, Odd, odd_table
from projects import sample, write_tree

NUMBERS = {
    "(1,814.62)": ((",",), ".", -1814.62),
    "−1568.73": ((), ".", -1568.73),
    "5-": ((), ".", -5.0),
    "- 7": ((), ".", -7.0),
    "246.39 kg": (("kg",), ".", 246.39),
    "€ 1.234,50": (("€", "."), ",", 1234.5),
    "1e-42": ((), ".", 1e-42),
    "33400000.25": ((), ".", 33400000.25),
    "1e400": ((), ".", None),
    "nan": ((), ".", None),
    "12 or so": ((), ".", None),
}


@pytest.mark.parametrize("cell", NUMBERS)
def test_a_cell_is_the_number_that_it_means(cell: str) -> None:
    signs, decimal, number = NUMBERS[cell]
    how = Written(decimal=decimal, number_signs=signs)
    assert numbers_in(pl.Series([cell]), how).to_list() == [number]


KINDS = {
    "number": ["1", "2.5", None],
    "words": ["01", "02", "10"],
    "boolean": ["TRUE", "false", "True"],
    "empty": [None, None],
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_is_what_all_its_cells_are(kind: str) -> None:
    cells = pl.Series("x", KINDS[kind], dtype=pl.String)
    assert kind_of(cells, Written()) == kind


def test_words_and_marks() -> None:
    assert truth_in(pl.Series(["Yes", "no", "?"])).to_list() == [1, 0, None]
    assert joined(pl.Series(["New  York", "NEW YORK"])).to_list() == ["new york"] * 2
    assert without(pl.Series("a=b", [1.0, -1.0]), ["a=b=-1", "b=1"]).to_list() == [1.0, None]


START = datetime(2023, 10, 1)
TIMES = {
    "2023-10-01T00:00:00+00:00 2023-10-01T01:00:00+00:00": START,
    "2023-10-01T02:00:00+02:00 2023-10-01T02:00:00+01:00": START,
    "10/01/2023_12:00_AM 10/01/2023_01:00_AM 10/13/2023_01:00_AM": START,
    "2023-10-01_00:00 2023-10-01_24:00": START,
    "2023-W39 2023-W40": datetime(2023, 9, 25),
    "2023Q4 2024-Q1 2024_Q2": START,
    "Q4_2023 Q1_2024": START,
    "Oct_2023 Nov_2023": START,
    "01.10.2023 02.10.2023 13.10.2023": START,
}


@pytest.mark.parametrize("cells", TIMES)
def test_times_are_read_however_they_are_written(cells: str) -> None:
    times = times_in(pl.Series([one.replace("_", " ") for one in cells.split()]))
    assert times is not None and times[0] == TIMES[cells] and times.is_sorted()


@pytest.mark.parametrize(
    "cells", ["P001-1 P002-3", "1.5 2.5", "a/b c/d", "20231301 20231302", "100 200"]
)
def test_what_is_no_time_is_none(cells: str) -> None:
    assert times_in(pl.Series(cells.split())) is None


@pytest.mark.parametrize(
    "cells",
    [
        ["3. März 2024", "4. Oktober 2024"],
        ["3 de marzo de 2024", "4 de octubre de 2024"],
        ["3 mars 2024", "4 oct. 2024"],
        ["3 Mrt 2024", "4 Okt 2024"],
        ["3-mar-2024", "4-ott-2024"],
    ],
)
def test_months_have_names_in_many_languages(cells: list[str]) -> None:
    times = times_in(pl.Series(cells))
    assert times is not None
    assert times.dt.strftime("%d.%m.%Y").to_list() == ["03.03.2024", "04.10.2024"]
    assert times_in(pl.Series(["Raum 2020", "Haus 2021"])) is None


def test_times_in_several_columns_and_those_that_can_be_read_in_two_ways() -> None:
    hours = joined_times([pl.Series(["2023-10-01"] * 2), pl.Series([0, 23])])
    assert hours is not None and hours[1] == START + timedelta(hours=23)
    assert two_ways(pl.Series([f"01/{month:02d}/2023" for month in range(1, 13)]))
    assert not two_ways(pl.Series([f"01/{month:02d}/2023" for month in (1, 2, 13)]))


def test_lists_of_labels_become_columns() -> None:
    said: list[object] = []
    cells = ["joy, love", "['joy']", "fear|love", None]
    found = with_labels(pl.DataFrame({"mood": cells}), ["mood=joy", "mood=love"], said.append)
    assert found["mood=joy"].to_list() == [True, True, False, False]
    assert found["mood=love"].to_list() == [True, False, True, False]
    assert said == ["note: 'mood' names labels that are no targets: ['fear']"]


BAD = {
    "a,b\n1,2\n1,2,3\n": "line 3: 3 cells",
    "a,b\n": "holds a header alone",
    "": "holds no rows",
    b"a,b\n1,\xff\n": "in line 2, is 0xff",
}


@pytest.mark.parametrize("content", BAD)
def test_what_cannot_be_read_is_named(content: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Fault) as raised:
        read_frame(path, Written())
    assert BAD[content] in raised.value.given and raised.value.fix


WAYS = {
    "blank lines and blanks before quotes": ('a, b\n\n1, "x, y"\n2, z\n', {}),
    "a title and units": ("title\na,b\n[m],[s]\n1,x\n2,y\n", {"skip_lines": (1, 3)}),
    "a footer": ("a,b\n1,x\n2,y\nsum,3\n", {"skip_lines": (4,)}),
    "any number of blanks": ("a   b\n1  x\n 2 y\n", {"separator": r"\s+"}),
    "another encoding": (
        "a;b\n1;é\n2;ü\n".encode("cp1252"),
        {"separator": ";", "encoding": "cp1252"},
    ),
    "carriage returns": (b"a,b\r1,x\r2,y\r", {}),
    "a carriage return among names": (b'a,b\r\n1,"x\ry"\r\n2,y\r\n', {}),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_file_is_read_as_it_is_written(way: str, tmp_path: Path) -> None:
    content, how = WAYS[way]
    path = tmp_path / "x[1].csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "x1.csv").write_text("other,file\n0,0\n", encoding="utf-8")
    frame = read_frame(path, Written(**how))
    assert frame.columns == ["a", "b"] and frame["a"].to_list() == ["1", "2"]


# Reads files as their projects do: what each column holds; whether rows of a later file are to the
# network what they were. What training rows lack is known all the same.
READ = """
import json, sys, types
sys.modules["sample"] = types.ModuleType("sample")
from pathlib import Path
import numpy as np
from data import DataConfig, as_text, read_rows
from features import Encoder
for path, later, rows, settings in json.load(sys.stdin):
    config = DataConfig(**settings)
    table = read_rows(Path(path), config)
    words = [name for name in config.categorical if name not in config.targets]
    known = table.astype(dict.fromkeys(words, "category"))  # as read_table() does
    encoder = Encoder.fit(known.iloc[: len(table) * 6 // 10], config)
    x = encoder.encode(table, "refuse")
    new = encoder.encode(read_rows(Path(later), config), "refuse")
    held = {name: [None if one != one or one is None else one for one in table[name].tolist()]
            for name in encoder.numeric}
    held |= {name: as_text(table[name]).tolist() for name in encoder.categorical}
    classes = as_text(table[config.targets[0]]).tolist()
    same = x.shape[1] == new.shape[1] and bool((x[rows] == new).all())
    print(json.dumps([len(table), held, classes, encoder.boolean, same]))
"""
ODD, MANY = 40, 1_000


def told(odd: Odd) -> dict[str, Any] | None:
    """[data] of the project that is made of a table, with what the study says of each column; None
    where something is asked."""
    try:
        found = study(odd.path, (odd.target,))
    except GoodfitError as error:
        raise AssertionError(f"{odd.path} is refused: {error}") from error
    if found.open_questions:
        return None
    plan = make_plan(complete(answers_of(found, {})))
    decisions = dict(plan.sections())["data"]
    said = {name: line for one in decisions for name, line in one.each.items()}
    return {"data": {one.setting.name: one.value for one in decisions}, "said": said}


def right(odd: Odd, found: dict[str, Any], read: list[Any]) -> None:
    """Study and project say of every column what it holds."""
    (rows, held, classes, truths, same), data = read, found["data"]
    assert rows == len(classes) == len(odd.truth[odd.target]) == data["planned_rows"], odd
    assert classes == odd.truth[odd.target], odd
    left_out = {odd.kinds.get(name, "empty") for name in data["ignore"]}
    assert left_out <= UNUSED, (odd.path, data["ignore"])
    for name, kind in odd.kinds.items():
        truth = odd.truth[name]
        if name in data["ignore"]:
            continue
        if kind in ("date", "clock"):
            assert [one for one in data["dates"] if one.startswith(name)], (odd.path, name)
            assert held.get(f"{name}=days", truth) == truth, (odd.path, name)
        elif kind in ("code", "colour", "quoted", "id", "constant", "lines"):
            assert held[name] == ["<missing>" if one is None else one for one in truth], (odd, name)
        elif kind == "truth" and name not in truths:
            assert [one.lower() in ("true", "y", "yes") for one in held[name]] == truth, (odd, name)
        else:
            meant, is_ = (np.array(one, "float64") for one in (truth, held[name]))  # NaN for None
            assert np.allclose(is_, meant, rtol=1e-12, atol=0, equal_nan=True), (odd.path, name)
        missing = sum(one is None for one in truth)
        first = next((one for one in data["dates"] if one.startswith(name)), name)
        line = found["said"][first]
        assert (f"{missing} of {rows} missing" in line) == bool(missing), (odd.path, name, line)
    assert same, odd.path


def compared(places: range, folder: Path) -> int:
    """How many odd tables were told without a question, each read alike, and as it is meant, by
    study, project and prediction."""
    tables = [odd_table(place, folder) for place in places]
    asked = [(odd, found) for odd in tables if (found := told(odd))]
    files = [(str(odd.path), str(odd.later), odd.rows, found["data"]) for odd, found in asked]
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=write_tree(sample("tabular-mlp-binary"), folder / "project"),
        input=json.dumps(files),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith("note: ")]
    assert done.returncode == 0, (files[len(lines)][:2], done.stderr)
    for (odd, found), line in zip(asked, lines, strict=True):
        right(odd, found, json.loads(line))
    return len(asked)


@pytest.mark.emitted
def test_study_project_and_prediction_read_odd_tables_alike(tmp_path: Path) -> None:
    assert compared(range(ODD), tmp_path) > ODD / 2


@pytest.mark.emitted
@pytest.mark.matrix
def test_study_project_and_prediction_read_very_many_odd_tables_alike(tmp_path: Path) -> None:
    assert compared(range(ODD, ODD + MANY), tmp_path) > MANY / 2


def test_a_name_with_a_carriage_return_loses_no_row(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(
        b'k,"no\rte",y\n'
        + b"".join(b"%d,a%d,%d\n" % (row % 7, row % 3, row % 2) for row in range(60))
    )
    assert read_frame(path, Written()).height == 60 == study(path, ("y",), {}).answers["samples"]
