"""Folders that cannot be learnt from are refused in plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from folders import TAGGED, masks, paint, photos, refusal, write


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
        write(root / "spam" / f"{place}.txt", "слова и предложения", "cp1251")


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


def test_a_closed_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photos(tmp_path)
    closed = str(tmp_path / "cat" / "0.png")  # for the root user nothing is closed
    monkeypatch.setattr("os.access", lambda path, mode: str(path) != closed)
    assert closed in refusal(tmp_path).given and "chmod" in refusal(tmp_path).fix
