"""Images: find them in folders or in a CSV, decode them, and split them in three."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd
import polars as pl
from sklearn.model_selection import train_test_split

import sample
from config import Config, DataConfig, refuse
from features import open_upright, to_pixels
from reader.formats import is_table
from reader.how import PARTS, Fault, How, Written, parts_in, printable
from reader.later import read_later
from reader.lists import with_labels
from reader.pairs import group_marks, stem_of

MISSING = "<missing>"
PART = "<part>"  # the column that readers add where folders say which part a sample belongs to
SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm")
SAMPLES = "images"
LAYOUT = (
    "a folder of class folders, such as photos/cat/1.jpg and photos/dog/2.jpg, or the same below "
    "photos/train/, photos/validation/ and photos/test/; or a CSV that names images and targets"
)
PART_NAMES = ("train", "validation", "test")


def as_text(column: pd.Series) -> pd.Series:
    """Every value as text: "<missing>" where there is none, no ".0" after whole numbers."""
    if pd.api.types.is_float_dtype(column):
        column = column.map(lambda value: np.format_float_positional(value, trim="-"), "ignore")
    return column.astype("string").str.strip().fillna(MISSING)


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


def folders_between(root: Path, paths: list[Path]) -> tuple[list[list[str]], list[str]]:
    """The folders from `root` to each file; and the parts that the first of them speak of, which
    are then left out, or [] where they are no parts."""
    folders = [list(path.relative_to(root).parts[:-1]) for path in paths]
    parts = parts_in(["".join(names[:1]) for names in folders], print)
    deep = any(len(names) > 1 for names in folders)  # or a class may well be called train
    if "train" not in parts or not (deep or all(parts)):
        return folders, []
    if "" in parts:
        given = f"{paths[parts.index('')]} is in no part"
        refuse(given, f"all in {root}/train, validation or test", "move or remove it")
    return [names[1:] for names in folders], parts


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


def images_below(folder: Path) -> list[Path]:
    """Image files in `folder` and below it, in order; or the one file. The left out are counted."""
    if not (folder.is_dir() or folder.is_file()):
        wrong = "is a pipe or a device" if folder.exists() else "does not exist"
        refuse(f"{folder} {wrong}", "an image or a folder of images", "name another")
    if folder.suffix.lower() == ".zip":
        refuse(f"{folder} is an archive", "images or folders", "unpack it, and name the folder")
    if not folder.is_dir():
        return [folder]
    kept, hidden, other = [], 0, []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        places = path.relative_to(folder).parts
        if any(name.startswith(".") or name in ("Thumbs.db", "__MACOSX") for name in places):
            hidden += 1
        elif path.suffix.lower() in SUFFIXES:
            kept.append(path)
        else:
            other.append(path.name)
    if hidden or other:
        named = f" and {len(other)} without an image's name, such as {other[0]}" if other else ""
        print(printable(f"note: {folder}: left out {hidden} hidden files{named}"))
    return kept


def located(folder: Path, names: list[str]) -> list[Path]:
    """The files that a list names: from `folder` on; or anywhere below it, where a list has only
    their names, with or without what stands after the dot."""
    if all((folder / name).is_file() for name in names):
        return [folder / name for name in names]
    below: dict[str, list[Path]] = {}
    for path in images_below(folder):
        for name in (path.name, path.stem, path.relative_to(folder).with_suffix("").as_posix()):
            below.setdefault(name, []).append(path)
    candidates = [sorted({*below.get(name, [folder / name])}) for name in names]
    for name, paths in zip(names, candidates, strict=True):
        if len(paths) > 1:
            given = f"the list names {name!r}, and there are {paths[0]} and {paths[1]}"
            refuse(given, "one image for each name", "write the paths into the list")
    return [paths[0] for paths in candidates]


def read_all(paths: list[Path], read: Callable[[Path], Any], unreadable: str) -> list[Any]:
    """What `read` makes of each path, several at once; None where it raises ValueError and
    `unreadable` is "skip". Otherwise the first such file is refused by its name."""

    def attempt(path: Path) -> Any:
        try:
            return read(path)
        except ValueError as error:
            return error

    with ThreadPoolExecutor() as pool:
        results = list(pool.map(attempt, paths))
    broken = [place for place, result in enumerate(results) if isinstance(result, ValueError)]
    if broken:
        given = f"{len(broken)} of {len(paths)} images cannot be used, "
        given += f"first {paths[broken[0]]}: {results[broken[0]]}"
        if unreadable == "refuse" or len(broken) == len(paths):
            fix = "replace or remove it"
            if len(broken) < len(paths):
                fix += ", or leave such files out: --set data.unreadable=skip"
            refuse(given, "whole image files", fix)
        print(printable(f"note: {given}; they are left out"))
    return [None if isinstance(result, ValueError) else result for result in results]


def list_folder(folder: Path, data: DataConfig) -> pd.DataFrame:
    """One row an image: "path", the target (its folder), its part, and its "stem" as the group."""
    paths = images_below(folder)
    if not paths:
        refuse(f"{folder} holds no image", LAYOUT, "correct data.path")
    table = pd.DataFrame({"path": paths})
    folders, parts = folders_between(folder, paths)
    table = table.assign(**{data.part or PART: parts}) if parts else table
    if len(data.targets) > 1 or data.group not in ("", "stem"):
        given = f"data.targets = {data.targets}, data.group = {data.group!r}, and {folder}"
        refuse(given, 'one target, and no group or "stem", in folders', "list the images in a CSV")
    for path, names in zip(paths, folders, strict=True):
        if data.targets and len(names) != 1:
            refuse(f"{path} is not in a class folder", LAYOUT, "move it, or correct data.path")
    table = table.assign(**{target: [names[0] for names in folders] for target in data.targets})
    return table.assign(stem=[stem_of(path) for path in paths]) if data.group else table


def list_csv(path: Path, data: DataConfig, columns: list[str]) -> pd.DataFrame:
    """One row an image: "path" and `columns`, from a CSV that names images beside or below it."""
    how = Written(data.separator, data.encoding, sheet=data.sheet)
    frame = frame_in(path, how, [data.image_column, *columns], LAYOUT, "correct data.path")
    table = with_labels(frame, columns).to_pandas()
    require_columns(table, [data.image_column, *columns], str(path))
    if table.empty or table[data.image_column].isna().any():
        refuse(f"{path}: a row names no image", f"a path in {data.image_column!r}", "fill it in")
    paths = located(path.parent, table[data.image_column].astype(str).tolist())
    return pd.DataFrame({"path": paths}).join(table[columns])


def with_pixels(table: pd.DataFrame, data: DataConfig) -> pd.DataFrame:
    """Decode what column "path" names: "image", "file", and the other columns."""

    def read(path: Path) -> np.ndarray:
        return to_pixels(open_upright(path), data.image_size, data.channels)

    images = read_all(list(table["path"]), read, data.unreadable)
    files = [path.as_posix() for path in table["path"]]
    table = table.drop(columns="path").assign(image=images, file=files)
    return table[[image is not None for image in images]].reset_index(drop=True)


def read_table(config: Config) -> pd.DataFrame:
    """The whole labelled table, or the embedded sample where data.path is empty: "image", uint8
    (image_size, image_size, channels), "file", targets, and group and part where there are any."""
    data = config.data
    if not data.path:
        return sample.make(config)[0]
    path = Path(data.path)
    if path.is_dir():
        table = list_folder(path, data)
    else:
        marks = [name for name in (data.group, data.part) if name not in ("", "stem")]
        table = list_csv(path, data, [*data.targets, *marks])
        if data.group == "stem":
            table["stem"] = [stem_of(path) for path in table["path"]]
        table = require_targets(table, data.targets, data.drop_rows_without_target, data.path)
    table = with_pixels(table, data)
    note_size(len(table), data.planned_rows, SAMPLES)
    return table


def read_new(given: list[str], config: Config) -> pd.DataFrame:
    """Images to predict for: image files, folders of them, CSVs that name them."""
    if not given:
        return read_table(config).head()
    paths: list[Path] = []
    for path in map(Path, given):
        listed = path.suffix.lower() != ".zip" and (is_table(path) or path.suffix.lower() == ".txt")
        paths += list_csv(path, config.data, [])["path"].tolist() if listed else images_below(path)
    if not paths:
        refuse(f"no image in {', '.join(given)}", "images, or folders of them", "name others")
    return with_pixels(pd.DataFrame({"path": paths}), config.data)


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What stands beside each answer: the file."""
    return table[["file"]]


def keys(table: pd.DataFrame, config: Config) -> np.ndarray:
    """uint64 (rows,): images that look the same to the network have one key."""
    digests = [hashlib.blake2b(image.tobytes(), digest_size=8).digest() for image in table["image"]]
    return np.frombuffer(b"".join(digests), dtype="uint64")


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
