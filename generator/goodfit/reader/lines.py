"""Lines of text into rows of cells, and the names of columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from .how import SPACES, Fault, How, counted

LONGEST = 1 << 26  # characters of a cell
LONE_MARKS = ("#", "%", "//")  # before names that stand in a comment, and no name


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
    skipped = {*how.skip_lines}
    if skipped:  # what stands there may begin a quotation that never ends
        lines = ("\n" if n in skipped else line for n, line in enumerate(lines, 1))
    reader, first = cells_in(lines, how.separator, how.quote), 1
    for cells in reader:
        if first not in skipped and (len(cells) > 1 or any(cell.strip() for cell in cells)):
            yield first, cells
        first = reader.line_num + 1


def names_of(cells: list[str], header: bool) -> list[str]:
    """The names of the columns: those in the first row, where equal ones are counted (x, x.1) and
    empty ones say their place; or column_1, column_2, ..."""
    if not header:
        return [f"column_{place}" for place in range(1, len(cells) + 1)]
    names: dict[str, None] = {}
    given = [cell.strip() or f"Unnamed: {place}" for place, cell in enumerate(cells)]
    taken, counts = {*given}, dict.fromkeys(given, 0)
    for name in given:
        unique = name
        while unique in names or (counts[name] and unique in taken):
            counts[name] += 1
            unique = f"{name}.{counts[name]}"
        names[unique] = None
    return list(names)


def header_cells(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first row, which has the names; with an empty one before them where each row below it has
    one cell more: R writes a table so, and the first cell of a row is its own name. A single name
    above two cells is rather that of texts with a comma; a lone mark of a comment before the names
    is none."""
    names, *others = rows or [[]]
    if {*names[:1]} <= {*LONE_MARKS} and {len(row) for row in others} == {len(names) - 1}:
        return [*names[1:]]
    one_less = len(names) > 1 and {len(row) for row in others} == {len(names) + 1}
    return ["", *names] if one_less else [*names]


def joined_names(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """Names that stand in two rows of a sheet, joined: "Size" over "min" and "max" is merged there,
    and stands in the first of its cells alone. None where the first of these `rows` has all names:
    it has no gaps, or the second has numbers or gaps too, or the third has no numbers below it."""
    if len(rows) < 3:
        return None
    first, second, third = ([cell.strip() for cell in row] for row in rows[:3])
    gaps = [place for place, cell in enumerate(first) if not cell and any(first[:place])]
    below = any(is_plain_number(cell) for cell in third)
    if not gaps or not below or any(map(is_plain_number, second)):
        return None
    if not all(second[place : place + 1] and second[place] for place in gaps):
        return None
    names, above = [], ""
    for cell, part in zip(first, second, strict=False):
        above = cell or above
        names.append(f"{above} {part}".strip())
    return names


def begin_of(lines: Iterable[str], how: How, sheet: bool = False) -> tuple[list[str], int, int]:
    """The names of the columns, the line of the first row below them, and how many cells that has;
    0 where there is none. In a `sheet` two rows may have the names."""
    first = list(islice(numbered(lines, how), 3))
    begun = [cells for _, cells in first]
    cells = header_cells(begun) if how.header else [*begun[0]] if begun else []
    parts = joined_names(begun) if sheet and how.header else None
    above = 2 if parts else int(how.header)  # rows of names
    line, row = first[above] if len(first) > above else (0, [])
    return names_of(parts or cells, how.header), line, len(row)


def is_plain_number(cell: str) -> bool:
    """Python would read it as a number."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def first_fault(path: Path, how: How) -> Fault | None:
    """The first line of a text file with more cells than the first one has; None for none."""
    with path.open(encoding=how.encoding, errors="replace", newline=None) as file:
        rows = numbered(file, how)
        begin = [*islice(rows, 3)]
        width = len(header_cells([cells for _, cells in begin]))
        for line, cells in chain(begin, rows):
            if len(cells) > width:
                given = f"{path}, line {line:,}: {counted(len(cells), 'cell')}, where other lines "
                given += f"have {width}"
                fix = "put quotation marks around cells that hold the separator, or mend that line"
                return Fault(given, f"{counted(width, 'cell')} in each line", fix)
    return None
