"""Folders of images and masks that are refused: the printed fix, typed as it stands, mends them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from goodfit.errors import GoodfitError
from goodfit.study import study
from PIL import Image

RANDOM = np.random.default_rng(0)
COLOURS = np.array([[0, 0, 0], [128, 0, 0], [0, 128, 0]], "uint8")  # as Pascal VOC paints classes


def folder(root: Path, unmasked: int = 0, ending: str = "", painted: bool = False) -> Path:
    """Images and their masks of three classes; `unmasked` more images have none."""
    for name in ("photos", "masks"):
        (root / name).mkdir(parents=True)
    for at in range(20 + unmasked):
        pixels = RANDOM.integers(0, 256, (16, 16, 3), dtype="uint8")
        Image.fromarray(pixels).save(root / "photos" / f"{at}.jpg")
        if at < 20:
            mask = RANDOM.integers(0, 3, (16, 16), dtype="uint8")
            drawn = COLOURS[mask] if painted else mask
            Image.fromarray(drawn).save(root / "masks" / f"{at}{ending}.png")
    return root


def refused(root: Path) -> GoodfitError:
    with pytest.raises(GoodfitError) as caught:
        study(root)
    return caught.value


def typed(fix: str) -> None:
    """Run the command that a fix ends with."""
    command = re.sub(r"^.*?(?=python -c )", "", fix)
    subprocess.run(command, shell=True, check=True)


@pytest.mark.parametrize("ending", ["", "_mask"])
def test_images_without_a_mask_can_be_hidden(ending: str, tmp_path: Path) -> None:
    root = folder(tmp_path / "it's", 7, ending)
    error = refused(root)
    assert "27.jpg" not in error.given and "has no mask" in error.given
    typed(error.fix)
    assert study(root).answers["samples"] == 20
    assert len([*root.glob("photos/.*.jpg")]) == 7


def test_a_mask_without_an_image_hides_nothing(tmp_path: Path) -> None:
    root = folder(tmp_path / "a", 3)
    (root / "photos" / "0.jpg").unlink()
    assert "python -c" not in refused(root).fix


def test_painted_masks_can_be_written_as_numbers(tmp_path: Path) -> None:
    root = folder(tmp_path / "a", painted=True)
    typed(refused(root).fix)
    assert study(root).answers["classes"] == 3
    written = np.asarray(Image.open(root / "masks" / "3.png"))
    kept = np.asarray(Image.open(root / ".masks" / "3.png"))
    assert (np.array([[0, 0, 0], [0, 128, 0], [128, 0, 0]])[written] == kept).all()


def test_masks_of_many_colours_are_no_classes(tmp_path: Path) -> None:
    root = folder(tmp_path / "a")
    for path in (root / "masks").iterdir():
        Image.fromarray(RANDOM.integers(0, 256, (16, 16, 3), dtype="uint8")).save(path)
    assert "python -c" not in refused(root).fix
