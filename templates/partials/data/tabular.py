"""Tables: read them from a file of any usual format, and split them in three."""

from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

import sample
from columns import PART, as_text, note_size, require_columns, require_targets
from config import Config, DataConfig, refuse
from files import frame_in, part_files
from reader.formats import PART_SUFFIXES, is_table
from reader.how import Fault, setting
from reader.typed import as_declared, needed, typed

SAMPLES = "rows"
READABLE = (
    "a table in text, Excel, Parquet, Arrow, JSON, ARFF, SQLite, HDF5, .npz (X and y) and more"
)


def read_rows(path: Path, config: DataConfig, labelled: bool = False) -> pd.DataFrame:
    """Read a file. Its columns are what [data] says that they are; where it says nothing, numbers
    are those that hold nothing else. Rows of a `labelled` file may have to have their targets."""
    frame = frame_in(path, config, needed(config, labelled), READABLE, "mend the file")
    if frame.is_empty():
        refuse(f"{path} holds no rows", "a header and rows", "add the rows")
    for name in config.targets if labelled and config.drop_rows_without_target else ():
        if name in frame.columns:  # whatever else stands in such rows
            frame = frame.filter(frame[name].alias("target").is_not_null())
    try:
        read = typed(as_declared(frame, config, path, labelled), config, str(path))
    except Fault as fault:
        refuse(fault.given, fault.expected, fault.fix)
    answers = read.select(pl.col(pl.Boolean)).columns
    return read.to_pandas().astype(dict.fromkeys(answers, "boolean"))


def read_whole(path: Path, data: DataConfig) -> pd.DataFrame:
    """All rows of a file; of a folder with a file for each part, such as train.csv and test.csv,
    those of all, and a column that says which part they are."""
    if not path.is_dir() or is_table(path):
        return read_rows(path, data, True)
    named = part_files(path, *PART_SUFFIXES)
    if "train" not in [part for _, part in named]:
        refuse(f"{path} is a folder", "files called train, validation and test", "name a file")
    tables = [read_rows(file, data, True).assign(**{PART: part}) for file, part in named]
    return pd.concat(tables, ignore_index=True)


def read_table(config: Config) -> pd.DataFrame:
    """The whole labelled table: the file in [data], or the embedded sample where none is named."""
    data = config.data
    if not data.path:
        return sample.make(config)[0]
    table = read_whole(Path(data.path), data)
    kinds = [*data.numeric, *data.boolean, *data.categorical, *data.ignore]
    roles = [*data.targets, *data.ignore, *(name for name in (data.group, data.part) if name)]
    require_columns(table, [*roles, *kinds], data.path)
    for name in {name for names in (kinds, roles) for name in names if names.count(name) > 1}:
        refuse(f"[data] names {name!r} twice", "one meaning for each column", "remove one of them")
    table = require_targets(table, data.targets, data.drop_rows_without_target, data.path)
    for name in data.targets if data.drop_targets else ():
        table = table[~as_text(table[name]).isin(data.drop_targets)].reset_index(drop=True)
    for name in table.columns[table.isna().all()].difference(data.ignore):
        given = f"{data.path}: column {name!r} has no value at all"
        fix = f"leave it out: {setting('ignore', [*data.ignore, name])}"
        refuse(given, "at least one value", fix)
    note_size(len(table), data.planned_rows, SAMPLES)
    words = [name for name in data.categorical if name not in (*data.targets, data.group)]
    return table.astype(dict.fromkeys(words, "category"))  # so each part knows what others hold


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Rows to predict for: files like that of training, or the first rows of that."""
    if not given:
        return read_table(config).head()
    for path in [path for path in map(Path, given) if path.is_dir() and not is_table(path)]:
        fix = f"name its files: python predict.py {path}/*" if any(path.iterdir()) else "fill it"
        refuse(f"{path} is a folder, and no table", READABLE, fix)
    return pd.concat([read_rows(Path(name), config.data) for name in given], ignore_index=True)


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer: nothing, since the rows come in the order of the file."""
    return pd.DataFrame(index=table.index)


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): rows whose features are all equal have one key."""
    unused = [*config.data.targets, *config.data.ignore, config.data.part, PART]
    names = list(table.columns.difference(unused))
    if not names:
        refuse("no feature column is left", "at least one", "shorten data.ignore")
    features = table[names]  # whole numbers are no others once a later row has a fraction or none
    features = features.astype(dict.fromkeys(features.select_dtypes("number"), "float64"))
    return pd.util.hash_pandas_object(features, index=False).to_numpy()
