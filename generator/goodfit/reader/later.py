"""A file that comes later than the one that [data] was written for, and is written otherwise.

Its names say which columns it has to have. Where all of them stand there in another encoding,
between other separators, below a title or in another sheet, that is proof: it is read so, and
told. What the names do not prove is asked for.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice, product
from pathlib import Path
from typing import NoReturn, Protocol

import polars as pl

from .how import SHOWN, SPACES, Fault, How, Several, Written, printable, setting, written
from .lines import begin_of, numbered
from .packages import Opened, as_sheet, ending_of
from .tables import BLOCK, open_rows, plain_format, read_frame, require_text
from .texts import encoding_by_mark, encoding_by_zeros
from .typed import Declared, dated

TITLES = 10  # lines above a table, at most
LOOKED_AT = 200  # lines
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", SPACES: "spaces"}
NONE = "\x1f"  # a separator that no text holds
Tell = Callable[[str], object]


class Used(Declared, Protocol):
    """What [data] says of the columns of a table, and which are not learned from."""

    @property
    def ignore(self) -> Sequence[str]: ...
    @property
    def group(self) -> str: ...


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
    path, same = opened.path, written(how)
    if plain_format(path):
        return same, []
    said = []
    if opened.sheet:
        same = as_sheet(how)
    elif (encoding := encoding_in(path, how.encoding)) != how.encoding:
        same = replace(same, encoding=encoding)
        if not encoding.startswith("utf-8") or not how.encoding.lower().startswith("utf"):
            said.append(f"it is text in {encoding}, not in {how.encoding}, and read so")
    require_text(path, same.encoding)
    try:
        with path.open(encoding=same.encoding, errors="replace", newline=None) as file:
            lines = [*islice(file, LOOKED_AT)]
    except LookupError:  # an encoding that there is not
        return same, []
    found = division_of(lines, same, names, opened.sheet)
    if found.separator == SPACES != same.separator:
        fix = f"add {setting('separator', SPACES)}, unless a cell is empty or holds a space"
        raise Fault(f"{path} is divided by spaces", f"{same.separator!r} between cells", fix)
    if found.separator not in (same.separator, NONE):
        word = SEPARATORS[found.separator]
        said.append(f"{word} divide it, not {same.separator!r}, and it is read so")
    above = [line for line in found.skip_lines if line not in same.skip_lines]
    if above:
        title = next(line.strip(' ,;|"\t\n') for line in lines if line.strip(' ,;|"\t\n'))
        count = "line 1 is" if len(above) == 1 else f"lines 1 to {above[-1]} are"
        said.append(f"{count} above its names ({title[:60]!r}), and left out")
    columns, begin = begin_in(lines, found, opened.sheet)
    if names and not share_of(names, columns) and columns:
        require_names(path, lines, found, names)
    if not names and not opened.sheet:
        require_cells(path, lines, found)
    for line in [line for line in found.skip_lines if 0 < begin <= line <= len(lines)]:
        shown = lines[line - 1].strip()[:60]
        fix = setting("skip_lines", [one for one in how.skip_lines if one != line])
        said.append(f"line {line:,} ({shown!r}) is left out; {fix} reads it")
    return found, said


def encoding_in(path: Path, encoding: str) -> str:
    """The encoding of a file: that which its bytes prove, or else the one given."""
    with path.open("rb") as file:
        head = file.read(BLOCK)
    if mark := encoding_by_mark(head):
        return encoding if mark == encoding.lower().replace("_", "-") else mark
    try:
        usual = codecs.lookup(encoding).name.replace("_", "-")
    except LookupError:
        return encoding
    wide = usual.startswith(("utf-16", "utf-32"))
    if 0 in head:
        return encoding if wide else encoding_by_zeros(head) or encoding
    if usual in ("utf-8", "utf-8-sig", "ascii") or (head.isascii() and not wide):
        return encoding
    return "utf-8" if is_utf8(path) else encoding


def is_utf8(path: Path) -> bool:
    """Every byte of a file fits UTF-8: text in another encoding does so by chance only where it
    has hardly a letter beyond ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def begin_in(lines: Sequence[str], how: How, sheet: bool) -> tuple[list[str], int]:
    """The names of the columns, and the line of the first row; [] and 0 where there are none."""
    try:
        return begin_of(lines, how, sheet)
    except csv.Error:
        return [], 0


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
    best, most = how, share_of(names, begin_in(lines, how, sheet)[0])
    if names and most < len(names):
        above = [(), *(tuple(range(1, count + 1)) for count in range(1, TITLES))]
        skips = dict.fromkeys([tuple(how.skip_lines), *(above if how.header else above[:1])])
        separators = [how.separator] if sheet else [how.separator, *SEPARATORS]
        quotes = dict.fromkeys([how.quote, '"', "'"])
        for skip, separator, quote in product(skips, separators, quotes):
            one = replace(how, separator=separator, quote=quote, skip_lines=skip)
            found = begin_in(lines, one, sheet)[0]
            count = share_of(names, found)
            if separator == SPACES != how.separator or (len(names) == 1 and skip):
                count *= {*names} <= {*found}
            if count > max(most, min(1, len(names) - 1), (len(names) - 1) // 2):
                best, most = one, count
    if len(names) == 1 and begin_in(lines, best, sheet)[0] == [*names] and not sheet:
        rows = numbered(lines, best)
        if best.header and any(len(cells) > 1 for _, cells in rows):
            return replace(best, separator=NONE)  # texts with commas, and nothing beside them
    return best


def require_names(path: Path, lines: Sequence[str], how: How, names: Sequence[str]) -> NoReturn:
    """Raise Fault: none of the names stands in the first lines."""
    first = next((line.strip() for line in lines if line.strip()), "")
    shown = ", ".join(map(repr, names[:12])) + ", ..." * (len(names) > 12)
    if not how.header:
        given = f"{path} is said to have no line with names: data.header = false"
        raise Fault(given, f"a line with {shown} in it", f"add {setting('header', True)}")
    given = f"{path} has no line with names: it begins with {first[:60]!r}"
    fix = "write these names into its first line, or correct [data] in config.toml"
    if all(re.fullmatch(r"column_\d+", name) for name in names):
        fix = f"add {setting('header', False)}"
    raise Fault(given, f"a line with {shown} in it", fix)


def require_cells(path: Path, lines: Sequence[str], how: How) -> None:
    """Raise Fault where the separator divides nothing, and another divides every line alike."""
    filled = [line for line in lines if line.strip()]
    if not filled or any(len(cells) > 1 for _, cells in cells_of(filled, how)):
        return
    for separator, word in SEPARATORS.items():
        if separator in (SPACES, how.decimal):
            continue
        counts = {len(cells) for _, cells in cells_of(filled, written(how, separator=separator))}
        if len(counts) == 1 and min(counts) > 2:
            given = f"{path} has one column, since no {how.separator!r} divides it"
            fix = f"add {setting('separator', separator)}"
            raise Fault(given, f"columns; {word} make {counts.pop()} of each line", fix)


def cells_of(lines: Sequence[str], how: How) -> list[tuple[int, list[str]]]:
    """The rows of the lines; [] where they cannot be divided."""
    try:
        return [*numbered(lines, how)]
    except csv.Error:
        return []


def needed(declared: Used, labelled: bool) -> list[str]:
    """The columns of a table that are learned from; with the targets, where it is `labelled`."""
    parts = tuple(f"{name} " for name in dated(declared.dates))
    kinds = [*declared.numeric, *declared.boolean, *declared.categorical]
    named = [name for name in kinds if not name.startswith(parts or ("\0",))]
    others = {*declared.ignore, declared.group, declared.part, *declared.targets}
    known = dict.fromkeys(name for name in (*named, *dated(declared.dates)) if name not in others)
    return [*known, *(declared.targets if labelled else ())]


def as_declared(
    frame: pl.DataFrame, declared: Used, path: Path, labelled: bool, tell: Tell = print
) -> pl.DataFrame:
    """The frame with the columns that JSON leaves out where they are empty. Of rows to predict for,
    which are not `labelled`, columns that training did not have are told; where columns have
    places for names, one more may have moved all others: Fault."""
    names = [*needed(declared, False)]
    if ending_of(path) in (".json", ".jsonl", ".ndjson"):
        absent = [name for name in names if name not in frame.columns]
        frame = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    known = {*names, *declared.targets, *declared.ignore, declared.group, declared.part}
    listed = {name.partition("=")[0] for name in declared.targets}
    added = [name for name in frame.columns if name not in known | listed]
    added = [name for name in added if not (name[:9] == "Unnamed: " and is_empty(frame[name]))]
    if labelled or not names or not added:
        return frame
    if all(re.fullmatch(r"column_\d+|\d+", name) for name in (*names, *added)):
        given = f"{path} has {frame.width} columns without names, {len(added)} more"
        raise Fault(given, "as many as in training", "leave out what is new")
    shown = ", ".join(map(repr, added[:SHOWN])) + ", ..." * (len(added) > SHOWN)
    tell(f"note: {path}: columns that training did not have are not used: {printable(shown)}")
    return frame


def is_empty(cells: pl.Series) -> bool:
    """No cell has a value."""
    return cells.null_count() == len(cells)
