"""Tables of the same columns in one folder, such as a file for each class, month or machine."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.reader.how import parts_in
from goodfit.study.commands import python_command
from goodfit.study.files.dialect import find_dialect
from goodfit.study.files.encoding import find_encoding
from goodfit.study.files.header import find_header

MOST = 500  # files


def joined_fix(paths: Sequence[Path]) -> str:
    """What else can be done with several tables: the line of Python that writes them as one, and
    the file of each row in a column; "" where their columns differ, or they are parts of one."""
    first = paths[0]
    alike = {(path.parent, path.suffix) for path in paths} == {(first.parent, first.suffix)}
    if not alike or not 1 < len(paths) <= MOST or any(parts_in([path.stem for path in paths])):
        return ""
    found = [names_in(path) for path in paths]
    if not found[0] or any(one != found[0] for one in found):
        return ""
    separator, encoding, _ = found[0]
    more = f", sep={separator!r}" * (separator != ",") + f", encoding={encoding!r}" * (
        encoding != "utf-8"
    )
    files = f"sorted(Path({str(first.parent)!r}).glob('*{first.suffix}'))"
    code = f"import pandas as p; from pathlib import Path; p.concat([p.read_csv(f{more})"
    code += f".assign(file=f.stem) for f in {files}]).to_csv('rows.csv', index=False)"
    return f"; or, since all have the same columns, make one table of them: {python_command(code)}"


def names_in(path: Path) -> tuple[str, str, tuple[str, ...]] | None:
    """Separator, encoding and names of a table in text; None where it has none."""
    with suppress(GoodfitError, UnicodeError, LookupError):
        encoding = str(find_encoding(path).value)
        dialect = find_dialect(path, encoding)
        if find_header(dialect.rows).value and not dialect.skip:
            return dialect.separator, encoding, dialect.rows[0]
    return None
