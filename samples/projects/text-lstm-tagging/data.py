"""Tagged sentences: read files of a token a line, and split them in three."""

import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pandas as pd
import polars as pl
from sklearn.model_selection import train_test_split

import sample
from config import Config, DataConfig, refuse
from reader.how import PARTS, Fault, How, Written, parts_in, printable
from reader.later import read_later
from reader.texts import text_of
from reader.words import WORD

PART = "<part>"  # the column that readers add where folders say which part a sample belongs to
SAMPLES = "sentences"
LAYOUT = """a token and its tag a line, an empty line after each sentence, such as
    Ada      B-PER
    Lovelace I-PER
    wrote    O
  or a folder of such files with train, test and perhaps valid in their names; or a table with a
  word and its tag a row, and a column that tells sentences apart"""
MISSING = "<missing>"
PART_NAMES = ("train", "validation", "test")
OUTSIDE = "O"  # the tag of a token that belongs to no entity


def note_size(samples: int, planned: int, word: str) -> None:
    """Say where the data is far larger or smaller than what the rules counted on."""
    if not planned / 4 <= samples <= planned * 4:
        given = f"{samples:,} {word}; this project was planned for {planned:,}"
        print(f"note: {given}. `goodfit generate --samples {samples}` has sizes to fit.")


def part_files(folder: Path, *suffixes: str) -> list[tuple[Path, str]]:
    """Files in `folder` whose names speak of a part, with it; those of these `suffixes` if any."""
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    paths = [path for path in paths if not suffixes or path.suffix.lower() in suffixes]
    parts = parts_in([path.stem if suffixes else path.name for path in paths], print)
    named = [(path, part) for path, part in zip(paths, parts, strict=True) if part]
    others = [path.name for path, part in zip(paths, parts, strict=True) if not part]
    if named and others:
        left = printable(f"{folder}: left out {', '.join(others[:12])}")
        print(f"note: {left}, whose names say no part")
    return named


def frame_in(path: Path, how: How, names: Sequence[str], expected: str, fix: str) -> pl.DataFrame:
    """All rows of a table with these columns; what is written otherwise than `how` says is told.
    What cannot be read is refused, with what is `expected` and the `fix` where the file itself
    does not tell."""
    if not path.exists():
        refuse(f"{path} does not exist", expected, "correct the path")
    try:
        return read_later(path, how, names)
    except Fault as fault:
        refuse(fault.given, fault.expected, fault.fix)
    except (OSError, ValueError, LookupError, BadZipFile, ImportError) as error:
        refuse(f"{path} cannot be read: {error}", expected, fix)


def read_text(path: Path, encoding: str) -> str:
    """The whole file as text; what cannot be read is refused."""
    try:
        return text_of(path, encoding)
    except Fault as fault:
        refuse(fault.given, fault.expected, fault.fix)
    except OSError as error:
        refuse(f"{path}: {error.strerror}", "a file that can be read", "correct the path")


def signs(sentence: str) -> list[str]:
    """Words and all other signs one by one, as they are: "Ada's." gives Ada, ', s, ."""
    return re.findall(WORD, unicodedata.normalize("NFKC", sentence))


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


def groups(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): what must stay together has one key: equal sentences."""
    return keys(table, config)


def part_column(config: Config) -> str:
    """The column that says which part a sentence belongs to, where there is one."""
    return PART


def marks(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows, 2): what each sentence is known by, without its tags and with them."""
    tags = pd.util.hash_array(table["tags"].map("\n".join).to_numpy("O"))
    samples = keys(table, config)
    return np.column_stack([samples, samples * np.uint64(31) + tags])


def as_text(column: pd.Series) -> pd.Series:
    """Every value as text: "<missing>" where there is none, no ".0" after whole numbers."""
    if pd.api.types.is_float_dtype(column):
        column = column.map(lambda value: np.format_float_positional(value, trim="-"), "ignore")
    return column.astype("string").str.strip().fillna(MISSING)


def given_parts(table: pd.DataFrame, config: Config) -> dict[str, np.ndarray]:
    """The places of the samples that a column or their folder puts into a part; {} if none."""
    column = part_column(config)
    if column not in table:
        return {}
    said = as_text(table[column])
    words = said.str.lower().map(PARTS)
    unknown = words.isna()
    if unknown.any():
        given = f"data.part: {said[unknown].iloc[0]!r} in column {column!r}"
        refuse(given, f"one of {', '.join(PARTS)}", "mend the cells, or set data.part = ''")
    places = {name: np.flatnonzero(words == name) for name in PART_NAMES}
    if not len(places["train"]):
        refuse("data.part leaves no sample to train on", "some called train", "mend the column")
    return {name: taken for name, taken in places.items() if len(taken)}


def look_at_parts(places: dict[str, np.ndarray], key: np.ndarray, config: Config) -> None:
    """Refuse a batch that is larger than the training part. Say where parts that were given hold
    copies of one another: a score on a copy flatters."""
    if config.training.batch_size > len(places["train"]):
        given = f"training.batch_size = {config.training.batch_size}"
        fix = "lower training.batch_size"
        refuse(given, f"at most the {len(places['train'])} training {SAMPLES}", fix)
    for name in ("validation", "test"):
        shared = np.isin(key[places[name]], key[places["train"]]).sum()
        if shared:
            print(f"note: {shared:,} of the {name} {SAMPLES} stand in the training part too")


def strata(table: pd.DataFrame, config: Config, least: float) -> np.ndarray | None:
    """(rows,): whether a sentence holds any entity."""
    codes = np.array([any(tag != OUTSIDE for tag in tags) for tags in table["tags"]])
    return codes if least <= codes.sum() <= len(codes) - least else None


def split(table: pd.DataFrame, config: Config) -> dict[str, pd.DataFrame]:
    """Samples for "train", "validation" and "test", the same for the same seed.

    What belongs together stays together: a copy in another part is a leak. A group far larger than
    the others is trained on. Parts that are given are kept, the others drawn from "train".
    """
    key, given = groups(table, config), given_parts(table, config)
    free = given.get("train", np.arange(len(table)))
    _, first, rows = np.unique(key[free], return_index=True, return_counts=True)
    usual = rows <= max(5 * np.median(rows), len(free) / 100)  # others would decide for a part
    usual |= usual.sum() < 10
    rest, large = free[np.sort(first[usual])], free[first[~usual]]  # one of each group
    if len(rest) < 10:
        refuse(f"{len(rest)} distinct {SAMPLES}", "at least 10, to split in three", "collect more")
    shares = {"test": config.split.test, "validation": config.split.validation}
    more = max(1.0, min(len(free) / rows[usual].sum(), 0.8 / sum(shares.values())))
    sizes = {name: max(1, round(share * more * len(rest))) for name, share in shares.items()}
    places, seed = dict(given), config.training.seed
    for name in [name for name in sizes if name not in given]:
        size = sizes[name]
        even = strata(table.iloc[rest], config, len(rest) / size) if config.split.stratify else None
        rest, taken = train_test_split(rest, test_size=size, stratify=even, random_state=seed)
        places[name] = free[np.isin(key[free], key[taken])]
    places["train"] = free[np.isin(key[free], key[np.concatenate([rest, large])])]
    look_at_parts(places, key, config)
    return {name: table.iloc[places[name]] for name in PART_NAMES}
