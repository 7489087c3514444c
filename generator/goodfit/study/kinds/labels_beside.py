"""Labels in a file beside the one with the features, a row for each of its rows: refused, with the
line of Python that makes one table of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.reader.how import SPACES, parts_in
from goodfit.reader.lines import cells_in, is_plain_number
from goodfit.reader.packages import TABLES
from goodfit.study.commands import NAME_WRITTEN, python_command
from goodfit.study.files.dialect import find_dialect
from goodfit.study.files.header import find_header
from goodfit.study.files.listing import Files

FEATURES = {"x", "data", "features", "inputs", "attributes"}
LABELS = {"y", "label", "labels", "target", "targets", "class", "classes"}
TEXTS = (*TABLES, ".txt", ".labels", ".label", ".features")
MOST_FILES, MOST_CELLS, BLOCK = 200, 3, 1 << 22


@dataclass(frozen=True)
class Rows:
    """A file of rows: how many lines hold something, what divides the first, and whether it has
    names above."""

    path: Path
    lines: int
    separator: str
    header: bool


@dataclass(frozen=True)
class Pair:
    """Features, the labels beside them (in which column), and columns such as the subject; `part`
    is what their names say."""

    features: Rows
    labels: Rows
    place: int
    others: tuple[tuple[str, Rows], ...]
    part: str


def words_in(path: Path) -> set[str]:
    """The words of a name and its ending."""
    return {*re.findall("[a-z]+", f"{path.stem} {path.suffix}".lower())} - {"txt", "csv", "tsv"}


def refuse_labels_beside(files: Files) -> None:
    """Raise GoodfitError for a folder with features and labels in files of their own."""
    if len(files.paths) > MOST_FILES:
        return
    pairs = [*pairs_in([path for path in files.paths if path.suffix.lower() in TEXTS])]
    if not pairs:
        return
    first = pairs[0]
    rows = first.features.lines - first.features.header
    given = f"{files.root} has features in {first.features.path.name} and a label for each of its "
    given += f"{rows:,} rows in {first.labels.path.name}"
    fix = NAME_WRITTEN + python_command(code_of(pairs, files.root))
    raise GoodfitError(given, "one table, with the label in each row", fix)


def pairs_in(paths: list[Path]) -> Iterator[Pair]:
    """Each file of features with its labels: of one folder, and called alike but for that."""
    known: set[str] | None = None
    parts = dict(zip(paths, parts_in([path.stem for path in paths]), strict=True))
    for path in sorted(paths, key=lambda one: (parts[one] != "train", one)):
        key = words_in(path) - FEATURES
        if key == words_in(path) or key & LABELS:
            continue
        beside = [
            one
            for one in paths
            if one.parent == path.parent and one != path and words_in(one) & LABELS
        ]
        labels = next((one for one in beside if words_in(one) - FEATURES - LABELS == key), None)
        rest = key - {parts[path], "train", "test", "valid", "val", "dev"}
        if labels is None or known not in (None, rest):
            continue
        if found := paired(path, labels, parts[path], paths, key):
            known = rest
            yield found


def paired(path: Path, labels: Path, part: str, paths: list[Path], key: set[str]) -> Pair | None:
    """The pair of these files where their rows agree; with it, files of one cell a row beside them
    that are called as they are."""
    features, count = rows_of(path), lines_in(labels)
    if features is None or count not in (features.lines, features.lines - features.header):
        return None
    narrow = narrow_rows(labels, count, features)
    if narrow is None:
        return None
    others = []
    for one in paths:
        words = words_in(one)
        if one.parent != path.parent or one in (path, labels) or not key & words or not part:
            continue
        name = "_".join(sorted(words - key - FEATURES - LABELS))
        if name and lines_in(one) == count and (beside := narrow_rows(one, count, features)):
            others.append((name, beside))
    return Pair(features, narrow, label_place(narrow), tuple(others), part)


def lines_in(path: Path) -> int:
    """How many lines of a file hold something."""
    with path.open("rb") as file:
        return sum(bool(line.strip()) for line in file)


def rows_of(path: Path) -> Rows | None:
    """A table in text; None for anything else."""
    with suppress(GoodfitError, UnicodeError):
        dialect = find_dialect(path, "utf-8")
        header = bool(find_header(dialect.rows).value)
        return Rows(path, lines_in(path), dialect.separator, header)
    return None


def narrow_rows(path: Path, lines: int, features: Rows) -> Rows | None:
    """A file of a few cells a row, beside features; None for one of more."""
    begin = first_lines(path)
    separator = next((one for one in ("\t", ",", ";") if one in begin[0]), features.separator)
    if max(len(row) for row in cells_in(begin, separator, '"')) > MOST_CELLS:
        return None
    header = features.header and lines == features.lines
    header = header and not any(map(is_plain_number, next(cells_in(begin, separator, '"'))))
    return Rows(path, lines, separator, header)


def first_lines(path: Path, most: int = 1_000) -> list[str]:
    """The first lines of a file that hold something."""
    with path.open(encoding="utf-8", errors="replace") as file:
        lines = (line for line in file if line.strip())
        return [line for _, line in zip(range(most), lines, strict=False)]


def label_place(rows: Rows) -> int:
    """The column of labels: that of the fewest values, but more than one."""
    cells = [*cells_in(first_lines(rows.path)[rows.header :], rows.separator, '"')]
    counts = [len({*column}) for column in zip(*cells, strict=False)]
    return min(range(len(counts)), key=lambda place: (counts[place] < 2, counts[place]))


def code_of(pairs: list[Pair], root: Path) -> str:
    """A line of Python that writes the pairs as one table, with the part where there are some."""
    usual = pairs[0].features

    def read(rows: Rows) -> str:
        words = [repr(str(rows.path.relative_to(root)))]
        words += [f"sep={written(rows.separator)}"] * (rows.separator != usual.separator)
        words += [f"header={header_of(rows)}"] * (rows.header != usual.header)
        return f"t({', '.join(words)})"

    tables = []
    for one in pairs:
        names = "" if one.features.header else ".add_prefix('x')"
        columns = [f"target={read(one.labels)}.iloc[:, {one.place}]"]
        columns += [f"{name}={read(rows)}.iloc[:, 0]" for name, rows in one.others]
        columns += [f"part={one.part!r}"] * (len(pairs) > 1 and bool(one.part))
        tables.append(f"{read(one.features)}{names}.assign({', '.join(columns)})")
    opened = f"p.read_csv({f'{root}/'!r} + name, sep=sep, header=header)"
    settings = f"sep={written(usual.separator)}, header={header_of(usual)}"
    return (
        f"import pandas as p; t = lambda name, {settings}: {opened}; "
        f"p.concat([{', '.join(tables)}]).to_csv('rows.csv', index=False)"
    )


def written(separator: str) -> str:
    """A separator as Python reads it."""
    return f"r'{separator}'" if separator == SPACES else repr(separator)


def header_of(rows: Rows) -> str:
    """What pandas takes for whether there are names."""
    return "0" if rows.header else "None"
