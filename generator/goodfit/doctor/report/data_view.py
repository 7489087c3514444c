"""What a page of pictures is made from: one case, and its samples as they were read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import keras
import numpy as np
import pandas as pd

from ..case import Case

Form = Literal["table", "image", "masks", "text", "tokens", "series", "window"]
SAMPLED = 1_000  # training samples that distributions are drawn of, at random


@dataclass(frozen=True)
class DataView:
    """What the page shows.

    The case knows test samples and keys, and its words name samples and settings.
    table: the training part as it was read, a row for each sample, with the columns of the targets.
    form: what one sample looks like; it says which pictures are drawn, and what the table and the
    other fields hold:

    - "table": `unused` are columns that nothing is learnt from; `medians` are the columns of
      numbers, in the order in which x begins with them, and what fills their gaps; `categories` the
      columns of categories, each cell as the text that is encoded.
    - "image", "masks": x is uint8 (samples, H, W, 1 or 3), and y of masks int (samples, H, W).
    - "text": the table has a column "text"; "tokens": columns "tokens" and "tags", lists of words.
      `vocabulary` are the known ones, commonest first: their codes follow that of unknown words.
    - "series": x is (samples, steps, channels), `Project.feature_padding` after the end.
    - "window": a row of the table is a step in time. `forecast_as` says what forecasts are.

    lengths: of "text", "tokens", "series" the words or steps of each training sample, before x is
    cut or padded to one length.
    """

    case: Case
    table: pd.DataFrame
    form: Form
    unused: tuple[str, ...] = ()
    medians: dict[str, float] = field(default_factory=dict)
    categories: dict[str, pd.Series] = field(default_factory=dict)
    vocabulary: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()
    forecast_as: str = "as they are"

    @property
    def samples(self) -> str:
        """What samples are called."""
        return self.case.words.samples

    @property
    def targets(self) -> list[str]:
        """The names of the targets' columns."""
        return list(self.case.project.target_names)

    @property
    def classes(self) -> list[str]:
        """The names of classes, tags or labels, by their codes; none where targets are numbers."""
        names = ("normal", "anomaly") if self.case.project.anomalies else self.case.project.classes
        return list(names)

    @cached_property
    def places(self) -> np.ndarray:
        """int (up to `SAMPLED`,): random places of training samples, in order."""
        order = np.random.default_rng(self.case.seed).permutation(self.case.known.size)
        return np.sort(order[:SAMPLED])

    @cached_property
    def x(self) -> np.ndarray:
        """The encoded training samples in `places`."""
        x: np.ndarray = self.case.known.x[self.places]
        return x

    @cached_property
    def y(self) -> np.ndarray:
        """Their encoded targets, -1 where there is none."""
        y: np.ndarray = self.case.known.y[self.places]
        return y

    @cached_property
    def seen(self) -> np.ndarray:
        """`x` as the model's own normalisation hands it on; itself without one."""
        model = self.case.model
        found = [layer for layer in model.layers if isinstance(layer, keras.layers.Normalization)]
        if not found:
            return self.x
        scaled: np.ndarray = keras.Model(model.input, found[-1].output).predict(self.x, verbose=0)
        return scaled

    def chosen(self, most: int) -> np.ndarray:
        """int (up to `most`,): random rows of `x`, to be shown one by one."""
        return np.random.default_rng(self.case.seed).permutation(len(self.places))[:most]

    def target_of(self, row: int) -> str:
        """The target of a row of `x` in a few words: one value, or each with its name."""
        cells = self.table.iloc[self.places[row]]
        if len(self.targets) == 1:
            return in_words(cells[self.targets[0]], 4)[:24]
        return ", ".join(f"{name} {in_words(cells[name], 3)}" for name in self.targets)[:40]


def in_words(value: Any, digits: int) -> str:
    """A cell, fractions with a few digits."""
    return f"{value:.{digits}g}" if isinstance(value, float) else str(value)
