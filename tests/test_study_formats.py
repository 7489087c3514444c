"""Every format says the same, to the study and to the project that reads it."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sqlite3
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import h5py
import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from goodfit.reader.cells import kind_of
from goodfit.reader.how import Written
from goodfit.reader.tables import read_frame
from goodfit.study import Study, study
from goodfit.study.columns.reading import read_columns
from goodfit.study.files.tables import open_table
from scipy.io import savemat
from studied import RANDOM, ROWS, assert_refused, csv, evidence, goodfit
from test_study_strange import READ as STRANGE
from test_study_written import WRITTEN

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
    write_sheet([tuple(frame.columns), *frame.iter_rows()], path)


def write_sheet(rows: list[tuple[object, ...]], path: Path, more: str = "") -> None:
    """The smallest file that Excel would open."""
    cells = "".join(
        "<row>"
        + "".join(
            f"<c><v>{one}</v></c>"
            if isinstance(one, int | float)
            else "<c/>"
            if one is None
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
        file.writestr("xl/sheet1.xml", f"{sheet}<sheetData>{cells}</sheetData>{more}</worksheet>")


FRAME = pl.DataFrame(
    {
        "size": [row * 13 % 11 for row in range(ROWS)],
        "weight": [row * 7 % 17 / 4 for row in range(ROWS)],
        "colour": ["rgb"[row % 3] for row in range(ROWS)],
        "target": ["no" if row * 11 % 7 < 3 else "yes" for row in range(ROWS)],
    }
)


def write_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", "about it")
        file.writestr("folder/rows.csv", FRAME.write_csv())


def write_base(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE rows (size integer, weight real, colour text, target text)")
        base.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", FRAME.rows())
        base.commit()


def write_hdf5(path: Path) -> None:
    types = [("size", "i8"), ("weight", "f8"), ("colour", "S1"), ("target", "S3")]
    with h5py.File(path, "w") as file:
        file["rows"] = np.array(FRAME.rows(), dtype=types)


def write_arff(path: Path) -> None:
    head = "% about it\n@RELATION rows\n@attribute size integer\n@attribute 'weight' REAL\n"
    head += "@attribute colour {r, g, b}\n@attribute target {no,yes}\n@data\n"
    path.write_text(head + FRAME.write_csv(include_header=False), encoding="utf-8")


def write_parts(path: Path) -> None:
    path.mkdir()
    for place in range(2):
        FRAME[place * 30 :][:30].write_parquet(path / f"part-{place:05d}.snappy.parquet")


CSV = FRAME.write_csv().encode()
FORMATS: dict[str, Callable[[Path], object]] = {
    "rows.csv": FRAME.write_csv,
    "rows.csv.gz": lambda path: path.write_bytes(gzip.compress(CSV)),
    "rows.csv.bz2": lambda path: path.write_bytes(bz2.compress(CSV)),
    "rows.csv.xz": lambda path: path.write_bytes(lzma.compress(CSV)),
    "rows.csv.zst": lambda path: path.write_bytes(pa.compress(CSV, "zstd", asbytes=True)),
    "rows.zip": write_zip,
    "rows.parquet": FRAME.write_parquet,
    "parts": write_parts,
    "rows.arrow": FRAME.write_ipc,
    "rows.feather": FRAME.write_ipc,
    "stream.arrow": FRAME.write_ipc_stream,
    "rows.jsonl": FRAME.write_ndjson,
    "rows.json": lambda path: path.write_text(json.dumps(FRAME.to_dicts(), indent=1)),
    "data.json": lambda path: path.write_text(json.dumps({"n": 60, "data": FRAME.to_dicts()})),
    "rows.xlsx": lambda path: write_excel(FRAME, path),
    "rows.arff": write_arff,
    "rows.db": write_base,
    "rows.h5": write_hdf5,
    "rows.dta": lambda path: FRAME.to_pandas().to_stata(path, write_index=False),
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


def test_records_within_records_are_columns_and_lists_of_words_are_words(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    records = [
        {"who": {"size": row % 7, "home": {"city": "xyz"[row % 3]}}, "tags": ["a", "b"][: row % 3]}
        | {"y": "no" if row * 11 % 7 < 3 else "yes"}
        for row in range(ROWS)
    ]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    found = study(path, ("y",))
    assert found.columns == ("who.size", "who.home.city", "tags", "y")
    read = read_frame(path, Written())
    assert read.rows()[2] == (2, "z", "a, b", "no" if 22 % 7 < 3 else "yes")
    lists = [{"a": [1] * (row % 3), "b": [[2.5]], "y": 1} for row in range(ROWS)]
    (tmp_path / "lists.json").write_text(json.dumps(lists))
    assert_refused(goodfit("study", tmp_path / "lists.json"), "lists in the columns 'a', 'b'")


@pytest.mark.parametrize("ending", ["npz", "h5", "mat", "mat 7.3"])
def test_arrays_have_named_columns(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"rows.{ending.partition(' ')[0]}"
    arrays = {"X": RANDOM.normal(size=(ROWS, 3)) * [1, 100, 10_000], "y": np.arange(ROWS) % 3}
    if ending == "npz":
        np.savez(path, **arrays)
    elif ending == "mat":
        savemat(path, arrays)
    elif ending == "mat 7.3":  # HDF5, where the last axis of an array comes first
        with h5py.File(path, "w", userblock_size=512) as file:
            for name, array in arrays.items():
                file[name] = array.reshape(ROWS, -1).T
                file[name].attrs["MATLAB_class"] = np.bytes_("double")
        with path.open("r+b") as raw:
            raw.write(b"MATLAB 7.3 MAT-file".ljust(512))
    else:
        with h5py.File(path, "w") as file:
            file.update(arrays)
    found = study(path)
    assert found.settings["targets"] == ["target"] and found.answers["classes"] == 3


def write_two(path: Path) -> None:
    """A table beside a smaller one, in a file of that ending."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("rows.csv", CSV)
            file.writestr("few.csv", "a,b\n1,2\n")
    elif path.suffix == ".json":
        path.write_text(json.dumps({"few": [{"a": 1}], "rows": FRAME.to_dicts()}), encoding="utf-8")
    else:
        write_base(path)
        with closing(sqlite3.connect(path)) as base:
            base.execute("CREATE TABLE few (a, b)")


@pytest.mark.parametrize("ending", ["zip", "json", "db"])
def test_which_table_is_asked(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"two.{ending}"
    write_two(path)
    asked = evidence(study(path), "sheet")
    assert asked.confidence == "unsure" and "few" in asked.why and asked.value in asked.why
    found = study(path, (), {"sheet": asked.value})
    assert found.answers == study_of_frame(tmp_path).answers and not found.open_questions
    assert read_frame(path, Written(sheet=asked.value)).height == ROWS
    result = goodfit("generate", "toy", "--data", path, "--yes", "--output-dir", tmp_path)
    assert_refused(result, f"'{asked.value}'")
    assert f"--set 'sheet=\"{asked.value}\"'" in result.stderr
    assert_refused(goodfit("generate", "toy", "--data", path, "--yes", "--set", "sheet=x"), "'x'")


def test_titles_and_merged_names_of_a_sheet(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Report",), (), ("kind", "Size", None, "Mass", None, None)]
    rows += [(None, "min", "max", "min", "max", "note")]
    rows += [("ab"[row % 2], row % 7, row % 5 / 4, row % 11, row % 3, "z") for row in range(ROWS)]
    merged = '<mergeCells><mergeCell ref="B3:C3"/><mergeCell ref="A8:A9"/></mergeCells>'
    write_sheet(rows, tmp_path / "rows.xlsx", merged)
    found = study(tmp_path / "rows.xlsx", ("kind",))
    wanted = ["kind", "Size min", "Size max", "Mass min", "Mass max", "Mass note"]
    assert list(found.columns) == wanted and found.answers["samples"] == ROWS
    assert "merged over rows (A8:A9)" in evidence(found, "header").why
    skipped = found.settings["skip_lines"]
    read = read_frame(tmp_path / "rows.xlsx", Written(skip_lines=skipped))
    assert read.columns == wanted and read.height == ROWS


def test_types_are_what_an_arff_file_declares(tmp_path: Path) -> None:
    head = "@relation x\n@attribute 'the size' {1, 2,'3'}\n@attribute y {0,1}\n@data\n"
    rows = [f"{('1', '2', repr('3'), '?')[row % 4]},{row % 2}" for row in range(ROWS)]
    path = tmp_path / "rows.arff"
    path.write_text(head + "\n".join(rows), encoding="utf-8")
    assert study(path, ("y",)).settings["categorical"] == ["the size", "y"]
    codes = read_frame(path, Written())["the size"]
    assert kind_of(codes, Written()) == "words"
    assert codes.cast(pl.String).to_list()[:4] == ["1", "2", "3", None]
    path.write_text(head + "{1 1}\n{0 2, 1 1}\n{}\n", encoding="utf-8")
    sparse = read_frame(path, Written()).cast(pl.String)
    assert sparse.rows() == [("1", "1"), ("2", "1"), ("1", "0")]


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
        name = f"p-{path.name.replace('.', '-')}"
        arguments = [name, "--data", path, "--yes", "--output-dir", tmp_path]
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
    lines = [line for line in done.stdout.splitlines() if not line.startswith("note: ")]
    read = [json.loads(line) for line in lines]
    assert [[names, rows] for names, _, rows in read] == wanted
    for (path, targets), (_, numbers, _) in zip(asked, read, strict=True):
        columns = read_columns(open_table(path, {}).frame, {})
        wanted = [one.name for one in columns if one.kind == "number"]
        assert sorted(numbers) == sorted({*wanted} - {*targets}), path
