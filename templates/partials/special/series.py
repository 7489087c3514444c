"""What the doctor is told of series: what stands after the end of a short one."""

from typing import Any

import pandas as pd

import data
from config import Config
from doctor.trips import read_as_new
from features import PAD
from run import Prepared


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """The value of steps that are not there."""
    return {"feature_padding": PAD}


def as_new(few: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Series as predict.py reads them from a file."""
    return read_as_new(few, config, data.read_new, data.keys)


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them: how many steps each has."""
    return {"form": "series", "lengths": tuple(map(len, prepared.tables["train"]["series"]))}
