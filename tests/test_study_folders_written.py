"""Folders of texts, of tagged sentences, of series and of tables are known for what they are."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from folders import TAGGED, look, refusal, text, why, write
from goodfit.answers import complete
from goodfit.plan import make_plan
from goodfit.render import render
from goodfit.study import Study, study
from goodfit.study.open_questions import answers_of
from studied import goodfit


def test_class_folders_of_texts(tmp_path: Path) -> None:
    for part in ("train", "test"):
        for name in ("ham", "spam"):
            for place in range(6):
                write(tmp_path / part / name / f"{place}.txt", text(place) + " é", "cp1252")
    found = look(tmp_path)
    wanted = {"input": "text", "task": "binary-classification", "samples": 24, "length": 16}
    assert found.answers.items() >= wanted.items()
    assert found.settings["encoding"] == "cp1252"


@pytest.mark.parametrize("names", [("good.txt", "bad.txt"), ("rt.good", "rt.bad")])
def test_a_file_of_texts_for_each_class(names: tuple[str, str], tmp_path: Path) -> None:
    for name in names:
        write(tmp_path / name, "".join(f"{text(place)} \x85\n" for place in range(30)), "latin-1")
    found = look(tmp_path)
    assert found.answers["samples"] == 60 and found.settings["encoding"] == "cp1252"
    assert "bad 30" in why(found, "task").replace("rt.bad", "bad").replace("bad.txt", "bad")


def test_lists_of_labels_in_parts(tmp_path: Path) -> None:
    for name in ("dev", "test"):
        moods = ("fear", "joy", "love", "rage")
        lists = [",".join(one) for size in (1, 2, 3) for one in combinations(moods, size)] * 5
        rows = [f"{text(place)} {place}\t{one}\tid{place}" for place, one in enumerate(lists)]
        write(tmp_path / f"{name}.tsv", "\n".join(["text\tlabel\tid", *rows]))
    write(tmp_path / "labels.txt", "fear\njoy\nlove\n")
    found = look(tmp_path)
    assert found.path == tmp_path and found.answers["samples"] == 140
    assert found.answers["task"] == "multilabel-classification"
    assert found.settings["targets"] == [f"label={one}" for one in moods]


@pytest.mark.parametrize("separator", ["\t", " "])
def test_tagged_sentences(separator: str, tmp_path: Path) -> None:
    write(tmp_path / "names.conll.txt", TAGGED.replace("\t", separator) * 12)
    write(tmp_path / "LICENSE", "free for all to use\n")
    found = look(tmp_path)
    assert found.path == tmp_path / "names.conll.txt"
    assert found.answers.items() >= {"task": "tagging", "samples": 24, "classes": 2}.items()
    assert "(BIO)" in why(found, "task") and "(IO)" not in why(found, "task")


def test_tagged_parts(tmp_path: Path) -> None:
    for name in ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"):
        write(tmp_path / name, TAGGED * 4)
    assert look(tmp_path).path == tmp_path and study(tmp_path).answers["samples"] == 24


@pytest.mark.parametrize("filled", [True, False])
def test_tagged_words_in_a_table(filled: bool, tmp_path: Path) -> None:
    path = tagged_table(tmp_path / "names.csv", filled)
    found = look(path)
    assert found.answers.items() >= {"task": "tagging", "samples": 24, "classes": 2}.items()
    wanted = {"sentence_column": "Sentence #", "token_column": 1, "tag_column": 3}
    assert found.settings.items() >= wanted.items()


def tagged_table(path: Path, filled: bool) -> Path:
    """Two sentences, twelve times; their number in each row, or in the first of them alone."""
    rows, number, first = ["Sentence #,Word,POS,Tag"], 1, True
    for line in (TAGGED * 12).splitlines():
        cell = str(number) if filled or first else ""
        rows += [f"{cell},{line.replace(chr(9), ',X,')}"] if line else []
        number, first = number + (not line), not line
    return write(path, "\n".join(rows))


@pytest.mark.parametrize("names", [("trn", "tst"), ("train", "dev", "test")])
def test_files_of_texts_named_after_parts_are_parts(names: tuple[str, ...], tmp_path: Path) -> None:
    for name in names:
        rows = [f"{text(place)} {place};{('joy', 'rage')[place % 2]}" for place in range(30)]
        write(tmp_path / f"{name}.txt", "\n".join(rows))
    found = look(tmp_path)
    assert found.answers["task"] == "binary-classification" and found.path == tmp_path
    assert found.answers["samples"] == 30 * len(names) and found.settings["targets"] == ["1"]


# Counts the samples and the parts that each project reads.
READ = """
import sys, types
sys.modules["sample"] = types.ModuleType("sample")
from pathlib import Path
import data
from config import load_config
from pathlib import Path
table = data.read_table(load_config(Path("config.toml")))
print(len(table), table[data.PART].nunique() if data.PART in table else 1)
"""


@pytest.mark.emitted
def test_projects_read_such_words_and_texts(tmp_path: Path) -> None:
    tagged_table(tmp_path / "words.csv", False)
    for name in ("train", "dev", "test"):
        rows = [f"{text(place)} {place};{('joy', 'rage')[place % 2]}" for place in range(30)]
        write(tmp_path / "texts" / f"{name}.txt", "\n".join(rows))
    for place in range(40):
        kind, encoding = "ab"[place // 20], ("utf-8", "cp1252")[place % 2]
        write(tmp_path / "mixed" / kind / f"{place}.txt", f"ein schöner Text, {place}", encoding)
    wanted = {"words.csv": "24 1", "texts": "90 3", "mixed": "40 1"}
    for name, counts in wanted.items():
        project = f"p-{name[:5]}"
        more: list[object] = ["--set", "encoding=utf-8 or cp1252"] if name == "mixed" else []
        path = tmp_path / name
        made = goodfit(
            "generate", project, "--data", path, "--yes", "--output-dir", tmp_path, *more
        )
        assert made.exit_code == 0, made.output
        command, folder = [sys.executable, "-c", READ], tmp_path / project
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.stdout.splitlines()[-1:] == [counts], done.stderr


def archive(path: Path, labels: str = "ab", steps: int = 20) -> None:
    """Series of two channels in the archives' format."""
    cells = ",".join(str(place / 7) for place in range(steps))
    rows = [f"{cells}:{cells}:{label}" for label in labels * 12]
    write(path, "\n".join(["@problemName x", "@classLabel true a b", "@data", *rows]))


def test_archives_of_series(tmp_path: Path) -> None:
    archive(tmp_path / "X_TRAIN.ts")
    archive(tmp_path / "X_TEST.ts", steps=30)
    found = look(tmp_path)
    wanted = {"input": "series", "samples": 24, "features": 2, "length": 30}
    assert found.answers.items() >= wanted.items()
    single = look(tmp_path / "X_TRAIN.ts")
    assert single.answers["task"] == "binary-classification" and single.answers["length"] == 20


def test_archive_tables_without_a_header(tmp_path: Path) -> None:
    for word in ("TRAIN", "TEST"):
        rows = [
            "\t".join([str(1 + place % 2), *(f"{place}.{step}" for step in range(12))])
            for place in range(20)
        ]
        write(tmp_path / f"X_{word}.tsv", "\n".join(rows) + "\n")
    found = look(tmp_path)
    assert found.settings["targets"] == ["0"] and found.settings["separator"] == "\t"
    assert found.answers["length"] == 12 and found.answers["task"] == "binary-classification"


def test_arrays_of_series(tmp_path: Path) -> None:
    x = np.random.default_rng(0).normal(size=(40, 15, 3))
    np.savez(tmp_path / "all.npz", X=x, y=np.arange(40) % 4)
    found = look(tmp_path / "all.npz")
    wanted = {"task": "multiclass-classification", "classes": 4, "features": 3, "length": 15}
    assert found.answers.items() >= wanted.items()
    np.savez(tmp_path / "pictures.npz", X=np.zeros((9, 28, 28), "uint8"))
    assert "images" in refusal(tmp_path / "pictures.npz").given


def steps(path: Path, count: int = 50, **columns: Any) -> None:
    """A CSV of steps."""
    values = {"time": range(count), "x": [f"{place % 7}.5" for place in range(count)], **columns}
    rows = [",".join(map(str, row)) for row in zip(*values.values(), strict=True)]
    write(path, "\n".join([",".join(values), *rows]) + "\n")


def test_a_file_for_each_series(tmp_path: Path) -> None:
    for name in ("walk", "run"):
        for place in range(10):
            steps(tmp_path / name / f"{place}.csv", 30 + place)
    found = look(tmp_path)
    wanted = {"input": "series", "task": "binary-classification", "samples": 20, "length": 39}
    assert found.answers.items() >= wanted.items()
    assert found.settings["layout"] == "long" and found.settings["channels"] == ["x"]


def test_long_series_are_watched_for_anomalies(tmp_path: Path) -> None:
    for name in ("one", "two"):
        steps(tmp_path / "data" / f"{name}.csv", 1_000, label=[0] * 999 + [1])
    write(tmp_path / "labels" / "windows.json", "{}")
    found = look(tmp_path)
    assert found.path == tmp_path / "data" and found.answers["samples"] == 20
    assert found.answers["task"] == "anomaly-detection"
    assert found.settings["targets"] == ["label"] and found.settings["layout"] == "pieces"


def test_a_folder_with_one_table_is_that_table(tmp_path: Path) -> None:
    rows = [f"{place},{place * 7 % 11},{'ab'[place % 2]}" for place in range(60)]
    write(tmp_path / "iris.csv", "\n".join(["x,z,class", *rows]))
    write(tmp_path / "iris.names", "about iris\n")
    assert look(tmp_path).path == tmp_path / "iris.csv"
    write(tmp_path / "other.csv", "\n".join(["x,z,class", *rows]))
    assert "holds 2 tables: iris.csv, other.csv" in refusal(tmp_path).given


def test_a_table_for_each_part_is_read_whole(tmp_path: Path) -> None:
    """train.csv, dev.csv and tst.csv of the same columns: study and project take them as the parts
    that they are; a test part without targets is left for prediction."""
    folder = tmp_path / "data"
    folder.mkdir()
    rows = {"train": range(120), "dev": range(120, 160), "tst": range(160, 200)}
    for name, places in rows.items():
        lines = [f"{place * 7 % 13},{'rgb'[place % 3]},{'ny'[place // 2 % 2]}" for place in places]
        (folder / f"{name}.csv").write_text("\n".join(["size,colour,y", *lines]), encoding="utf-8")
    found = study(folder, ("y",))
    assert found.path == folder and found.answers["samples"] == 200
    read = split_of(folder, found, tmp_path)
    assert read == {"train": 120, "validation": 40, "test": 40}
    (folder / "tst.csv").write_text("size,colour\n1,r\n", encoding="utf-8")
    found = study(folder, ("y",))
    assert found.path == folder / "train.csv" and found.answers["samples"] == 120


SPLIT = """
import json, sys, types
sys.modules["sample"] = types.ModuleType("sample")
from pathlib import Path
import data
from config import load_config
config = load_config(Path("config.toml"))
parts = data.split(data.read_table(config), config)
print(json.dumps({name: len(part) for name, part in parts.items()}))
"""


def split_of(path: Path, found: Study, folder: Path) -> dict[str, int]:
    """The rows of each part, as the project that is made of a study has them."""
    project = render(make_plan(complete(answers_of(found, {"project_slug": "made"}))), folder)
    done = subprocess.run(
        [sys.executable, "-c", SPLIT], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    parts: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return parts
