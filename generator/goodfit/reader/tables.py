"""Opens a table in a file: its names, and every cell of a text file as text.

Polars reads the file, in pieces where it is large. It takes UTF-8 with one sign between cells; any
other text is copied so that it can be read, into a folder that is removed at the end.
"""

from __future__ import annotations

import atexit
import csv
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import polars as pl
import polars.selectors as cs

from .cells import blanked
from .formats import FORMATS, Format, spread
from .how import SPACES, Fault, How
from .lines import begin_of, first_fault, numbered
from .magic import no_text
from .packages import Opened, as_sheet, unpacked
from .records import lists_in
from .texts import bad_byte

Adapted = Callable[[Opened, How], How]  # from how a file should be written to how it is
BLOCK, MOST_COLUMNS = 1 << 22, 100_000
WITH_ZEROS = tuple(f"utf-{bits}{end}" for bits in (16, 32) for end in ("", "-le", "-be"))
AS_UTF8 = ("utf-8", "utf-8-sig", "utf8", "ascii")
BLANK, LONE = re.compile(rb"\n *\r?\n"), re.compile(rb"\r[^\n]")


class Rows(NamedTuple):
    """A query for all rows of a file, the plain file that it reads, how that is written where it is
    text, None elsewhere, and the folders of the copies that were made."""

    lazy: pl.LazyFrame
    plain: Path
    text: How | None = None
    copies: tuple[tempfile.TemporaryDirectory[str], ...] = ()

    def close(self) -> None:
        """Remove the copies: the query cannot be asked any more."""
        for folder in self.copies:
            folder.cleanup()


def as_given(opened: Opened, how: How) -> How:
    """A file is written as it is said to be."""
    return how


def open_rows(path: Path, how: How, adapted: Adapted = as_given) -> Rows:
    """The rows of a file of any format in `FORMATS`, or of a text file that is written as `how`
    says, or as `adapted` finds it: then every cell is text without blanks around it, null where
    nothing stands. What is packed is unpacked first.

    Raises OSError, ValueError or LookupError where it cannot be read, Fault among them.
    """
    opened = unpacked(path, how.sheet)
    try:
        how = adapted(opened, how)
        rows = rows_in(opened, how)
    except (ValueError, LookupError, OSError) as error:
        fault = bad_byte(opened.path, how.encoding) if isinstance(error, UnicodeError) else error
        opened.close()
        raise fault.of(opened.path, path) if isinstance(fault, Fault) else error from None
    return rows._replace(copies=(*rows.copies, *filter(None, [opened.folder])))


def rows_in(opened: Opened, how: How) -> Rows:
    """The rows of what is unpacked. Raises as `open_rows` does."""
    rows = open_plain(opened, how)
    text = cs.string().str.strip_chars()
    lazy = rows.lazy.with_columns(
        pl.when(text != "").then(text).name.keep(),
        cs.float().fill_nan(None),  # of arrays, which know no other gap
    )
    if rows.text and ends_empty(rows.plain):
        lazy = lazy.filter(~pl.all_horizontal(cs.all().is_null()))
    return rows._replace(lazy=lazy)


def ends_empty(path: Path) -> bool:
    """Whether the last line of a file has separators alone, as below the rows of a spreadsheet:
    such lines are no rows."""
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, 2) - 10_000))
        lines = [line for line in file.read().splitlines() if line.strip()]
    return len(lines) > 1 and not lines[-1].strip(b'\0,;|" \t')


def plain_format(path: Path) -> Format | None:
    """The format of a file that is not packed, or of a folder of files; None for text."""
    return FORMATS[".parquet"] if path.is_dir() else FORMATS.get(path.suffix.lower())


def open_plain(opened: Opened, how: How) -> Rows:
    """The rows of a file that is not packed, or of a table that is a folder of files."""
    path = opened.path
    if known := plain_format(path):
        try:
            return Rows(spread(known.scan(path, how.sheet)), path)
        except pl.exceptions.PolarsError as error:
            raise ValueError(str(error).splitlines()[0][:200]) from None
    return open_text(path, as_sheet(how), True) if opened.sheet else open_text(path, how)


def read_frame(path: Path, how: How, adapted: Adapted = as_given) -> pl.DataFrame:
    """All rows of a table in memory, null where one of `how.missing` stands. Raises as `open_rows`
    does, and Fault for the line with too many cells."""
    rows = open_rows(path, how, adapted)
    try:
        frame = rows.lazy.collect()
    except pl.exceptions.PolarsError as error:
        fault = first_fault(rows.plain, rows.text) if rows.text else None
        words = str(error).splitlines()[0][:200]
        raise fault.of(rows.plain, path) if fault else ValueError(words) from None
    finally:
        rows.close()
    if nested := [name for name, kind in frame.schema.items() if kind.is_nested()]:
        raise lists_in(path, nested)
    return frame.with_columns([blanked(one, how.missing) for one in frame.iter_columns()])


def open_text(path: Path, how: How, sheet: bool = False) -> Rows:
    """The rows below the header of a text file, or of a `sheet`, where two rows may have names."""
    require_text(path, how.encoding)
    try:
        with path.open(encoding=how.encoding, newline=None) as file:
            names, begin, width = begin_of(file, how, sheet)
    except csv.Error as error:
        raise ValueError(str(error)) from None
    if len(names) > MOST_COLUMNS:
        given = f"{path} has {len(names):,} columns"
        raise Fault(given, f"at most {MOST_COLUMNS:,}", "leave out those that say little")
    if not begin:
        what = "a header alone" if names else "no rows"
        raise Fault(f"{path} holds {what}", "rows below the names", "add the rows")
    late = [line for line in how.skip_lines if line >= begin]
    short = width < len(names)  # a separator ends the line of names alone
    if how.encoding.lower() in AS_UTF8 and not (how.separator == SPACES or late or short):
        if not (mending := mending_of(path, how)):
            scan = scanned(path, how.separator, how.quote, names, begin - 1)
            return Rows(scan, path, how)
        apart = mending == "apart"
    else:
        apart = how.separator == SPACES or short
    folder = tempfile.TemporaryDirectory(prefix="rows-")
    atexit.register(folder.cleanup)
    copy = Path(folder.name) / "rows.csv"
    try:
        copied(path, copy, how, begin, len(names) if apart else 0)
    except csv.Error as error:
        raise ValueError(str(error)) from None
    separator, quote = ("\t", '"') if apart else (how.separator, how.quote)
    return Rows(scanned(copy, separator, quote, names, 0), path, how, (folder,))


def require_text(path: Path, encoding: str) -> None:
    """Raise Fault for a file that is no text, unless its encoding has zero bytes."""
    if encoding.lower().replace("_", "-") not in WITH_ZEROS:
        with path.open("rb") as raw:
            if fault := no_text(path, raw.read(BLOCK), "a table in text"):
                raise fault


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


def copied(path: Path, copy: Path, how: How, begin: int, apart: int) -> None:
    """Write the rows from line `begin` on in UTF-8: line by line, or with every cell apart, and as
    many as `apart` says in each row at least."""
    skipped = {*how.skip_lines}
    with (
        path.open(encoding=how.encoding, newline=None) as file,
        copy.open("w", encoding="utf-8") as to,
    ):
        if apart:
            rows = (cells for line, cells in numbered(file, how) if line >= begin)
            filled = (cells + [""] * (apart - len(cells)) for cells in rows)
            csv.writer(to, delimiter="\t", lineterminator="\n").writerows(filled)
        else:
            to.writelines(
                line
                for number, line in enumerate(file, 1)
                if number >= begin and number not in skipped and line.strip(" \n")
            )


def mending_of(path: Path, how: How) -> str:
    """Why Polars would read a UTF-8 file otherwise than it is meant: "apart" for blanks before
    quotation marks, "lines" for blank lines and lines that end in a carriage return alone."""
    found, quote = "", how.quote.encode()
    sign = re.escape(quote)
    around = re.compile(re.escape(how.separator.encode()) + b" +" + sign + b"(?!" + sign + b")")
    with path.open("rb") as file:
        before = b"\n"
        while block := file.read(BLOCK):
            text = before + block
            if quote and quote in text and around.search(text):  # a sign is sooner seen
                return "apart"
            lone = b"\r" in text and (LONE.search(text) or b"\n" not in block)
            if lone or BLANK.search(text):
                found = "lines"
            before = text[-100:]
    return found
