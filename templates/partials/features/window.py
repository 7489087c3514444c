"""From rows in time to windows of them, and what the times say: their step and their season."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from schema import Section, refuse

if TYPE_CHECKING:
    from data import DataConfig

DAY = pd.Timedelta(days=1)
SEASONS = {DAY: 7, 7 * DAY: 52}  # steps of a week, of a year
MONTHS = {12: 1, 4: 3, 1: 12}  # rows a year: months a row


def usual_step(times: pd.Series) -> Any:
    """The step from one time to the next: a number, a Timedelta, or whole months."""
    step = times.diff().mode().iloc[0]
    if not isinstance(step, pd.Timedelta) or step < 28 * DAY:
        return step
    rows_a_year = round(365.25 / (times.diff().median() / DAY))
    if rows_a_year not in MONTHS:
        return step
    whole = times.dt.is_month_end.all()
    months = MONTHS[rows_a_year]
    return pd.offsets.MonthEnd(months) if whole else pd.DateOffset(months=months)


def times_from(first: Any, step: Any, count: int) -> pd.Index:
    """`count` times, from `first` on, one `step` apart."""
    if isinstance(first, pd.Timestamp):
        return pd.date_range(first, periods=count, freq=step)
    return pd.Index(first + step * np.arange(count))


def season_length(times: pd.Series, config: DataConfig) -> int:
    """Rows after which things repeat: data.season, or what the step suggests; 1 if nothing does."""
    if config.season:
        return config.season
    step = usual_step(times)
    if isinstance(step, pd.Timedelta):
        return SEASONS.get(step, max(1, DAY // step))
    return {months: rows for rows, months in MONTHS.items()}.get(getattr(step, "n", 0), 1)


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
        past = table.iloc[: len(table) - self.horizon].astype({n: "float32" for n in self.columns})
        return np.ascontiguousarray(windows_of(past, self.columns, 0, self.window), "float32")

    def flat(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (windows, window * columns): all of a window in one row."""
        x = self.encode(table, "ignore")
        return x.reshape(len(x), -1)
