"""Names and cells come from files: what they may not do to a terminal, a page or a spreadsheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

OBEYED = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Signs that colour, move or turn round what stands beside them; as reader/how.py has them."""
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"[+-]?[0-9][0-9.,:/Ee+-]*%?")


def readable(text: str) -> str:
    """The text with signs that a terminal would obey written out: \\x1b."""
    return OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def for_spreadsheet(table: pd.DataFrame) -> pd.DataFrame:
    """`table` for a CSV file that somebody may open in a spreadsheet, which runs a cell that begins
    with =, +, - or @ as a formula: such texts, and names of columns, get a ' before them, which
    makes them text there. Numbers stay as they are, -1.5 and +3 in words too; whoever reads the
    file by a program takes the ' off again."""

    def quoted(cells: pd.Series) -> pd.Series:
        return cells if cells.dtype.kind in "biufcMm" else cells.map(as_text)

    return table.apply(quoted).set_axis([as_text(name) for name in table.columns], axis=1)


def as_text(cell: Any) -> Any:
    """A cell that a spreadsheet takes for what it says."""
    runs = isinstance(cell, str) and cell.startswith(FORMULA) and not NUMBER.fullmatch(cell)
    return f"'{cell}" if runs else cell
