"""Open a table, whatever its format: named columns, how many rows, and how the file is written.

Polars is imported when a table is opened, never before. A large file is not held in memory: it is
gone through in pieces, and a random sample of its rows is kept.
"""

from __future__ import annotations

import atexit
import csv
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodfit.errors import GoodfitError
from goodfit.study.evidence import Evidence
from goodfit.study.files.dialect import SPACES, Dialect, cells_in, find_dialect, refuse_fault
from goodfit.study.files.encoding import BLOCK, find_encoding
from goodfit.study.files.formats import format_of
from goodfit.study.files.header import find_header, is_number, pandas_names
from goodfit.study.files.paths import refuse_no_table

if TYPE_CHECKING:
    import polars as pl

LARGE = 200_000_000  # bytes; a larger file is studied by a sample
KEPT = 200_000  # rows of that sample, about
READABLE = "a CSV, Parquet, Arrow, JSON lines, Excel or .npz file"
AS_UTF8 = ("utf-8", "utf-8-sig")
BLANK = re.compile(rb"\n *\r?\n")


@dataclass(frozen=True)
class Table:
    """The columns of a file, text where the file is text; `rows` counts those of the whole file,
    `frame` may be a sample of them. `counts_of` counts the values of a column in
    the whole file."""

    path: Path
    kind: str
    frame: pl.DataFrame
    rows: int
    counts_of: Callable[[str], dict[Any, int]]
    evidence: tuple[Evidence, ...] = ()

    @property
    def sampled(self) -> bool:
        return self.frame.height < self.rows


def open_table(path: Path, given: dict[str, Any]) -> Table:
    """The table in the file `path`; `given` are settings that the user has decided already.

    Raises GoodfitError where the file cannot be read as a table.
    """
    import polars as pl

    try:
        if found := format_of(path):
            return flat(from_frame(path, found.kind, found.scan(path)))
        return read_text(path, given)
    except (pl.exceptions.PolarsError, OSError, ValueError, LookupError) as error:
        said = str(error).strip().splitlines()[0][:200] if str(error).strip() else repr(error)
        given_words = f"{path} cannot be read: {said}"
        raise GoodfitError(given_words, READABLE, "mend the file or name another") from None


def from_frame(path: Path, kind: str, lazy: pl.LazyFrame) -> Table:
    """The table of a query: all of it, or a sample where the file is large."""
    import polars as pl
    import polars.selectors as cs

    def counts_of(name: str) -> dict[Any, int]:
        whole = frame.lazy() if frame.height == rows else lazy
        # by_name: a column may be called "len", "*" or "^y$", which Polars reads as more
        found = whole.select(cs.by_name(name).alias("value")).group_by("value").len()
        return dict(found.collect(engine="streaming").iter_rows())

    if path.stat().st_size <= LARGE:
        frame = lazy.collect()
        rows = frame.height
    else:
        rows = int(lazy.select(pl.len()).collect(engine="streaming").item())
        every = max(1, rows // KEPT)
        numbered = lazy.with_row_index("\0row")
        picked = numbered.filter(pl.col("\0row").hash(seed=0) % every == 0).drop("\0row")
        frame = picked.collect(engine="streaming")
    frame = frame.with_columns(cs.string().str.strip_chars_start())
    return Table(path, kind, frame, rows, counts_of)


def flat(table: Table) -> Table:
    """The table itself. Raises GoodfitError where a cell holds lists, or where nothing is left."""
    for name, kind in table.frame.schema.items():
        if kind.is_nested():
            given = f"{table.path}: column {name!r} holds lists or records"
            raise GoodfitError(given, "one value in each cell", "spread it over columns")
    return table


def read_text(path: Path, given: dict[str, Any]) -> Table:
    """A text file of rows: every cell as text. What the user decided is not looked for."""
    import polars as pl

    refuse_no_table(path)
    encoding = decided("encoding", given) or find_encoding(path)
    if encoding.value is None:
        raise GoodfitError(f"{path}: {encoding.why}", "a known encoding", "add --set encoding=NAME")
    try:
        "".encode(str(encoding.value))
    except LookupError:
        given_words = f"encoding = {encoding.value!r}"
        raise GoodfitError(given_words, "utf-8, cp1252, utf-16, ...", "correct it") from None
    dialect = find_dialect(path, encoding.value, given.get("separator", ""))
    header = decided("header", given) or find_header(dialect.rows)
    if not header.value and "header" not in given:
        refuse_unnamed(path, dialect)
    evidence = [encoding, *dialect.evidence]
    names = pandas_names(dialect.rows[0], bool(header.value))
    if len(dialect.rows) <= int(header.value):
        raise GoodfitError(f"{path} holds a header alone", "rows below it", "add the rows")
    above = dialect.before[int(header.value)]
    if header.value == 2:
        why = f"{header.why}; the second of them is left out"
        skip = [*dialect.skip, dialect.lines[1]]
        evidence = [one for one in evidence if one.question != "skip_lines"]
        evidence.append(Evidence("skip_lines", skip, "likely", why))
        header = Evidence("header", True, "certain", "line 1 has words above columns of numbers")
    else:
        header = Evidence("header", bool(header.value), header.confidence, header.why)
    evidence.append(header)
    ending = "a tab-separated file" if dialect.separator == "\t" else "a CSV file"
    plain, separator, held = plain_text(path, str(encoding.value), dialect)
    try:
        table = from_frame(plain, ending, scan_rows(plain, separator, dialect.quote, names, above))
    except pl.exceptions.ComputeError:
        refuse_fault(path, str(encoding.value), dialect)
        table = from_frame(plain, ending, scan_rows(plain, separator, "", names, above))
        why = "its quotation marks do not stand in pairs around cells"
        evidence.append(Evidence("quote", "", "likely", why))
    if held and not table.sampled:
        held.cleanup()
    return replace(table, path=path, evidence=tuple(evidence))


def refuse_unnamed(path: Path, dialect: Dialect) -> None:
    """Raise GoodfitError where the line above the values has names, and fewer than there are
    columns: they would be lost. A title has one cell."""
    names, cells = dialect.title, len(dialect.rows[0])
    if len([one for one in names if one.strip()]) < 2 or any(map(is_number, names)):
        return
    given = f"{path}: a line has {len(names)} names, and those below have {cells} cells"
    fix = "name every column, and put quotation marks around cells that hold the separator; "
    raise GoodfitError(given, "a name for each column", f"{fix}or say --set header=false")


def decided(name: str, given: dict[str, Any]) -> Evidence | None:
    """A setting that the user has decided, as evidence."""
    return Evidence(name, given[name], "certain", "you said so") if name in given else None


def scan_rows(path: Path, separator: str, quote: str, names: list[str], above: int) -> pl.LazyFrame:
    """The rows below the first `above` lines, every cell as text, empty ones as null."""
    import polars as pl

    return pl.scan_csv(
        path,
        separator=separator,
        quote_char=quote or None,
        has_header=False,
        new_columns=names,
        skip_lines=above,
        infer_schema=False,
        null_values=[""],
    )


def plain_text(
    path: Path, encoding: str, dialect: Dialect
) -> tuple[Path, str, tempfile.TemporaryDirectory[str] | None]:
    """A file in UTF-8 that Polars reads, and its separator: the file itself, or a copy of it in
    a folder of its own, which is removed at the end."""
    spaces = dialect.separator == SPACES
    if encoding in AS_UTF8 and not spaces and not needs_mending(path):
        return path, dialect.separator, None
    folder = tempfile.TemporaryDirectory(prefix="goodfit-")
    atexit.register(folder.cleanup)
    copy = Path(folder.name) / "rows.csv"
    with path.open(encoding=encoding, newline=None) as file, copy.open("w", encoding="utf-8") as to:
        if spaces:
            rows = cells_in(file, dialect.separator, dialect.quote)
            csv.writer(to, delimiter="\t", lineterminator="\n").writerows(filter(None, rows))
        else:
            to.writelines(line for line in file if line.strip(" \n"))
    return copy, "\t" if spaces else dialect.separator, folder


def needs_mending(path: Path) -> bool:
    """Lines end in a carriage return alone, or some are blank: pandas leaves these out, Polars does
    not. The whole file is looked at."""
    with path.open("rb") as file:
        before = b"\n"
        while block := file.read(BLOCK):
            text = before + block
            if BLANK.search(text) or (b"\r" in block and b"\n" not in block):
                return True
            before = text[-100:]
    return False
