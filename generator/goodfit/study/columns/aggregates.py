"""Polars' aggregates as plain numbers: their type may be any, and None where all is empty."""

from __future__ import annotations


def as_float(value: object) -> float:
    """The number, or 0 where there is none."""
    return float(value) if isinstance(value, int | float) else 0.0
