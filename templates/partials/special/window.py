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
