"""The target as a class for each pixel: which values the masks hold, as codes, and back."""

from __future__ import annotations

import numpy as np
import pandas as pd

from config import Config, HeadConfig, Section, refuse

VOID = -1  # the code of pixels that are of no class


class Target(Section):
    """The values in the masks, sorted; a class is its value's place in this list: 0 and 255 are
    the classes 0 and 1. Pixels of the `void` values are of none. Saved beside the model."""

    classes: list[int]
    void: list[int]

    @classmethod
    def fit(cls, table: pd.DataFrame, config: Config) -> Target:
        """Learn the values from the masks of the training images."""
        present = np.unique(np.concatenate([np.unique(mask) for mask in table["mask"]]))
        present = np.setdiff1d(present, config.data.void_values).tolist()
        wanted = config.head.output_units
        if len(present) != wanted:
            shown = ", ".join(map(str, present[:12])) + ", ..." * (len(present) > 12)
            given = (
                f"the masks of the training images hold {len(present)} different values: {shown}"
            )
            fix = "set head.output_units to the classes there are; one value alone is an empty mask"
            if len(present) > wanted:
                fix = "set head.output_units to the classes there are; or, where JPEG or smooth "
                fix += "scaling made values of their own, data.mask_values to those of the classes"
                fix += "; or data.void_values to what stands for no class"
            refuse(given, f"{wanted}, one for each class", fix)
        return cls(classes=present, void=config.data.void_values)

    def encode(self, table: pd.DataFrame) -> np.ndarray:
        """int32 (rows, H, W): the code of each pixel's class, -1 for void."""
        masks, values = np.stack(table["mask"].tolist()), np.array(self.classes)
        codes = np.searchsorted(values, masks).clip(0, len(values) - 1).astype("int32")
        codes[np.isin(masks, self.void)] = VOID
        unknown = ((codes != VOID) & (values[codes] != masks)).any(axis=(1, 2))
        if unknown.any():
            given = f"the mask of {table['file'].iloc[int(unknown.argmax())]} holds another value"
            refuse(given, f"values seen in training: {self.classes}", "mend or remove the mask")
        return codes

    def calibrated(self, y: np.ndarray, outputs: np.ndarray) -> Target:
        """Itself: an answer needs nothing from the validation images."""
        return self

    def decode(self, outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
        """One row each: the share of the image that each class is said to have."""
        said = outputs.argmax(axis=-1)
        shares = [(said == code).mean(axis=(1, 2)) for code in range(len(self.classes))]
        names = [f"share({value})" for value in self.classes]
        return pd.DataFrame(np.column_stack(shares).round(4), columns=names)


def training_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """Images and their codes; every pixel counts the same. Where some are void: weights (rows, H,
    W) too, nothing for these, and one in the mean."""
    weights = (y != VOID).astype("float32")
    return (x, y) if weights.all() else (x, np.maximum(y, 0), weights / weights.mean())


def watched_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """What validation is scored on: every pixel counts the same, void nothing."""
    return training_arrays(x, y, head)
