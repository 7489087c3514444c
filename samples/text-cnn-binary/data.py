"""Texts: read them from a CSV or from folders, and refuse what cannot be trained on."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from pydantic import Field, PositiveInt

import sample
from columns import PART, note_size, require_columns, require_targets
from features import read_file, words
from schema import Section, refuse

if TYPE_CHECKING:
    from config import Config

SAMPLES = "texts"
PARTS = ("train", "val", "valid", "validation", "test")
LAYOUT = (
    "a CSV with a column of texts; a folder with train.csv, test.csv and perhaps validation.csv; "
    "a folder of class folders, such as mails/spam/1.txt and mails/ham/2.txt; or the same below "
    "mails/train/, mails/validation/ and mails/test/"
)


class DataConfig(Section):
    path: str
    separator: str = Field(min_length=1)
    encoding: str
    text_column: str = Field(min_length=1)
    targets: list[str] = Field(min_length=1)
    drop_rows_without_target: bool
    group: str
    part: str
    empty: Literal["refuse", "skip"]
    vocabulary: PositiveInt
    length: int = Field(ge=2)
    planned_rows: PositiveInt


def read_rows(path: Path, data: DataConfig, columns: list[str]) -> pd.DataFrame:
    """Columns "text" and `columns` of a CSV, all as text. Between tabs quotation marks are signs
    like any other. A text column that is a number counts the columns of a file without a header.
    """
    text = io.StringIO(read_file(path, data.encoding))
    header = None if data.text_column.isdigit() else 0
    quoting = csv.QUOTE_NONE if data.separator == "\t" else csv.QUOTE_MINIMAL
    options: dict[str, Any] = {"sep": data.separator, "header": header, "quoting": quoting}
    try:
        table = pd.read_csv(text, dtype="str", na_values=[""], keep_default_na=False, **options)
        if table.empty or not isinstance(table.index, pd.RangeIndex):
            raise ValueError("it holds no rows, or rows with more cells than the header")
    except ValueError as error:
        fix = "put quotation marks around texts that hold the separator; check data.separator"
        refuse(f"{path}: {error}".strip(), "a header, and rows of as many cells", fix)
    table.columns = table.columns.astype("str")
    require_columns(table, [data.text_column, *columns], str(path))
    return table[[data.text_column, *columns]].rename(columns={data.text_column: "text"})


def read_folder(folder: Path, data: DataConfig, columns: list[str]) -> pd.DataFrame:
    """CSVs named after the parts, or text files in class folders; their part is a column."""
    part, files = data.part or PART, sorted([*folder.glob("*.csv"), *folder.glob("*.tsv")])
    if files and all(path.stem in PARTS for path in files):
        named = [name for name in columns if name != data.part]
        return pd.concat(read_rows(one, data, named).assign(**{part: one.stem}) for one in files)
    paths = sorted(folder.rglob("*.txt"))
    folders = [path.relative_to(folder).parts[:-1] for path in paths]
    depth = 2 if any(names[:1] == ("train",) for names in folders) else 1
    if not paths or len(data.targets) > 1 or data.group:
        fix = "correct data.path; texts with several targets or a group stand in a CSV"
        refuse(f"{folder} holds {len(paths)} .txt files and {len(files)} CSVs", LAYOUT, fix)
    for path, names in zip(paths, folders, strict=True):
        if len(names) != depth or (depth == 2 and names[0] not in PARTS):
            refuse(f"{path} is not in a class folder", LAYOUT, "move it, or correct data.path")
    table = pd.DataFrame({"text": [read_file(path, data.encoding) for path in paths]})
    table[data.targets[0]] = [names[-1] for names in folders]
    return table.assign(**{part: [names[0] for names in folders]}) if depth == 2 else table


def without_empty(table: pd.DataFrame, data: DataConfig) -> pd.DataFrame:
    """The rows whose text holds something; others are refused, or left out and counted."""
    empty = (table["text"].fillna("").str.strip() == "").to_numpy()
    if empty.any():
        given = f"{empty.sum()} of {len(table)} texts are empty, first in row {empty.argmax() + 1}"
        if data.empty == "refuse" or empty.all():
            refuse(given, "a text in each row", 'fill it in, or set data.empty = "skip"')
        print(f"note: {given}; they are left out")
    return table[~empty].reset_index(drop=True)


def read_table(config: Config) -> pd.DataFrame:
    """All texts with their targets, or the embedded sample where data.path is empty."""
    data = config.data
    if not data.path:
        return sample.make(config)[0]
    path = Path(data.path)
    columns = [*data.targets, *(name for name in (data.group, data.part) if name)]
    table = (read_folder if path.is_dir() else read_rows)(path, data, columns)
    table = require_targets(table, data.targets, data.drop_rows_without_target, data.path)
    table = without_empty(table, data)
    note_size(len(table), data.planned_rows, SAMPLES)
    return table


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Texts to predict for: as they are, in a .txt (one a line), in a CSV, or a folder of .txt."""
    tables = [read_one(one, config.data) for one in given]
    return without_empty(pd.concat(tables), config.data) if given else read_table(config).head()


def read_one(given: str, data: DataConfig) -> pd.DataFrame:
    """Column "text" of what one word of the command line names, or is."""
    path = Path(given)
    kind = path.suffix.lower() if os.path.isfile(given) or " " not in given else "a text"
    if kind in (".csv", ".tsv"):
        return read_rows(path, data, [])
    if kind == ".txt":
        lines = read_file(path, data.encoding).splitlines()
        return pd.DataFrame({"text": [line for line in lines if line.strip()] or [""]})
    files = sorted(path.rglob("*.txt")) if os.path.isdir(given) else []
    return pd.DataFrame({"text": [read_file(file, data.encoding) for file in files] or [given]})


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer: the beginning of the text."""
    return pd.DataFrame({"text": table["text"].str.split().str.join(" ").str.slice(0, 80)})


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): texts of the same words, as the network sees them, have one key."""
    return pd.util.hash_array(table["text"].map(lambda text: " ".join(words(text))).to_numpy("O"))


def contradictions(config: Config) -> Iterator[tuple[str, str, str]]:
    """Relations of [data] with other sections: (given, expected, fix) for each one broken."""
    data, wanted = config.data, config.head.target_columns
    if len(data.targets) not in wanted:
        expected = f"{' or '.join(map(str, wanted))}, as [head] has it"
        yield f"data.targets = {data.targets}", expected, "change either"
    others = {*data.targets, data.group, data.part}
    for name in sorted({"text", PART, data.text_column} & others):
        yield f"[data] names the column {name!r} twice", "other names", "rename it in the CSV"
