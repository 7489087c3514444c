"""What makes config.toml small enough for the tests: few rows, a short window and horizon."""

import tomllib
from pathlib import Path

CONFIG = Path(__file__).parents[1] / "config.toml"
TARGETS = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["data"]["targets"]

SMALL = (
    "data.window=12",
    "data.horizon=2",
    "data.season=0",
    f"head.output_units={2 * len(TARGETS)}",
    "sample.rows=300",
)
