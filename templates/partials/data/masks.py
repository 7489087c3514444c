"""Images and their masks: pair them, decode them, and split them in three."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import sample
from columns import PART, note_size
from config import Config, DataConfig, refuse
from features import open_upright, to_pixels
from images import images_below, read_all
from reader.how import Fault, parts_in
from reader.pairs import pairs

SAMPLES = "images"


def read_mask(path: Path, classes: list[int]) -> np.ndarray:
    """int32 (H, W): a grey mask's values, or the places of its colours in its palette; the nearest
    of the `classes` for each, where they are named."""
    values = np.asarray(open_upright(path))
    if values.ndim == 3:
        colours = values[..., :3] if values.shape[2] > 2 else values[..., :1]
        if (colours != colours[..., :1]).any():
            raise ValueError(f"its mask {path} has colours, not one number a pixel")
        values = colours[..., 0]
    if not classes:
        return values.astype("int32")
    far = np.abs(np.arange(int(values.max()) + 1)[:, None] - np.array(classes))
    return np.array(classes, "int32")[far.argmin(axis=1)][values.astype(int)]


def read_image(path: Path, data: DataConfig) -> dict[str, Any]:
    """A row of the table, without its mask."""
    image = open_upright(path)
    pixels = to_pixels(image, data.image_size, data.channels)
    sizes = {"height": image.height, "width": image.width}
    return {"image": pixels, "file": path.as_posix(), **sizes}


def read_pair(paths: list[Path], merged: bool, data: DataConfig) -> dict[str, Any]:
    """A row, from an image and its masks; merged ones are 1 where any is not 0. Masks are scaled by
    nearest neighbours: between class 0 and class 2 there is no class 1."""
    path, *mask_paths = paths
    row = read_image(path, data)
    values = [*data.mask_values, *data.void_values] if data.mask_values else []
    masks = [read_mask(mask_path, values) for mask_path in mask_paths]
    size = row["height"], row["width"]
    for mask_path, mask in zip(mask_paths, masks, strict=True):
        if mask.shape != size:
            raise ValueError(
                f"its mask {mask_path} has (height, width) {mask.shape}, the image {size}"
            )
    mask = np.any(masks, axis=0).astype("int32") if merged else masks[0]
    steps = (np.arange(data.image_size) + 0.5) / data.image_size
    near = np.ix_(*[(steps * side).astype(int) for side in size])
    return row | {"mask": mask[near]}


def read_table(config: Config) -> pd.DataFrame:
    """All images, or the embedded sample where data.path is empty: "image", uint8 (image_size,
    image_size, channels), "mask", integers (image_size, image_size), "file", "height", "width"."""
    data = config.data
    if not data.path:
        return sample.make(config)[0]
    root = Path(data.path)
    try:
        found, merged = pairs(root, images_below(root), data.image_folder, data.mask_folder)
    except Fault as fault:
        refuse(fault.given, fault.expected, fault.fix)
    both = {some[0]: some for some in found.values()}
    rows = read_all([*both], lambda path: read_pair(both[path], merged, data), data.unreadable)
    parts = parts_in([name.split("/")[0] if "/" in name else "" for name in found], print)
    if "train" in parts and all(parts):
        rows = [row | {PART: part} if row else None for row, part in zip(rows, parts, strict=True)]
    table = pd.DataFrame([row for row in rows if row is not None])
    note_size(len(table), data.planned_rows, SAMPLES)
    return table


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Images to predict for, without masks: image files, or folders of them."""
    if not given:
        return read_table(config).head()
    data, paths = config.data, [path for name in given for path in images_below(Path(name))]
    if not paths:
        refuse(f"no image in {', '.join(given)}", "images, or folders of them", "name others")
    rows = read_all(paths, lambda path: read_image(path, data), data.unreadable)
    return pd.DataFrame([row for row in rows if row is not None])


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer: the file."""
    return table[["file"]]


def digests(arrays: pd.Series) -> np.ndarray:
    """uint64 (rows,): equal arrays have one number."""
    found = [hashlib.blake2b(array.tobytes(), digest_size=8).digest() for array in arrays]
    return np.frombuffer(b"".join(found), dtype="uint64")


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): images that look the same to the network have one key."""
    return digests(table["image"])
