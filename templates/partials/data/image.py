"""Images: find them in folders or in a CSV, decode them, and split them in three."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd

import sample
from columns import PART, note_size, require_columns, require_targets
from config import Config, DataConfig, refuse
from features import open_upright, to_pixels
from files import folders_between, frame_in
from images import images_below, located, read_all
from reader.formats import is_table
from reader.how import Written
from reader.lists import with_labels
from reader.pairs import stem_of

SAMPLES = "images"
LAYOUT = (
    "a folder of class folders, such as photos/cat/1.jpg and photos/dog/2.jpg, or the same below "
    "photos/train/, photos/validation/ and photos/test/; or a CSV that names images and targets"
)


def list_folder(folder: Path, data: DataConfig) -> pd.DataFrame:
    """One row an image: "path", the target (its folder), its part, and its "stem" as the group."""
    paths = images_below(folder)
    if not paths:
        refuse(f"{folder} holds no image", LAYOUT, "correct data.path")
    table = pd.DataFrame({"path": paths})
    folders, parts = folders_between(folder, paths)
    table = table.assign(**{data.part or PART: parts}) if parts else table
    if len(data.targets) > 1 or data.group not in ("", "stem"):
        given = f"data.targets = {data.targets}, data.group = {data.group!r}, and {folder}"
        refuse(given, 'one target, and no group or "stem", in folders', "list the images in a CSV")
    for path, names in zip(paths, folders, strict=True):
        if data.targets and len(names) != 1:
            refuse(f"{path} is not in a class folder", LAYOUT, "move it, or correct data.path")
    table = table.assign(**{target: [names[0] for names in folders] for target in data.targets})
    return table.assign(stem=[stem_of(path) for path in paths]) if data.group else table


def list_csv(path: Path, data: DataConfig, columns: list[str]) -> pd.DataFrame:
    """One row an image: "path" and `columns`, from a CSV that names images beside or below it."""
    how = Written(data.separator, data.encoding, sheet=data.sheet)
    frame = frame_in(path, how, [data.image_column, *columns], LAYOUT, "correct data.path")
    table = with_labels(frame, columns).to_pandas()
    require_columns(table, [data.image_column, *columns], str(path))
    if table.empty or table[data.image_column].isna().any():
        refuse(f"{path}: a row names no image", f"a path in {data.image_column!r}", "fill it in")
    paths = located(path.parent, table[data.image_column].astype(str).tolist())
    return pd.DataFrame({"path": paths}).join(table[columns])


def with_pixels(table: pd.DataFrame, data: DataConfig) -> pd.DataFrame:
    """Decode what column "path" names: "image", "file", and the other columns."""

    def read(path: Path) -> np.ndarray:
        return to_pixels(open_upright(path), data.image_size, data.channels)

    images = read_all(list(table["path"]), read, data.unreadable)
    files = [path.as_posix() for path in table["path"]]
    table = table.drop(columns="path").assign(image=images, file=files)
    return table[[image is not None for image in images]].reset_index(drop=True)


def read_table(config: Config) -> pd.DataFrame:
    """The whole labelled table, or the embedded sample where data.path is empty: "image", uint8
    (image_size, image_size, channels), "file", targets, and group and part where there are any."""
    data = config.data
    if not data.path:
        return sample.make(config)[0]
    path = Path(data.path)
    if path.is_dir():
        table = list_folder(path, data)
    else:
        marks = [name for name in (data.group, data.part) if name not in ("", "stem")]
        table = list_csv(path, data, [*data.targets, *marks])
        if data.group == "stem":
            table["stem"] = [stem_of(path) for path in table["path"]]
        table = require_targets(table, data.targets, data.drop_rows_without_target, data.path)
    table = with_pixels(table, data)
    note_size(len(table), data.planned_rows, SAMPLES)
    return table


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Images to predict for: image files, folders of them, CSVs that name them."""
    if not given:
        return read_table(config).head()
    paths: list[Path] = []
    for path in map(Path, given):
        listed = path.suffix.lower() != ".zip" and (is_table(path) or path.suffix.lower() == ".txt")
        paths += list_csv(path, config.data, [])["path"].tolist() if listed else images_below(path)
    if not paths:
        refuse(f"no image in {', '.join(given)}", "images, or folders of them", "name others")
    return with_pixels(pd.DataFrame({"path": paths}), config.data)


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer: the file."""
    return table[["file"]]


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): images that look the same to the network have one key."""
    digests = [hashlib.blake2b(image.tobytes(), digest_size=8).digest() for image in table["image"]]
    return np.frombuffer(b"".join(digests), dtype="uint64")
