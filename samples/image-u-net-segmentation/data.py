"""Images and their masks: pair them, decode them, and refuse what cannot be trained on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from pydantic import Field, PositiveInt

import sample
from columns import note_size
from features import images_below, look_alikes, open_upright, read_all, to_pixels
from schema import Section, refuse

if TYPE_CHECKING:
    from config import Config

SAMPLES = "images"
LAYOUT = (
    "path/{0}/1.jpg with path/{1}/1.png, the same names; or a folder for each image, "
    "path/1/{0}/ with the image and path/1/{1}/ with a mask for each thing in it"
)


class DataConfig(Section):
    path: str
    image_folder: str = Field(min_length=1)
    mask_folder: str = Field(min_length=1)
    unreadable: Literal["refuse", "skip"]
    image_size: PositiveInt
    channels: Literal[1, 3]
    planned_rows: PositiveInt

    @property
    def targets(self) -> list[str]:
        return ["mask"]

    @property
    def group(self) -> str:
        return ""

    @property
    def part(self) -> str:
        return ""


def pairs(root: Path, data: DataConfig) -> dict[Path, list[Path]]:
    """Each image and its masks: one with the same name, or all in its own folder."""
    single = (root / data.image_folder).is_dir()
    found: dict[str, dict[str, list[Path]]] = {data.image_folder: {}, data.mask_folder: {}}
    for path in images_below(root):
        places = path.relative_to(root).with_suffix("").parts
        kind = places[0] if single else "".join(places[1:2])
        name = "/".join(places[1:]) if single else places[0]
        found.setdefault(kind, {}).setdefault(name, []).append(path)
    images, masks = (found[name] for name in (data.image_folder, data.mask_folder))
    wrong = [f"the mask {masks[name][0]} has no image" for name in masks if name not in images]
    wrong += [f"{images[name][0]} has no mask" for name in images if name not in masks]
    alone = [*images.values(), *(masks.values() if single else [])]
    wrong += [f"{some[0]} and {some[1]} share a name" for some in alone if len(some) > 1]
    if wrong or not images:
        given = "; ".join(wrong[:3]) or f"{root} holds no pair of image and mask"
        given += f"; and {len(wrong) - 3} more" * (len(wrong) > 3)
        fix = "correct data.path, add what is missing, or move the rest away"
        refuse(given, LAYOUT.format(data.image_folder, data.mask_folder), fix)
    if elsewhere := sorted({*found} - {data.image_folder, data.mask_folder}):
        print(f"note: images in {', '.join(elsewhere)} are left out")
    return {some[0]: masks[name] for name, some in images.items()}


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
    steps = (np.arange(data.image_size) + 0.5) / data.image_size
    near = np.ix_(*[(steps * side).astype(int) for side in size])
    return row | {"mask": mask[near]}


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
    data, paths = config.data, [path for one in given for path in images_below(Path(one))]
    if not paths:
        refuse(f"no image in {', '.join(given)}", "images, or folders of them", "name others")
    rows = read_all(paths, lambda path: read_image(path, data), data.unreadable)
    return pd.DataFrame([row for row in rows if row is not None])


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer: the file."""
    return table[["file"]]


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): images that look the same to the network have one key."""
    return look_alikes(table)


def contradictions(config: Config) -> Iterator[tuple[str, str, str]]:
    """Relations in [data] and with other sections: (given, expected, fix) for each one broken."""
    data = config.data
    if data.image_folder == data.mask_folder:
        given = f"data.image_folder and data.mask_folder are both {data.image_folder!r}"
        yield given, "two folders", "change one of them"
