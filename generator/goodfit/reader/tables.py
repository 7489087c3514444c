"""Opens a table in a file: its names, and every cell of a text file as text.

Polars reads the file, in pieces where it is large. It takes UTF-8 with one sign between cells; any
other text is copied so that it can be read, into a folder that is removed at the end.
"""

from __future__ import annotations

import atexit
import csv
import re
import tempfile
from pathlib import Path
from typing import NamedTuple

import polars as pl
import polars.selectors as cs

from .cells import blanked
from .formats import FORMATS
from .how import SPACES, Fault, How
from .lines import bad_byte, first_fault, names_of, numbered

BLOCK = 1 << 22
AS_UTF8 = ("utf-8", "utf-8-sig", "utf8", "ascii")
BLANK = re.compile(rb"\n *\r?\n")


class Rows(NamedTuple):
    """A query for all rows of a file, and the folder of the copy that it reads, if there is one."""

    lazy: pl.LazyFrame
    copy: tempfile.TemporaryDirectory[str] | None = None


def open_rows(path: Path, how: How) -> Rows:
    """The rows of a file of any format in `FORMATS`, or of a text file that is written as `how`
    says: then every cell is text without blanks around it, null where nothing stands.

    Raises OSError, ValueError or LookupError where it cannot be read, Fault among them.
    """
    known = FORMATS.get(path.suffix.lower())
    rows = Rows(known.scan(path)) if known else open_text(path, how)
    text = cs.string().str.strip_chars()
    return rows._replace(lazy=rows.lazy.with_columns(pl.when(text != "").then(text).name.keep()))


def read_frame(path: Path, how: How) -> pl.DataFrame:
    """All rows of a file in memory, null where one of `how.missing` stands. Raises as `open_rows`
    does, and Fault for the line with too many cells."""
    try:
        rows = open_rows(path, how)
        frame = rows.lazy.collect()
        if rows.copy:
            rows.copy.cleanup()
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        fault = None
        if path.suffix.lower() not in FORMATS:
            fault = bad_byte(path, how.encoding) or first_fault(path, how)
        raise fault or ValueError(str(error).splitlines()[0][:200]) from None
    for name, kind in frame.schema.items():
        if kind.is_nested():
            said = f"{path}: column {name!r} holds lists or records"
            raise Fault(said, "one value in each cell", "spread it over columns")
    return frame.with_columns([blanked(one, how.missing) for one in frame.iter_columns()])


def open_text(path: Path, how: How) -> Rows:
    """The rows below the header of a text file."""
    try:
        with path.open(encoding=how.encoding, newline=None) as file:
            rows = numbered(file, how)
            line, cells = next(rows, (0, []))
            names = names_of(cells, how.header)
            begin, _ = next(rows, (0, [])) if how.header else (line, cells)
    except csv.Error as error:
        raise ValueError(str(error)) from None
    if not begin:
        what = "a header alone" if cells else "no rows"
        raise Fault(f"{path} holds {what}", "rows below the names", "add the rows")
    late = [line for line in how.skip_lines if line >= begin]
    if how.encoding.lower() in AS_UTF8 and not (how.separator == SPACES or late):
        if not (mending := mending_of(path, how)):
            return Rows(scanned(path, how.separator, how.quote, names, begin - 1))
        apart = mending == "apart"
    else:
        apart = how.separator == SPACES
    folder = tempfile.TemporaryDirectory(prefix="rows-")
    atexit.register(folder.cleanup)
    copy = Path(folder.name) / "rows.csv"
    try:
        copied(path, copy, how, begin, apart)
    except csv.Error as error:
        raise ValueError(str(error)) from None
    separator, quote = ("\t", '"') if apart else (how.separator, how.quote)
    return Rows(scanned(copy, separator, quote, names, 0), folder)


def scanned(path: Path, separator: str, quote: str, names: list[str], above: int) -> pl.LazyFrame:
    """The rows below the first `above` lines, every cell as text."""
    return pl.scan_csv(
        path,
        separator=separator,
        quote_char=quote or None,
        has_header=False,
        new_columns=names,
        skip_lines=above,
        infer_schema=False,
        null_values=[""],
        glob=False,
    )


def copied(path: Path, copy: Path, how: How, begin: int, apart: bool) -> None:
    """Write the rows from line `begin` on in UTF-8: line by line, or with every cell `apart`."""
    skipped = {*how.skip_lines}
    with (
        path.open(encoding=how.encoding, newline=None) as file,
        copy.open("w", encoding="utf-8") as to,
    ):
        if apart:
            rows = (cells for line, cells in numbered(file, how) if line >= begin)
            csv.writer(to, delimiter="\t", lineterminator="\n").writerows(rows)
        else:
            to.writelines(
                line
                for number, line in enumerate(file, 1)
                if number >= begin and number not in skipped and line.strip(" \n")
            )


def mending_of(path: Path, how: How) -> str:
    """Why Polars would read a UTF-8 file otherwise than it is meant: "apart" for blanks before
    quotation marks, "lines" for blank lines and lines that end in a carriage return alone."""
    found, quote = "", re.escape(how.quote.encode())
    around = re.compile(re.escape(how.separator.encode()) + b" +" + quote + b"(?!" + quote + b")")
    with path.open("rb") as file:
        before = b"\n"
        while block := file.read(BLOCK):
            text = before + block
            if how.quote and around.search(text):
                return "apart"
            if BLANK.search(text) or (b"\r" in block and b"\n" not in block):
                found = "lines"
            before = text[-100:]
    return found
