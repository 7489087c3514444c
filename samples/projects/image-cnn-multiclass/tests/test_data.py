"""Images are read upright and whole, split without leaks, and refused where they cannot serve."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import data
import predict
from config import Config
from features import Encoder, open_upright, to_pixels
from run import Run

Small = Callable[..., Config]


def paint(path: Path, mode: str = "RGB", colour: object = "red", size: int = 40) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, (size, size), colour).save(path)  # type: ignore[arg-type]
    return path


def reading(small: Small, path: Path, unreadable: str = "refuse") -> Config:
    """A config that reads `path` with one target, whatever the task."""
    given = small()
    changes = {"path": str(path), "targets": ["class"], "unreadable": unreadable}
    return given.model_copy(update={"data": given.data.model_copy(update=changes)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two classes of three images each."""
    for name, colour in (("cat", "red"), ("dog", "blue")):
        for place in range(3):
            paint(tmp_path / "photos" / name / f"{place}.png", colour=colour)
    return tmp_path / "photos"


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


def test_every_kind_of_pixel_is_read(tmp_path: Path) -> None:
    pixels = {
        "palette.png": ("P", 0, 0),
        "grey.png": ("L", 255, 255),
        "sixteen.png": ("I;16", 65535, 255),
        "clear.png": ("RGBA", (0, 0, 0, 0), 255),  # what is transparent is white
        "solid.png": ("RGBA", (255, 255, 255, 255), 255),
        "print.jpg": ("CMYK", (0, 0, 0, 0), 255),
        "bits.png": ("1", 1, 255),
    }
    for name, (mode, colour, seen) in pixels.items():
        image = open_upright(paint(tmp_path / name, mode, colour))
        for channels in (1, 3):
            read = to_pixels(image, 16, channels)
            assert read.shape == (16, 16, channels) and read.dtype == np.uint8
            assert (read == seen).all(), name


def test_photos_are_turned_upright(tmp_path: Path) -> None:
    image = Image.new("L", (40, 20))
    image.paste(255, (0, 0, 20, 20))  # the left half is white
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the camera on its side
    image.save(tmp_path / "photo.jpg", exif=exif)
    upright = open_upright(tmp_path / "photo.jpg")
    assert upright.size == (20, 40)
    assert to_pixels(upright, 20, 1)[2].mean() > 250 > 5 > to_pixels(upright, 20, 1)[-2].mean()


def test_folders_are_classes(
    small: Small, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (".DS_Store", "cat/._0.png", "dog/Thumbs.db", "README.md"):
        (folder / name).write_bytes(b"no image")
    table = data.read_table(reading(small, folder))
    assert table["class"].tolist() == ["cat"] * 3 + ["dog"] * 3
    assert table["image"].iloc[0].shape == (*[small().data.image_size] * 2, small().data.channels)
    assert "left out 3 hidden files and 1 without an image's name" in capsys.readouterr().out


def test_folders_say_the_part(small: Small, folder: Path) -> None:
    (folder / "train").mkdir()
    for name in ("cat", "dog"):
        (folder / name).rename(folder / "train" / name)
        paint(folder / "val" / name / "a.png")
        paint(folder / "test" / name / "b.png")
    table = data.read_table(reading(small, folder))
    assert table["class"].nunique() == 2
    assert table[data.PART].value_counts().to_dict() == {"train": 6, "validation": 2, "test": 2}


def test_names_that_begin_alike_are_a_group(small: Small, folder: Path) -> None:
    for place, path in enumerate(sorted(path for path in folder.rglob("*") if path.is_file())):
        path.rename(path.with_name(f"patient{place // 2:02}_slice{place % 2}{path.suffix}"))
    data_config = reading(small, folder).data.model_copy(update={"group": "stem"})
    assert data.list_folder(folder, data_config)["stem"].value_counts().to_dict() == {
        "patient00": 2,
        "patient01": 2,
        "patient02": 2,
    }


def test_names_in_a_csv_that_begin_alike_are_a_group(small: Small, folder: Path) -> None:
    names = [f"{kind}/{place}.png" for kind in ("cat", "dog") for place in range(3)]
    given = [f"patient{place // 2:02}_{place % 2}.png" for place in range(6)]
    for name, other in zip(names, given, strict=True):
        (folder / name).rename(folder / other)
    columns = {"image": given, "class": ["cat"] * 3 + ["dog"] * 3}
    pd.DataFrame(columns).to_csv(folder / "list.csv", index=False)
    config = reading(small, folder / "list.csv")
    changed = config.data.model_copy(update={"group": "stem", "image_column": "image"})
    table = data.read_table(config.model_copy(update={"data": changed}))
    assert table["stem"].tolist() == [f"patient{place // 2:02}" for place in range(6)]


def test_a_csv_names_images(small: Small, folder: Path) -> None:
    columns = {"image": ["cat/0.png", "dog/1.png"], "class": ["a", "b"]}
    config = reading(small, folder / "list.csv")
    pd.DataFrame(columns).to_csv(folder / "list.csv", index=False, sep=config.data.separator)
    assert data.read_table(config)["class"].tolist() == ["a", "b"]
    assert len(data.read_new([str(folder / "list.csv")], config)) == 2
    columns["image"][0] = "cat/9.png"
    pd.DataFrame(columns).to_csv(folder / "list.csv", index=False, sep=config.data.separator)
    with pytest.raises(SystemExit):
        data.read_table(config)


def test_a_csv_may_name_images_below_it(
    small: Small, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = reading(small, folder / "list.csv")
    paint(folder / "cat" / "lion.png")
    table = pd.DataFrame({"image": ["lion", "lion.png"], "class": ["a", "b"]})
    table.to_csv(folder / "list.csv", index=False)
    assert data.read_table(config)["file"].str.endswith("cat/lion.png").all()
    paint(folder / "dog" / "lion.png")
    with pytest.raises(SystemExit):
        data.read_table(config)
    assert "the list names 'lion'" in capsys.readouterr().err


def test_a_class_may_be_called_train(small: Small, folder: Path) -> None:
    (folder / "cat").rename(folder / "train")
    assert data.read_table(reading(small, folder))["class"].tolist() == ["dog"] * 3 + ["train"] * 3


@pytest.mark.parametrize("damage", ["empty", "cut short", "text"])
def test_broken_images_are_refused_or_counted(
    damage: str, small: Small, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = folder / "cat" / "1.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (64, 64), "uint8")).save(broken)
    whole = broken.read_bytes()
    broken.write_bytes({"empty": b"", "cut short": whole[:2000], "text": b"hello"}[damage])
    with pytest.raises(SystemExit) as stopped:
        data.read_table(reading(small, folder))
    assert stopped.value.code == 2 and str(broken) in capsys.readouterr().err
    assert len(data.read_table(reading(small, folder, "skip"))) == 5
    assert "1 of 6 images cannot be used" in capsys.readouterr().out


@pytest.mark.parametrize("extra", ["loose.png", "cat/more/deep.png", None])
def test_other_layouts_are_refused(
    extra: str | None, small: Small, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if extra:
        paint(folder / extra)
    else:
        folder = folder.parent / "nothing"
        folder.mkdir()
    with pytest.raises(SystemExit) as stopped:
        data.read_table(reading(small, folder))
    assert stopped.value.code == 2 and "a folder of class folders" in capsys.readouterr().err


def test_pixels_stay_pixels(small: Small, table: pd.DataFrame) -> None:
    encoder = Encoder.fit(table, small().data)
    x, size = encoder.encode(table, "refuse"), small().data.image_size
    assert x.dtype == np.uint8 and x.shape == (len(table), size, size, small().data.channels)
    assert np.isfinite(encoder.flat(table)).all() and len(encoder.flat(table)) == len(table)


def test_image_files_become_answers(run: Run, folder: Path) -> None:
    answers = predict.main([str(folder), str(folder / "cat" / "0.png"), "--run", str(run.path)])
    assert len(answers) == 7 and answers["file"].iloc[-1].endswith("cat/0.png")
