"""The cells of a column, as text and as numbers; the columns of a table."""

import numpy as np
import pandas as pd

from config import refuse

TRUE, FALSE = ("true", "yes", "y", "t", "1"), ("false", "no", "n", "f", "0")
MISSING = "<missing>"
PART = "<part>"  # the column that readers add where folders say which part a sample belongs to


def as_text(column: pd.Series) -> pd.Series:
    """Every value as text: "<missing>" where there is none, no ".0" after whole numbers."""
    if pd.api.types.is_float_dtype(column):
        column = column.map(lambda value: np.format_float_positional(value, trim="-"), "ignore")
    return column.astype("string").str.strip().fillna(MISSING)


def as_numbers(column: pd.Series, boolean: bool) -> np.ndarray:
    """float64 (rows,), NaN where missing. Refuses text that is no number (or no yes and no)."""
    if boolean:
        meaning = dict.fromkeys(TRUE, 1.0) | dict.fromkeys(FALSE, 0.0)
        read = as_text(column).str.lower().map(meaning)
    else:
        read = pd.to_numeric(column, errors="coerce")
    numbers = read.to_numpy(dtype="float64", na_value=np.nan)
    wrong = ~np.isfinite(numbers) & column.notna().to_numpy()
    if wrong.any():
        row = int(wrong.argmax())
        given = f"column {column.name!r} has {str(column.iloc[row])!r}, first in row {row + 1:,}"
        expected = "yes or no (true/false, 1/0)" if boolean else "a finite number"
        refuse(f"{given}, {wrong.sum():,} such cells", expected, "mend the cells")
    return numbers


def require_columns(table: pd.DataFrame, names: list[str], where: str) -> None:
    """Refuse a table that lacks one of `names`, and show the names it has."""
    for name in names:
        if name not in table.columns:
            has = ", ".join(repr(column) for column in table.columns[:30])
            fix = "call the column that holds it so, or correct [data] in config.toml"
            refuse(f"{where} has no column {name!r}", f"one of {has}", fix)


def require_targets(
    table: pd.DataFrame, targets: list[str], drop: bool, where: str
) -> pd.DataFrame:
    """The rows that have all their targets; rows without are refused, or left out where `drop`."""
    empty = table[targets].isna().any(axis=1).to_numpy()
    if empty.any() and not drop:
        given = f"{where}: {empty.sum()} of {len(table)} rows have no target, "
        fix = "fill them in, or leave them out: --set data.drop_rows_without_target=true"
        refuse(f"{given}first in row {empty.argmax() + 1}", f"a value in {targets}", fix)
    return table[~empty].reset_index(drop=True)


def note_size(samples: int, planned: int, word: str) -> None:
    """Say where the data is far larger or smaller than what the rules counted on."""
    if not planned / 4 <= samples <= planned * 4:
        given = f"{samples:,} {word}; this project was planned for {planned:,}"
        print(f"note: {given}. `goodfit generate --samples {samples}` has sizes to fit.")
