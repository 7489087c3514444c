"""From rows in time to windows of them, and what the times say: their step and their season."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from columns import require_columns
from schema import Section, refuse

if TYPE_CHECKING:
    from data import DataConfig

MONTHS = {12: 1, 4: 3, 1: 12}  # rows a year: months from row to row


def with_time(table: pd.DataFrame, name: str, where: str) -> pd.DataFrame:
    """The table with its time in one column, where it stands in several: "date + time", or
    "year + month + day + hour", each a number."""
    parts = name.split(" + ")
    if name in table or len(parts) == 1:
        return table
    require_columns(table, parts, where)
    times: pd.Series = table[parts].astype(str).agg(" ".join, axis=1)
    if pd.api.types.is_numeric_dtype(table[parts[0]]):
        try:
            units = {one.lower(): table[one] for one in parts}
            times = pd.to_datetime(pd.DataFrame({"month": 1, "day": 1} | units, table.index))
        except ValueError as error:
            fix = "name columns called year, month, day, hour, minute, second"
            refuse(f"{where}, data.time_column = {name!r}: {error}", "dates in numbers", fix)
    return table.drop(columns=parts).assign(**{name: times})


def read_times(texts: pd.Series, where: str) -> pd.Series:
    """Timestamps, NaT where there is none. Whether 02.01.2024 is in January or in February shows
    in the order of the rows: in the right reading they rise, in even steps. Else it is refused."""
    month_first = pd.to_datetime(texts, errors="coerce", format="mixed")
    if not texts.str.match(r"\s*\d{1,2}\D\d{1,2}\D\d{2}").all():
        return month_first
    day_first = pd.to_datetime(texts, errors="coerce", format="mixed", dayfirst=True)
    rising = [
        times
        for times in (month_first, day_first)
        if times.notna().all() and (times.diff().iloc[1:] > pd.Timedelta(0)).all()
    ]
    if len(rising) == 2 and not rising[0].equals(rising[1]):
        steps = [times.diff() for times in rising]
        even = [place for place, one in enumerate(steps) if one.max() <= 1.2 * one.min()]
        if len(even) != 1:
            given = f"{where}: {texts.iloc[0]!r} may begin with the day or with the month"
            refuse(given, "dates that can be read in one way", "write them as 2024-01-31")
        return rising[even[0]]
    return [*rising, month_first][0]


def ordered_times(column: pd.Series, where: str) -> pd.Series:
    """Numbers or timestamps that rise from row to row; anything else is refused."""
    numeric = pd.api.types.is_numeric_dtype(column)
    times = column if numeric else read_times(column.astype(str), where)
    if times.isna().any():
        row = int(times.isna().argmax())
        given = f"{where}: row {row + 1} has {column.iloc[row]!r} in {column.name!r}"
        refuse(given, "a time in each row, such as 2024-01-31 23:00", "correct data.time_column")
    wrong = times.diff().shift(-1) <= times.iloc[0] - times.iloc[0]
    if wrong.any():
        row = int(wrong.argmax()) + 1
        given = f"{where}: row {row + 1} has the time {column.iloc[row]}, row {row} has "
        fix = "sort the rows, keep one for each time, and write dates as 2024-01-31"
        refuse(f"{given}{column.iloc[row - 1]}", "times that rise", fix)
    return times


def days_apart(times: pd.Series) -> float:
    """How many days usually lie between two times."""
    return float(times.diff().dt.total_seconds().median()) / 86_400


def usual_step(times: pd.Series) -> Any:
    """The step from one time to the next: a number, a Timedelta, or whole months."""
    step = times.diff().mode().iloc[0]
    if not isinstance(step, pd.Timedelta):
        return step
    months = MONTHS.get(round(365.25 / days_apart(times)))
    if months is None:
        return step
    whole = times.dt.is_month_end.all()
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
    if pd.api.types.is_numeric_dtype(times):  # such as 1949.083, a month of a year
        a_year = round(1 / usual_step(times)) if 1000 < times.iloc[0] < 3000 else 1
        return a_year if a_year in MONTHS else 1
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
