"""What the doctor is told of images: their shape, and which file one comes from."""

from typing import Any

import numpy as np
import pandas as pd
from PIL import Image

import data
from config import Config
from doctor import at_random
from doctor.trips import read_images
from run import Prepared

FILES = 64  # whose sizes are looked at


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """The shape that [data] declares, and the names of files."""
    size, table = config.data.image_size, prepared.tables["train"]
    return {
        "image_shape": (size, size, config.data.channels),
        "scales_itself": "backbone" in type(config.model).model_fields,
        "named_sample": lambda row: str(table["file"].iloc[row]) if "file" in table else "",
        "names": {name: one["file"].tolist() for name, one in prepared.tables.items()}
        if "file" in table
        else None,
        "file_sizes": (lambda: sizes_of(table)) if config.data.path else None,
    }


def sizes_of(table: pd.DataFrame) -> np.ndarray:
    """(files, 2): width and height of some files, from their headers alone."""
    sizes = []
    for path in table["file"].iloc[at_random(len(table), FILES)]:
        with Image.open(path) as image:
            sizes.append(image.size)
    return np.array(sizes, float)


def as_new(few: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Images as predict.py reads them from their files."""
    return read_images(few, config, data.read_new)


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them."""
    return {"form": "image"}
