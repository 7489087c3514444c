"""Cells that list labels, such as "joy, love", "joy|love" or "['joy', 'love']"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import polars as pl


def with_labels(
    frame: pl.DataFrame, targets: Sequence[str], tell: Callable[[str], object] = print
) -> pl.DataFrame:
    """A Boolean column more for each target like "mood=joy": whether the cell in "mood" names joy,
    alone or in a list. Labels that are no targets are told."""
    lists = [name.partition("=") for name in targets if name not in frame.columns]
    for column in dict.fromkeys(column for column, equals, _ in lists if equals):
        if column not in frame.columns:
            continue
        wanted = [label for name, equals, label in lists if name == column and equals]
        cells = frame[column].alias("cells").cast(pl.String).fill_null("")
        named = [{one.strip(" []'\"") for one in re.split("[,;|]", cell)} for cell in cells]
        if others := sorted(set().union(*named) - {*wanted, ""}):
            tell(f"note: {column!r} names labels that are no targets: {others[:12]}")
        new = [pl.Series(f"{column}={one}", [one in labels for labels in named]) for one in wanted]
        frame = frame.hstack(new)
    return frame
