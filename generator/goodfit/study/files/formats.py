"""Whether a file is what its ending says."""

from __future__ import annotations

from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.reader.formats import FORMATS, OLD_OFFICE, Format
from goodfit.reader.magic import magic_of


def format_of(path: Path) -> Format | None:
    """The format that the ending of a file names; None for text.

    Raises GoodfitError where the file begins like something else.
    """
    found = None if path.is_dir() else FORMATS.get(path.suffix.lower())
    if found is None or not found.begins:
        return found
    with path.open("rb") as file:
        head = file.read(64)
    if not head.startswith(found.begins):
        like = magic_of(head, path)[0] or repr(head[:20].decode("latin-1"))
        given = f"{path} is called {path.suffix}, and begins like {like}"
        fix = "give it the ending of what it is, such as .csv for a table in text"
        if found.kind == "an Excel file" and head.startswith(OLD_OFFICE):
            given = f"{path} is locked by a password, or an old Office file"
            fix = "take the password off in Excel: File > Info > Protect Workbook; or call it .xls"
        raise GoodfitError(given, found.kind, fix)
    return found
