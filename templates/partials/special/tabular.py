"""What the doctor is told of tables: where each column of the data is in x."""

from typing import Any

import pandas as pd

import data
from config import Config
from data import as_text, part_column
from doctor.trips import read_as_new
from run import Prepared


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """Columns with their places, those that name the rows, and those that equal a target."""
    encoder, table = prepared.encoder, prepared.tables["train"]
    sources = {name: [place] for place, name in enumerate(encoder.numeric)}
    start = len(encoder.numeric) + len(encoder.flagged)  # marks of gaps come in between
    for name, levels in encoder.categorical.items():
        sources[name] = [*range(start, start + len(levels))]
        start += len(levels)
    unique = [name for name in encoder.categorical if table[name].nunique() > 0.9 * len(table)]
    pairs = [(name, target) for name in sources for target in config.data.targets if name in table]
    equal = [pair for pair in pairs if same(table[pair[0]], table[pair[1]])]
    return {
        "sources": sources,
        "numeric": tuple(encoder.numeric),
        "text_identifiers": tuple(unique),
        "equal_columns": tuple(equal),
    }


def same(column: pd.Series, target: pd.Series) -> bool:
    """Whether two columns hold the same in every row."""
    return bool(as_text(column).equals(as_text(target)))


def as_new(few: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Rows as predict.py reads them from a file."""
    written = few.drop(columns=config.data.targets, errors="ignore")
    return read_as_new(few, config, data.read_new, data.keys, written)


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them: which columns are numbers, categories, or not used."""
    encoder, settings, table = prepared.encoder, config.data, prepared.tables["train"]
    return {
        "form": "table",
        "unused": (*settings.ignore, settings.group, part_column(config)),
        "medians": encoder.numeric,
        "categories": {name: as_text(table[name]) for name in encoder.categorical},
    }
