"""Files that are damaged, endless, overgrown or of another kind: told in words, soon, and alike in
the study and in what projects read with."""

from __future__ import annotations

import gzip
import os
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import paint, photos, refusal, write
from goodfit.errors import shell_word
from goodfit.reader import packages
from goodfit.reader.how import Fault, Written
from goodfit.reader.tables import read_frame
from goodfit.study import study
from studied import PLAIN, assert_refused, csv, goodfit
from test_study_formats import FORMATS, OPEN, SHEET

WHOLE = {name: name for name in FORMATS if name not in ("parts", "rows.csv")}


@pytest.mark.parametrize("name", WHOLE)
def test_half_a_file_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    FORMATS[name](path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 - 3])
    assert_refused(goodfit("study", path), str(path))
    with pytest.raises((Fault, ValueError, OSError)):
        read_frame(path, Written())


def far_cell(path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    cells += '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    sheet = f'<worksheet xmlns="{OPEN}/spreadsheetml/2006/main"><sheetData>{cells}</sheetData>'
    with zipfile.ZipFile(path, "w") as file:
        for name, text in SHEET.items():
            file.writestr(name, text)
        file.writestr("xl/sheet1.xml", f"{sheet}</worksheet>")


def overgrown(path: Path) -> None:
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(b"1,2\n" * 100_000))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("X.npy" if path.suffix == ".npz" else "rows.csv", bytes(400_000))


def no_records(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "far.xlsx": (far_cell, "its last cell is XFD1048576"),
    "rows.csv.gz": (overgrown, "unpacks to more than"),
    "rows.zip": (overgrown, "unpacks to more than"),
    "rows.xlsx": (overgrown, "unpacks to more than"),
    "rows.npz": (overgrown, "unpacks to more than"),
    "deep.json": (no_records("[" * 10_000 + "]" * 10_000), "nested more than a thousand"),
    "deep.jsonl": (no_records('{"a":' * 10_000 + "1" + "}" * 10_000), "nested more than"),
    "one.json": (no_records('{"a": 1}'), "without a list of records"),
    "wide.csv": (no_records(("," * 110_000 + "\n") * 9), "has 110,001 columns"),
    "pipe.csv": (lambda path: os.mkfifo(path), "pipe"),
    "pictures.zip": (lambda path: zipped(path, "a.png"), "an archive of 1 files: a.png"),
    "zero.csv": (no_records("a\0,b\n1,2\n3,4\n"), "is zero"),
}


def zipped(path: Path, name: str) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(name, "")


@pytest.mark.parametrize("name", STRANGE)
def test_what_would_take_all_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, said = STRANGE[name]
    path = tmp_path / name
    make(path)
    monkeypatch.setattr(packages, "ALWAYS", 10_000)
    assert_refused(goodfit("study", path), "neither file nor" if said == "pipe" else said)
    with pytest.raises((Fault, ValueError), match=said):
        read_frame(path, Written())


def objects_of_coco(root: Path) -> None:
    photos(root / "images")
    write(root / "all.json", '{"images": [], "annotations": [], "categories": []}')


def objects_of_yolo(root: Path) -> None:
    for place in range(9):
        paint(root / "images" / f"{place}.png")
        write(root / "labels" / f"{place}.txt", "0 0.5 0.5 0.25 0.25\n")


def many(name: str) -> Callable[[Path], None]:
    return lambda root: [write(root / "ab"[row % 2] / f"{row}{name}", "x") for row in range(9)][:0]


FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "COCO": (objects_of_coco, "is COCO"),
    "YOLO": (objects_of_yolo, "is YOLO"),
    "sound": (many(".wav"), "sound"),
    "PDFs": (many(".pdf"), "a PDF"),
    "a pickle": (lambda root: write(root / "a.pkl", "x"), "a Python pickle"),
    "data of R": (lambda root: write(root / "a.RData", "x"), "data of R"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_not_read_is_called_by_its_name(kind: str, tmp_path: Path) -> None:
    make, said = FOREIGN[kind]
    make(tmp_path)
    assert said in refusal(tmp_path).given
    single = [path for path in tmp_path.rglob("*") if path.is_file()]
    if len(single) == 1:
        assert said in refusal(single[0]).given


def test_columns_of_fixed_width_are_named(tmp_path: Path) -> None:
    words = ("", "red ish", "blue")
    rows = [f"{row % 9 or '':<6}{words[row % 3]:<9}{row * 7 % 10}" for row in range(40)]
    error = refusal(write(tmp_path / "rows.txt", "\n".join(["size  colour   y", *rows])))
    assert "fixed width" in error.given and "read_fwf" in error.fix


def test_signs_that_a_terminal_obeys_are_written_out(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.csv", PLAIN.replace("x1", "x\x1b[31m\x7f", 1))
    assert "\x1b" not in goodfit("study", path).stdout
    result = goodfit("study", path, "--target", "z")
    assert "\x1b" not in result.stderr and "x\\x1b[31m\\x7f" in result.stderr
    assert "\x1b" not in goodfit("study", tmp_path / "y\x1b.csv").stderr
    made = goodfit("generate", "toy", "--data", path, "--yes", "--output-dir", tmp_path)
    assert made.exit_code == 0, made.output
    assert "\x1b" not in (tmp_path / "toy" / "config.toml").read_text(encoding="utf-8")


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"r\xffws.csv")
    path.write_text(csv("x1", "y"), encoding="utf-8")
    assert_refused(goodfit("study", path), "is no UTF-8")
    assert "is no UTF-8" in refusal(tmp_path).given
    with pytest.raises(Fault, match="UTF-8"):
        read_frame(path, Written())


def test_texts_each_in_its_own_encoding(tmp_path: Path) -> None:
    for place in range(20):
        encoding = ("utf-8", "cp1252")[place % 2]
        write(tmp_path / "ab"[place // 10] / f"{place}.txt", f"ein schöner Text, {place}", encoding)
    found = study(tmp_path)
    asked = next(one for one in found.evidence if one.question == "encoding")
    assert asked.value == "utf-8 or cp1252" and asked.confidence == "unsure"
    assert "10 in utf-8 and 10 in cp1252" in asked.why


@pytest.mark.parametrize(
    "name", ["plain", "it's", "a\x1b]0;b\x07", "back\\slash\x7f'", "größe \x9b"]
)
def test_a_shell_takes_a_word_as_it_was(name: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"printf %s {shell_word(name)}"], capture_output=True, check=True
    )
    assert done.stdout.decode() == name and "\x1b" not in shell_word(name)
