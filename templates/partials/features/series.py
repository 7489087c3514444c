"""What the network sees of a series: steps without gaps, padded or cut to one length."""

from __future__ import annotations

import numpy as np
import pandas as pd

from config import DataConfig, Section, refuse

PAD = -1e9  # stands after the end of a series that is shorter than others; no measurement is that


def clean(table: pd.DataFrame, where: str, longest: int) -> pd.DataFrame:
    """Series as float32 (steps, channels): without their empty ends, gaps inside filled by straight
    lines. Says how many values were filled, and how many series will be cut."""
    filled, cleaned = 0, []
    for name, series in zip(table["name"], table["series"], strict=True):
        known = np.isfinite(series)
        if np.isinf(series).any() or not known.any(axis=0).all():
            given = f"{where}, series {name!r}: a channel is infinite or empty"
            refuse(given, "numbers", "mend it, or correct data.channels")
        series = series[: np.flatnonzero(known.any(axis=1))[-1] + 1]
        gaps = np.isnan(series)
        if gaps.any():
            series = pd.DataFrame(series).interpolate(limit_direction="both").to_numpy()
        filled += int(gaps.sum())
        cleaned.append(series.astype("float32"))
    lengths = np.array([len(series) for series in cleaned])
    if filled:
        print(f"note: {where}: {filled:,} missing values were filled by straight lines")
    if (lengths > longest).any():
        print(f"note: {where}: {(lengths > longest).sum():,} series are cut after {longest} steps")
    if lengths.max() < longest:
        print(f"note: {where}: no series has more than {lengths.max()} steps: see data.length")
    return table.assign(series=pd.Series(cleaned, dtype=object))


class Encoder(Section):
    """How long a series may be and how many channels it has. Saved beside the model."""

    length: int
    channels: int

    @classmethod
    def fit(cls, table: pd.DataFrame, config: DataConfig) -> Encoder:
        """Learn the channels. `table` holds the training series only."""
        return cls(length=config.length, channels=table["series"].iloc[0].shape[1])

    def encode(self, table: pd.DataFrame, unseen: str) -> np.ndarray:
        """float32 (rows, length, channels): cut, or padded on the right with PAD."""
        x = np.full((len(table), self.length, self.channels), PAD, dtype="float32")
        for place, series in enumerate(table["series"]):
            if series.shape[1] != self.channels:
                given = f"series {table['name'].iloc[place]!r} has {series.shape[1]} channel(s)"
                refuse(given, f"{self.channels}, as in training", "correct the file or [data]")
            x[place, : len(series)] = series[: self.length]
        return x

    def flat(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (rows, channels * length): every series stretched to the whole length."""
        steps, rows = np.linspace(0, 1, self.length), []
        for padded in self.encode(table, "ignore"):
            true = padded[padded[:, 0] > PAD / 2]
            places = np.linspace(0, 1, len(true))
            rows.append([np.interp(steps, places, channel) for channel in true.T])
        return np.array(rows, dtype="float32").reshape(len(table), -1)

    def summary(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (rows, any): mean, deviation, least, most and the spectrum of every channel."""
        steps = self.flat(table).reshape(len(table), self.channels, self.length)
        spectrum = np.abs(np.fft.rfft(steps - steps.mean(axis=2, keepdims=True), axis=2))
        sums = [steps.mean(axis=2), steps.std(axis=2), steps.min(axis=2), steps.max(axis=2)]
        summary = np.concatenate([np.stack(sums, axis=2), spectrum], axis=2)
        return summary.reshape(len(table), -1).astype("float32")
