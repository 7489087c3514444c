"""What the doctor is told of windows: the rows in time that they are cut from."""

from typing import Any

import doctor
from config import Config
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


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them: what forecasts are."""
    forecast_as = {
        "last": "as differences to the last step seen",
        "season": "as differences to the same step a season before",
        "none": "as they are",
    }
    return {"form": "window", "forecast_as": forecast_as[config.head.anchor]}
