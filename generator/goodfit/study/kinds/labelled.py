"""Files of texts with labels before them: as fastText reads them, `__label__pos well done`, and
others, `HUM:ind Who was Galileo ?`, which are called by their name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from goodfit.errors import GoodfitError
from goodfit.reader.labelled import LABEL, labelled
from goodfit.study.commands import NAME_WRITTEN, python_command
from goodfit.study.files.tables import Table
from goodfit.study.kinds.texts import encoding_evidence, text_in

HEAD = 1 << 16
BEFORE = re.compile(r"([A-Za-z]\w*:[A-Za-z]\w*|[A-Za-z]\w*:) \S")  # a label, and a text behind it
TO_CSV = (
    "import csv; lines = open({path!r}, encoding={encoding!r}); "
    "rows = [line.split(maxsplit=1) for line in lines if line.strip()]; "
    "csv.writer(open('rows.csv', 'w', newline='')).writerows([('label', 'text'), *rows])"
)


def looks_labelled(path: Path) -> bool:
    """Every line at the beginning of the file starts with a label."""
    with path.open("rb") as file:
        lines = file.read(HEAD).split(b"\n")[:-1]
    filled = [line for line in lines if line.strip()]
    return len(filled) > 1 and all(line.startswith(LABEL.encode()) for line in filled)


def labelled_table(path: Path) -> Table:
    """Its lines as a table of two columns, several labels with commas between them."""
    encoding = encoding_evidence([path])
    frame = labelled(text_in(path, str(encoding.value)).split("\n"))

    def counts_of(name: str) -> dict[Any, int]:
        return dict(frame[name].value_counts().iter_rows())

    kind = f"a file of texts, each behind its {LABEL}"
    return Table(path, kind, frame, frame.height, counts_of, (encoding,))


def refuse_labels_before(path: Path) -> None:
    """Raise GoodfitError for a file of which each line is a label such as HUM:ind and a text."""
    with path.open("rb") as file:
        lines = file.read(HEAD).decode("latin-1").split("\n")[:-1]
    found = [BEFORE.match(line) for line in lines if line.strip()]
    labels = {one[1] for one in found if one}
    if len(found) < 20 or not all(found) or len(labels) > len(found) / 3:
        return
    encoding = str(encoding_evidence([path]).value)
    code = TO_CSV.format(path=str(path), encoding=encoding)
    given = f"{path} has a label before each text, such as {min(labels)!r}, with a blank between"
    fix = NAME_WRITTEN + python_command(code)
    raise GoodfitError(given, "columns divided by commas or tabs", fix)
