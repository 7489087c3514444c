"""Forecasting: the head and the scores."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from config import Config, HeadConfig, Section, refuse
from features import season_length, windows_of

HIGHER_IS_BETTER = False
LIMITED = "rmse"  # the score whose best value is known of the made-up sample


class Target(Section):
    """What forecasts are differences to, and on which scale. Saved beside the model."""

    time: str
    columns: list[str]
    window: int
    horizon: int
    anchor: str
    season: int
    mean: list[float]  # of the differences in the training windows, for each target
    deviation: list[float]
    spread: list[float]  # standard deviation of each target's values in the training rows

    @classmethod
    def fit(cls, table: pd.DataFrame, config: Config) -> Target:
        """Learn the scale from the training rows."""
        data, columns = config.data, config.data.targets
        values = table[columns].to_numpy("float64")
        for name, column in zip(columns, values.T, strict=True):
            if column.std() < 1e-12 * max(1.0, abs(column.mean())):
                given = f"target {name!r} is {column[0]:g} in every training row"
                refuse(given, "a target that varies", "choose another column")
        target = cls(
            time=data.time_column,
            columns=columns,
            window=data.window,
            horizon=data.horizon,
            anchor=config.head.anchor,
            season=season_length(table[data.time_column], data),
            mean=[0.0] * len(columns),
            deviation=[1.0] * len(columns),
            spread=values.std(axis=0).tolist(),
        )
        if target.anchor == "season" and not 1 < target.season <= data.window:
            given = f"head.anchor = 'season', and the season has {target.season} steps"
            fix = "set data.season, lengthen data.window, or set head.anchor = 'last'"
            refuse(given, f"2 steps or more, within data.window = {data.window}", fix)
        if not config.head.standardize_targets:
            return target
        away = target.encode(table).reshape(-1, len(columns)).astype("float64")
        scale = {"mean": away.mean(axis=0).tolist(), "deviation": away.std(axis=0).tolist()}
        return target.model_copy(update=scale)

    def anchors(self, table: pd.DataFrame, anchor: str) -> np.ndarray:
        """float64 (windows, horizon, targets): what a forecast is a difference to."""
        past = table.iloc[: len(table) - self.horizon]
        windows = windows_of(past, self.columns, 0, self.window)
        ahead = np.arange(self.horizon)
        if anchor == "season":
            return windows[:, self.window - self.season + ahead % self.season]
        return windows[:, self.window - 1 + 0 * ahead] * (anchor == "last")

    def futures(self, table: pd.DataFrame) -> np.ndarray:
        """float64 (windows, horizon, targets): what came after each window."""
        return windows_of(table, self.columns, self.window, self.horizon)

    def scaled(self, forecasts: np.ndarray, table: pd.DataFrame) -> np.ndarray:
        """float32 (windows, horizon * targets) from forecasts (windows, horizon, targets)."""
        away = (forecasts - self.anchors(table, self.anchor) - self.mean) / self.deviation
        return away.reshape(len(away), -1).astype("float32")

    def encode(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (windows, horizon * targets): all targets of the first step, of the next, ..."""
        return self.scaled(self.futures(table), table)

    def steps(self, outputs: np.ndarray) -> np.ndarray:
        """(windows, horizon, targets) from what the network answers, on its scale."""
        return outputs.reshape(len(outputs), self.horizon, len(self.columns))

    def calibrated(self, y: np.ndarray, outputs: np.ndarray) -> Target:
        """Itself: an answer needs nothing from the validation windows."""
        return self

    def decode(self, outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
        """The forecast after the last window of `table`: a row for each step, with its time."""
        away = self.steps(outputs)[-1] * self.deviation + self.mean
        last = table.tail(self.window + self.horizon)
        values = away + self.anchors(last, self.anchor)[0]
        times = last[[self.time]].tail(self.horizon).reset_index(drop=True)
        return times.join(pd.DataFrame(values, columns=self.columns))


def training_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """Windows and what follows them; every window counts the same."""
    return x, y


def watched_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """What validation is scored on: every window counts the same."""
    return x, y


def output_bias(targets: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(horizon * targets,): the mean difference to the anchor, step by step."""
    return targets.mean(axis=0) * (head.output_bias == "target_mean")


def objective(head: HeadConfig) -> dict[str, Any]:
    """What `compile` is told to make small, and what to report beside it."""
    return {"loss": head.loss, "metrics": head.metrics}


def score(targets: np.ndarray, outputs: np.ndarray, target: Target) -> dict[str, float]:
    """Errors over all windows and steps, from arrays (windows, horizon * targets) on the network's
    scale: in the targets' own units (of several targets their mean), and `z_rmse`, in standard
    deviations of each target in the training rows."""
    errors = target.steps(outputs - targets) * target.deviation
    each = np.sqrt(np.mean(errors**2, axis=(0, 1)))
    scores = {
        "rmse": float(each.mean()),
        "mae": float(np.abs(errors).mean()),
        "z_rmse": float(np.sqrt(np.mean((errors / target.spread) ** 2))),
    }
    names = [f"rmse({name})" for name in target.columns]
    return scores | dict(zip(names, each.tolist(), strict=True))
