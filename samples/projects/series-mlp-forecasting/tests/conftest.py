"""One small trained run, shared by all tests; it lives in a temporary folder."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import data
from config import Config, load_config
from run import Run, load_run
from train import train

SHORT = (
    "training.batch_size=16",
    "training.epochs=3",
    "early_stopping.patience=2",
    "optimizer.warmup_epochs=1",
    "optimizer.decay_epochs=2",
)
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


@pytest.fixture(scope="session")
def small() -> Callable[..., Config]:
    """config.toml with a small embedded sample, few epochs, and what a test changes."""
    return lambda *overrides: load_config(CONFIG, [*SMALL, *SHORT, *overrides])


@pytest.fixture(scope="session")
def table(small: Callable[..., Config]) -> pd.DataFrame:
    return data.read_table(small())


@pytest.fixture(scope="session")
def run(small: Callable[..., Config], tmp_path_factory: pytest.TempPathFactory) -> Run:
    return load_run(train(small(), tmp_path_factory.mktemp("runs")))
