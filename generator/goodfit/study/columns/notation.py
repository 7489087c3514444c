"""Marks inside the cells: what means "no value", the decimal mark, currency and thousands."""

from __future__ import annotations

from collections.abc import Sequence

from goodfit.errors import shell_word
from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import NO_VALUE, Column
from goodfit.study.evidence import Evidence, counted, short
from goodfit.toml import inline

MANY = 12  # distinct numbers of an amount, at least
FAR_OFF = (-9, -99, -999, -9999, -99999, 99, 999, 9999, 99999)  # numbers that stand for nothing


def find_notation(columns: list[Column], separator: str) -> list[Evidence]:
    """Settings for what the cells hold beside values; none where they are as usual. `separator` is
    that of a text file, "" for other files."""
    found = []
    marks = {mark: column for column in columns for mark in column.marks}
    marks |= sentinels(columns)
    clash = [
        f"`{other.name}` has the category {mark!r}, which means no value in `{column.name}`"
        for mark, column in marks.items()
        for other in columns
        if other.kind in ("words", "text")
        and mark not in other.marks
        and bool((other.cells == mark).any())
    ]
    if clash:
        found.append(Evidence("missing", [*NO_VALUE, *marks], "unsure", "; ".join(clash)))
    elif marks:
        why = "; ".join(f"{mark!r} in `{column.name}`" for mark, column in marks.items())
        why = f"they mean no value: {why}"
        found.append(Evidence("missing", [*NO_VALUE, *marks], "likely", why))
    found += decimal_mark(columns)
    if signs := sorted({sign for one in columns for sign in one.signs}):
        found.append(number_signs(columns, signs, separator))
    return found


def number_signs(columns: list[Column], signs: list[str], separator: str) -> Evidence:
    """Currency and thousands; unsure where a comma may be a decimal mark, as beside semicolons."""
    mixed = [one for one in columns if one.mixed]
    if mixed:
        where = mixed[0]
        named = ", ".join(f"{sign or 'nothing'} in {rows:,}" for sign, rows in sorted(where.mixed))
        why = (
            f"`{where.name}` holds numbers with {named} of {where.filled:,} cells. Are they all of "
        )
        why += (
            "one scale? This reads them as if; else bring them to one unit in the file first, or "
        )
        why += f"leave it out: --set {shell_word('ignore=' + inline([where.name]))}"
        return Evidence("number_signs", signs, "unsure", why)
    clear = separator in ("", ",") or any("," in one.signs and not one.either for one in columns)
    unclear = [one for one in columns if one.either and ("." in one.signs or not clear)]
    where = next(iter(unclear), next(one for one in columns if one.signs))
    filled = (str(one) for one in where.cells.drop_nulls())
    cell = next(one for one in filled if any(sign in one for sign in where.signs))
    why = f"`{where.name}` holds numbers such as {cell!r}"
    if not unclear:
        return Evidence("number_signs", signs, "likely", why)
    mark = "." if "." in where.signs else ","
    why += f": thousands? Or fractions: then say --set decimal={mark}"
    return Evidence("number_signs", signs, "unsure", why)


def decimal_mark(columns: list[Column]) -> list[Evidence]:
    """The comma where fractions are written so; unsure where others have a point."""
    import polars as pl

    commas = [one for one in columns if one.comma]
    points = [
        one
        for one in columns
        if one.cells.dtype == pl.String  # a file of types of its own may hold text beside numbers
        and not one.comma
        and ((one.kind == "number" and not one.whole) or "," in one.signs)
    ]
    if not commas:
        return []
    cell = next(str(one) for one in commas[0].cells.drop_nulls() if "," in str(one))
    why = f"`{commas[0].name}` holds {cell!r}"
    if points:
        why += f", and `{points[0].name}` is written with a point"
    return [Evidence("decimal", ",", "unsure" if points else "likely", why)]


def sentinels(columns: list[Column]) -> dict[str, Column]:
    """Numbers such as -999 that stand for "no value": known for it, in several rows, at one end,
    farther from the rest than the rest is wide, and in no other column."""
    found: dict[str, Column] = {}
    for column in columns:
        for mark, gap, width in lonely(column):
            if mark in FAR_OFF and gap > width and not stands_elsewhere(columns, column, mark):
                found |= dict.fromkeys(written(column, mark), column)
    return found


def written(column: Column, number: float) -> list[str]:
    """How a number is written in the cells of a column: -9999, -9999.00."""
    import polars as pl

    if column.cells.dtype != pl.String or column.numbers is None:
        return [f"{number:g}"]
    return sorted(column.cells.filter((column.numbers == number).fill_null(False)).unique())


def lonely(column: Column) -> list[tuple[float, float, float]]:
    """The ends of a column of numbers that stand in three rows or more and far from the others:
    the number, how far, and how wide the others are, the outermost tenth of them left out."""
    if column.numbers is None or column.distinct < MANY:
        return []
    import numpy as np

    numbers = column.numbers.to_numpy()  # a call takes less than Polars', for thousands of columns
    kept, found = numbers[~np.isnan(numbers)], []
    for mark in {float(kept.min()), float(kept.max())}:
        alike = kept == mark
        if alike.sum() < max(3, len(kept) / 1_000):
            continue
        others = kept[~alike]
        low, high = float(others.min()), float(others.max())
        gap = max(low - mark, mark - high)
        quantiles = np.quantile(others, (0.05, 0.95), method="nearest")
        if gap > (quantiles[1] - quantiles[0]) / 2:
            found.append((mark, gap, high - low))
    return found


def find_no_value(columns: list[Column], marks: Sequence[str]) -> list[Evidence]:
    """A question about numbers that stand apart from all others of their column, again and again:
    do they mean that nothing was measured? `marks` are known to mean it everywhere."""
    found, shown = [], []
    for column in columns:
        for mark, _, _ in lonely(column):
            if f"{mark:g}" in marks or column.numbers is None or not may_be_mark(mark):
                continue
            rows = int((column.numbers == mark).sum())
            others = column.numbers.filter(column.numbers != mark).drop_nulls()
            found.append(f"{column.name}={mark:g}")
            span = f"{as_float(others.min()):g} to {as_float(others.max()):g}"
            shown.append(
                f"`{column.name}` is {mark:g} in {counted(rows, 'row')}, and {span} in all others"
            )
    if not found:
        return []
    why = f"{'; '.join(shown)}. Does it mean that there is no value? If not: --set 'no_value=[]'"
    return [Evidence("no_value", found, "unsure", why)]


def may_be_mark(number: float) -> bool:
    """A person would write it for nothing: a whole number, or nines; 11.5 is a measurement."""
    return number == round(number) or {*f"{abs(number):g}"} <= {"9", "."}


def find_spellings(columns: list[Column]) -> list[Evidence]:
    """A question about words that differ in capitals and blanks alone."""
    from goodfit.reader.cells import joined

    for column in columns:
        if column.kind != "words" or column.distinct > column.filled / 2:
            continue
        words = column.cells.drop_nulls().unique().sort()
        one = joined(words)
        if one.n_unique() < len(words):
            again = one.filter(one.is_duplicated())[0]
            pair = " and ".join(short(str(word)) for word in words.filter(one == again))
            why = f"`{column.name}` holds {pair}: one word? Else: --set join_spellings=false"
            return [Evidence("join_spellings", True, "unsure", why)]
    return []


def stands_elsewhere(columns: list[Column], here: Column, mark: float) -> bool:
    """Another column of numbers holds the same number."""
    numbers = [one.numbers for one in columns if one.numbers is not None and one is not here]
    return any(bool((one == mark).any()) for one in numbers)
