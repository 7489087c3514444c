"""Open a table, whatever its format: named columns, how many rows, and how the file is written.

Polars is imported when a table is opened, never before. A large file is not held in memory: it is
gone through in pieces, and a random sample of its rows is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodfit.errors import GoodfitError
from goodfit.reader.how import Fault, Written
from goodfit.reader.lines import first_fault
from goodfit.study.evidence import Evidence
from goodfit.study.files.dialect import Dialect, find_dialect
from goodfit.study.files.encoding import find_encoding
from goodfit.study.files.formats import format_of
from goodfit.study.files.header import find_header, is_number
from goodfit.study.files.paths import refuse_no_table

if TYPE_CHECKING:
    import polars as pl

    from goodfit.reader.tables import Rows

LARGE = 200_000_000  # bytes; a larger file is studied by a sample
KEPT = 200_000  # rows of that sample, about
READABLE = "a CSV, Parquet, Arrow, JSON lines, Excel or .npz file"


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

    from goodfit.reader.tables import open_rows

    try:
        if found := format_of(path):
            return flat(from_rows(path, found.kind, open_rows(path, Written())))
        return read_text(path, given)
    except Fault as fault:
        raise GoodfitError(fault.given, fault.expected, fault.fix) from None
    except (pl.exceptions.PolarsError, OSError, ValueError, LookupError) as error:
        said = str(error).strip().splitlines()[0][:200] if str(error).strip() else repr(error)
        given_words = f"{path} cannot be read: {said}"
        raise GoodfitError(given_words, READABLE, "mend the file or name another") from None


def from_rows(path: Path, kind: str, opened: Rows) -> Table:
    """The table of a query: all of it, or a sample where the file is large."""
    import polars as pl
    import polars.selectors as cs

    def counts_of(name: str) -> dict[Any, int]:
        whole = frame.lazy() if frame.height == rows else opened.lazy
        # by_name: a column may be called "len", "*" or "^y$", which Polars reads as more
        found = whole.select(cs.by_name(name).alias("value")).group_by("value").len()
        return dict(found.collect(engine="streaming").iter_rows())

    if path.stat().st_size <= LARGE:
        frame = opened.lazy.collect()
        rows = frame.height
        if opened.copy:
            opened.copy.cleanup()
    else:
        rows = int(opened.lazy.select(pl.len()).collect(engine="streaming").item())
        every = max(1, rows // KEPT)
        numbered = opened.lazy.with_row_index("\0row")
        picked = numbered.filter(pl.col("\0row").hash(seed=0) % every == 0).drop("\0row")
        frame = picked.collect(engine="streaming")
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

    from goodfit.reader.tables import open_rows

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
    if len(dialect.rows) <= int(header.value):
        raise GoodfitError(f"{path} holds a header alone", "rows below it", "add the rows")
    skip = dialect.skip
    if header.value == 2:
        why = f"{header.why}; the second of them is left out"
        skip = (*dialect.skip, dialect.lines[1])
        evidence = [one for one in evidence if one.question != "skip_lines"]
        evidence.append(Evidence("skip_lines", list(skip), "likely", why))
        header = Evidence("header", True, "certain", "line 1 has words above columns of numbers")
    else:
        header = Evidence("header", bool(header.value), header.confidence, header.why)
    evidence.append(header)
    how = Written(
        separator=dialect.separator,
        encoding=str(encoding.value),
        header=bool(header.value),
        quote=dialect.quote,
        skip_lines=skip,
    )
    kind = "a tab-separated file" if dialect.separator == "\t" else "a CSV file"
    try:
        table = from_rows(path, kind, open_rows(path, how))
    except pl.exceptions.ComputeError:
        if fault := first_fault(path, how):
            raise fault from None
        table = from_rows(path, kind, open_rows(path, replace(how, quote="")))
        why = "its quotation marks do not stand in pairs around cells"
        evidence.append(Evidence("quote", "", "likely", why))
    return replace(table, evidence=tuple(evidence))


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
