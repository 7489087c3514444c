"""What the doctor is told of windows: the rows in time that they are cut from."""

from typing import Any

import numpy as np
import pandas as pd

import data
import doctor
from config import Config
from doctor.trips import can_be_read_again
from run import Prepared


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """The values and the times of each part."""
    names, time, tables = prepared.encoder.columns, config.data.time_column, prepared.tables
    rows = doctor.InTime(
        {name: table[names].to_numpy("float64") for name, table in tables.items()},
        {name: (table[time].min(), table[time].max()) for name, table in tables.items()},
        list(names),
        len(config.data.targets),
        config.data.horizon,
    )
    return {"in_time": rows, "in_order": True}


def require_the_same(last: pd.DataFrame, config: Config) -> None:
    """Raise ValueError where predict.py reads other rows before the end from the file than `last`;
    a file that is too large is not asked."""
    if not can_be_read_again(config.data.path):
        return
    new = data.read_new([config.data.path], config).head(config.data.window)
    columns = last.columns.intersection(new.columns)
    pairs = ((last[name].to_numpy(), new[name].to_numpy()) for name in columns)
    if not all(np.array_equal(*pair, equal_nan=pair[0].dtype.kind == "f") for pair in pairs):
        raise ValueError("predict.py reads other last rows from the file than those of training")


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them: what forecasts are."""
    forecast_as = {
        "last": "as differences to the last step seen",
        "season": "as differences to the same step a season before",
        "none": "as they are",
    }
    return {"form": "window", "forecast_as": forecast_as[config.head.anchor]}
