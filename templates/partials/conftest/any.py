"""One small trained run, shared by all tests; it lives in a temporary folder."""

import json
import tomllib
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
PLAIN = {  # the tests bring their own samples, which are written as most files are
    "path": "",
    "sheet": "",
    "separator": ",",
    "encoding": "utf-8",
    "decimal": ".",
    "missing": ["", "?", "NA", "N/A", "NaN", "nan", "NULL", "null"],
    "no_value": [],
    "join_spellings": False,
    "header": True,
    "quote": '"',
    "skip_lines": [],
    "number_signs": [],
    "drop_rows_without_target": False,
    "drop_targets": [],
    "group": "",
    "part": "",
    "ignore": [],
    "numeric": [],
    "boolean": [],
    "categorical": [],
    "dates": [],
    "day_first": False,
    "image_column": "image",
    "image_folder": "images",
    "mask_folder": "masks",
    "mask_values": [],
    "void_values": [],
    "unreadable": "refuse",
    "text_column": "text",
    "empty": "refuse",
    "sentence_column": "",
    "token_column": 0,
    "tag_column": -1,
    "layout": "auto",
    "id_column": "id",
    "time_column": "time",
    "inputs": [],
    "gaps": "refuse",
    "repeated": "refuse",
}
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
    own = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["data"]
    plain = [f"data.{name}={json.dumps(PLAIN[name])}" for name in own if name in PLAIN]
    return lambda *overrides: load_config(CONFIG, [*plain, *SMALL, *SHORT, *overrides])


@pytest.fixture(scope="session")
def table(small: Callable[..., Config]) -> pd.DataFrame:
    return data.read_table(small())


@pytest.fixture(scope="session")
def run(small: Callable[..., Config], tmp_path_factory: pytest.TempPathFactory) -> Run:
    return load_run(train(small(), tmp_path_factory.mktemp("runs")))
