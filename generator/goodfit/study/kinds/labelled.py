"""Files as fastText reads them: each line begins with labels, such as `__label__pos well done`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from goodfit.reader.labelled import LABEL, labelled
from goodfit.study.files.tables import Table
from goodfit.study.kinds.texts import encoding_evidence, text_in

HEAD = 1 << 16


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
