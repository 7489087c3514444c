"""Rows that add up those above them, as exports of offices and pivots have them: no samples."""

from __future__ import annotations

import re
from collections.abc import Sequence

TOTAL = re.compile(
    r"^\W*((grand|sub)[\s-]*)?(totals?|sum|zwischensumme|summe|gesamt|insgesamt|totale|"
    r"total general|somme|totaal|suma|razem|celkem|összesen|toplam|итого|всего|合計|合计|小計)\b"
    r"|\b(sub)?total\W*$",
    re.IGNORECASE,
)
NOT_IN_NUMBERS = re.compile(r"[^\d.,-]")
FEWEST, MOST = 3, 0.1  # rows that are added up; share of the rows that may be totals
CLOSE = 0.001  # of the sum, as rounded parts differ


def find_totals(rows: Sequence[Sequence[str]], lines: Sequence[int]) -> list[int]:
    """The lines of rows in which a word says that they are totals, and a number is the sum of all
    rows above, or of those since the total before. `rows` have the names of the columns first."""
    found: list[int] = []
    since: list[Sequence[str]] = []
    above: list[Sequence[str]] = []
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if any(TOTAL.search(cell) for cell in row) and (adds_up(row, above) or adds_up(row, since)):
            found.append(line)
            since = []
        else:
            since.append(row)
            above.append(row)
    return found if len(found) <= MOST * len(rows) else []


def adds_up(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """A number of the row is the sum of its column."""
    if len(above) < FEWEST:
        return False
    for place, cell in enumerate(row):
        for decimal in (".", ","):
            said = amount(cell, decimal)
            parts = [amount(one[place], decimal) for one in above if place < len(one)]
            total = sum(one for one in parts if one is not None)
            if said and total and abs(said - total) <= CLOSE * abs(total):
                return True
    return False


def amount(cell: str, decimal: str) -> float | None:
    """A cell as a number, with this decimal mark; None where it is none."""
    text = NOT_IN_NUMBERS.sub("", cell).replace("," if decimal == "." else ".", "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
