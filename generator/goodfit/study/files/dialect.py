"""How a text file is divided into rows and cells: separator, quotes, lines that are no rows."""

from __future__ import annotations

import csv
import re
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.reader.how import SPACES
from goodfit.reader.lines import cells_in, header_cells, joined_names
from goodfit.study.evidence import Evidence, counted, short

SAMPLE = 1 << 20  # characters looked at
MOST = 1 << 26  # where the lines are so long that too few of them are in a sample
FEWEST_LINES, ROWS, MOST_COLUMNS = 50, 2_000, 100_000
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")

MOST_TITLES = 6  # lines above a table


@dataclass(frozen=True)
class Dialect:
    """How a text file is divided. `skip` counts lines from 1; `rows` are the first of the file,
    `lines` those on which they begin. `title` has the cells of the line right above the table; ()
    where there is none."""

    separator: str
    quote: str
    skip: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    title: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def read_sample(path: Path, encoding: str) -> list[str]:
    """The first lines, without their ends; a last one that was cut is left out."""
    with path.open(encoding=encoding, errors="replace", newline=None) as file:
        text = file.read(SAMPLE)
        while text.count("\n") < FEWEST_LINES and len(text) < MOST and (more := file.read(SAMPLE)):
            text += more
        whole = not file.read(1)
    lines = text.split("\n")
    return lines if whole else lines[:-1] or lines


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


def divisions(lines: list[str]) -> Iterator[Division]:
    """Every way to divide the lines that gives more than one column."""
    quotes = [one for one in ('"', "'") if any(one in line for line in lines[:ROWS])]
    begin = "\n".join(lines[:20])
    for separator in (*SEPARATORS, SPACES):
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


def stray_cells(row: Sequence[str], separator: str, quote: str) -> int:
    """The cells that hold another separator, or begin with a quotation mark that is none."""
    others = set(";\t|") - {separator}
    if not (others | {'"'}) & set().union(*row):
        return 0  # soon seen, where there are thousands of columns
    return sum(bool(others & set(cell)) or cell[:1] == '"' != quote for cell in row)


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
    found = [one for one in divisions(lines) if separator in ("", one.separator)]
    order = [*SEPARATORS, SPACES]

    def rank(one: Division) -> tuple[float, int, int]:
        worth = one.worth * (0.8 if one.separator == SPACES else 1.0)
        return round(worth, 2), one.quote == '"', -order.index(one.separator)

    if not found or (best := max(found, key=rank)).agreeing < 0.7:
        if has_fixed_width(lines):
            raise fixed_width(path)
        shown = next((line for line in lines if line.strip()), "")[:60]
        given = f"{path} has one column: {shown!r}"
        raise GoodfitError(
            given, "features and a target, divided by commas, tabs or ;", "name the right file"
        )
    uneven = [cells for _, cells in best.rows if len(cells) != best.columns]
    if best.separator == "\t" and uneven and all(map(has_gaps, uneven)):
        alike = (one for one in found if one.separator == SPACES and one.columns == best.columns)
        best = next((one for one in alike if one.agreeing == 1), best)
    if best.columns > MOST_COLUMNS:
        given = f"{path} has {best.columns:,} columns"
        raise GoodfitError(given, f"at most {MOST_COLUMNS:,}", "leave out those that say little")
    return best


def has_fixed_width(lines: list[str]) -> bool:
    """All lines have blanks in the same places, between others that are filled."""
    filled = [line.rstrip() for line in lines[:ROWS] if line.strip()]
    width = max(map(len, filled), default=0)
    columns = zip(*(line.ljust(width) for line in filled), strict=True)
    blank = "".join(" " if {*signs} == {" "} else "x" for signs in columns)
    return len(filled) > 5 and len(blank.split()) > 2


def padded_titles(rows: Sequence[tuple[int, tuple[str, ...]]], columns: int) -> int:
    """How many of the first rows hold one cell alone, where the row below them is filled."""
    if columns < 3:
        return 0
    filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in rows[: MOST_TITLES + 1]]
    begin = next((place for place, count in enumerate(filled) if count > 1), 0)
    return begin if filled and filled[begin] > columns / 2 else 0


def names_but_one(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """A line of names above rows that all have one cell more, as R writes a table: the first cell
    of a row is its own name, and the columns of numbers have a name each."""
    words = [name.strip() for name in names]
    numbers = sum(bool(NUMBER.fullmatch(cell.strip())) for cell in rows[0][1:])
    return (
        len(rows) > 2
        and all(len(row) == len(names) + 1 for row in rows)
        and len({row[0] for row in rows}) == len(rows)  # no two rows have one name
        and len(words) > 1
        and len({*words} - {""}) == len(words)
        and not any(NUMBER.fullmatch(word) for word in words)
        and numbers > 0
        and all(row[-1].strip() for row in rows[:50])  # else a separator ends each line
    )


def fixed_width(path: Path) -> GoodfitError:
    """The error for cells that are told by their place in a line."""
    code = f"pandas.read_fwf({str(path)!r}).to_csv('rows.csv', index=False)"
    fix = f"name what this writes: python -c {shlex.quote(f'import pandas; {code}')}"
    given = f"{path} has columns of fixed width"
    return GoodfitError(given, "columns divided by commas, tabs or ;", fix)


def too_long(path: Path, line: int, cells: int, columns: int) -> GoodfitError:
    """The error for a line with more cells than others."""
    given = f"{path}, line {line:,}: {counted(cells, 'cell')}, where other lines have {columns}"
    fix = "put quotation marks around cells that hold the separator, or mend that line"
    return GoodfitError(given, f"{counted(columns, 'cell')} in each line", fix)


def find_dialect(
    path: Path, encoding: str, separator: str = "", said: Sequence[int] | None = None
) -> Dialect:
    """The dialect of a text file, with that `separator` or any; the lines that are `said` to be no
    rows are none, and no others. Raises GoodfitError where its rows do not agree on one."""
    lines = read_sample(path, encoding)
    best = best_division(path, lines, separator)
    agree = [place for place, (_, row) in enumerate(best.rows) if len(row) == best.columns]
    above = [number for number, _ in best.rows[: agree[0]]]
    skip = tuple(range(1, best.rows[agree[0]][0])) if above else ()
    rows = best.rows[agree[0] :]
    if above and names_but_one(best.rows[agree[0] - 1][1], [row for _, row in rows]):
        names = header_cells([best.rows[agree[0] - 1][1], rows[0][1]])
        rows = [(above.pop(), tuple(names)), *rows]
        skip = tuple(range(1, rows[0][0])) if above else ()
    if said is not None:
        above, skip = [], tuple(said)
        rows = [(number, cells) for number, cells in best.rows if number not in skip]
    elif titles := padded_titles(rows, best.columns):  # of a spreadsheet: Report;;;
        above += [number for number, _ in rows[:titles]]
        rows = rows[titles:]
        skip = tuple(range(1, rows[0][0]))
    for number, cells in rows:
        if len(cells) > best.columns:
            if best.separator == SPACES and has_fixed_width(lines):
                raise fixed_width(path)
            raise too_long(path, number, len(cells), best.columns)
    words = SEPARATORS.get(best.separator, "any number of spaces")
    divided = round(best.agreeing * len(best.rows))
    why = f"{words} divide {divided:,} of the first {len(best.rows):,} lines into "
    evidence = [Evidence("separator", best.separator, "certain", f"{why}{best.columns:,} columns")]
    if best.quote == "'" or (not best.quote and any('"' in line for line in lines)):
        why = "its quotation marks do not stand in pairs around cells"
        why = "cells stand in single quotation marks" if best.quote else why
        evidence.append(Evidence("quote", best.quote, "likely", why))
    if skip and said is None:
        why = f"{counted(len(above), 'line')} above the table, with fewer cells than its rows"
        evidence.append(Evidence("skip_lines", list(skip), "likely", why))
    quote = best.quote if best.quote or any('"' in line for line in lines) else '"'
    return Dialect(
        separator=best.separator,
        quote=quote,
        skip=skip,
        rows=tuple(cells for _, cells in rows),
        lines=tuple(number for number, _ in rows),
        title=best.rows[len(best.rows) - len(rows) - 1][1] if above else (),
        evidence=tuple(evidence),
    )


def find_sheet(path: Path) -> Dialect:
    """The dialect of the rows of a sheet: always commas and quotation marks, and perhaps titles
    above the table, of which a row has half as many cells as usual rows have, or fewer."""
    rows = parse(read_sample(path, "utf-8"), ",", '"')
    rows = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in rows]
    usual = sorted(filled)[len(filled) // 2] if filled else 0
    begin = next((place for place, count in enumerate(filled) if count > usual / 2), 0)
    if begin and filled[begin - 1] > 1 and joined_names([cells for _, cells in rows[begin - 1 :]]):
        begin -= 1  # no title, but the upper part of names
    evidence, skip = [], tuple(line for line, _ in rows[:begin])
    if begin:
        title = next(cell.strip() for cell in rows[0][1] if cell.strip())
        why = f"{counted(begin, 'row')} above the table, with fewer cells than its rows: "
        evidence.append(Evidence("skip_lines", list(skip), "likely", f"{why}{short(title)}"))
    return Dialect(
        separator=",",
        quote='"',
        skip=skip,
        rows=tuple(cells for _, cells in rows[begin:]),
        lines=tuple(line for line, _ in rows[begin:]),
        title=(),
        evidence=tuple(evidence),
    )
