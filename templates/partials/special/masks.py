"""What the doctor is told of images with masks: their shape, and which file one comes from."""

from typing import Any

import pandas as pd

import data
from config import Config
from doctor.trips import read_images
from run import Prepared


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """The shape that [data] declares, and the names of files."""
    size, table = config.data.image_size, prepared.tables["train"]
    return {
        "image_shape": (size, size, config.data.channels),
        "named_sample": lambda row: str(table["file"].iloc[row]) if "file" in table else "",
        "names": {name: one["file"].tolist() for name, one in prepared.tables.items()}
        if "file" in table
        else None,
        "file_sizes": (lambda: table[["width", "height"]].to_numpy("float64"))
        if "width" in table
        else None,
    }


def as_new(few: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Images as predict.py reads them from their files."""
    return read_images(few, config, data.read_new)


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them."""
    return {"form": "masks"}
