"""Tables: read them from a file of any usual format, and split them in three."""

from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pandas as pd
import polars as pl
from sklearn.model_selection import train_test_split

import sample
from config import Config, DataConfig, refuse
from reader.formats import PART_SUFFIXES, is_table
from reader.how import PARTS, Fault, How, parts_in, printable, setting
from reader.later import read_later
from reader.pairs import group_marks
from reader.typed import as_declared, needed, typed

TRUE, FALSE = ("true", "yes", "y", "t", "1"), ("false", "no", "n", "f", "0")
MISSING = "<missing>"
PART = "<part>"  # the column that readers add where folders say which part a sample belongs to
SAMPLES = "rows"
READABLE = (
    "a table in text, Excel, Parquet, Arrow, JSON, ARFF, SQLite, HDF5, .npz (X and y) and more"
)
PART_NAMES = ("train", "validation", "test")


def as_text(column: pd.Series) -> pd.Series:
    """Every value as text: "<missing>" where there is none, no ".0" after whole numbers."""
    if pd.api.types.is_float_dtype(column):
        column = column.map(lambda value: np.format_float_positional(value, trim="-"), "ignore")
    return column.astype("string").str.strip().fillna(MISSING)


def as_numbers(column: pd.Series, boolean: bool) -> np.ndarray:
    """float64 (rows,), NaN where missing. Refuses text that is no number (or no yes and no)."""
    if boolean:
        meaning = dict.fromkeys(TRUE, 1.0) | dict.fromkeys(FALSE, 0.0)
        read = as_text(column).str.lower().map(meaning)
    else:
        read = pd.to_numeric(column, errors="coerce")
    numbers = read.to_numpy(dtype="float64", na_value=np.nan)
    wrong = ~np.isfinite(numbers) & column.notna().to_numpy()
    if wrong.any():
        row = int(wrong.argmax())
        given = f"column {column.name!r} has {str(column.iloc[row])!r}, first in row {row + 1:,}"
        expected = "yes or no (true/false, 1/0)" if boolean else "a finite number"
        refuse(f"{given}, {wrong.sum():,} such cells", expected, "mend the cells")
    return numbers


def require_columns(table: pd.DataFrame, names: list[str], where: str) -> None:
    """Refuse a table that lacks one of `names`, and show the names it has."""
    for name in names:
        if name not in table.columns:
            has = ", ".join(repr(column) for column in table.columns[:30])
            fix = "call the column that holds it so, or correct [data] in config.toml"
            refuse(f"{where} has no column {name!r}", f"one of {has}", fix)


def require_targets(
    table: pd.DataFrame, targets: list[str], drop: bool, where: str
) -> pd.DataFrame:
    """The rows that have all their targets; rows without are refused, or left out where `drop`."""
    empty = table[targets].isna().any(axis=1).to_numpy()
    if empty.any() and not drop:
        given = f"{where}: {empty.sum()} of {len(table)} rows have no target, "
        fix = "fill them in, or leave them out: --set data.drop_rows_without_target=true"
        refuse(f"{given}first in row {empty.argmax() + 1}", f"a value in {targets}", fix)
    return table[~empty].reset_index(drop=True)


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


def groups(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): what must stay together has one key: equal samples, or one `data.group`."""
    if config.data.group:
        marks = group_marks(table[config.data.group].astype(str).tolist())
        return pd.util.hash_array(np.array(marks, object))
    return keys(table, config)


def part_column(config: Config) -> str:
    """The column that says which part a sample belongs to, where there is one."""
    return config.data.part or PART


def marks(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows, 2): what each sample is known by, without its target and with it."""
    samples = keys(table, config)
    whole = samples
    for name in config.data.targets:
        whole = whole * np.uint64(31) + pd.util.hash_array(as_text(table[name]).to_numpy("O"))
    return np.column_stack([samples, whole])


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
    """(rows,): the class of each row; classes of fewer than `least` rows join the largest."""
    classes = table[config.data.targets].to_numpy().astype(str)
    codes, counts = np.unique(classes, return_inverse=True, return_counts=True)[1:]
    codes = np.where(counts[codes.ravel()] >= least, codes.ravel(), counts.argmax())
    return codes if len(np.unique(codes)) > 1 else None


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
