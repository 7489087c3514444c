"""What the doctor is told of images: their shape, and which file one comes from."""

from typing import Any

from config import Config
from run import Prepared


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """The shape that [data] declares, and the names of files."""
    size, table = config.data.image_size, prepared.tables["train"]
    return {
        "image_shape": (size, size, config.data.channels),
        "scales_itself": "backbone" in type(config.model).model_fields,
        "named_sample": lambda row: str(table["file"].iloc[row]) if "file" in table else "",
    }


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them."""
    return {"form": "image"}
