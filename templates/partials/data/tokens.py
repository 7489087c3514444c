"""Tagged sentences: read files of a token a line, and split them in three."""

import os
from pathlib import Path

import numpy as np
import pandas as pd

import sample
from columns import PART, note_size
from config import Config, DataConfig, refuse
from files import frame_in, part_files, read_text
from reader.how import Written
from words import signs

SAMPLES = "sentences"
LAYOUT = """a token and its tag a line, an empty line after each sentence, such as
    Ada      B-PER
    Lovelace I-PER
    wrote    O
  or a folder of such files with train, test and perhaps valid in their names; or a table with a
  word and its tag a row, and a column that tells sentences apart"""


def read_sentences(path: Path, data: DataConfig, tagged: bool) -> pd.DataFrame:
    """One row a sentence: "tokens" and, if `tagged`, "tags", lists of the same length."""
    sentences = (table_rows if data.sentence_column else lines_of)(path, data)
    sentences = [sentence for sentence in sentences if sentence]
    if not sentences:
        refuse(f"{path} holds no sentence", LAYOUT, "correct data.path")
    columns = len(sentences[0][0])
    token, tag = data.token_column, data.tag_column + columns * (data.tag_column < 0)
    if token >= columns or (tagged and (tag == token or not 0 <= tag < columns)):
        given = f"{path} has {columns} column(s); data.token_column = {token}, data.tag_column = "
        refuse(f"{given}{data.tag_column}", LAYOUT, "correct [data], or add the tags")
    table = {"tokens": [[cells[token] for cells in sentence] for sentence in sentences]}
    if tagged:
        table["tags"] = [[cells[tag] for cells in sentence] for sentence in sentences]
    return pd.DataFrame(table)


def table_rows(path: Path, data: DataConfig) -> list[list[list[str]]]:
    """Sentences of rows of cells, from a table with a word a row. A sentence goes on where the cell
    of data.sentence_column is that of the row before, or empty."""
    how = Written(data.separator, data.encoding, sheet=data.sheet)
    frame = frame_in(path, how, [data.sentence_column], "a word and its tag a row", "mend it")
    table = frame.to_pandas()
    if data.sentence_column not in table:
        has = ", ".join(map(repr, table))
        refuse(f"{path} has no column {data.sentence_column!r}", f"one of {has}", "correct [data]")
    which = table[data.sentence_column].ffill()
    sentences = table.astype("string").fillna("").groupby((which != which.shift()).cumsum())
    return [rows.to_numpy().tolist() for _, rows in sentences]


def lines_of(path: Path, data: DataConfig) -> list[list[list[str]]]:
    """Sentences of lines of cells, an empty line between two of them. Columns are divided by tabs
    where a line has one, else by spaces. All lines have as many."""
    sentences: list[list[list[str]]] = [[]]
    first = columns = 0  # the first line with tokens, and how many columns it has
    for number, line in enumerate(read_text(path, data.encoding).splitlines(), 1):
        cells = line.rstrip().split("\t") if "\t" in line.rstrip() else line.split()
        if not cells or cells[0] == "-DOCSTART-":
            sentences.append([])
            continue
        first, columns = (first, columns) if first else (number, len(cells))
        if len(cells) != columns or "" in cells:
            given = f"{path}, line {number}: {line!r} has {len(cells)} column(s)"
            refuse(f"{given}, and line {first} has {columns}", LAYOUT, "mend the line")
        sentences[-1].append(cells)
    return sentences


def in_pieces(table: pd.DataFrame, length: int) -> pd.DataFrame:
    """The same sentences, those longer than `length` in several rows: no token is lost."""
    counts = table["tokens"].map(len)
    if (counts <= length).all():
        return table.reset_index(drop=True)
    given = (
        f"{(counts > length).sum():,} of {len(table):,} sentences have more than {length} tokens"
    )
    print(f"note: {given} (data.length); they are read in pieces")
    columns = [name for name in ("tokens", "tags") if name in table]
    for name in columns:
        table[name] = [
            [cells[start : start + length] for start in range(0, len(cells), length)]
            for cells in table[name]
        ]
    return table.explode(columns, ignore_index=True)


def read_table(config: Config) -> pd.DataFrame:
    """All tagged sentences, or the embedded sample where data.path is empty."""
    data = config.data
    if not data.path:
        return in_pieces(sample.make(config)[0], data.length)
    path = Path(data.path)
    if path.is_dir():
        both = part_files(path)
        tables = [read_sentences(file, data, True).assign(**{PART: part}) for file, part in both]
        if not tables:
            refuse(f"{path} holds no file named train or test", LAYOUT, "correct data.path")
    else:
        tables = [read_sentences(path, data, True)]
    table = in_pieces(pd.concat(tables, ignore_index=True), data.length)
    note_size(len(table), data.planned_rows, SAMPLES)
    return table


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Sentences to tag: as they are, in a .txt (one a line), or in a file as for training."""
    if not given:
        return read_table(config).head()
    table = pd.concat([read_one(name, config.data) for name in given])
    return in_pieces(table[table["tokens"].map(len) > 0], config.data.length)


def read_one(given: str, data: DataConfig) -> pd.DataFrame:
    """Column "tokens" of what one word of the command line names, or is."""
    path = Path(given)
    if not os.path.isfile(given) and (" " in given or not path.suffix[1:].isalpha()):
        return pd.DataFrame({"tokens": [signs(given)]})
    if path.suffixes != [".txt"]:
        return read_sentences(path, data, False)
    return pd.DataFrame({"tokens": map(signs, read_text(path, data.encoding).splitlines())})


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Nothing: the answer repeats the sentence."""
    return pd.DataFrame(index=table.index)


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): equal sentences have one key."""
    return pd.util.hash_array(table["tokens"].map("\n".join).to_numpy("O"))
