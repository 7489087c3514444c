"""Data in files of their own, or in arrays: refused with a line of Python, which is typed here, and
what it writes is understood."""

from __future__ import annotations

import gzip
import struct
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from goodfit.errors import GoodfitError
from goodfit.study import Study, study

RANDOM = np.random.default_rng(0)
X, Y = RANDOM.normal(size=(60, 12)).round(3), np.arange(60) % 3
IMAGES = RANDOM.integers(0, 256, (60, 16, 16), dtype="uint8")


def lines(path: Path, rows: object, separator: str = " ", names: str = "") -> None:
    """A file with a row a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = [separator.join(map(str, np.atleast_1d(row))) for row in rows]  # type: ignore[attr-defined]
    path.write_text("\n".join([*filter(None, [names]), *text]) + "\n")


def written(path: Path, folder: Path) -> Study:
    """The study of what the printed command writes."""
    with pytest.raises(GoodfitError) as refused:
        study(path)
    command = "python -c " + refused.value.fix.partition("python -c ")[2]
    folder.mkdir()
    subprocess.run(command, shell=True, cwd=folder, check=True)
    (made,) = folder.iterdir()
    return study(made)


def secom(root: Path) -> None:
    lines(root / "secom.data", X)
    lines(root / "secom_labels.data", [(one, '"19/07/2008 11:55:00"') for one in Y])


def har(root: Path) -> None:
    for part in ("train", "test"):
        lines(root / part / f"X_{part}.txt", X)
        lines(root / part / f"y_{part}.txt", Y)
        lines(root / part / f"subject_{part}.txt", np.arange(60) // 5)
        lines(root / part / "signals" / f"acc_x_{part}.txt", X)
        lines(root / part / "signals" / f"acc_y_{part}.txt", X)
    lines(root / "activity_labels.txt", ["1 WALKING", "2 SITTING", "3 LAYING"])


def named(root: Path) -> None:
    lines(root / "X_train.csv", X[:, :2], ",", "a,b")
    lines(root / "y_train.csv", Y, ",", "label")


@pytest.mark.parametrize(
    ("make", "features", "group"), [(secom, 12, ""), (har, 12, "subject"), (named, 2, "")]
)
def test_labels_beside_features_become_one_table(
    make: object, features: int, group: str, tmp_path: Path
) -> None:
    make(tmp_path / "data")  # type: ignore[operator]
    found = written(tmp_path / "data", tmp_path / "made")
    assert found.settings["targets"] == ["target"] and found.answers["features"] == features
    assert found.answers["classes"] == 3 and not found.open_questions
    assert found.settings.get("group", "") == group
    assert found.settings.get("part") == ("part" if group else None)


def test_rows_that_do_not_agree_are_not_joined(tmp_path: Path) -> None:
    lines(tmp_path / "X.csv", X, ",", ",".join("abcdefghijkl"))
    lines(tmp_path / "y.csv", Y[:50], ",", "label")
    with pytest.raises(GoodfitError, match="2 tables"):
        study(tmp_path)


def keras(path: Path) -> Path:
    np.savez(path, x_train=IMAGES, y_train=Y, x_test=IMAGES, y_test=Y)
    return path


def medical(path: Path) -> Path:
    parts = ("train", "val", "test")
    arrays: dict[str, Any] = {f"{part}_images": IMAGES for part in parts}
    np.savez(path, **arrays, **{f"{part}_labels": Y[:, None].astype("uint8") for part in parts})
    return path


def one_hot(path: Path) -> Path:
    np.savez(path, X=IMAGES[..., None] / 255, y=np.eye(3)[Y])
    return path


def nameless(path: Path) -> Path:
    np.savez(path, np.stack([IMAGES] * 3, -1), Y)
    return path


def mnist(path: Path) -> Path:
    folder = path.with_suffix("")
    folder.mkdir()
    for part in ("train", "t10k"):
        images = struct.pack(">IIII", 0x803, 60, 16, 16) + IMAGES.tobytes()
        (folder / f"{part}-images-idx3-ubyte.gz").write_bytes(gzip.compress(images))
        labels = struct.pack(">II", 0x801, 60) + Y.astype("uint8").tobytes()
        (folder / f"{part}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(labels))
    return folder


@pytest.mark.parametrize(
    ("make", "samples"),
    [(keras, 120), (medical, 180), (one_hot, 60), (nameless, 60), (mnist, 120)],
)
def test_arrays_of_images_become_files(make: object, samples: int, tmp_path: Path) -> None:
    found = written(make(tmp_path / "arrays.npz"), tmp_path / "made")  # type: ignore[operator]
    assert found.answers["input"] == "image" and found.answers["classes"] == 3
    assert found.answers["samples"] == samples and not found.open_questions


@pytest.mark.parametrize("shape", [(60, 12), (60, 6, 2)])
def test_arrays_in_parts_become_one(shape: tuple[int, ...], tmp_path: Path) -> None:
    x = X.reshape(shape)
    np.savez(tmp_path / "a.npz", x_train=x, y_train=Y, x_test=x, y_test=Y)
    found = written(tmp_path / "a.npz", tmp_path / "made")
    assert found.answers["samples"] == 120 and found.answers["classes"] == 3


def test_arrays_in_files_become_one(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    np.save(tmp_path / "data" / "X_train.npy", X)
    np.save(tmp_path / "data" / "y_train.npy", Y)
    assert written(tmp_path / "data", tmp_path / "made").settings["targets"] == ["target"]


def test_a_label_before_each_text(tmp_path: Path) -> None:
    words = ["Who was Galileo ?", "What is an atom ?", "Where is Rome, in Italy ?"]
    labels = ("HUM:ind", "DESC:def", "LOC:city")
    rows = [f"{labels[one]} {words[one]} {place}" for place, one in enumerate(Y)]
    for name in ("train_5500.label", "TREC_10.label"):
        lines(tmp_path / "data" / name, rows)
    found = written(tmp_path / "data", tmp_path / "made")
    assert found.settings["targets"] == ["label"] and found.answers["samples"] == 60


def test_tables_of_the_same_columns_become_one(tmp_path: Path) -> None:
    for name in ("Fake", "True"):
        lines(tmp_path / "data" / f"{name}.csv", X, ";", ";".join("abcdefghijkl"))
    found = written(tmp_path / "data", tmp_path / "made")
    assert found.answers["samples"] == 120 and "file" in found.columns


@pytest.mark.parametrize("name", ["", "Passengers"])
def test_a_column_of_numbers_becomes_a_series(name: str, tmp_path: Path) -> None:
    lines(tmp_path / "rows.csv", RANDOM.integers(90, 700, 144), names=name)
    found = written(tmp_path / "rows.csv", tmp_path / "made")
    assert found.answers["task"] == "forecasting" and found.answers["samples"] == 144


def test_columns_of_fixed_width_become_a_table(tmp_path: Path) -> None:
    rows = [f"{row:<6}{('new york', 'rome')[row % 2]:<10}{row % 7:>3}" for row in range(60)]
    lines(tmp_path / "rows.txt", rows)
    with pytest.raises(GoodfitError, match="fixed width"):
        study(tmp_path / "rows.txt")


def test_what_is_no_review_is_hidden_by_two_commands(tmp_path: Path) -> None:
    """aclImdb: lists of addresses beside the class folders, and texts without a class."""
    root = tmp_path / "acl imdb"
    for part in ("train", "test"):
        for name in ("pos", "neg", *(["unsup"] if part == "train" else [])):
            for place in range(6):
                lines(root / part / name / f"{place}_7.txt", [f"film {place} was {name} for us"])
            lines(root / part / f"urls_{name}.txt", ["http://example.org/title"])
    lines(root / "imdb.vocab", ["film", "was"])
    for _ in range(2):
        with pytest.raises(GoodfitError) as refused:
            study(root)
        subprocess.run("mv " + refused.value.fix.partition(": mv ")[2], shell=True, check=True)
    found = study(root)
    assert found.answers["samples"] == 24 and found.answers["task"] == "binary-classification"


@pytest.mark.parametrize(
    ("labels", "task"),
    [
        (["+1", "-1"], "binary-classification"),
        (["1", "2", "3"], "multiclass-classification"),
        (["0,3", "1", "0,1,3", "3"], "multilabel-classification"),
        ([f"{place}.5" for place in range(60)], "regression"),
    ],
)
def test_sparse_rows_become_arrays(labels: list[str], task: str, tmp_path: Path) -> None:
    rows = [
        f"{labels[row % len(labels)]} {row % 3 + 1}:{a} 7:{b} 11:{c} # {row}"
        for row, (a, b, c) in enumerate(X[:, :3])
    ]
    lines(tmp_path / "rows.svm", rows)
    found = written(tmp_path / "rows.svm", tmp_path / "made")
    assert found.answers["task"] == task and found.answers["features"] == 5


def test_parts_of_speech_become_tags(tmp_path: Path) -> None:
    words = [("1-2", "del", "_"), ("1", "de", "ADP"), ("2", "el", "DET"), ("3", "tren", "NOUN")]
    rows = ["\t".join([at, word, "_", tag, *"______"]) for at, word, tag in words]
    sentences = ["\n".join(["# sent_id = 1", *rows, ""]) for _ in range(30)]
    lines(tmp_path / "es.conllu", sentences)
    found = written(tmp_path / "es.conllu", tmp_path / "made")
    assert found.answers["task"] == "tagging" and found.answers["samples"] == 30
    assert found.answers["classes"] == 3
