"""A file that comes later than that of training: read where its names prove how it is written, and
asked about, with a command that works, where they do not."""

from __future__ import annotations

import gzip
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from fixes import typed_in
from goodfit.reader.how import Fault, Written, written
from goodfit.reader.later import read_later
from goodfit.reader.tables import read_frame
from goodfit.reader.texts import text_of

ROWS = ["51.26,3,Köln", "48.68,1,Paris", "60.5,2,Köln"]
PLAIN = "\n".join(["size,rooms,city", *ROWS]) + "\n"
SPLIT = [row.split(",") for row in ROWS]
NAMES = ["size", "rooms", "city"]
Later = str | bytes | Callable[[Path], object]


def zipped(files: dict[str, str]) -> Callable[[Path], None]:
    """An archive of these files."""

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)

    return write


def database(names: Sequence[str]) -> Callable[[Path], None]:
    """A database with the rows in each table of these names, and another table."""

    def write(path: Path) -> None:
        with sqlite3.connect(path) as base:
            for name in names:
                base.execute(f"CREATE TABLE {name} (size REAL, rooms INTEGER, city TEXT)")
                base.executemany(
                    f"INSERT INTO {name} VALUES (?, ?, ?)", [r.split(",") for r in ROWS]
                )
            base.execute("CREATE TABLE other (x REAL)")

    return write


def put(later: Later, path: Path) -> Path:
    """The file."""
    if isinstance(later, str | bytes):
        path.write_bytes(later.encode() if isinstance(later, str) else later)
    else:
        later(path)
    return path


def divided(separator: str) -> str:
    return PLAIN.replace(",", separator)


# What a file is: its name, its content, and what is told; nothing is told where nothing differs.
READ: dict[str, tuple[str, Later, str]] = {
    "as in training": ("a.csv", PLAIN, ""),
    "semicolons": ("a.csv", divided(";"), "semicolons divide it, not commas"),
    "tabs": ("a.tsv", divided("\t"), "tabs divide it, not commas"),
    "bars": ("a.txt", divided("|"), "bars divide it"),
    "single quotation marks": (
        "a.csv",
        PLAIN.replace("Paris", "'Paris'").replace("city", "'city'"),
        "",
    ),
    "a byte-order mark": ("a.csv", PLAIN.encode("utf-8-sig"), ""),
    "UTF-16": ("a.csv", PLAIN.encode("utf-16"), "it is text in utf-16, not in utf-8"),
    "UTF-16 without a mark": ("a.csv", PLAIN.encode("utf-16-le"), "it is text in utf-16-le"),
    "a title": (
        "a.csv",
        f"Houses of 2024\n{PLAIN}",
        "line 1 is above its names ('Hou",
    ),
    "two titles": ("a.csv", f"Houses\nof 2024\n{PLAIN}", "lines 1 to 2 are above its names"),
    "a title with separators": ("a.csv", f"Houses,,\n{PLAIN}", "line 1 is above its names"),
    "a title over semicolons": ("a.csv", f"Houses\n{divided(';')}", "semicolons divide it"),
    "capital letters": (
        "a.csv",
        PLAIN.replace("size", "Size"),
        "column 'Size' is taken for",
    ),
    "packed": (
        "a.csv.gz",
        gzip.compress(divided(";").encode()),
        "semi",
    ),
    "an archive": ("a.zip", zipped({"rows.csv": divided(";")}), "semicolons divide it"),
    "an archive of two": (
        "a.zip",
        zipped({"rows.csv": PLAIN, "about.csv": "a,b\n1,2\n"}),
        "of 2, 'rows.csv' alone has all columns",
    ),
    "a database of two": ("a.db", database(["rows"]), "of 2, 'rows' alone has all columns"),
}


@pytest.mark.parametrize("case", READ)
def test_a_file_is_read_so_where_its_names_prove_it(case: str, tmp_path: Path) -> None:
    name, later, told = READ[case]
    said: list[str] = []
    frame = read_later(put(later, tmp_path / name), Written(), NAMES, said.append)
    assert frame["city"].to_list() == ["Köln", "Paris", "Köln"]
    assert frame["size"].cast(float).to_list() == [51.26, 48.68, 60.5] and frame.width == 3
    assert (told in "".join(said)) if told else not said
    assert all(line.startswith(f"note: {tmp_path / name}: ") for line in said)


def test_utf8_is_no_cp1252_and_a_line_without_titles_is_none(tmp_path: Path) -> None:
    path, said = put(PLAIN, tmp_path / "a.csv"), []
    how = Written(encoding="cp1252", skip_lines=(1,))
    frame = read_later(path, how, NAMES, said.append)
    assert frame["city"][0] == "Köln" and frame.height == 3
    assert said == [f"note: {path}: it is text in utf-8, not in cp1252, and read so"]


def test_a_line_that_is_left_out_is_told(tmp_path: Path) -> None:
    path, said = put(PLAIN, tmp_path / "a.csv"), []
    assert read_later(path, Written(skip_lines=(2,)), NAMES, said.append).height == 2
    assert said == [
        f"note: {path}: line 2 ('{ROWS[0]}'): left out; --set 'data.skip_lines=[]' reads what "
        "stands there"
    ]


def test_a_text_with_commas_is_one_cell_of_a_single_column(tmp_path: Path) -> None:
    path = put("review\ngood, very good\nbad, and how\n", tmp_path / "a.csv")
    assert read_later(path, Written(), ["review"], str)["review"][0] == "good, very good"


# What is asked: the name and content of a file, how it should be written, and words of the message.
ASKED: dict[str, tuple[str, Later, Written, tuple[str, ...]]] = {
    "Windows-1252": ("a.csv", PLAIN.encode("cp1252"), Written(), ("is 0xf6", "reads 'Köln' there")),
    "spaces": ("a.txt", divided(" "), Written(), ("divided by spaces", "commas between cells")),
    "two tables alike": ("a.db", database(["old", "new"]), Written(), ("holds 3 tables", "old")),
    "names after all": ("a.csv", PLAIN, Written(header=False), ("data.header = false",)),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_is_not_proved_is_asked_and_the_fix_works_as_typed(case: str, tmp_path: Path) -> None:
    name, later, how, words = ASKED[case]
    path = put(later, tmp_path / name)
    with pytest.raises(Fault) as refused:
        read_later(path, how, NAMES, str)
    assert all(word in str(refused.value) for word in words)
    assert read_later(path, written(how, **typed_in(refused.value.fix)), NAMES, str).height == 3


# What cannot be read: its name, its content, and words of what is said.
REFUSED: dict[str, tuple[str, Later, tuple[str, ...]]] = {
    "no names": ("a.csv", "\n".join(ROWS), ("has no column", ROWS[0], "'size', 'rooms'")),
    "a title as long": (
        "a.csv",
        f"a,b,c\n{PLAIN}",
        ("has no column", "remove what stands above line 2"),
    ),
    "an array": ("a.npy", lambda path: np.save(path, np.ones(3)), ("single NumPy array", "savez")),
    "an image": ("a.csv", b"\x89PNG\r\n\x1a\n\0\0", ("begins like a PNG image",)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_something_else_is_called_by_its_name(case: str, tmp_path: Path) -> None:
    name, later, words = REFUSED[case]
    with pytest.raises(Fault) as refused:
        read_later(put(later, tmp_path / name), Written(), NAMES, str)
    assert all(word in str(refused.value) for word in words)


def test_an_array_is_made_readable_by_the_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    np.save("a.npy", np.array([[1.0, np.nan], [3.0, 4.0]]))
    with pytest.raises(Fault) as refused:
        read_later(Path("a.npy"), Written(), ["column_1"], str)
    _, _, command = refused.value.fix.partition(": ")
    subprocess.run(command.replace("python", sys.executable, 1), shell=True, check=True)
    frame = read_later(Path("rows.npz"), Written(), ["column_1"], str)
    assert frame["column_2"].to_list() == [None, 4.0]  # what is no number is no value


def test_columns_that_no_separator_divides_are_asked_about(tmp_path: Path) -> None:
    path = put("1;2;3\n4;5;6\n", tmp_path / "a.csv")
    with pytest.raises(Fault) as refused:
        read_later(path, Written(header=False), [], str)
    how = written(Written(header=False), **typed_in(refused.value.fix))
    assert read_later(path, how, [], str).width == 3
    words = put("a b c\nd e f\n", tmp_path / "b.csv")
    assert read_later(words, Written(header=False), [], str).width == 1


def test_text_is_read_by_its_mark_or_its_zeros_and_what_is_none_is_refused(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-8-sig"):
        assert text_of(put("grün".encode(encoding), tmp_path / "a.txt"), "utf-8") == "grün"
    with pytest.raises(Fault, match="begins like a PDF"):
        text_of(put(b"%PDF-1.4\0\xff", tmp_path / "a.txt"), "cp1252")
    with pytest.raises(Fault, match="'grün' there"):
        text_of(put("so grün".encode("cp1252"), tmp_path / "a.txt"), "utf-8")


def test_one_name_above_two_cells_is_no_table_of_r(tmp_path: Path) -> None:
    path = put("review\na, b\nc, d\ne, f\n", tmp_path / "a.csv")
    with pytest.raises(Fault, match="2 cells, where other lines have 1"):
        read_frame(path, Written())
