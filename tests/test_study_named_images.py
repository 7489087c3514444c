"""Images of which only names say what they show, and masks beside the folder of each part."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from folders import look, paint, refusal, why, write
from goodfit.reader.pairs import pairs
from goodfit.study import study
from PIL import Image
from studied import evidence
from test_study_folders_written import split_of

PARTS = ("train", "validation", "test")


def typed(fix: str) -> None:
    """Run the line of Python in a fix, as it is printed."""
    found = re.search(r"python -c .*", fix)
    assert found
    subprocess.run(found[0], shell=True, check=True)


@pytest.mark.parametrize("between", [".{}", "_{:03}", " ({})", "{}"])
@pytest.mark.parametrize("classes", [("cat", "dog"), ("great_dane", "pug", "beagle")])
def test_classes_in_names_are_shown_and_listed(
    between: str, classes: tuple[str, ...], tmp_path: Path
) -> None:
    for place in range(10):
        for name in classes:
            paint(tmp_path / "train" / f"{name}{between.format(place)}.png")
        paint(tmp_path / "test1" / f"{place}.png")
    write(tmp_path / "sampleSubmission.csv", "id,label\n" + "".join(f"{n},0\n" for n in range(10)))
    refused = refusal(tmp_path)
    assert all(f"{name} (10)" in refused.given for name in classes)
    typed(refused.fix)
    found = look(tmp_path / "train")
    assert found.settings["targets"] == ["label"] and found.answers["samples"] == 10 * len(classes)


def test_names_of_one_word_are_no_classes(tmp_path: Path) -> None:
    for place in range(30):
        paint(tmp_path / f"img_{place}.png")
    assert "begin in" not in refusal(tmp_path).given
    for part in ("train", "test"):
        for place in range(30):
            paint(tmp_path / "b" / f"{part}_{place}.png")
    assert "begin in" not in refusal(tmp_path / "b").given


def test_numbers_in_names_are_shown_and_listed(tmp_path: Path) -> None:
    for place in range(40):
        paint(tmp_path / f"{20 + place}_{place % 2}_{place % 5}_2017{place}.jpg.chip.jpg")
    refused = refusal(tmp_path)
    assert "number_1 from 20 to 59, number_2 from 0 to 1" in refused.given
    typed(refused.fix)
    found = study(tmp_path, ("number_1",))
    assert found.answers["task"] == "regression" and found.answers["samples"] == 40


def test_a_list_of_identifiers_beside_folders_of_images(tmp_path: Path) -> None:
    for place in range(30):
        paint(tmp_path / "train_images" / f"a{place * 97:05x}.png")
        paint(tmp_path / "test_images" / f"b{place * 97:05x}.png")
    rows = "".join(f"a{place * 97:05x},{'xyz'[place % 3]}\n" for place in range(30))
    found = look(write(tmp_path / "train.csv", f"id_code,kind\n{rows}"))
    assert (found.answers["input"], found.answers["samples"]) == ("image", 30)


def test_digits_beside_pictures_of_digits_are_numbers(tmp_path: Path) -> None:
    for place in range(10):
        paint(tmp_path / "digits" / f"{place}.png")
    rows = "".join(
        f"{place % 10},{place * 7 % 10}.{place % 9},{'ab'[place * place % 3 % 2]}\n"
        for place in range(80)
    )
    found = study(write(tmp_path / "rows.csv", f"size,weight,class\n{rows}"), ("class",))
    assert found.answers["input"] == "tabular"


def masked(root: Path, images: str, masks: str, ending: str = "") -> None:
    """Images and their masks."""
    for place in range(24):
        paint(root / images / f"{place}.jpg", (place, 0, 0), (64, 48))
        (root / masks).mkdir(parents=True, exist_ok=True)
        mask = np.arange(48 * 64, dtype="uint8").reshape(48, 64) // 100
        Image.fromarray(mask).save(root / masks / f"{place}{ending}.png")


@pytest.mark.parametrize(
    ("images", "masks"),
    [
        ("train", "train_labels"),
        ("train", "train_masks"),
        ("images", "labels"),
        ("img", "annotations"),
        ("JPEGImages", "SegmentationClass"),
    ],
)
def test_masks_stand_in_a_folder_of_their_own(images: str, masks: str, tmp_path: Path) -> None:
    masked(tmp_path, images, masks)
    assert look(tmp_path).settings.get("mask_folder", "masks") == masks
    if masks == "SegmentationClass":
        masked(tmp_path, images, "SegmentationObject")
        write(
            tmp_path / "Annotations" / "1.xml",
            "<annotation><object><bndbox/></object></annotation>",
        )
        assert look(tmp_path).settings["mask_folder"] == masks


def test_each_part_has_its_folder_of_masks(tmp_path: Path) -> None:
    for part in ("train", "val", "test"):
        masked(tmp_path, part, f"{part}_labels", "_L")
    found = look(tmp_path)
    assert found.answers["samples"] == 72
    assert [found.settings[name] for name in ("image_folder", "mask_folder")] == ["*", "*_labels"]
    images = [path for path in tmp_path.rglob("*.*")]
    names = [*pairs(tmp_path, images, "*", "*_labels")[0]]
    assert sum(name.startswith("train/") for name in names) == 24
    assert "*_labels/" in why(found, "task")
    assert split_of(tmp_path, found, tmp_path / "made") == dict.fromkeys(PARTS, 24)


def test_images_to_test_on_need_no_masks(tmp_path: Path) -> None:
    masked(tmp_path, "train", "train_masks")
    paint(tmp_path / "test" / "1.jpg")
    found = look(tmp_path)
    assert found.answers["samples"] == 24 and evidence(found, "mask_folder").value == "train_masks"
