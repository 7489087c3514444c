"""Folders and special files are known for what they are, or refused in plain words."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from goodfit.answers import complete
from goodfit.errors import GoodfitError
from goodfit.plan import make_plan
from goodfit.render import TEMPLATES
from goodfit.study import Study, parts, study
from goodfit.study import masks as masks_of_study
from goodfit.study.answering import answers_of
from PIL import Image

WORDS = ("good", "bad", "long", "short", "sea", "sky", "red", "blue", "tree", "house")


def text(seed: int) -> str:
    """A few words."""
    return " ".join(random.Random(seed).choices(WORDS, k=12))


def paint(path: Path, colour: Any = (200, 30, 30), size: tuple[int, int] = (40, 40)) -> Path:
    """A small picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L" if isinstance(colour, int) else "RGB", size, colour).save(path)
    return path


def write(path: Path, words: str, encoding: str = "utf-8") -> Path:
    """A file of text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding=encoding)
    return path


def look(path: Path, **given: Any) -> Study:
    """What is found, of which a project can be made where nothing is left to ask."""
    found = study(path, (), given)
    if not found.open_questions:
        values = answers_of(found, given)
        make_plan(complete(values))
    return found


def photos(root: Path, count: int = 10, **options: Any) -> Path:
    """Two classes of pictures."""
    for name in ("cat", "dog"):
        for place in range(count):
            paint(root / name / f"{place}.png", **options)
    return root


def why(found: Study, question: str) -> str:
    """The evidence for an answer."""
    return next(one.why for one in found.evidence if one.question == question)


def refusal(path: Path) -> GoodfitError:
    """What is said of data that cannot be learnt from."""
    with pytest.raises(GoodfitError) as caught:
        study(path)
    assert caught.value.given and caught.value.expected and caught.value.fix
    assert caught.value.exit_code == 2
    return caught.value


def test_class_folders_of_images(tmp_path: Path) -> None:
    found = look(photos(tmp_path, colour=90, size=(28, 28)))
    assert found.path == tmp_path
    wanted = {"input": "image", "task": "binary-classification", "samples": 20, "channels": 1}
    assert found.answers.items() >= wanted.items()
    assert found.answers["image_size"] == 28 and found.answers["architecture"] == "cnn"
    assert why(found, "task") == "2 class folders hold 10 images each: cat, dog"
    assert "all 28 x 28 pixels" in why(found, "channels")


def test_large_colour_images_are_brought_to_the_usual_size(tmp_path: Path) -> None:
    found = look(photos(tmp_path, size=(300, 200)))
    assert found.answers["channels"] == 3
    assert not {"image_size", "architecture"} & found.answers.keys()


def test_folders_say_the_part(tmp_path: Path) -> None:
    photos(tmp_path / "train", 10)
    photos(tmp_path / "val", 2)
    photos(tmp_path / "test", 3)
    found = look(tmp_path)
    assert found.answers["samples"] == 30
    assert why(found, "samples") == "30 images: 6 in test/, 20 in train/, 4 in validation/"


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    photos(tmp_path)
    (tmp_path / "cat" / ".hidden.png").write_bytes(b"x")
    (tmp_path / "README.md").write_text("about", "utf-8")
    (tmp_path / "cat" / "loop").symlink_to(tmp_path)
    (tmp_path / "none").mkdir()
    found = look(tmp_path)
    assert "1 hidden file, 1 file about the data (README.md), 1 link (loop)" in why(found, "input")
    assert "(none is empty)" in why(found, "task")


def test_broken_images_are_asked_about(tmp_path: Path) -> None:
    photos(tmp_path)
    (tmp_path / "cat" / "0.png").write_bytes(b"no image")
    found = look(tmp_path)
    assert found.open_questions == ("unreadable",)
    assert "1 of 20 images cannot be opened, such as" in why(found, "unreadable")


def test_one_normal_class_is_anomaly_detection(tmp_path: Path) -> None:
    for place in range(8):
        paint(tmp_path / "train" / "good" / f"{place}.png")
        paint(tmp_path / "test" / "good" / f"{place}.png")
        paint(tmp_path / "test" / "scratch" / f"{place}.png")
    found = look(tmp_path)
    assert found.answers["task"] == "anomaly-detection" and found.settings["normal"] == ["good"]


def test_another_task_is_taken_or_refused(tmp_path: Path) -> None:
    photos(tmp_path, size=(28, 28))
    found = look(tmp_path, task="anomaly-detection")
    assert found.open_questions == ("normal",) and "architecture" not in found.answers
    with pytest.raises(GoodfitError, match="--task regression with class folders"):
        study(tmp_path, (), {"task": "regression"})


def test_a_list_of_images(tmp_path: Path) -> None:
    photos(tmp_path / "pictures")
    rows = [f"{name}/{place},{1.5 * place}" for name in ("cat", "dog") for place in range(6)] * 2
    write(tmp_path / "list.csv", "\n".join(["image,age", *(f"pictures/{row}" for row in rows)]))
    found = look(tmp_path)
    assert found.path == tmp_path / "list.csv"
    assert found.settings["image_column"] == "image" and found.settings["targets"] == ["age"]
    assert found.answers["task"] == "regression"


def masks(root: Path, ending: str = ".png") -> None:
    """Images with a mask each: left half and right half."""
    for place in range(20):
        paint(root / "images" / f"{place}.jpg", (10 * place, 0, 0), (64, 48))
        mask = np.zeros((48, 64), "uint8")
        mask[:, :20], mask[:, 40:] = 1, 2
        (root / "masks").mkdir(parents=True, exist_ok=True)
        Image.fromarray(mask).save(root / "masks" / f"{place}{ending}")


@pytest.mark.parametrize("ending", [".png", "_mask.png"])
def test_images_and_masks(ending: str, tmp_path: Path) -> None:
    masks(tmp_path, ending)
    found = look(tmp_path)
    wanted = {"task": "segmentation", "samples": 20, "classes": 3, "image_size": 64}
    assert found.answers.items() >= wanted.items()
    assert "values 0, 1, 2" in why(found, "classes")


def test_many_masks_of_an_image(tmp_path: Path) -> None:
    for name in "abcdefghijklmnopqrst":
        paint(tmp_path / "all" / name / "images" / f"{name}.png", size=(200, 200))
        for place in range(3):
            paint(tmp_path / "all" / name / "masks" / f"{place}.png", 255, (200, 200))
    found = look(tmp_path)
    assert found.path == tmp_path / "all" and found.answers["classes"] == 2
    assert "60 masks of 20 images, to be merged" in why(found, "task")


def test_masks_without_images_are_refused(tmp_path: Path) -> None:
    masks(tmp_path)
    (tmp_path / "images" / "3.jpg").unlink()
    assert "masks/3.png has no image" in refusal(tmp_path).given


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


TAGGED = "Ada\tB-PER\nwrote\tO\nto\tO\nCharles\tB-PER\n\nOnce\tO\n.\tO\n\n"


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


def one_class(root: Path) -> None:
    for place in range(9):
        paint(root / "cat" / f"{place}.png")


def loose_images(root: Path) -> None:
    for place in range(9):
        paint(root / f"{place}.png")


def astray(root: Path) -> None:
    paint(photos(root) / "cat" / "more" / "deep.png")


def few(root: Path) -> None:
    photos(root, 6)


def too_few(root: Path) -> None:
    photos(root)
    paint(root / "bird" / "1.png")


def only_hidden(root: Path) -> None:
    write(root / ".git" / "config", "x")


def only_a_loop(root: Path) -> None:
    (root / "loop").symlink_to(root)


def only_in_the_test(root: Path) -> None:
    photos(root / "train")
    photos(root / "test")
    for place in range(6):
        paint(root / "test" / "bird" / f"{place}.png")


def coloured_masks(root: Path) -> None:
    masks(root)
    paint(root / "masks" / "0.png", (255, 0, 0), (64, 48))


def mixed_encodings(root: Path) -> None:
    for place in range(6):
        write(root / "ham" / f"{place}.txt", "wörter und sätze", "utf-8")
        write(root / "spam" / f"{place}.txt", "wörter und sätze", "cp1252")


def an_archive(root: Path) -> None:
    (root / "all.zip").write_bytes(b"PK\x03\x04" + bytes(99))


def a_test_tag(root: Path) -> None:
    write(root / "train.conll", TAGGED * 4)
    write(root / "test.conll", TAGGED.replace("PER", "LOC") * 4)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (one_class, "images of one class: 'cat'"),
        (loose_images, "9 images, all in"),
        (astray, "deep.png is not in a class folder, and 20 images are"),
        (few, "holds 12 samples to learn from"),
        (too_few, "class 'bird' has 1 of the images"),
        (only_hidden, "no file that can be read; left out: 1 hidden file"),
        (only_a_loop, "no file that can be read; left out: 1 link (loop)"),
        (only_in_the_test, "no images of 'bird' in the training part"),
        (coloured_masks, "has colours"),
        (mixed_encodings, "is not UTF-8"),
        (an_archive, "1 .zip"),
        (a_test_tag, "the tags B-LOC stand in no training sentence"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused(
    make: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    make(tmp_path)
    assert said in refusal(tmp_path).given


def assigned(path: str, name: str) -> Any:
    """The value of a name in a module of the emitted project."""
    tree = ast.parse((TEMPLATES / path).read_text(encoding="utf-8"))
    node = next(
        one
        for one in tree.body
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == name
    )
    return eval(ast.unparse(node.value), {"re": re, "dict": dict})


def test_names_mean_the_same_here_and_in_the_project() -> None:
    assert assigned("{{cookiecutter.project_slug}}/reading.py", "PARTS") == parts.PARTS
    assert assigned("partials/data/masks.py", "ENDING") == masks_of_study.ENDING


def test_a_closed_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photos(tmp_path)
    closed = str(tmp_path / "cat" / "0.png")  # for the root user nothing is closed
    monkeypatch.setattr("os.access", lambda path, mode: str(path) != closed)
    assert closed in refusal(tmp_path).given and "chmod" in refusal(tmp_path).fix
