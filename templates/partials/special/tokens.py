"""What the doctor is told of tagged sentences: codes of padding and of unknown words."""

from typing import Any

import pandas as pd

import data
from config import Config
from doctor.trips import read_as_new
from features import PADDING
from run import Prepared
from text_facts import text_facts


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the codes mean."""
    return {"feature_padding": float(PADDING), "texts": text_facts(prepared, config)}


def as_new(few: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Sentences as predict.py reads them from a file."""
    return read_as_new(few, config, data.read_new, data.keys)


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them: known words, and how long the sentences are."""
    lengths = map(len, prepared.tables["train"]["tokens"])
    return {
        "form": "tokens",
        "vocabulary": tuple(prepared.encoder.words),
        "lengths": tuple(lengths),
    }
