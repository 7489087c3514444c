"""From what a file holds to the series that the network sees: gaps filled, padded, cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from schema import Section, refuse

if TYPE_CHECKING:
    from data import DataConfig

PAD = -1e9  # stands after the end of a series that is shorter than others; no measurement is that


def numbers(channels: Sequence[Any], where: str) -> np.ndarray:
    """float64 (steps, channels) from numbers or their text, channel by channel; NaN is a gap."""
    if len({len(channel) for channel in channels}) != 1:
        given = f"{where}: channels of {[len(channel) for channel in channels]} steps"
        refuse(given, "channels of one length", "write ? where a value is missing")
    try:
        return np.array(channels, dtype="float64").T
    except ValueError as error:
        refuse(f"{where}: {error}", "numbers, ? where one is missing", "mend that line")


def parse_ts(path: Path, data: DataConfig) -> pd.DataFrame:
    """A row for each series in the archives' .ts format; its label becomes the first target. After
    "@data" a line is a series, such as "1,2,3:4,5,6:walking" of two channels and a label."""
    lines = [line.strip() for line in path.read_text(encoding=data.encoding).splitlines()]
    words = [line.lower().partition(" ")[::2] for line in lines if line.startswith("@")]
    begin = next((place for place, line in enumerate(lines) if line.lower() == "@data"), None)
    if begin is None or ("@timestamps", "true") in words:
        given = f"{path} has no line @data, or times beside its values"
        refuse(given, "values alone, after a line @data", "write a long CSV where times matter")
    labelled = any(word[-5:] == "label" and rest.startswith("true") for word, rest in words)
    rows: list[dict[str, Any]] = []
    for place, line in enumerate(lines[begin + 1 :], begin + 2):
        if line and not line.startswith("#"):
            channels = line.split(":")
            label = channels.pop() if labelled else ""
            row: dict[str, Any] = dict.fromkeys(data.targets[:1] if labelled else [], label)
            cells = [channel.replace("?", "nan").split(",") for channel in channels]
            row["series"] = numbers(cells, f"{path}, line {place}")
            rows.append(row | {"name": str(len(rows) + 1)})
    return pd.DataFrame(rows)


def parse_npz(path: Path, data: DataConfig) -> pd.DataFrame:
    """Series from X, (rows, steps, channels) or (rows, steps), and targets from y, (rows, any)."""
    with np.load(path, allow_pickle=False) as arrays:
        found = {name.lower(): arrays[name] for name in arrays.files}
    x = found.get("x", np.zeros(0))
    y = found.get("y", np.zeros((len(x), 0)))
    if x.ndim not in (2, 3) or len(x) != len(y):
        given = ", ".join(f"{name} {array.shape}" for name, array in found.items())
        expected = "X (series, steps, channels) or (series, steps), and y with a row for each"
        refuse(f"{path} holds {given}", expected, "numpy.savez(path, X=..., y=...)")
    table = pd.DataFrame(dict(zip(data.targets, y.reshape(len(x), -1).T, strict=False)))
    series = [numbers(one.reshape(len(one), -1).T, str(path)) for one in x]
    names = pd.RangeIndex(1, len(x) + 1).astype(str)
    return table.assign(name=names, series=pd.Series(series, dtype=object))


def in_pieces(raw: pd.DataFrame, name: str, data: DataConfig) -> pd.DataFrame:
    """Steps of a long series with the id of their piece, and its rarest target: one odd step makes
    a piece odd."""
    ids = name + ", " + pd.Series(np.arange(len(raw)) // data.length + 1).astype(str)
    for target in data.targets:
        rarity = raw[target].map(raw[target].value_counts())
        raw[target] = raw[target].loc[rarity.groupby(ids).transform("idxmin")].array
    return raw.assign(**{data.id_column: ids})


def require_order(times: pd.Series, where: str) -> None:
    """Refuse times that cannot be read, that repeat, or that go back."""
    if not pd.api.types.is_numeric_dtype(times):
        times = pd.to_datetime(times.astype(str), errors="coerce", format="mixed")
    wrong = times.isna() | (times.diff() <= times.iloc[0] - times.iloc[0])
    if wrong.any():
        given = f"{where}: the time in row {int(wrong.argmax()) + 1} is {times[wrong].iloc[0]}"
        refuse(given, "times that rise from row to row", "sort the rows and remove doubles")


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
        for one in self.encode(table, "ignore"):
            true = one[one[:, 0] > PAD / 2]
            places = np.linspace(0, 1, len(true))
            rows.append([np.interp(steps, places, channel) for channel in true.T])
        return np.array(rows, dtype="float32").reshape(len(table), -1)

    def summary(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (rows, any): mean, deviation, least, most and the spectrum of every channel."""
        steps = self.flat(table).reshape(len(table), self.channels, self.length)
        spectrum = np.abs(np.fft.rfft(steps - steps.mean(axis=2, keepdims=True), axis=2))
        sums = [steps.mean(axis=2), steps.std(axis=2), steps.min(axis=2), steps.max(axis=2)]
        found = np.concatenate([np.stack(sums, axis=2), spectrum], axis=2)
        return found.reshape(len(table), -1).astype("float32")
