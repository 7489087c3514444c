"""How a text file is divided into rows and cells: separator, quotes, lines that are no rows."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.reader.how import SEPARATORS, SPACES
from goodfit.reader.lines import header_cells, joined_names
from goodfit.study.evidence import Confidence, Evidence, counted, short
from goodfit.study.files.comments import Row, later_comments, leading_comments, names_in_comment
from goodfit.study.files.divisions import (
    NUMBER,
    Division,
    best_division,
    fixed_width,
    has_fixed_width,
    is_prose,
    parse,
    read_sample,
)

BARE = "#%/ \t"  # all that stands in a comment of nothing
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
    lines, whole = read_sample(path, encoding)
    comments = [*said] if said is not None else leading_comments(lines)
    left = {*comments}
    clear = ["" if number in left else line for number, line in enumerate(lines, 1)]
    best = best_division(path, clear, separator)
    rows, skip = best.rows, tuple(said or ())
    above: list[int] = []
    if said is None:
        rows, above = below_titles(best)
        skip = tuple(range(1, rows[0][0])) if above else ()
    title = best.rows[len(best.rows) - len(rows) - 1][1] if above else ()
    if said is None:
        rows, comments = without_comments(path, lines, best, rows, [] if above else comments, whole)
        skip = tuple(sorted({*skip, *comments}))
    elif len(rows) > 1 and best.separator == SPACES:  # names behind the mark of a comment
        rows = [(rows[0][0], tuple(header_cells([cells for _, cells in rows[:3]]))), *rows[1:]]
    for number, cells in rows:
        if len(cells) > best.columns:
            if best.separator == SPACES and has_fixed_width(lines):
                raise fixed_width(path)
            raise too_long(path, number, len(cells), best.columns)
    words = "any number of spaces" if best.separator == SPACES else f"{best.separator!r} signs"
    words = SEPARATORS.get(best.separator, words)
    divided = round(best.agreeing * len(best.rows))
    why = f"{words} divide {divided:,} of the first {len(best.rows):,} lines into "
    why += f"{best.columns:,} columns"
    prose = not separator and is_prose(best, clear)
    why += ", as they divide sentences: is each line a row of cells?" * prose
    confidence: Confidence = "unsure" if prose else "certain"
    evidence = [Evidence("separator", best.separator, confidence, why)]
    if best.quote == "'" or (not best.quote and any('"' in line for line in clear)):
        why = "its quotation marks do not stand in pairs around cells"
        why = "cells stand in single quotation marks" if best.quote else why
        evidence.append(Evidence("quote", best.quote, "likely", why))
    if skip and said is None:
        said_of = []
        if comments:
            first = short(lines[comments[0] - 1].strip())
            said_of.append(f"{counted(len(comments), 'line')} of comment, such as {first}")
        if above:
            titles = counted(len(above), "line")
            said_of.append(f"{titles} above the table, with fewer cells than its rows")
        evidence.append(Evidence("skip_lines", list(skip), "likely", "; ".join(said_of)))
    quote = best.quote if best.quote or any('"' in line for line in clear) else '"'
    return Dialect(
        separator=best.separator,
        quote=quote,
        skip=skip,
        rows=tuple(cells for _, cells in rows),
        lines=tuple(number for number, _ in rows),
        title=title,
        evidence=tuple(evidence),
    )


def below_titles(best: Division) -> tuple[list[Row], list[int]]:
    """The rows below all titles, and the lines of these: with fewer cells than rows have, or of a
    spreadsheet, Report;;;."""
    agree = next(place for place, (_, row) in enumerate(best.rows) if len(row) == best.columns)
    above = [number for number, _ in best.rows[:agree]]
    rows = best.rows[agree:]
    if above and names_but_one(best.rows[agree - 1][1], [row for _, row in rows]):
        names = header_cells([best.rows[agree - 1][1], rows[0][1]])
        rows = [(above.pop(), tuple(names)), *rows]
    if titles := padded_titles(rows, best.columns):
        above += [number for number, _ in rows[:titles]]
        rows = rows[titles:]
    return rows, above


def without_comments(
    path: Path,
    lines: Sequence[str],
    best: Division,
    rows: list[Row],
    comments: list[int],
    whole: bool,
) -> tuple[list[Row], list[int]]:
    """The rows without comments between them, and with the names that stand in the last of the
    `comments` above; and all lines of comments. Raises GoodfitError where `lines` are not the
    `whole` file, and there are comments between rows: more of them may follow."""
    said = [number for number in comments if lines[number - 1].strip(BARE)]
    if said:
        last = lines[said[-1] - 1]
        if names := names_in_comment(last, best.separator, best.quote, rows):
            rows = [(said[-1], tuple(header_cells([names, rows[0][1]]))), *rows]
            comments = [number for number in comments if number != said[-1]]
    later = later_comments(rows, best.columns)
    if later and not whole:
        raise commented(path, lines[later[0] - 1].strip(), later[0])
    return [one for one in rows if one[0] not in later], [*comments, *later]


def commented(path: Path, line: str, number: int) -> GoodfitError:
    """The error for comments between the rows of a file too large to look for all of them."""
    given = f"{path}, line {number:,}: a comment between rows, {short(line)}"
    fix = f"leave them out: grep -v '^{line[:1]}' {shlex.quote(str(path))} > no_comments.csv"
    return GoodfitError(given, "rows alone below the names", fix)


def find_sheet(path: Path) -> Dialect:
    """The dialect of the rows of a sheet: always commas and quotation marks, and perhaps titles
    above the table, of which a row has half as many cells as usual rows have, or fewer."""
    rows = parse(read_sample(path, "utf-8")[0], ",", '"')
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
