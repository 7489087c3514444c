"""What the network sees of an image: its pixels, varied at random in training if asked to."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pandas as pd
from keras import layers
from PIL import Image, ImageOps

from config import DataConfig, ModelConfig, Section, refuse

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


def augmented(x: keras.KerasTensor, strength: float) -> keras.KerasTensor:
    """Moved, zoomed, brighter or darker at random, only in training: (batch, H, W, C), 0 to 255.

    From half the strength on images are mirrored too: no digits or letters then.
    """
    if strength >= 0.5:
        x = layers.RandomFlip("horizontal")(x)
    x = layers.RandomTranslation(0.2 * strength, 0.2 * strength, fill_mode="nearest")(x)
    x = layers.RandomZoom(0.3 * strength, fill_mode="nearest")(x)
    return layers.RandomContrast(0.6 * strength, value_range=(0, 255))(x)


def network_input(
    encoder: Encoder, x: np.ndarray, config: ModelConfig
) -> tuple[keras.KerasTensor, keras.KerasTensor]:
    """The input, (batch, H, W, C) uint8, and the same as float32, each channel on one scale.

    Mean and variance of the channels are those of the training images `x`; they are saved inside
    the model. Without scaling pixels stay between 0 and 255.
    """
    inputs = keras.Input(shape=x.shape[1:], dtype="uint8", name="pixels")
    hidden = layers.Rescaling(1.0, dtype="float32", name="as_float")(inputs)
    if config.augmentation:
        hidden = augmented(hidden, config.augmentation)
    if config.feature_scaling == "standardize":
        mean = x.mean(axis=(0, 1, 2), dtype="float64")
        variance = x.var(axis=(0, 1, 2), dtype="float64").clip(1.0)  # one grey alone stays at zero
        hidden = layers.Normalization(mean=mean, variance=variance, dtype="float32")(hidden)
    return inputs, hidden
