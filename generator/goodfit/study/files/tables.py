"""Open a table, whatever its format: named columns, how many rows, and how the file is written.

Polars is imported when a table is opened, never before. A large file is not held in memory: it is
gone through in pieces, and a random sample of its rows is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodfit.errors import GoodfitError, shell_word
from goodfit.reader.how import Fault, Several, Written
from goodfit.reader.lines import first_fault
from goodfit.reader.packages import Opened, unpacked
from goodfit.reader.records import lists_in
from goodfit.study.evidence import Evidence, counted, short
from goodfit.study.files.dialect import Dialect, find_dialect, find_sheet
from goodfit.study.files.encoding import find_encoding, foreign_encodings
from goodfit.study.files.formats import format_of
from goodfit.study.files.header import find_header, find_joined, is_number, place_of_names
from goodfit.study.files.merged import with_merged
from goodfit.study.files.paths import refuse_no_table
from goodfit.study.files.totals import find_notes, find_totals, rows_to_end
from goodfit.toml import inline

if TYPE_CHECKING:
    import polars as pl

    from goodfit.reader.tables import Rows

LARGE = 200_000_000  # bytes; a larger file is studied by a sample
KEPT = 200_000  # rows of that sample, about
READABLE = (
    "a table in text, Excel, Parquet, Arrow, JSON, ARFF, SQLite, HDF5, MATLAB, Stata, SPSS, SAS or "
    ".npz, packed or not"
)


@dataclass(frozen=True)
class Table:
    """The columns of a file, text where the file is text; `rows` counts those of the whole file,
    `frame` may be a sample of them. `counts_of` counts the values of a column in
    the whole file. `trained_on` says which rows are, where there is a file for each part; `lacking`
    are the columns that the file to test on has not."""

    path: Path
    kind: str
    frame: pl.DataFrame
    rows: int
    counts_of: Callable[[str], dict[Any, int]]
    evidence: tuple[Evidence, ...] = ()
    trained_on: pl.Series | None = None
    lacking: tuple[str, ...] = ()

    @property
    def sampled(self) -> bool:
        return self.frame.height < self.rows


def open_table(path: Path, given: dict[str, Any]) -> Table:
    """The table in the file `path`; `given` are settings that the user has decided already. Where
    a file holds several, and nobody has said which, the first is read, and which is asked.

    Raises GoodfitError where the file cannot be read as a table.
    """
    import polars as pl

    try:
        try:
            return opened_table(path, given)
        except Several as several:
            return with_question(path, given, several)
    except Fault as fault:
        raise GoodfitError(fault.given, fault.expected, fault.fix) from None
    except (pl.exceptions.PolarsError, OSError, ValueError, LookupError) as error:
        said = str(error).strip().splitlines()[0][:200] if str(error).strip() else repr(error)
        given_words = f"{path} cannot be read: {said}"
        raise GoodfitError(given_words, READABLE, "mend the file or name another") from None


def with_question(path: Path, given: dict[str, Any], several: Several) -> Table:
    """The largest of the tables in a file, and the question which of them is meant."""
    said = f"it {several.given.removeprefix(f'{path} ')}"
    question = Evidence("sheet", several.largest, "unsure", said)
    if given.get("sheet"):
        raise unnamed(path, question)
    try:
        table = opened_table(path, {**given, "sheet": several.largest})
    except GoodfitError as error:
        raise unnamed(path, question, error) from None
    return replace(table, evidence=(question, *table.evidence))


def unnamed(path: Path, question: Evidence, error: GoodfitError | None = None) -> GoodfitError:
    """The error for a file of which nobody has said which table is meant; `error` says why it is
    not the largest of them."""
    given = f"{path} {question.why.removeprefix('it ')}"
    given += f"; of {question.value!r}: {error.given}" if error else ""
    fix = f"add --set {shell_word(f'sheet={inline(question.value)}')}, or that of another"
    return GoodfitError(given, "the name of one of them", fix)


def opened_table(path: Path, given: dict[str, Any]) -> Table:
    """The table that is called `sheet` in `given`, or the only one. What is wrong is said of the
    file that the user has named, not of what it is unpacked to."""
    from goodfit.reader.tables import rows_in

    whole = format_of(path)
    opened = unpacked(path, str(given.get("sheet", "")))
    try:
        found = None if opened.sheet else format_of(opened.path)
        if found or path.is_dir():
            kind = found.kind if found else "a folder of Parquet files"
            how = Written(sheet=str(given.get("sheet", "")))
            table = flat(from_rows(opened.path, kind, rows_in(opened, how)))
        else:
            table = read_text(opened, given)
        if opened.sheet:
            table = replace(table, evidence=with_merged(table.evidence, path))
    except Fault as fault:
        raise fault.of(opened.path, path) from None
    except GoodfitError as error:
        words = (error.given, error.expected, error.fix)
        told = (one.replace(str(opened.path), str(path)) for one in words)
        raise GoodfitError(*told) from None
    if opened.folder and not table.sampled:
        opened.close()
    return replace(table, path=path, kind=whole.kind if whole else table.kind)


def from_rows(path: Path, kind: str, opened: Rows) -> Table:
    """The table of a query: all of it, or a sample where the file is large."""
    import polars as pl
    import polars.selectors as cs

    def counts_of(name: str) -> dict[Any, int]:
        whole = frame.lazy() if frame.height == rows else opened.lazy
        # by_name: a column may be called "len", "*" or "^y$", which Polars reads as more
        found = whole.select(cs.by_name(name).alias("value")).group_by("value").len()
        return dict(found.collect(engine="streaming").iter_rows())

    if size_of(path) <= LARGE:
        frame = opened.lazy.collect()
        rows = frame.height
        opened.close()
    else:
        rows = int(opened.lazy.select(pl.len()).collect(engine="streaming").item())
        every = max(1, rows // KEPT)
        numbered = opened.lazy.with_row_index("\0row")
        picked = numbered.filter(pl.col("\0row").hash(seed=0) % every == 0).drop("\0row")
        frame = picked.collect(engine="streaming")
    return Table(path, kind, frame, rows, counts_of)


def size_of(path: Path) -> int:
    """The bytes of a file, or of all in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files)


def flat(table: Table) -> Table:
    """The table itself. Raises Fault where cells hold lists."""
    if nested := [name for name, kind in table.frame.schema.items() if kind.is_nested()]:
        raise lists_in(table.path, nested)
    return table


def encoding_of(path: Path, given: dict[str, Any]) -> Evidence:
    """The encoding of a text file: said, or found. Raises GoodfitError for an unknown one."""
    encoding = decided("encoding", given) or find_encoding(path)
    if encoding.value is None:
        ways = [f"--set encoding={name} ({word})" for name, word in foreign_encodings(path)[:5]]
        fix = (
            f"add the one that reads what is meant: {', '.join(ways)}"
            if ways
            else "save it as UTF-8"
        )
        raise GoodfitError(f"{path}: {encoding.why}", "a known encoding", fix)
    try:
        "".encode(str(encoding.value))
    except LookupError:
        given_words = f"encoding = {encoding.value!r}"
        raise GoodfitError(given_words, "utf-8, cp1252, utf-16, ...", "correct it") from None
    return encoding


def read_text(opened: Opened, given: dict[str, Any]) -> Table:
    """A text file of rows: every cell as text. What the user decided is not looked for."""
    import polars as pl

    from goodfit.reader.tables import rows_in

    path, how, evidence = opened.path, Written(), []
    if opened.sheet:
        dialect = find_sheet(path)
    else:
        refuse_no_table(path)
        encoding = encoding_of(path, given)
        said = given.get("skip_lines")
        dialect = find_dialect(path, str(encoding.value), given.get("separator", ""), said)
        evidence.append(encoding)
        how = replace(
            how,
            separator=dialect.separator,
            encoding=str(encoding.value),
            quote=dialect.quote,
        )
    header = decided("header", given) or (opened.sheet and find_joined(dialect.rows))
    header = header or find_header(dialect.rows)
    if len(dialect.rows) <= int(header.value):
        raise GoodfitError(f"{path} holds a header alone", "rows below it", "add the rows")
    if not header.value and "header" not in given and not opened.sheet:
        refuse_unnamed(path, dialect)
    evidence += dialect.evidence
    skip = dialect.skip
    if header.value > 1:
        place = place_of_names(dialect.rows[: header.value])
        left = [line for at, line in enumerate(dialect.lines[: header.value]) if at != place]
        why = f"{header.why}; line {dialect.lines[place]} has the names, the others are left out"
        skip = (*dialect.skip, *left)
        evidence = [one for one in evidence if one.question != "skip_lines"]
        evidence.append(Evidence("skip_lines", list(skip), "likely", why))
        header = Evidence("header", True, "certain", "line 1 has words above columns of numbers")
    else:
        header = Evidence("header", bool(header.value), header.confidence, header.why)
    evidence.append(header)
    if not opened.sheet and size_of(path) <= LARGE and "skip_lines" not in given:
        said_so = replace(how, skip_lines=dialect.skip)
        rows, at = rows_to_end(path, said_so, dialect.rows, dialect.lines)
        dialect = replace(dialect, rows=rows, lines=at)
    if "skip_lines" not in given:
        evidence, skip = without_notes(dialect, skip, evidence)
    evidence, skip = without_totals(dialect, skip, evidence, given)
    how = replace(how, header=bool(header.value), skip_lines=skip)
    kind = "a tab-separated file" if dialect.separator == "\t" else "a CSV file"
    try:
        table = from_rows(path, kind, rows_in(opened, how))
    except pl.exceptions.ComputeError as error:
        if fault := first_fault(path, how):
            raise fault from None
        if opened.sheet:
            raise ValueError(str(error)) from None
        table = from_rows(path, kind, rows_in(opened, replace(how, quote="")))
        why = "its quotation marks do not stand in pairs around cells"
        evidence.append(Evidence("quote", "", "likely", why))
    return replace(table, evidence=tuple(evidence))


def without_notes(
    dialect: Dialect, skip: tuple[int, ...], evidence: list[Evidence]
) -> tuple[list[Evidence], tuple[int, ...]]:
    """The evidence and the lines to skip, with those of notes below the table."""
    notes = find_notes(dialect.rows, dialect.lines)
    if not notes:
        return evidence, skip
    row = dialect.rows[dialect.lines.index(notes[0])]
    before = [one for one in evidence if one.question == "skip_lines"]
    why = f"{counted(len(notes), 'line')} below the table, such as {short(row[0].strip())}"
    why = "; ".join([*(one.why for one in before), why])
    both = tuple(sorted({*skip, *notes}))
    said = Evidence("skip_lines", list(both), "likely", why)
    return [*(one for one in evidence if one not in before), said], both


def without_totals(
    dialect: Dialect, skip: tuple[int, ...], evidence: list[Evidence], given: dict[str, Any]
) -> tuple[list[Evidence], tuple[int, ...]]:
    """The evidence with a question about rows that add up others, and the lines to skip with them;
    both as they are where there are none, or a person has said which lines are no rows."""
    if "skip_lines" in given:
        skip = tuple(given["skip_lines"])
        return [*evidence, Evidence("skip_lines", list(skip), "certain", "you said so")], skip
    totals = find_totals(dialect.rows, dialect.lines)
    if not totals:
        return evidence, skip
    row = dialect.rows[dialect.lines.index(totals[0])]
    shown = short(" ".join(cell.strip() for cell in row if cell.strip()))
    why = f"line {totals[0]:,} ({shown}) adds up the rows above it"
    why += f", and so do {counted(len(totals) - 1, 'line')} more" * (len(totals) > 1)
    why += ": leave out what is no sample?"
    before = [one for one in evidence if one.question == "skip_lines"]
    why += "".join(f"; {one.why}" for one in before)
    both = sorted({*skip, *totals})
    asked = Evidence("skip_lines", both, "unsure", why, (list(skip),))
    return [*(one for one in evidence if one not in before), asked], tuple(both)


def refuse_unnamed(path: Path, dialect: Dialect) -> None:
    """Raise GoodfitError where the line above the values has names, and fewer than there are
    columns: they would be lost. A title has one cell."""
    names, cells = dialect.title, len(dialect.rows[0])
    if len([one for one in names if one.strip()]) < 2 or any(map(is_number, names)):
        return
    given = f"{path}: a line has {len(names)} names, and those below have {counted(cells, 'cell')}"
    fix = "name every column, and put quotation marks around cells that hold the separator; "
    raise GoodfitError(given, "a name for each column", f"{fix}or say --set header=false")


def decided(name: str, given: dict[str, Any]) -> Evidence | None:
    """A setting that the user has decided, as evidence."""
    return Evidence(name, given[name], "certain", "you said so") if name in given else None
