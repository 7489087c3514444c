"""Images meet their masks, are split without leaks, and are refused where they cannot serve."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import data
import predict
from config import Config
from run import Run
from task import VOID, Target, score, training_arrays

Small = Callable[..., Config]


def save(path: Path, values: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values.astype("uint8")).save(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four images with masks of the same names; in the masks, the left half is 255."""
    mask = np.zeros((40, 60))
    mask[:, :30] = 255
    for place in range(4):
        save(tmp_path / "images" / f"{place}.jpg", np.full((40, 60, 3), 50 * place))
        save(tmp_path / "masks" / f"{place}.png", mask)
    return tmp_path


def reading(small: Small, path: Path, *more: str) -> Config:
    return small(f'data.path="{path}"', "head.output_units=2", *more)


def test_splits_are_disjoint_and_lose_no_image(small: Small, table: pd.DataFrame) -> None:
    parts = data.split(table, small())
    places = [place for part in parts.values() for place in part.index]
    assert sorted(places) == list(table.index)


def test_equal_images_stay_together(small: Small, table: pd.DataFrame) -> None:
    twice = pd.concat([table, table], ignore_index=True)
    for part in data.split(twice, small()).values():
        assert {place % len(table) for place in part.index} == {
            place for place in part.index if place < len(table)
        }


def test_masks_lie_over_their_images(small: Small, folder: Path) -> None:
    config = reading(small, folder)
    table, size = data.read_table(config), config.data.image_size
    target = Target.fit(table, config)
    codes = target.encode(table)
    assert target.classes == [0, 255] and codes.shape == (4, size, size)
    assert (codes[:, :, : size // 2] == 1).all() and (codes[:, :, size // 2 :] == 0).all()


def test_void_is_no_class_and_is_not_scored(small: Small, folder: Path) -> None:
    mask = np.zeros((40, 60))
    mask[:, 15:30], mask[:, 30:] = 1, 255
    for path in (folder / "masks").iterdir():
        save(path, mask)
    config = reading(small, folder, "data.void_values=[255]")
    table = data.read_table(config)
    target = Target.fit(table, config)
    codes = target.encode(table)
    void = codes == VOID
    assert target.classes == [0, 1] and void.mean() == 0.5
    _, learned, weights = training_arrays(codes, codes, config.head)
    assert learned.min() == 0 and (weights == np.where(void, 0, 2)).all()
    outputs = np.eye(2)[np.where(void, 0, codes)]
    assert score(codes, outputs, target)["mean_iou"] == 1.0


def test_folders_say_the_part_and_names_may_end_in_mask(small: Small, folder: Path) -> None:
    for part in ("train", "test"):
        for kind, ending in (("images", ".jpg"), ("masks", "_mask.png")):
            for path in sorted((folder / kind).glob("*.*")):
                place = folder / "parts" / part / kind / f"{path.stem}{ending}"
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(path.read_bytes())
    table = data.read_table(reading(small, folder / "parts"))
    assert table[data.PART].value_counts().to_dict() == {"test": 4, "train": 4}


def test_many_masks_become_one(small: Small, folder: Path) -> None:
    for name in ("first", "second"):
        save(folder / "each" / name / "images" / "photo.png", np.zeros((20, 20)))
        for place in range(3):
            mask = np.zeros((20, 20))
            mask[5 * place : 5 * place + 5] = 255
            save(folder / "each" / name / "masks" / f"{place}.png", mask)
    table = data.read_table(reading(small, folder / "each", "data.image_size=20"))
    assert [np.unique(mask[:15]).tolist() for mask in table["mask"]] == [[1], [1]]
    assert not table["mask"].iloc[0][15:].any()


def test_what_does_not_belong_together_is_refused(
    small: Small, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(message: str) -> None:
        with pytest.raises(SystemExit) as stopped:
            data.read_table(reading(small, folder))
        assert stopped.value.code == 2 and message in capsys.readouterr().err

    save(folder / "masks" / "0.png", np.zeros((40, 61)))
    refused(f"its mask {folder / 'masks' / '0.png'} has (height, width) (40, 61)")
    save(folder / "masks" / "0.png", np.stack([np.zeros((40, 60)), *np.ones((2, 40, 60))], -1))
    refused("has colours")
    (folder / "masks" / "0.png").write_bytes(b"")
    refused("0.png")
    (folder / "masks" / "0.png").unlink()
    refused(f"{folder / 'images' / '0.jpg'} has no mask")
    (folder / "images" / "0.jpg").unlink()
    save(folder / "masks" / "9.png", np.zeros((40, 60)))
    refused(f"the mask {folder / 'masks' / '9.png'} has no image")
    (folder / "images").rename(folder / "pictures")
    refused("path/images/1.jpg with path/masks/1.png")


def test_masks_with_too_few_or_too_many_values_are_refused(
    small: Small, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = reading(small, folder)
    table = data.read_table(config)
    for mask, said in ((np.zeros((8, 8), "int32"), "1 different"), (np.eye(8) * 7, "3 different")):
        masks = [mask if said[0] == "1" else mask + np.eye(8)[::-1]] * len(table)
        with pytest.raises(SystemExit) as stopped:
            Target.fit(table.assign(mask=pd.Series(masks)), config)
        assert stopped.value.code == 2 and said in capsys.readouterr().err


def test_masks_are_written_as_large_as_their_images(run: Run, folder: Path, tmp_path: Path) -> None:
    given = [str(folder / "images"), "--run", str(run.path)]
    answers = predict.main([*given, "--output", str(tmp_path / "answers.csv")])
    assert len(answers) == 4
    for name in answers["mask"]:
        mask = Image.open(tmp_path / "answers_masks" / name)
        assert mask.size == (60, 40)
        assert set(np.unique(np.asarray(mask))) <= set(run.target.classes)
