"""What makes config.toml small and plain for the tests: few rows, a short window and horizon."""

import tomllib
from pathlib import Path

CONFIG = Path(__file__).parents[1] / "config.toml"
TARGETS = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["data"]["targets"]

SMALL = (
    'data.decimal="."',
    'data.encoding="utf-8"',
    'data.gaps="refuse"',
    "data.header=true",
    "data.inputs=[]",
    'data.missing=["", "?", "NA", "N/A", "NaN", "nan", "NULL", "null"]',
    "data.no_value=[]",
    "data.number_signs=[]",
    'data.path=""',
    r'data.quote="\""',
    'data.repeated="refuse"',
    'data.separator=","',
    'data.sheet=""',
    "data.skip_lines=[]",
    'data.time_column="time"',
    "data.window=12",
    "data.horizon=2",
    "data.season=0",
    f"head.output_units={2 * len(TARGETS)}",
    "sample.rows=300",
)
