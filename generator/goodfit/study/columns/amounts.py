"""Amounts as countries write them: what stands between thousands, and before fractions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

SIGNS = "$€£¥%"
THOUSANDS = (",", ".", "'", "\u2019", " ", "\u00a0", "\u202f")
AMOUNT = rf"^[-+\d\s.,eE()'{''.join(THOUSANDS)}{SIGNS}\u2212\u2012\u2013\uFE63\uFF0D]*$"
# What a comma can be but thousands: 1,5 0,125 3,620E-01
FRACTION = r",(\d\d?|\d{4,})\D*$|^\D*0,\d|,\d+[eE][-+]?\d+$"


def all_match(cells: pl.Series, pattern: str) -> bool:
    """Every cell is of this form."""
    return bool(cells.str.contains(pattern).all())


def without_signs(
    cells: pl.Series, mark: str, said: bool = False
) -> tuple[pl.Series, tuple[str, ...]] | None:
    """The cells as numbers, without currency and thousands, where `mark` is the decimal mark (""
    for whole numbers alone), which a person may have `said`; and the signs that went. None where
    they do not stand as such do."""
    from goodfit.reader.cells import cast, plain

    filled = cells.drop_nulls()
    if not all_match(filled.head(1_000), AMOUNT):
        return None  # soon seen, where there are a million
    apart = [
        sign
        for sign in THOUSANDS
        if sign != mark and filled.str.contains(rf"\d{re.escape(sign)}\d").any()
    ]
    fraction = rf"({re.escape(mark)}\d+)?" if mark else ""
    for sign in apart:
        between = filled.filter(filled.str.contains(sign, literal=True))
        if sign.isspace():
            between = between.filter(between.str.contains(rf"\d{sign}\d"))
        mark_of = re.escape(sign)  # and as in India, 1,76,17,681
        groups = rf"(\d{{0,2}}({mark_of}\d{{3}})+|\d?({mark_of}\d\d)*{mark_of}\d{{3}})"
        grouped = rf"^\D{{0,3}}[1-9]{groups}{fraction}\D{{0,4}}$"
        if len(apart) > 1 or not all_match(between, grouped):
            return None
    commas = filled.str.contains(",", literal=True).any()
    if mark == "," and commas and not said and not filled.str.contains(FRACTION).any():
        return None  # 1,234 alone may be thousands as well
    signs = [sign for sign in SIGNS if filled.str.contains(sign, literal=True).any()] + apart
    numbers = cast(plain(cells, signs, mark))
    return (numbers, tuple(signs)) if numbers.null_count() == cells.null_count() else None
