"""From a path to the one real file or folder behind it; what cannot be read is refused."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable
from pathlib import Path

from goodfit.errors import GoodfitError, nearest
from goodfit.reader.lines import is_plain_number
from goodfit.reader.magic import EXPORT

NO_TABLE = {  # text, and no rows of cells
    b"[{": ("JSON", "call it .json"),
    b'{"': ("JSON", "call it .json; or .jsonl where each line is a record"),
    b"<!": ("a web page", EXPORT),
    b"<html": ("a web page", EXPORT),
    b"<?xml": ("XML", EXPORT),
    b"{\\rtf": ("a document", EXPORT),
}


def real_place(path: Path) -> Path:
    """The absolute path behind `path`, links followed. Raises GoodfitError where there is none,
    where links go round in a circle, where it may not be read, and where a file is empty."""
    try:
        place = path.expanduser().resolve(strict=True)
        refuse_no_utf8([place])
        if place.is_dir():
            if not any(place.iterdir()):
                raise GoodfitError(f"{path} is an empty folder", "data", "name another")
        elif not place.is_file():
            fix = "write what comes out of it into a file, and name that"
            raise GoodfitError(f"{path} is neither file nor folder", "a file", fix)
        elif not place.stat().st_size:
            raise GoodfitError(f"{path} is empty: it has 0 bytes", "a file with data", "fill it")
        else:
            with place.open("rb"):
                pass
    except FileNotFoundError:
        if path.is_symlink():
            given = f"{path} is a link to {path.readlink()}, which does not exist"
            raise GoodfitError(given, "a file or a folder", "name the file itself") from None
        folder = path.expanduser().parent
        known = [one.name for one in folder.iterdir()] if folder.is_dir() else []
        fix = nearest(path.name, known, "check the path")
        raise GoodfitError(f"{path} does not exist", "a file or a folder", fix) from None
    except PermissionError:
        fix = f"let yourself read it: chmod u+r {path}"
        raise GoodfitError(f"{path}: permission denied", "data you may read", fix) from None
    except (OSError, RuntimeError) as error:  # a circle of links is either, by version of Python
        words = getattr(error, "strerror", None) or "its links go round in a circle"
        raise GoodfitError(
            f"{path}: {words}", "a file or a folder", "name the file itself"
        ) from None
    return place


def refuse_no_utf8(paths: Iterable[Path]) -> None:
    """Raise GoodfitError where a name is no text: no config.toml could hold it."""
    for path in paths:
        if any("\ud800" <= sign <= "\udfff" for sign in str(path)):
            written = repr(os.fsencode(path) + b'"')[2:-2]
            new = shlex.quote(os.fsencode(path).decode("ascii", "ignore"))
            given = f"{path}: its name, or that of a folder, is no UTF-8"
            fix = f"rename it: mv $'{written}' {new}"
            raise GoodfitError(given, "names in UTF-8", fix)


def of_numbers(path: Path) -> bool:
    """The first lines of a text file are rows of numbers, three or more in most of them."""
    with path.open("rb") as file:
        lines = file.read(1 << 14).decode("utf-8", "replace").splitlines()[:-1]
    rows = [re.split(r"[,;\t ]+", line.strip().strip('"')) for line in lines if line.strip()]
    counts = [sum(map(is_plain_number, row)) for row in rows[:50]]
    full = [n > 2 and n > len(row) / 2 for n, row in zip(counts, rows, strict=False)]
    return sum(full) > max(2, 0.8 * len(full))


def refuse_no_table(path: Path) -> None:
    """Raise GoodfitError for text that is no table, such as JSON or a web page."""
    with path.open("rb") as file:
        head = b"".join(file.read(4096).removeprefix(b"\xef\xbb\xbf").split())
    for mark, (kind, fix) in NO_TABLE.items():
        if head.startswith(mark):
            raise GoodfitError(f"{path} begins like {kind}", "rows of cells, such as a CSV", fix)
