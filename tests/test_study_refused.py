"""Data that is refused, and data that is merely large."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from goodfit.study import study
from goodfit.study.files.encoding import find_encoding
from studied import PLAIN, RANDOM, assert_refused, csv, evidence, goodfit, look

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
    "no value anywhere": ("a,b\n" + ",\n" * 40, (), "holds no rows"),
    "constants alone": ("a,b,target\n" + "1,k,0\n1,k,1\n" * 30, (), "no column to learn from"),
    "a word among numbers": (PLAIN.replace("\n", "\nabc,red,no\n", 1), (), "'abc' among them"),
    "nothing that names a target": (csv("x1", "x2", "x3"), (), "--target x3"),
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
    from goodfit.study.files import tables

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


WORDS = {
    "cp1251": ("Москва", "Казань", "Омск"),
    "cp932": ("東京", "大阪", "京都カナ"),
    "gb18030": ("北京", "上海", "广州"),
    "cp949": ("서울", "부산", "대구"),
    "big5": ("臺北", "高雄", "臺中"),
}


@pytest.mark.parametrize("name", WORDS)
def test_an_encoding_of_another_script_is_asked_with_what_it_reads(
    name: str, tmp_path: Path
) -> None:
    rows = [f"{WORDS[name][row % 3]},{row % 7},{'ny'[row % 2]}" for row in range(60)]
    (tmp_path / "rows.csv").write_bytes("\n".join(["city,x,y", *rows]).encode(name))
    assert find_encoding(tmp_path / "rows.csv").confidence == "unsure"
    refused = goodfit("study", tmp_path / "rows.csv")
    assert_refused(refused, f"--set encoding={name} (")
    found = study(tmp_path / "rows.csv", ("y",), {"encoding": name})
    assert any(WORDS[name][0] in one.each.get("city", "") for one in found.evidence)


def test_help_does_not_load_what_reads_tables() -> None:
    code = (
        "import sys; from goodfit.cli import main; main(['generate', '--help'], standalone_mode=0)"
    )
    code += "; print([one for one in ('polars', 'numpy', 'rich') if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
