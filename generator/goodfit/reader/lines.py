"""Lines of text into rows of cells, and the names of columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .how import SPACES, Fault, How

LONGEST = 1 << 26  # characters of a cell


def cells_in(lines: Iterable[str], separator: str, quote: str) -> Any:
    """A reader of the rows in these lines, each with its end."""
    if separator == SPACES:
        lines, separator = (line.replace("\t", " ").strip() for line in lines), " "
    csv.field_size_limit(LONGEST)  # a long text is no fault
    return csv.reader(
        lines,
        delimiter=separator,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        skipinitialspace=True,
    )


def numbered(lines: Iterable[str], how: How) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row, counted from 1, but for blank lines and `how.skip_lines`."""
    reader, first, skipped = cells_in(lines, how.separator, how.quote), 1, {*how.skip_lines}
    for cells in reader:
        if first not in skipped and (len(cells) > 1 or any(cell.strip() for cell in cells)):
            yield first, cells
        first = reader.line_num + 1


def names_of(cells: list[str], header: bool) -> list[str]:
    """The names of the columns: those in the first row, where equal ones are counted (x, x.1) and
    empty ones say their place; or column_1, column_2, ..."""
    if not header:
        return [f"column_{place}" for place in range(1, len(cells) + 1)]
    names: list[str] = []
    given = [cell.strip() or f"Unnamed: {place}" for place, cell in enumerate(cells)]
    for name in given:
        unique, count = name, 0
        while unique in names or (count and unique in given):
            count += 1
            unique = f"{name}.{count}"
        names.append(unique)
    return names


def first_fault(path: Path, how: How) -> Fault | None:
    """The first line of a text file with more cells than the first one has; None for none."""
    with path.open(encoding=how.encoding, errors="replace", newline=None) as file:
        rows = numbered(file, how)
        _, first = next(rows, (0, []))
        for line, cells in rows:
            if len(cells) > len(first):
                given = f"{path}, line {line:,}: {len(cells)} cells, where other lines have "
                given += str(len(first))
                fix = "put quotation marks around cells that hold the separator, or mend that line"
                return Fault(given, f"{len(first)} cells in each line", fix)
    return None


def bad_byte(path: Path, encoding: str) -> Fault | None:
    """The first byte of a file that does not belong to `encoding`; None where all do."""
    try:
        path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        given = f"{path}: byte {error.start:,}, in line {line:,}, is {error.object[error.start]:#x}"
        return Fault(given, f"text in {encoding}", 'set encoding: "cp1252" and "latin-1" are usual')
    return None
