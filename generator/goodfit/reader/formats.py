"""Formats whose files say what their columns are. A new one is a row of `FORMATS`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

PARQUET, ARROW, ZIP, OLD_OFFICE = b"PAR1", b"ARROW1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Format:
    """A format in words, how it is read, and the bytes with which its files begin; () for any."""

    kind: str
    scan: Callable[[Path], pl.LazyFrame]
    begins: tuple[bytes, ...] = ()


def literal(path: Path) -> Any:
    """The file itself: Polars takes the name x[1].arrow for a pattern."""
    return path.open("rb") if set("*?[") & set(str(path)) else path


def scan_parquet(path: Path) -> pl.LazyFrame:
    """Columns with types."""
    import polars as pl

    return pl.scan_parquet(path, glob=False)


def scan_arrow(path: Path) -> pl.LazyFrame:
    """Columns with types."""
    import polars as pl

    return pl.scan_ipc(literal(path))


def scan_json_lines(path: Path) -> pl.LazyFrame:
    """A record a line. Raises ValueError for the first line that is none."""
    import polars as pl

    try:
        lazy = pl.scan_ndjson(literal(path), infer_schema_length=10_000)
        lazy.collect_schema()
    except pl.exceptions.PolarsError:
        raise ValueError(faulty_record(path)) from None
    return lazy


def faulty_record(path: Path) -> str:
    """Which line is no record, in words."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            try:
                record = json.loads(line) if line.strip() else {}
            except ValueError:
                return f"line {number} is no JSON: {line.strip()[:40]!r}"
            if not isinstance(record, dict):
                return f"line {number} is no record with names: {line.strip()[:40]!r}"
    return "its records do not go together"


def scan_excel(path: Path) -> pl.LazyFrame:
    """The first sheet, its first row the names."""
    import fastexcel
    import polars as pl

    try:
        return pl.read_excel(path, sheet_id=1, infer_schema_length=None).lazy()
    except fastexcel.FastExcelError as error:
        raise ValueError(str(error)) from None


def scan_arrays(path: Path) -> pl.LazyFrame:
    """Arrays X (rows, columns) and y: column_1, column_2, ... and target, as the project has it."""
    import numpy as np
    import polars as pl

    with np.load(path, allow_pickle=False) as arrays:
        if "X" not in arrays or arrays["X"].ndim != 2:
            shapes = ", ".join(f"{name} {arrays[name].shape}" for name in arrays.files)
            raise ValueError(f"it holds {shapes}, and not X (rows, columns)")
        x = arrays["X"]
        if "y" in arrays and len(arrays["y"]) != len(x):
            raise ValueError(f"X has {len(x):,} rows, and y {len(arrays['y']):,}")
        y = arrays["y"].reshape(len(x), -1) if "y" in arrays else np.empty((len(x), 0))
    if strange := {array.dtype for array in (x, y)} - {
        array.dtype for array in (x, y) if array.dtype.kind in "biufU"
    }:
        raise ValueError(f"it holds {', '.join(map(str, strange))}, and not numbers or words")
    one = y.shape[1] == 1
    columns = {f"column_{place + 1}": x[:, place] for place in range(x.shape[1])}
    columns |= {
        "target" if one else f"target_{place + 1}": y[:, place] for place in range(y.shape[1])
    }
    return pl.DataFrame(
        {name: np.ascontiguousarray(values) for name, values in columns.items()}
    ).lazy()


FORMATS = {
    ".parquet": Format("a Parquet file", scan_parquet, (PARQUET,)),
    ".pq": Format("a Parquet file", scan_parquet, (PARQUET,)),
    ".arrow": Format("an Arrow file", scan_arrow, (ARROW,)),
    ".feather": Format("an Arrow file", scan_arrow, (ARROW,)),
    ".ipc": Format("an Arrow file", scan_arrow, (ARROW,)),
    ".jsonl": Format("a file of JSON lines", scan_json_lines),
    ".ndjson": Format("a file of JSON lines", scan_json_lines),
    ".xlsx": Format("an Excel file", scan_excel, (ZIP,)),
    ".xls": Format("an Excel file", scan_excel, (OLD_OFFICE, ZIP)),
    ".npz": Format("a file of NumPy arrays", scan_arrays, (ZIP,)),
}
