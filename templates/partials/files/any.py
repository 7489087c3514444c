"""CSVs as they are, and what the names of files and folders say."""

from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import polars as pl

from config import refuse
from reader.how import Fault, How, parts_in, printable
from reader.later import read_later
from reader.texts import text_of


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


def read_text(path: Path, encoding: str) -> str:
    """The whole file as text; what cannot be read is refused."""
    try:
        return text_of(path, encoding)
    except Fault as fault:
        refuse(fault.given, fault.expected, fault.fix)
    except OSError as error:
        refuse(f"{path}: {error.strerror}", "a file that can be read", "correct the path")
