"""Folders of images and of masks are known for what they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from folders import look, masks, paint, photos, refusal, why, write
from goodfit.errors import GoodfitError
from goodfit.study import study
from PIL import Image
from studied import evidence


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
    assert why(found, "samples") == "30 images: 6 in test/, 20 in train/, 4 in val/"


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    photos(tmp_path)
    (tmp_path / "cat" / ".hidden.png").write_bytes(b"x")
    (tmp_path / "README.md").write_text("about", "utf-8")
    (tmp_path / "cat" / "loop").symlink_to(tmp_path)
    (tmp_path / "none").mkdir()
    found = look(tmp_path)
    assert "1 hidden file, 1 file about the data (README.md), 1 link (loop)" in why(found, "input")
    assert "(none is empty)" in why(found, "task")


def test_names_that_begin_alike_may_be_a_group(tmp_path: Path) -> None:
    for place in range(36):
        paint(tmp_path / "ab"[place % 2] / f"patient{place // 3:02}_slice{place % 3}.png")
    found = look(tmp_path)
    assert found.open_questions == ("group",) and "patient00_slice" in why(found, "group")
    assert study(tmp_path, (), {"group": ""}).open_questions == ()
    photos(tmp_path / "numbered", 12)  # 1.png, 2.png, ... begin with nothing
    assert look(tmp_path / "numbered").open_questions == ()


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


@pytest.mark.parametrize("ending", [".png", "_mask.png"])
def test_images_and_masks(ending: str, tmp_path: Path) -> None:
    masks(tmp_path, ending)
    found = look(tmp_path)
    wanted = {"task": "segmentation", "samples": 20, "classes": 3, "image_size": 64}
    assert found.answers.items() >= wanted.items()
    assert "values 0, 1, 2" in why(found, "classes")


def test_masks_with_noise_are_asked_about(tmp_path: Path) -> None:
    """JPEG and smooth scaling make values of their own; rare classes are none of it."""
    masks(tmp_path)
    for path in (tmp_path / "masks").iterdir():
        large = Image.fromarray(np.asarray(Image.open(path)) * 100).resize((640, 480))
        large.resize((64, 48), Image.Resampling.BICUBIC).save(path)
    asked = evidence(study(tmp_path), "mask_values")
    assert asked.confidence == "unsure" and asked.value == [0, 100, 200]
    found = study(tmp_path, (), {"mask_values": [0, 100, 200]})
    assert found.answers["classes"] == 3 and not found.open_questions
    for place, path in enumerate((tmp_path / "masks").iterdir()):
        Image.fromarray(np.full((48, 64), place % 20, "uint8")).save(path)
    assert study(tmp_path).answers["classes"] == 20 and not study(tmp_path).open_questions


def test_void_is_asked_about(tmp_path: Path) -> None:
    masks(tmp_path)
    assert not study(tmp_path).open_questions
    for path in (tmp_path / "masks").iterdir():
        mask = np.array(Image.open(path))
        mask[:2] = 255
        Image.fromarray(mask).save(path)
    found = study(tmp_path)
    assert found.answers["classes"] == 3 and found.open_questions == ("void_values",)
    said = study(tmp_path, (), {"void_values": [255]})
    assert said.answers["classes"] == 3 and not said.open_questions
    assert "beside 255" in why(said, "classes")
    assert study(tmp_path, (), {"void_values": []}).answers["classes"] == 4


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


def test_a_form_to_hand_in_is_no_list_to_learn_from(tmp_path: Path) -> None:
    for place in range(40):
        paint(tmp_path / f"pictures/{place}.png")
    rows = [f"{place},{'cat' if place % 3 else 'dog'}" for place in range(30)]
    write(tmp_path / "train.csv", "\n".join(["id,animal", *rows]) + "\n")
    form = [f"{place},cat" for place in range(30, 40)]
    write(tmp_path / "sample_submission.csv", "\n".join(["id,animal", *form]) + "\n")
    found = study(tmp_path)
    assert (found.answers["input"], found.answers["samples"]) == ("image", 30)
    assert found.settings["targets"] == ["animal"]
