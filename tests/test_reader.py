"""The one reader: what cells mean, in which order rows stand in time, and that study and project
read the same, whatever a table looks like."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from goodfit.answers import complete
from goodfit.errors import GoodfitError
from goodfit.plan import make_plan
from goodfit.reader.cells import joined, kind_of, numbers_in, truth_in, without
from goodfit.reader.how import Fault, Written
from goodfit.reader.tables import read_frame
from goodfit.reader.times import joined_times, times_in, two_ways
from goodfit.study import study
from goodfit.study.open_questions import answers_of
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


@pytest.mark.parametrize("cells", ["P001-1 P002-3", "1.5 2.5", "a/b c/d", "20230101 20230102"])
def test_what_is_no_time_is_none(cells: str) -> None:
    assert times_in(pl.Series(cells.split())) is None


def test_times_in_several_columns_and_those_that_can_be_read_in_two_ways() -> None:
    hours = joined_times([pl.Series(["2023-10-01"] * 2), pl.Series([0, 23])])
    assert hours is not None and hours[1] == START + timedelta(hours=23)
    assert two_ways(pl.Series([f"01/{month:02d}/2023" for month in range(1, 13)]))
    assert not two_ways(pl.Series([f"01/{month:02d}/2023" for month in (1, 2, 13)]))


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
}


@pytest.mark.parametrize("way", WAYS)
def test_a_file_is_read_as_it_is_written(way: str, tmp_path: Path) -> None:
    content, how = WAYS[way]
    path = tmp_path / "x[1].csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "x1.csv").write_text("other,file\n0,0\n", encoding="utf-8")
    frame = read_frame(path, Written(**how))
    assert frame.columns == ["a", "b"] and frame["a"].to_list() == ["1", "2"]


def odd_table(place: int, folder: Path) -> tuple[Path, str]:
    """A table of random oddities and the name of its target."""
    draw = random.Random(place)
    separator, decimal = draw.choice([(",", "."), (";", ","), (";", "."), ("\t", ".")])
    rows = draw.randint(60, 120)
    mark = draw.choice(["", "NA", "?", "N/A", "null"])

    def number() -> str:
        return f"{draw.gauss(50, 20):.2f}".replace(".", decimal)

    makers = {
        "size": number,
        "code": lambda: draw.choice(["01", "02", "10", "A1"][: draw.randint(3, 4)]),
        "colour": lambda: draw.choice(["red", "red ", " blue", "green"]),
        "gaps": lambda: mark if draw.random() < 0.1 else number(),
        "truth": lambda: draw.choice(["true", "False"]),
        "count": lambda: str(draw.randint(0, 40)),
        "quoted": lambda: f'"{draw.choice(["a", "b" + separator + "c", "d"])}"',
    }
    names = draw.sample(list(makers), draw.randint(2, 5))
    labels = draw.choice([["yes", "no "], ["0", "1"], ["01", "02"], ["a", "b"], ["TRUE", "FALSE"]])
    lines = [separator.join([*names, "target"])]
    lines += [
        separator.join([*(makers[name]() for name in names), labels[row % 2]])
        for row in range(rows)
    ]
    lines[1:1] = [""] * draw.randint(0, 1)
    path = folder / f"odd{place}.csv"
    encoding = draw.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    path.write_bytes(draw.choice(["\n", "\r\n"]).join(lines).encode(encoding))
    return path, "target"


# Reads files as their projects do, and prints rows, kinds of columns, missing cells and classes.
READ = """
import json, sys, types
sys.modules["sample"] = types.ModuleType("sample")
from pathlib import Path
import pandas as pd
from data import DataConfig, as_text, read_rows
for path, settings in json.load(sys.stdin):
    table = read_rows(Path(path), DataConfig(**settings))
    numbers = [name for name in table if pd.api.types.is_numeric_dtype(table[name])]
    missing = {name: int(table[name].isna().sum()) for name in table}
    print(json.dumps([len(table), sorted(numbers), missing, sorted(set(as_text(table["target"])))]))
"""
ODD, MANY = 40, 1_000


def compared(places: range, folder: Path) -> int:
    """How many odd tables were told without a question, each read alike by study and project."""
    asked, wanted = [], []
    for place in places:
        path, target = odd_table(place, folder)
        try:
            found = study(path, (target,))
        except GoodfitError:
            continue
        if found.open_questions:
            continue
        plan = make_plan(complete(answers_of(found, {})))
        data = {one.setting.name: one.value for one in dict(plan.sections())["data"]}
        settings = found.settings
        numbers = [*settings.get("numeric", []), *settings.get("boolean", [])]
        why = next(one.why for one in found.evidence if one.question == "task")
        asked.append((str(path), data))
        wanted.append((found.answers["samples"], sorted(numbers), why))
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=write_tree(sample("tabular-mlp-binary"), folder / "project"),
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read = [json.loads(line) for line in done.stdout.splitlines()]
    for (path, _), (rows, numbers, why), (count, kinds, _, classes) in zip(
        asked, wanted, read, strict=True
    ):
        assert rows == count, path
        assert set(numbers) <= set(kinds), path
        assert all(one in why for one in classes) and len(classes) == 2, (path, why, classes)
    return len(asked)


@pytest.mark.emitted
def test_study_and_project_read_odd_tables_alike(tmp_path: Path) -> None:
    assert compared(range(ODD), tmp_path) > ODD / 2


@pytest.mark.emitted
@pytest.mark.matrix
def test_study_and_project_read_very_many_odd_tables_alike(tmp_path: Path) -> None:
    assert compared(range(ODD, ODD + MANY), tmp_path) > MANY / 2
