"""What makes config.toml small and plain enough for the tests: few and short series."""

import json
import tomllib
from pathlib import Path

CONFIG = Path(__file__).parents[1] / "config.toml"
TARGETS = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["data"]["targets"]
NAMES = [f"target_{name}" if name.isdigit() else name for name in TARGETS]

SMALL = (
    "data.channels=[]",
    'data.decimal="."',
    "data.drop_rows_without_target=false",
    'data.encoding="utf-8"',
    'data.group=""',
    'data.id_column="id"',
    'data.layout="auto"',
    'data.part=""',
    'data.path=""',
    'data.separator=","',
    'data.sheet=""',
    'data.time_column="time"',
    f"data.targets={json.dumps(NAMES)}",
    "data.length=24",
    "sample.rows=200",
)
