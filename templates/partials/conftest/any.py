"""One small trained run, shared by all tests; it lives in a temporary folder."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import data
from config import Config, load_config
from run import Run, load_run
from small import SMALL
from train import train

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
