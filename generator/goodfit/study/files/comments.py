"""Comments in a table: lines that begin with #, % or //, above the rows or between them."""

from __future__ import annotations

from collections.abc import Sequence

from goodfit.reader.how import SPACES
from goodfit.reader.lines import LONE_MARKS, cells_in, is_plain_number

MARKS = ("#", "%", "//")
LATER = 0.1  # of the lines below the first comments may be comments too: else they are rows
Row = tuple[int, tuple[str, ...]]


def mark_of(lines: Sequence[str]) -> str:
    """The mark with which the first lines begin, and few of those below; "" where they do not."""
    filled = [line for line in lines if line.strip()]
    mark = next((one for one in MARKS if filled and filled[0].startswith(one)), "")
    leading = next((n for n, line in enumerate(filled) if not line.startswith(mark)), len(filled))
    below = filled[leading:]
    later = sum(line.startswith(mark) for line in below)
    return mark if mark and len(below) > 1 and later <= LATER * len(below) else ""


def leading_comments(lines: Sequence[str]) -> list[int]:
    """The lines, counted from 1, that stand above all rows and begin with a mark."""
    mark, found = mark_of(lines), []
    for number, line in enumerate(lines, 1):
        if mark and line.startswith(mark):
            found.append(number)
        elif mark and line.strip():
            break
    return found if mark else []


def names_in_comment(line: str, separator: str, quote: str, rows: Sequence[Row]) -> list[str]:
    """The cells of a comment right above the `rows` that holds their names: as many as a row has,
    or one more where the mark stands alone, none a number, no two alike. [] for any other."""
    cells = [*next(iter(cells_in([line], separator, quote)), [])]
    width = len(rows[0][1])
    lone = separator == SPACES and cells[:1] != [] and cells[0] in LONE_MARKS
    names = [cell.strip() for cell in cells[lone:]]
    named = len(names) == width > 1 and "" not in names and len({*names}) == width
    if not named or any(map(is_plain_number, names)) or has_names([cells for _, cells in rows]):
        return []
    return cells


def has_names(rows: Sequence[Sequence[str]]) -> bool:
    """The first row has a word where all below have numbers: it has the names itself."""
    first, below = rows[0], rows[1:50]
    return any(
        not is_plain_number(cell)
        and bool(under := [row[place] for row in below if place < len(row) and row[place].strip()])
        and all(map(is_plain_number, under))
        for place, cell in enumerate(first)
        if cell.strip()
    )


def later_comments(rows: Sequence[Row], columns: int) -> list[int]:
    """The lines between the rows, or below them, that begin with a mark and are no rows: few of
    them, none of which has as many cells as the rows."""
    found = [
        number
        for number, cells in rows[1:]
        if cells[0].lstrip().startswith(MARKS) and len(cells) != columns
    ]
    return found if len(found) <= LATER * len(rows) else []
