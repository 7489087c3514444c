"""Numbers with something before or behind them: units, currency, percent, and cells that are none.

A unit that every number of a column has can be stripped. Where only some have it, or they have
several, the numbers may be on different scales: 27.2% and 0.25 are not 27.2 and 0.25.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodfit.study.columns.amounts import without_signs

if TYPE_CHECKING:
    import polars as pl

AMOUNT = r"[-+\u2212(]*\d[\d.,'\u2019\u00a0\u202f ]*(?:[eE][-+]?\d+)?\)?-?"
MONEY = r"(?:[^\w(+\u2212-]{0,3}|(?:EUR|USD|GBP|CHF|JPY|INR|Rs|kr)[.$]?|(?:R|US|CA|A)\$)"
APART = rf"^({MONEY})\s*({AMOUNT})\s*(\D{{0,12}})$"
FEWEST = 20  # distinct values of an amount, at least
FEW = 4  # units that a column may have
KNOWN = {  # two of these may stand in one column; of other words, such as PASS and FAIL, one
    *("kg", "g", "mg", "lb", "lbs", "oz", "t", "km", "m", "cm", "mm", "mi", "in", "ft", "yd"),
    *("h", "hr", "hrs", "min", "mins", "s", "sec", "ms", "d", "day", "days", "yr", "yrs", "year"),
    *("years", "month", "months", "week", "weeks", "l", "ml", "gal", "c", "°c", "f", "°f", "°"),
    *("€", "$", "£", "¥", "%", "eur", "usd", "gbp", "chf", "kw", "kwh", "w", "hp", "mph", "km/h"),
}
FACTORS = {"k", "m", "b", "bn", "mn", "mio", "mrd", "tsd"}  # 1.2K is not 1.2
NO_UNITS = {"e", "x", ":", "/", "-", "<", ">", "~", "≤", "≥", "<=", ">=", ".", ","}
NO_STARTS = {*":_#@&"}
LIKE = rf"^[<>~≤≥=]*\s*{MONEY}\s*[-+\u2212(]?\d[\d.,:/ ]*\s*\w{{0,3}}\)?$"  # more number than word
PADDED = r"^0\d+$"  # 007
FRACTION = r"^[-+]?\d+[.,]\d+$"
DAY = r"^(\d{1,4}|\p{L}{3,9})[-./, 年月]+(\d{1,2}|\p{L}{3,9})[-./, 年月]+\d{1,4}(\D.*)?$"


@dataclass(frozen=True)
class Units:
    """The units in a column of numbers and in how many cells each stands; "" for none. `numbers`
    are the cells without their `signs`: units, and what stands between thousands; `comma`: their
    fractions are written 1,5."""

    counts: dict[str, int]
    signs: tuple[str, ...]
    numbers: pl.Series
    comma: bool

    @property
    def mixed(self) -> bool:
        """Not every number has the same."""
        return len(self.counts) > 1


def units_in(cells: pl.Series) -> Units | None:
    """What stands around the numbers of a column; None where its cells are anything else."""
    import polars as pl

    from goodfit.reader.cells import CODE, cast, plain

    filled = cells.drop_nulls()
    parts = filled.head(1_000).str.extract_groups(APART)
    if not len(filled) or parts.struct[1].null_count():
        return None
    parts = filled.str.extract_groups(APART)
    if parts.struct[1].null_count() or parts.struct[1].str.contains(CODE).any():
        return None
    before, behind = (parts.struct[place].str.strip_chars() for place in (0, 2))
    both = pl.DataFrame({"before": before, "behind": behind})
    if both.filter((pl.col("before") != "") & (pl.col("behind") != "")).height:
        return None
    unit = both.select(pl.col("before") + pl.col("behind")).to_series()
    counts = {str(one): int(rows) for one, rows in unit.value_counts().iter_rows()}
    words = {one.lower() for one in counts} - {""}
    factors = FACTORS if len(counts) > 1 else set()  # one in every cell is a unit
    if not words or len(counts) > FEW or words & (factors | NO_UNITS) or any(map(has_digit, words)):
        return None
    starts = {one[0] for one in behind.unique() if one}
    if starts & NO_STARTS or (starts and parts.struct[1].str.ends_with(".").any()):
        return None  # 11017.json, 4:nsubj
    if len(words) > 1 and not words <= KNOWN:
        return None
    amounts, units = parts.struct[1].str.strip_chars(), [one for one in counts if one]
    fractions = filled.str.contains(r",\d\d?(\D*|[eE][-+]?\d+\D*)$").any()  # 1,234 may be thousands
    for mark in (".", ",") if fractions else (".",):
        if found := without_signs(amounts, mark):
            signs = (*units, *found[1])
            numbers = cast(plain(cells, signs, mark))
            if numbers.null_count() == cells.null_count():
                return Units(counts, signs, numbers, mark == ",")
    return None


def has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def nearly_numbers(cells: pl.Series) -> str:
    """A cell such as 29:11, <0.5, 1.2K or a date of a column that holds little else; "" of any
    other, such as one of a few ranges (20-29) or of codes that are all of one form (12-345)."""
    filled = cells.drop_nulls()
    few = filled.unique(maintain_order=True).head(1_000)
    like = few.filter(few.str.contains(LIKE))
    odd = like.filter(like.str.contains(r"[^\d.,+-]"))
    fractions = like.filter(like.str.contains(FRACTION))
    commas = fractions.filter(fractions.str.contains(",", literal=True))
    if len(few) > FEWEST and 0 < len(commas) < len(fractions) and len(like) == len(few):
        return str(commas[0])  # 12,5 beside 12.5
    days = few.filter(few.str.contains(DAY) & few.str.contains(r"(^|\D)(19|20)\d\d(\D|$)"))
    if len(few) > FEWEST and len(days) > 0.8 * len(few):
        return str(days[0])
    if len(few) <= FEWEST or len(like) < 0.8 * len(few) or odd.is_empty():
        return ""
    if few.str.contains(PADDED).any():
        return ""  # 007 and 08b name something
    forms = odd.str.replace_all(r"\d+", "0")
    coded = forms.n_unique() == 1 and len(odd) == len(few) and not str(forms[0]).startswith("0:")
    return "" if coded else str(odd[0])
