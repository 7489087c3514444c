"""A file that comes later than the one that [data] was written for, and is written otherwise.

Its names say which columns it has to have. Where all of them stand there in another encoding,
between other separators, below a title or in another sheet, that is proof: it is read so, and
told. What the names do not prove is asked for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice, product
from pathlib import Path

import polars as pl

from .how import (
    SEPARATORS,
    SHOWN,
    SPACES,
    Fault,
    How,
    Several,
    Written,
    printable,
    setting,
    written,
)
from .lines import begin_of, numbered
from .packages import Opened, as_sheet
from .tables import open_rows, plain_format, read_frame, require_text
from .texts import encoding_in

TITLES = 10  # lines above a table, at most
LOOKED_AT = 200  # lines
DIVIDERS = {**SEPARATORS, SPACES: "spaces"}
NONE = "\x1f"  # a separator that no text holds
Tell = Callable[[str], object]


def read_later(path: Path, how: How, names: Sequence[str], tell: Tell = print) -> pl.DataFrame:
    """All rows of a file that has columns of these `names`, as `read_frame` gives them; what is
    written otherwise than `how` says is told. Raises as `read_frame` does, and Fault where it is
    not clear what is meant."""
    notes: list[str] = []

    def adapted(opened: Opened, how: How) -> How:
        found, said = as_written(opened, how, names)
        notes.extend(said)
        return found

    try:
        frame = read_frame(path, how, adapted)
    except Several as several:
        sheet = only_one_with(path, how, names, several)
        if not sheet:
            raise
        notes.append(f"of {len(several.names):,}, {sheet!r} alone has all columns")
        frame = read_frame(path, written(how, sheet=sheet), adapted)
    lacking = [name for name in names if name not in frame.columns]
    for name in lacking:
        alike = [one for one in frame.columns if folded(one) == folded(name) and one not in names]
        if len(alike) == 1 and [folded(one) for one in lacking].count(folded(name)) == 1:
            frame = frame.rename({alike[0]: name})
            notes.append(f"column {alike[0]!r} is taken for {name!r}")
    for note in notes:
        tell(f"note: {path}: {printable(note)}")
    return frame


def folded(name: str) -> str:
    """A name but for small and capital letters, and blanks."""
    return " ".join(name.casefold().split())


def only_one_with(path: Path, how: How, names: Sequence[str], several: Several) -> str:
    """The one of several tables in a file that has all `names`; "" for none, and for two."""
    found = []
    for sheet in several.names if names and len(several.names) <= SHOWN else ():
        try:
            rows = open_rows(
                path, written(how, sheet=sheet), lambda one, how: as_written(one, how, names)[0]
            )
            columns = rows.lazy.collect_schema().names()
            rows.close()
        except (ValueError, LookupError, OSError, pl.exceptions.PolarsError):
            continue
        found += [sheet] if share_of(names, columns) == len(names) else []
    return found[0] if len(found) == 1 else ""


def as_written(opened: Opened, how: How, names: Sequence[str]) -> tuple[Written, list[str]]:
    """How a file is written, and in words what of it is otherwise than `how` says. Raises Fault
    where its first lines have none of the names."""
    path, same, said = opened.path, written(how), []
    if plain_format(path):
        return same, []
    if opened.sheet:
        same = as_sheet(how)
    elif (encoding := encoding_in(path, how.encoding)) != how.encoding:
        same = replace(same, encoding=encoding)
        if not how.encoding.lower().startswith("utf-8") or not encoding.startswith("utf-8"):
            said.append(f"it is text in {encoding}, not in {how.encoding}, and read so")
    require_text(path, same.encoding)
    try:
        with path.open(encoding=same.encoding, errors="replace", newline=None) as file:
            lines = [*islice(file, LOOKED_AT)]
    except LookupError:  # an encoding that there is not
        return same, []
    found = division_of(lines, same, names, opened.sheet)
    columns = names_in(lines, found, opened.sheet)
    if names and columns and not share_of(names, columns):
        raise no_names(path, lines, found, names)
    if found.separator == SPACES != same.separator:
        fix = f"add {setting('separator', SPACES)} unless a cell is empty or holds a space"
        raise Fault(f"{path} is divided by spaces", f"{word_of(same)} between cells", fix)
    if not names and not opened.sheet and (fault := undivided(path, lines, found)):
        raise fault
    return found, [*said, *differences(lines, same, found)]


def differences(lines: Sequence[str], same: How, found: How) -> list[str]:
    """In words, how the lines are `found` to be divided otherwise than the `same`, and which are
    left out."""
    said = []
    if found.separator == NONE:
        said.append("a line of it is one cell, since it has one column")
    elif found.separator != same.separator:
        said.append(f"{word_of(found)} divide it, not {word_of(same)}, and it is read so")
    if above := [line for line in found.skip_lines if line not in same.skip_lines]:
        title = next(filter(None, (line.strip(' ,;|"\t\n') for line in lines)), "")
        count = "line 1 is" if len(above) == 1 else f"lines 1 to {above[-1]} are"
        said.append(f"{count} above its names ({title[:60]!r}), and left out")
    names = next((line for line, _ in cells_of(lines, found)), len(lines)) if found.header else 0
    if below := [line for line in found.skip_lines if names < line <= len(lines)]:
        fix = setting("skip_lines", [one for one in found.skip_lines if one not in below])
        first, more = lines[below[0] - 1].strip()[:60], len(below) - 1
        count = f"line {below[0]:,} ({first!r})" + f" and {more:,} more" * bool(more)
        said.append(f"{count}: left out; {fix} reads what stands there")
    return said


def word_of(how: How) -> str:
    """What divides cells, in words."""
    return DIVIDERS.get(how.separator, repr(how.separator))


def names_in(lines: Sequence[str], how: How, sheet: bool) -> list[str]:
    """The names of the columns; [] where the lines are no table."""
    try:
        return begin_of(lines, how, sheet)[0]
    except csv.Error:
        return []


def share_of(names: Sequence[str], found: Sequence[str]) -> int:
    """How many of these names are among those `found`; of "date + time" both are, or it itself, and
    of "mood=joy" the column or that of the list."""
    there = {folded(one) for one in found}
    return sum(
        folded(name) in there
        or folded(name.partition("=")[0]) in there
        or {*map(folded, name.split(" + "))} <= there
        for name in names
    )


def division_of(lines: Sequence[str], how: Written, names: Sequence[str], sheet: bool) -> Written:
    """How the lines are divided: as `how` says, or so that more of the `names` stand in one of the
    first. Another division needs two names and most of all, or the only one."""
    best, most = how, share_of(names, names_in(lines, how, sheet))
    if most < len(names):
        same = tuple(how.skip_lines)
        skips = dict.fromkeys([same, (), *(above_of(TITLES) if how.header else ())])
        separators = [how.separator] if sheet else [how.separator, *DIVIDERS]
        quotes = dict.fromkeys([how.quote, '"', "'"])
        for skip, separator, quote in product(skips, separators, quotes):
            one = replace(how, separator=separator, quote=quote, skip_lines=skip)
            found = names_in(lines, one, sheet)
            count = share_of(names, found)
            if separator == SPACES != how.separator:
                count *= {*names} <= {*found}
            enough = count > max(most, min(1, len(names) - 1), (len(names) - 1) // 2)
            if enough and (skip == same or are_titles(lines[: len(skip)], one, found)):
                best, most = one, count
    alone = len(names) == 1 and names == names_in(lines, best, sheet) and not sheet
    if alone and best.header and any(len(cells) > 1 for _, cells in cells_of(lines, best)):
        return replace(best, separator=NONE)  # texts with commas, and nothing beside them
    return best


def above_of(count: int) -> list[tuple[int, ...]]:
    """The first line, the first two, and so on."""
    return [tuple(range(1, last + 1)) for last in range(1, count)]


def are_titles(above: Sequence[str], how: Written, names: Sequence[str]) -> bool:
    """Each of the lines has fewer cells that are filled than there are names below."""
    rows = cells_of(above, replace(how, skip_lines=()))
    return all(sum(bool(cell.strip()) for cell in cells) < len(names) for _, cells in rows)


def no_names(path: Path, lines: Sequence[str], how: Written, names: Sequence[str]) -> Fault:
    """What is to be said where none of the names stands in the first lines."""
    first = next((line.strip() for line in lines if line.strip()), "")
    shown = ", ".join(map(repr, names[:SHOWN])) + ", ..." * (len(names) > SHOWN)
    expected = f"a line with {shown} in it, above the rows"
    if not how.header:
        given = f"{path} is said to have no line with names: data.header = false"
        return Fault(given, expected, f"add {setting('header', True)}")
    fix = "write these names into its first line, or correct [data] in config.toml"
    if all(re.fullmatch(r"column_\d+", name) for name in names):
        fix = f"add {setting('header', False)}"
    for skip in above_of(TITLES):
        found = names_in(lines, replace(how, skip_lines=skip), False)
        if share_of(names, found) == len(names):
            fix = f"remove what stands above line {len(skip) + 1}, if that has the names"
            break
    return Fault(f"{path} has no column {shown}: it begins with {first[:60]!r}", expected, fix)


def undivided(path: Path, lines: Sequence[str], how: How) -> Fault | None:
    """What is to be said where the separator divides nothing, and another divides every line alike;
    None for anything else."""
    filled = [line for line in lines if line.strip()]
    if not filled or any(len(cells) > 1 for _, cells in cells_of(filled, how)):
        return None
    for separator in [one for one in SEPARATORS if one != how.decimal]:
        other = written(how, separator=separator)
        counts = {len(cells) for _, cells in cells_of(filled, other)}
        if len(counts) == 1 and min(counts) > 2:
            given = f"{path} has one column, since no {word_of(how)} divide it"
            expected = f"columns; {word_of(other)} make {counts.pop()} of each line"
            return Fault(given, expected, f"add {setting('separator', separator)}")
    return None


def cells_of(lines: Sequence[str], how: How) -> list[tuple[int, list[str]]]:
    """The rows of the lines; [] where they cannot be divided."""
    try:
        return [*numbered(lines, how)]
    except csv.Error:
        return []
