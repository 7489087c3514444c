"""What the cells of a column mean: no value, numbers, yes and no, words.

Numbers are read in 64 bits. A sign before or behind them, parentheses for what is owed, a minus in
any spelling, currency, units and thousands are understood; what stands for no value is recorded.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Literal, TypeVar

import polars as pl

from .how import How

Function = TypeVar("Function", bound=Callable[..., Any])
Kind = Literal["number", "boolean", "words", "empty"]
TRUE, FALSE = ("true", "yes", "y", "t", "1"), ("false", "no", "n", "f", "0")
MINUS = r"^[\u2212\u2012\u2013\uFE63\uFF0D]"  # minus signs that are no hyphen
OWED = r"^\((.*)\)$"  # (1,814.62) is less than nothing
BEHIND = r"^([^-+]*[\d.,])-$"  # 5- too
PARTED = r"^[-+]?[1-9]\d{0,2}(\.\d{3})*$"  # whole numbers, with a point between thousands
CODE = r"^[+-]?0\d"  # 01 names something: no amount is written so


def plainly_named(function: Function) -> Function:
    """The same on cells of a plain name: Polars reads one such as "^y$" as more than a name."""

    @wraps(function)
    def on_cells(cells: pl.Series, *more: Any) -> Any:
        found = function(cells.alias("cells"), *more)
        return found.alias(cells.name) if isinstance(found, pl.Series) else found

    return typing.cast("Function", on_cells)


def spelled(cells: pl.Series) -> pl.Series:
    """Categories, which some files have as a type, as the words that they are."""
    return cells.cast(pl.String) if cells.dtype in (pl.Categorical, pl.Enum) else cells


@plainly_named
def blanked(cells: pl.Series, marks: Sequence[str]) -> pl.Series:
    """The cells, null where one of `marks` stands."""
    words = spelled(cells)
    if words.dtype != pl.String or not marks or not len(cells):
        return cells
    return cells.set(words.is_in([*marks]).fill_null(False), None)


def without(numbers: pl.Series, marks: Sequence[str]) -> pl.Series:
    """The numbers of a column, null where `marks` such as "age=-1" say so of it."""
    pairs = [mark.rpartition("=") for mark in marks]
    values = [float(value) for name, _, value in pairs if name == numbers.name]
    kept = numbers.alias("cells")
    kept = kept.set(kept.is_in(values).fill_null(False), None) if values else kept
    return kept.alias(numbers.name)


@plainly_named
def joined(cells: pl.Series) -> pl.Series:
    """Words in one spelling: small letters, one blank between them."""
    if cells.dtype != pl.String:
        return cells
    return cells.str.to_lowercase().str.replace_all(r"\s+", " ")


@plainly_named
def plain(cells: pl.Series, signs: Sequence[str], decimal: str) -> pl.Series:
    """Text as numbers are written in code: no `signs`, a point for fractions, a minus in front."""
    text = cells.str.strip_chars()
    for sign in sorted(signs, key=len, reverse=True):  # kg before g
        text = text.str.replace_all(sign, "", literal=True)
    if decimal not in ("", "."):
        text = text.str.replace_all(decimal, ".", literal=True)
    text = text.str.strip_chars().str.replace(MINUS, "-")
    text = text.str.replace(OWED, "-${1}").str.replace(BEHIND, "-${1}")
    return text.str.replace(r"^([-+])\s+", "${1}")


@plainly_named
def cast(text: pl.Series) -> pl.Series:
    """Float64: the text as numbers, null where it is none. Infinity is none."""
    numbers = text.cast(pl.Float64, strict=False)
    return numbers.set((numbers.is_infinite() | numbers.is_nan()).fill_null(False), None)


@plainly_named
def numbers_in(cells: pl.Series, how: How) -> pl.Series:
    """Float64: a column as numbers, null where there is no value and where it is no number."""
    cells = spelled(cells)
    if cells.dtype == pl.Boolean or cells.dtype.is_numeric():
        return cells.cast(pl.Float64).fill_nan(None)
    if cells.dtype != pl.String:
        return pl.Series(cells.name, [None] * len(cells), pl.Float64)
    numbers = cast(cells)
    # 55.122 may be thousands, if that is what a point is said to be
    parted = "." in how.number_signs and cells.drop_nulls().str.contains(PARTED).all()
    if numbers.null_count() == cells.null_count() and not parted:
        return numbers
    return cast(plain(cells, how.number_signs, how.decimal))


@plainly_named
def truth_in(cells: pl.Series) -> pl.Series:
    """Float64: 1 for yes, 0 for no, null for anything else."""
    cells = spelled(cells)
    if cells.dtype == pl.Boolean or cells.dtype.is_numeric():
        return cells.cast(pl.Float64)
    meaning = dict.fromkeys(TRUE, 1.0) | dict.fromkeys(FALSE, 0.0)
    low = cells.str.strip_chars().str.to_lowercase()
    return low.replace_strict(meaning, default=None, return_dtype=pl.Float64)


@plainly_named
def kind_of(cells: pl.Series, how: How) -> Kind:
    """What a column holds where nobody has recorded it: numbers only where every value is one, and
    none is written like a code (01)."""
    if cells.dtype.is_numeric():
        return "number"
    if cells.dtype == pl.Boolean:
        return "boolean"
    if cells.null_count() == len(cells):
        return "empty"
    if cells.dtype != pl.String:
        return "words"
    if cells.str.to_lowercase().is_in(["true", "false"]).all():
        return "boolean"
    if numbers_in(cells, how).null_count() > cells.null_count():
        return "words"
    return "words" if cells.str.contains(CODE).any() else "number"
