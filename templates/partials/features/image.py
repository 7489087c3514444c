"""What the network sees of an image: its pixels, varied at random in training if asked to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image, ImageOps

from config import DataConfig, Section, refuse

THUMBNAIL = 16  # pixels along each side of what the simple models see


def open_upright(path: Path) -> Image.Image:
    """The first frame of an image file, turned the way its EXIF data say. Raises ValueError."""
    try:
        with Image.open(path) as opened:
            opened.load()
            return ImageOps.exif_transpose(opened)
    except Exception as error:  # a damaged file can raise anything: OSError, SyntaxError, ...
        raise ValueError(str(error) or type(error).__name__) from None


def to_pixels(image: Image.Image, size: int, channels: int) -> np.ndarray:
    """uint8 (size, size, channels): one channel is grey, three are red, green and blue.

    The image is scaled to a square, with antialiasing; its proportions are not kept. What is
    transparent becomes white; 16 bits a pixel become 8. Raises ValueError for other pixels.
    """
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image).clip(0, 65535) // 257).astype("uint8"))
    elif image.mode == "F":
        raise ValueError("its pixels are fractions, whose black and white are unknown")
    if image.has_transparency_data:
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    image = image.convert("L" if channels == 1 else "RGB")
    scaled = image.resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(scaled).reshape(size, size, channels)


class Encoder(Section):
    """What every image is brought to. Saved beside the model as encoder.json."""

    image_size: int
    channels: int

    @classmethod
    def fit(cls, table: pd.DataFrame, config: DataConfig) -> Encoder:
        """Nothing is learned here: the network's first layers learn the scale of the pixels."""
        return cls(image_size=config.image_size, channels=config.channels)

    def encode(self, table: pd.DataFrame, unseen: str) -> np.ndarray:
        """uint8 (rows, image_size, image_size, channels). `unseen` is for others."""
        x = np.stack(table["image"].tolist())
        wanted = (self.image_size, self.image_size, self.channels)
        if x.shape[1:] != wanted:
            refuse(f"images of shape {x.shape[1:]}", f"{wanted}, as in training", "train again")
        return x

    def flat(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (rows, columns) for scikit-learn: thumbnails, pixels from 0 to 1."""
        size = (min(THUMBNAIL, self.image_size),) * 2
        x = self.encode(table, "ignore")
        images = [Image.fromarray(pixels[..., 0] if self.channels == 1 else pixels) for pixels in x]
        small = [np.asarray(image.resize(size, Image.Resampling.BILINEAR)) for image in images]
        return (np.stack(small).reshape(len(x), -1) / 255).astype("float32")
