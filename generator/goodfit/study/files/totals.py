"""Lines below a table that are no samples: rows that add up those above them, as exports of offices
and pivots have them, and notes such as where the numbers are from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from goodfit.reader.how import How
from goodfit.reader.lines import numbered
from goodfit.study.files.divisions import ROWS

TAIL, LAST = 1 << 14, 20  # bytes, and lines of them, in which a total may stand
TOTAL = re.compile(
    r"^\W*((grand|sub)[\s-]*)?(totals?|sum|zwischensumme|summe|gesamt|insgesamt|totale|"
    r"total general|somme|totaal|suma|razem|celkem|összesen|toplam|итого|всего|合計|合计|小計)\b"
    r"|\b(sub)?total\W*$",
    re.IGNORECASE,
)
WORDS = (  # of which one stands in all that TOTAL finds
    *("total", "sum", "zwischensumme", "gesamt", "insgesamt", "somme", "totaal", "razem"),
    *("celkem", "összesen", "toplam", "итого", "всего", "合計", "合计", "小計"),
)
NOT_IN_NUMBERS = re.compile(r"[^\d.,-]")
BEGIN = 1_000  # cells of a row of which one says that it is a total
SENTENCE = 4  # words of a note, and more than begin a usual row
FEWEST, MOST = 3, 0.1  # rows that are added up; share of the rows that may be totals
CLOSE = 0.001  # of the sum, as rounded parts differ
Place = tuple[int, str]  # a column, and the decimal mark that its numbers are read with


def find_totals(rows: Sequence[Sequence[str]], lines: Sequence[int]) -> list[int]:
    """The lines of rows in which a word says that they are totals, and a number is the sum of all
    rows above, or of those since the total before. `rows` have the names of the columns first."""
    begin = "\n".join(cell for row in rows[1:] for cell in row[:BEGIN]).lower()
    if not any(word in begin for word in WORDS):
        return []  # soon seen, where there are thousands of cells
    marked = [any(map(says_total, row[:BEGIN])) for row in rows[1:]]
    found: list[int] = []
    above, since = Sums(), Sums()
    for row, line, named in zip(rows[1:], lines[1:], marked, strict=True) if any(marked) else ():
        read = amounts(row)
        if named and (above.holds(read) or since.holds(read)):
            found.append(line)
            since = Sums()
        else:
            above.add(read)
            since.add(read)
    return found if len(found) <= MOST * len(rows) else []


def find_notes(rows: Sequence[Sequence[str]], lines: Sequence[int]) -> list[int]:
    """The last lines that hold a sentence alone, where rows have several cells and begin with no
    sentence. `rows` have the names of the columns first."""
    found: list[int] = []
    for row, line in zip(reversed(rows[1:]), reversed(lines[1:]), strict=True):
        if len(found) == LAST or not is_note(row, len(rows[0])):
            break
        found.append(line)
    begun = [len(row[0].split()) for row in rows[1 : len(rows) - len(found)] if row]
    usual = sorted(begun)[len(begun) // 2] if begun else SENTENCE
    return sorted(found) if usual < SENTENCE and len(found) < len(begun) / 2 else []


def is_note(row: Sequence[str], width: int) -> bool:
    """A sentence in the first cell, and nothing in any other."""
    alone = width > 1 and not any(cell.strip() for cell in row[1:])
    return alone and len(row[0].split()) >= SENTENCE


def rows_to_end(
    path: Path, how: How, rows: tuple[tuple[str, ...], ...], lines: tuple[int, ...]
) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """All rows of a text file, and their lines, where one of the last is called a total or is a
    note, and lies beyond the `rows` that are known; these elsewhere."""
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, 2) - TAIL))
        last = file.read().decode(how.encoding, "replace").splitlines()[-LAST:]
    cells = [re.split(r"[,;|\t\"]", line) for line in last]
    noted = any(is_note([line], 2) for line in last[-1:]) and len({*map(len, cells)}) > 1
    if len(rows) < ROWS or not (noted or any(says_total(cell) for row in cells for cell in row)):
        return rows, lines
    with path.open(encoding=how.encoding, errors="replace", newline=None) as text:
        found = [(line, row) for line, row in numbered(text, how) if line >= lines[0]]
    return tuple(tuple(row) for _, row in found), tuple(line for line, _ in found)


def says_total(cell: str) -> bool:
    """The cell says that its row is a total."""
    number = cell.lstrip("-")[:1].isdigit() and cell[-1:].isdigit()
    return not number and bool(TOTAL.search(cell))  # most are numbers, and soon seen


class Sums:
    """The sums of all columns over some rows, with either decimal mark."""

    def __init__(self) -> None:
        self.rows, self.of = 0, defaultdict[Place, float](float)

    def add(self, read: dict[Place, float]) -> None:
        self.rows += 1
        for place, number in read.items():
            self.of[place] += number

    def holds(self, read: dict[Place, float]) -> bool:
        """One of these numbers is the sum of its column."""
        return self.rows >= FEWEST and any(
            said and self.of[place] and abs(said - self.of[place]) <= CLOSE * abs(self.of[place])
            for place, said in read.items()
        )


def amounts(row: Sequence[str]) -> dict[Place, float]:
    """The numbers of a row, by their column and decimal mark."""
    read = {(at, mark): amount(cell, mark) for at, cell in enumerate(row) for mark in (".", ",")}
    return {place: number for place, number in read.items() if number is not None}


def amount(cell: str, decimal: str) -> float | None:
    """A cell as a number, with this decimal mark; None where it is none."""
    text = NOT_IN_NUMBERS.sub("", cell).replace("," if decimal == "." else ".", "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
