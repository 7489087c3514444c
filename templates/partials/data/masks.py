"""Images and their masks: pair them, decode them, and refuse what cannot be trained on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from pydantic import Field, PositiveInt

import sample
from columns import note_size
from features import images_below, open_upright, read_all, to_pixels
from schema import Section, refuse

if TYPE_CHECKING:
    from config import Config

SAMPLES = "images"


class DataConfig(Section):
    path: str
    image_folder: str = Field(min_length=1)
    mask_folder: str = Field(min_length=1)
    unreadable: Literal["refuse", "skip"]
    image_size: PositiveInt
    channels: Literal[1, 3]
    planned_rows: PositiveInt


def layout(data: DataConfig) -> str:
    """What a folder has to look like."""
    images, masks = data.image_folder, data.mask_folder
    return (
        f"path/{images}/1.jpg with path/{masks}/1.png, the same names; or a folder for each image, "
        f"path/1/{images}/ with the image and path/1/{masks}/ with a mask for each thing in it"
    )


def by_name(folder: Path, data: DataConfig) -> dict[str, Path]:
    """The images below `folder` by their names without suffix."""
    paths = images_below(folder)
    named = {path.relative_to(folder).with_suffix("").as_posix(): path for path in paths}
    if len(named) < len(paths):
        refuse(f"{folder}: two images share a name", layout(data), "rename one of them")
    return named


def pairs(path: Path, data: DataConfig) -> dict[Path, list[Path]]:
    """Each image and its masks: one with the same name, or all in its own folder."""
    if (path / data.image_folder).is_dir():
        images, masks = (
            by_name(path / name, data) for name in (data.image_folder, data.mask_folder)
        )
        without = [f"the mask {masks[name]} has no image" for name in sorted({*masks} - {*images})]
        without += [f"{images[name]} has no mask" for name in sorted({*images} - {*masks})]
        found = {images[name]: [masks[name]] for name in images if name in masks}
    else:
        found, without = {}, []
        for folder in sorted(path.glob(f"*/{data.image_folder}")):
            images, masks = (
                by_name(one, data) for one in (folder, folder.parent / data.mask_folder)
            )
            if len(images) != 1 or not masks:
                without += [f"{folder.parent} has {len(images)} images and {len(masks)} masks"]
            found |= {image: list(masks.values()) for image in images.values()}
    if without:
        more = f", and {len(without) - 1} more" if without[1:] else ""
        refuse(f"{without[0]}{more}", layout(data), "add what is missing, or move the rest away")
    if not found:
        refuse(f"{path} holds no pair of image and mask", layout(data), "correct data.path")
    return found


def read_mask(path: Path) -> np.ndarray:
    """int32 (H, W): a grey mask's values, or the places of its colours in its palette."""
    values = np.asarray(open_upright(path))
    if values.ndim == 3:
        colours = values[..., :3] if values.shape[2] > 2 else values[..., :1]
        if (colours != colours[..., :1]).any():
            raise ValueError(f"its mask {path} has colours, not one number a pixel")
        values = colours[..., 0]
    return values.astype("int32")


def read_image(path: Path, data: DataConfig) -> dict[str, Any]:
    """A row of the table, without its mask."""
    image = open_upright(path)
    pixels = to_pixels(image, data.image_size, data.channels)
    sizes = {"height": image.height, "width": image.width}
    return {"image": pixels, "file": path.as_posix(), **sizes}


def read_pair(path: Path, mask_paths: list[Path], data: DataConfig) -> dict[str, Any]:
    """A row of the table. In a folder of its own an image's masks become one: 1 where any is not 0.

    Masks are scaled by nearest neighbours: between class 0 and class 2 there is no class 1.
    """
    row, masks = read_image(path, data), [read_mask(one) for one in mask_paths]
    size = row["height"], row["width"]
    for one, mask in zip(mask_paths, masks, strict=True):
        if mask.shape != size:
            raise ValueError(f"its mask {one} has (height, width) {mask.shape}, the image {size}")
    single = (Path(data.path) / data.image_folder).is_dir()
    mask = masks[0] if single else np.any(masks, axis=0).astype("int32")
    near = [
        ((np.arange(data.image_size) + 0.5) * side / data.image_size).astype(int) for side in size
    ]
    return row | {"mask": mask[near[0]][:, near[1]]}


def read_table(config: Config) -> pd.DataFrame:
    """All images, or the embedded sample where data.path is empty: "image", uint8 (image_size,
    image_size, channels), "mask", integers (image_size, image_size), "file", "height", "width"."""
    data = config.data
    if not data.path:
        return sample.make(config)[0]
    found = pairs(Path(data.path), data)
    rows = read_all(list(found), lambda path: read_pair(path, found[path], data), data.unreadable)
    table = pd.DataFrame([row for row in rows if row is not None])
    note_size(len(table), data.planned_rows, SAMPLES)
    return table


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Images to predict for, without masks: image files, or folders of them."""
    if not given:
        return read_table(config).head()
    paths: list[Path] = []
    for path in map(Path, given):
        paths += images_below(path) if path.is_dir() else [path]
    if not paths:
        refuse(f"no image in {', '.join(given)}", "image files, or folders of them", "name others")
    data = config.data
    rows = read_all(paths, lambda path: read_image(path, data), data.unreadable)
    return pd.DataFrame([row for row in rows if row is not None])


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer: the file."""
    return table[["file"]]


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): images that look the same to the network have one key."""
    digests = [hashlib.blake2b(image.tobytes(), digest_size=8).digest() for image in table["image"]]
    return np.frombuffer(b"".join(digests), dtype="uint64")


def contradictions(config: Config) -> Iterator[tuple[str, str, str]]:
    """Relations of [data] with other sections: none beyond what the masks themselves show."""
    return iter(())
