"""Ways to divide the lines of a text into cells, and the one on which its rows agree best."""

from __future__ import annotations

import csv
import re
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.reader.how import SEPARATORS, SPACES
from goodfit.reader.lines import cells_in
from goodfit.study.commands import NAME_WRITTEN, python_command

SAMPLE = 1 << 20  # characters looked at
MOST = 1 << 26  # where the lines are so long that too few of them are in a sample
FEWEST_LINES, ROWS, MOST_COLUMNS = 50, 2_000, 100_000
SPACED = 10  # cells of a row that may hold numbers between blanks
UNUSUAL = "@#~^:=&!$*"  # signs that may divide cells, and seldom do
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


def read_sample(path: Path, encoding: str) -> tuple[list[str], bool]:
    """The first lines, without their ends, and whether these are all; a last one that was cut is
    left out."""
    with path.open(encoding=encoding, errors="replace", newline=None) as file:
        text = file.read(SAMPLE)
        while text.count("\n") < FEWEST_LINES and len(text) < MOST and (more := file.read(SAMPLE)):
            text += more
        whole = not file.read(1)
    lines = text.split("\n")
    return (lines, True) if whole else (lines[:-1] or lines, False)


def parse(lines: list[str], separator: str, quote: str) -> list[tuple[int, tuple[str, ...]]]:
    """(line number, cells) of each row that is not blank."""
    reader = cells_in((f"{line}\n" for line in lines), separator, quote)
    rows, first = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) or len(cells) > 1:
                rows.append((first, tuple(cells)))
            first = reader.line_num + 1
            if len(rows) == ROWS:
                break
    except csv.Error:  # a cell without end: quotes that are no quotes
        return []
    return rows


@dataclass(frozen=True)
class Division:
    """One way to divide a file, and how well its rows agree on it."""

    separator: str
    quote: str
    columns: int
    agreeing: float  # share of the rows with as many cells as most
    clean: float  # share of the cells in which no other separator is left
    rows: list[tuple[int, tuple[str, ...]]]

    @property
    def worth(self) -> float:
        """From 0 up; more columns count a little, agreement much."""
        return self.agreeing**2 * self.clean * (1 + min(self.columns, 100) / 200)


def divisions(lines: list[str], said: str = "") -> Iterator[Division]:
    """Every way to divide the lines that gives more than one column; at the separator that a person
    has `said`, or at any of the usual ones."""
    quotes = [one for one in ('"', "'") if any(one in line for line in lines[:ROWS])]
    begin = "\n".join([*islice(filter(str.strip, lines), 20)])
    for separator in [said] if said else (*SEPARATORS, SPACES):
        if separator not in begin and separator != SPACES:
            continue
        for quote in ("", *quotes):
            rows = parse(lines[:ROWS], separator, quote)
            if not rows or (quote and not uses(lines[:ROWS], separator, quote)):
                continue
            counts = Counter(len(cells) for _, cells in rows)
            columns, most = counts.most_common(1)[0]
            first = len(rows[0][1])
            torn = not quote and any('"' in cell for cell in rows[0][1])  # "a, b" is one name
            if columns < first == max(counts) <= columns + 2 and not torn:
                # rows may lack their last cells
                columns, most = (
                    first,
                    most + sum(counts[one] for one in range(columns + 1, first + 1)),
                )
            if columns < 2:
                continue
            some = [row for _, row in rows[:200]]
            strays = sum(stray_cells(row, separator, quote) for row in some)
            clean = 1 - strays / max(1, sum(map(len, some)))
            if separator == SPACES:  # a comma is then a fraction's, or what divides the line
                clean *= 1 - sum(map(has_commas, rows)) / len(rows)
            run_on = sum("\n" in cell and len(cell) > 500 for _, row in rows for cell in row)
            yield Division(
                separator, quote, columns, most / len(rows), clean - run_on / len(rows), rows
            )


def has_gaps(cells: Sequence[str]) -> bool:
    """A line with two tabs where others have one: between some of its cells others are empty."""
    return any(not cell.strip() for cell in cells)


def has_commas(row: tuple[int, tuple[str, ...]]) -> bool:
    """A cell holds a comma, and is no number."""
    return any("," in cell and not NUMBER.fullmatch(cell.replace(",", ".")) for cell in row[1])


def uses(lines: list[str], separator: str, quote: str) -> bool:
    """The quotes stand around cells: one of them begins a cell, and one ends a cell."""
    around, between = re.escape(quote), separator if separator == SPACES else re.escape(separator)
    between = between + r"\s*" + around + "|" + around + between
    whole = re.compile(f"^{around}.*{around}$|{between}", re.DOTALL)
    return any(whole.search(line.strip()) for line in lines)


def best_division(path: Path, lines: list[str], separator: str) -> Division:
    """The division whose rows agree best; commas before spaces, quotes before none. A `separator`
    that is not "" is the only one."""
    if len(separator) > 1 and separator != SPACES:
        given, fix = f"separator = {separator!r}", f"say one sign; spaces are {SPACES!r}"
        raise GoodfitError(given, "one sign that divides the cells", fix)
    found = [*divisions(lines, separator)]
    order = [*SEPARATORS, SPACES, separator]

    def rank(one: Division) -> tuple[float, int, int]:
        worth = one.worth * (0.8 if one.separator == SPACES else 1.0)
        return round(worth, 2), one.quote == '"', -order.index(one.separator)

    if not found or (best := max(found, key=rank)).agreeing < 0.7:
        if has_fixed_width(lines):
            raise fixed_width(path)
        raise one_column(path, lines)
    uneven = [cells for _, cells in best.rows if len(cells) != best.columns]
    if best.separator == "\t" and uneven and all(map(has_gaps, uneven)):
        alike = (one for one in found if one.separator == SPACES and one.columns == best.columns)
        best = next((one for one in alike if one.agreeing == 1), best)
    if best.columns > MOST_COLUMNS:
        given = f"{path} has {best.columns:,} columns"
        raise GoodfitError(given, f"at most {MOST_COLUMNS:,}", "leave out those that say little")
    return best


def is_prose(division: Division, lines: Sequence[str]) -> bool:
    """Commas as sentences have them: a blank behind each, and several words in nearly all cells."""
    if division.separator != "," or any(one.count(",") != one.count(", ") for one in lines[:200]):
        return False
    cells = [cell for _, row in division.rows[:200] for cell in row]
    return sum(len(cell.split()) > 1 for cell in cells) >= 0.8 * len(cells)


def one_column(path: Path, lines: Sequence[str]) -> GoodfitError:
    """The error for a file of one column; numbers in it may be the steps of a series."""
    filled = [line.strip().strip('"') for line in lines if line.strip()]
    given = f"{path} has one column: {''.join(filled[:1])[:60]!r}"
    expected = "features and a target, divided by commas, tabs or ;"
    below = filled[1:]
    if sign := sign_in_all(filled):
        said = f"--set {shlex.quote(f'separator={sign}')}"
        return GoodfitError(given, expected, f"name the right file; or, if {sign} divides: {said}")
    if len(below) < 20 or not all(NUMBER.fullmatch(line) for line in below):
        return GoodfitError(given, expected, "name the right file")
    header = ", header=None" * bool(NUMBER.fullmatch(filled[0]))
    code = f"p.read_csv({str(path)!r}{header}).rename_axis('step').to_csv('series.csv')"
    fix = "name the right file; or, to forecast these numbers, number them, and name what this "
    fix += f"writes: {python_command(f'import pandas as p; {code}')}"
    return GoodfitError(given, expected, fix)


def sign_in_all(lines: Sequence[str]) -> str:
    """A sign that stands in all of many lines as often, such as @ before the label; "" for none."""
    for sign in UNUSUAL if len(lines) >= FEWEST_LINES else "":
        counts = {line.count(sign) for line in lines[:ROWS]}
        if len(counts) == 1 and counts != {0}:
            return sign
    return ""


def has_fixed_width(lines: list[str]) -> bool:
    """All lines have blanks in the same places, between others that are filled."""
    filled = [line.rstrip() for line in lines[:ROWS] if line.strip()]
    width = max(map(len, filled), default=0)
    columns = zip(*(line.ljust(width) for line in filled), strict=True)
    blank = "".join(" " if {*signs} == {" "} else "x" for signs in columns)
    return len(filled) > 5 and len(blank.split()) > 2


def fixed_width(path: Path) -> GoodfitError:
    """The error for cells that are told by their place in a line."""
    code = f"pandas.read_fwf({str(path)!r}).to_csv('rows.csv', index=False)"
    fix = NAME_WRITTEN + python_command(f"import pandas; {code}")
    given = f"{path} has columns of fixed width"
    return GoodfitError(given, "columns divided by commas, tabs or ;", fix)


def stray_cells(row: Sequence[str], separator: str, quote: str) -> int:
    """The cells that hold another separator, or begin with a quotation mark that is none."""
    others = set(";\t|") - {separator}
    quotes = {'"', "'"} - {quote}
    spaced = 0 if separator in (SPACES, " ") else sum(map(are_spaced, row[:SPACED]))
    if not (others | quotes) & set().union(*row):
        return spaced  # soon seen, where there are thousands of columns
    return spaced + sum(bool(others & set(cell)) or is_quoted(cell, quotes) for cell in row)


def is_quoted(cell: str, quotes: set[str]) -> bool:
    """The cell begins with a quotation mark, or stands between two single ones, which words may
    begin with as well."""
    return cell[:1] in quotes and (cell[0] == '"' or cell[1:][-1:] == "'")


def are_spaced(cell: str) -> bool:
    """Three numbers or more between blanks, as in a line of which a tab divides the name alone."""
    parts = cell.split() if " " in cell else []
    return len(parts) > 2 and all(map(NUMBER.fullmatch, parts))
