"""Texts: read them from a CSV or from folders, and split them in three."""

import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

import sample
from columns import PART, note_size, require_columns, require_targets
from config import Config, DataConfig, refuse
from features import words
from files import folders_between, frame_in, part_files, read_text
from reader.formats import is_table
from reader.how import Written, printable
from reader.labelled import is_labelled, labelled
from reader.lists import with_labels

SAMPLES = "texts"
LAYOUT = (
    "a CSV with a column of texts; a folder with train.csv, test.csv and perhaps validation.csv; "
    "a folder of class folders, such as mails/spam/1.txt and mails/ham/2.txt; a file for each "
    "class, a text a line; the same below mails/train/; lines such as `__label__pos well done`"
)
ABOUT = re.compile(r"(^|/)(\.|README|LICEN[CS]E)", re.IGNORECASE)  # about the texts, none of them


def read_cells(path: Path, data: DataConfig, columns: list[str]) -> pl.DataFrame:
    """A CSV with texts and `columns`, all cells as text. Between tabs quotation marks are signs as
    any other. A text column that is a number counts the columns of a file without a header."""
    if is_labelled(path):
        return labelled(lines_of(path, data.encoding))
    bare, quote = data.text_column.isdigit(), "" if data.separator == "\t" else '"'
    how = Written(data.separator, data.encoding, header=not bare, quote=quote, sheet=data.sheet)
    fix = "put quotation marks around texts that hold the separator"
    names = [] if bare else [data.text_column, *columns]
    frame = frame_in(path, how, names, "a header, and rows of as many cells", fix)
    if bare:
        frame.columns = [str(place) for place in range(frame.width)]
    return frame


def lines_of(path: Path, encoding: str) -> list[str]:
    """The lines of a file that hold something: a text each."""
    return [line for line in read_text(path, encoding).split("\n") if line.strip()]


def class_names(paths: list[Path]) -> list[str]:
    """What files of one class each are called: pos.txt and neg.txt, or rt.pos and rt.neg."""
    stems = {path.with_suffix("") for path in paths}
    return [path.stem if len(stems) == len(paths) else path.suffix[1:] for path in paths]


def texts_below(folder: Path) -> list[Path]:
    """Text files in `folder` and below it, in order: those named .txt, or all where none is, but
    for hidden ones, README and LICENSE. What is left out is counted."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    seen = [path for path in paths if not ABOUT.search(path.relative_to(folder).as_posix())]
    kept = [path for path in seen if path.suffix.lower() == ".txt"] or seen
    if left := sorted({*paths} - {*kept}):
        print(printable(f"note: {folder}: left out {len(left)} files, such as {left[0].name}"))
    return kept


def read_rows(path: Path, data: DataConfig, columns: list[str]) -> pd.DataFrame:
    """Columns "text" and `columns` of a CSV, all as text; a column for each label in a list."""
    table = with_labels(read_cells(path, data, columns), columns).to_pandas()
    whole = data.text_column in table
    names = [data.text_column] if whole else data.text_column.split(" + ")  # subject + body
    require_columns(table, [*names, *columns], str(path))
    texts = table[names].fillna("").agg(" ".join, axis=1) if len(names) > 1 else table[names[0]]
    return table[columns].assign(text=texts)


def read_folder(folder: Path, data: DataConfig, columns: list[str]) -> pd.DataFrame:
    """CSVs named after the parts, or text files; their part is a column."""
    named = part_files(folder, ".csv", ".tsv", ".parquet", ".jsonl") or part_files(folder, ".txt")
    if not named:
        return read_texts(folder, data)
    columns, mark = [name for name in columns if name != data.part], data.part or PART
    return pd.concat(read_rows(file, data, columns).assign(**{mark: part}) for file, part in named)


def read_texts(folder: Path, data: DataConfig) -> pd.DataFrame:
    """Text files in class folders; or a file for each class, named after it, with a text a line."""
    paths = texts_below(folder)
    folders, parts = folders_between(folder, paths)
    if by_line := len(paths) > 1 and not any(folders):
        folders = [[name] for name in class_names(paths)]
    if not paths or len(data.targets) > 1 or data.group:
        fix = "correct data.path; texts with several targets or a group stand in a CSV"
        refuse(f"{folder} holds {len(paths)} text files and no CSV of a part", LAYOUT, fix)
    for path, names in zip(paths, folders, strict=True):
        if len(names) != 1:
            refuse(f"{path} is not in a class folder", LAYOUT, "move it, or correct data.path")
    texts = [(lines_of if by_line else read_text)(path, data.encoding) for path in paths]
    table = pd.DataFrame({"text": texts, data.targets[0]: [name for (name,) in folders]})
    table = table.assign(**{data.part or PART: parts}) if parts else table
    return table.explode("text") if by_line else table


def without_empty(table: pd.DataFrame, data: DataConfig, new: bool = False) -> pd.DataFrame:
    """The rows whose text holds something; others are refused, or left out and counted. Of `new`
    ones none is left out: each is to have its answer in its place."""
    empty = (table["text"].fillna("").str.strip() == "").to_numpy()
    if empty.any():
        given = f"{empty.sum()} of {len(table)} texts are empty, first in row {empty.argmax() + 1}"
        if new or data.empty == "refuse" or empty.all():
            way_out = "remove the row" if new else "leave such out: --set data.empty=skip"
            refuse(given, "a text in each row", f"fill it in, or {way_out}")
        print(f"note: {given}; they are left out")
    return table[~empty].reset_index(drop=True)


def read_table(config: Config) -> pd.DataFrame:
    """All texts with their targets, or the embedded sample where data.path is empty."""
    data = config.data
    if not data.path:
        return sample.make(config)[0]
    path = Path(data.path)
    columns = [*data.targets, *(name for name in (data.group, data.part) if name)]
    folder = path.is_dir() and not is_table(path)
    table = (read_folder if folder else read_rows)(path, data, columns)
    table = require_targets(table, data.targets, data.drop_rows_without_target, data.path)
    table = without_empty(table, data)
    note_size(len(table), data.planned_rows, SAMPLES)
    return table


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Texts to predict for: as they are, in a file (one a line), in a CSV, or a folder of files."""
    tables = [read_one(name, config.data) for name in given]
    return (
        without_empty(pd.concat(tables), config.data, True) if given else read_table(config).head()
    )


def read_one(given: str, data: DataConfig) -> pd.DataFrame:
    """Column "text" of what one word of the command line names, or is."""
    path = Path(given)
    there = os.path.exists(given)
    if (there or " " not in given) and is_table(path):
        return read_rows(path, data, [])
    if os.path.isdir(given):
        files = texts_below(path)
        if not files:
            refuse(f"{path} holds no file", "files with a text each, or a CSV", "name another")
        tables = [file for file in files if is_table(file)]
        if tables:
            refuse(f"{path} holds tables, such as {tables[0].name}", "texts", f"name {tables[0]}")
        return pd.DataFrame({"text": [read_text(file, data.encoding) for file in files]})
    kind = path.suffix.lower() if there or " " not in given else ""
    if is_labelled(path):
        return read_rows(path, data, [])
    if kind == ".txt" or os.path.isfile(given):
        texts = lines_of(path, data.encoding)
        if not texts:
            refuse(f"{path} holds no text", "a text in each line", "fill it, or name another")
        return pd.DataFrame({"text": texts})
    return pd.DataFrame({"text": [given]})


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer: the beginning of the text."""
    return pd.DataFrame({"text": table["text"].str.split().str.join(" ").str.slice(0, 80)})


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): texts of the same words, as the network sees them, have one key."""
    return pd.util.hash_array(table["text"].map(lambda text: " ".join(words(text))).to_numpy("O"))
