"""One small trained run, shared by all tests; it lives in a temporary folder."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import data
from config import Config, load_config
from run import Run, load_run
from train import train

SMALL = (
    "data.boolean=[]",
    "data.categorical=[]",
    "data.dates=[]",
    "data.day_first=false",
    'data.decimal="."',
    "data.drop_rows_without_target=false",
    "data.drop_targets=[]",
    'data.encoding="utf-8"',
    'data.group=""',
    "data.header=true",
    "data.ignore=[]",
    "data.join_spellings=false",
    'data.missing=["", "?", "NA", "N/A", "NaN", "nan", "NULL", "null"]',
    "data.no_value=[]",
    "data.number_signs=[]",
    "data.numeric=[]",
    'data.part=""',
    'data.path=""',
    r'data.quote="\""',
    'data.separator=","',
    'data.sheet=""',
    "data.skip_lines=[]",
    "sample.rows=400",
)
CONFIG = Path(__file__).parents[1] / "config.toml"
SHORT = (
    "training.batch_size=16",
    "training.epochs=3",
    "early_stopping.patience=2",
    "optimizer.warmup_epochs=1",
    "optimizer.decay_epochs=2",
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
