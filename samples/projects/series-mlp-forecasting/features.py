"""What the network sees of rows in time: windows of them; and after how many they repeat."""

from __future__ import annotations

import keras
import numpy as np
import pandas as pd
from keras import layers, ops
from numpy.lib.stride_tricks import sliding_window_view

from config import DataConfig, ModelConfig, Section, refuse
from data import MONTHS, days_apart, require_columns, usual_step, working_days


def season_length(times: pd.Series, config: DataConfig) -> int:
    """Rows after which things repeat: data.season, or what the step suggests; 1 if nothing does."""
    if config.season:
        return config.season
    if pd.api.types.is_numeric_dtype(times):  # such as 1949.083, a month of a year
        a_year = round(1 / usual_step(times)) if 1000 < times.iloc[0] < 3000 else 1
        return a_year if a_year in MONTHS else 1
    if working_days(times):
        return 5
    days = days_apart(times)
    a_year = round(365.25 / days)
    if a_year in MONTHS:
        return a_year
    return {1.0: 7, 7.0: 52}.get(days, max(1, round(1 / days)))


def windows_of(table: pd.DataFrame, columns: list[str], skip: int, size: int) -> np.ndarray:
    """float64 (windows, size, columns): every run of `size` rows that begins at row `skip`."""
    values = table[columns].to_numpy("float64")[skip:]
    return sliding_window_view(values, size, axis=0).transpose(0, 2, 1)


class Encoder(Section):
    """Which columns a window shows, and how long it is. Saved beside the model."""

    columns: list[str]
    window: int
    horizon: int

    @classmethod
    def fit(cls, table: pd.DataFrame, config: DataConfig) -> Encoder:
        """Learn the columns. `table` holds the training rows only."""
        columns = [str(name) for name in table.columns if name != config.time_column]
        return cls(columns=columns, window=config.window, horizon=config.horizon)

    def encode(self, table: pd.DataFrame, unseen: str) -> np.ndarray:
        """float32 (windows, window, columns): all windows that have a horizon after them.

        `unseen` is for inputs with categories; here is none.
        """
        if len(table) < self.window + self.horizon:
            given = f"{len(table)} rows in time"
            refuse(given, f"{self.window + self.horizon}, a window and a horizon", "give more rows")
        require_columns(table, self.columns, "the table")
        past = table.iloc[: len(table) - self.horizon]
        return windows_of(past, self.columns, 0, self.window).astype("float32")

    def flat(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (windows, window * columns): all of a window in one row."""
        x = self.encode(table, "ignore")
        return x.reshape(len(x), -1)


def network_input(
    encoder: Encoder, x: np.ndarray, config: ModelConfig
) -> tuple[keras.KerasTensor, keras.KerasTensor, keras.KerasTensor]:
    """The input, (batch, window, columns) float32; the same on one scale; and a mask that is true
    everywhere, bool (batch, window), since no window has a gap.

    Mean and variance of each column are those of the training windows `x`; they are saved inside
    the model. "level" takes each window's last value away first.
    """
    inputs = keras.Input(shape=x.shape[1:], dtype="float32", name="window")
    hidden, known = inputs, x
    if config.feature_scaling == "level":
        hidden, known = inputs - inputs[:, -1:], x - x[:, -1:]
    if config.feature_scaling != "none":
        mean = known.mean(axis=(0, 1), dtype="float64")
        variance = known.var(axis=(0, 1), dtype="float64")
        variance = np.where(variance < 1e-12, 1, variance)
        hidden = layers.Normalization(mean=mean, variance=variance, dtype="float32")(hidden)
    mask = ops.ones_like(inputs[:, :, 0], dtype="bool")
    return inputs, layers.GaussianNoise(config.input_noise)(hidden), mask
