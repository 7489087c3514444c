"""Formats whose files say what their columns are. A new one is a row of `FORMATS`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile
from zlib import error as ZlibError

from .decode import columns_in
from .how import PARTS, Fault, Several
from .packages import TABLES, ending_of, require_small
from .records import faulty_record, scan_arff, scan_json, scan_sqlite

if TYPE_CHECKING:
    import polars as pl

STREAM = b"\xff\xff\xff\xff"  # of Arrow, as Hugging Face datasets are
PARQUET, ARROW, ZIP, OLD_OFFICE = b"PAR1", b"ARROW1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
HDF5, SQLITE = b"\x89HDF", b"SQLite format 3"


@dataclass(frozen=True)
class Format:
    """A format in words, how the table of some name in it is read, and the bytes with which its
    files begin; () for any."""

    kind: str
    scan: Callable[[Path, str], pl.LazyFrame]
    begins: tuple[bytes, ...] = ()


def literal(path: Path) -> Any:
    """The file itself: Polars takes the name x[1].arrow for a pattern."""
    return path.open("rb") if set("*?[") & set(str(path)) else path


def scan_parquet(path: Path, sheet: str) -> pl.LazyFrame:
    """Columns with types; a folder of part files is one table, and may say cells in its folders'
    names (year=2024)."""
    import polars as pl

    if not path.is_dir():
        return pl.scan_parquet(path, glob=False)
    if not part_files(path):
        expected = "a file, or a folder of Parquet files alone"
        raise Fault(f"{path} is a folder, and no table", expected, "name one of its files")
    return pl.scan_parquet(part_files(path), glob=False, hive_partitioning=True)


def scan_arrow(path: Path, sheet: str) -> pl.LazyFrame:
    """Columns with types, of a file or of a stream that was written into one."""
    import polars as pl

    with path.open("rb") as file:
        stream = file.read(len(STREAM)) == STREAM
    if stream:
        return pl.read_ipc_stream(path).lazy()
    lazy = pl.scan_ipc(literal(path))
    named = [name for name, kind in lazy.collect_schema().items() if kind == pl.Categorical]
    try:
        lazy.select(pl.col(one) for one in named).collect()
    except pl.exceptions.PolarsError:  # pandas writes what is missing in a category as code -1
        return pl.read_ipc(path, use_pyarrow=True).lazy()
    return lazy


def scan_json_lines(path: Path, sheet: str) -> pl.LazyFrame:
    """A record a line. Raises ValueError for the first line that is none."""
    import polars as pl

    try:
        lazy = pl.scan_ndjson(literal(path), infer_schema_length=10_000)
        lazy.collect_schema()
    except pl.exceptions.PolarsError:
        raise ValueError(faulty_record(path)) from None
    return lazy


def part_files(folder: Path) -> list[Path]:
    """The files of a table that is written as a folder of Parquet files, in order; [] elsewhere."""
    inside = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    paths = [path for path in inside if not path.name.startswith((".", "_"))]
    if not paths or {path.suffix for path in paths} != {".parquet"}:
        return []
    written = any(path.name == "_SUCCESS" for path in inside)
    return paths if written or all(map(names_a_part, paths)) or alike(paths) else []


def alike(paths: list[Path]) -> bool:
    """Several files in one folder hold rows of one table: they have the same columns, and no name
    says train or test."""
    import polars as pl

    words = {word for path in paths for word in re.findall("[a-z]+", path.stem.lower())}
    if len(paths) < 2 or len({path.parent for path in paths}) > 1 or words & {*PARTS}:
        return False
    try:
        kinds = [pl.read_parquet_schema(path) for path in paths]
    except (pl.exceptions.PolarsError, OSError):
        return False
    return all(one == kinds[0] for one in kinds)


def names_a_part(path: Path) -> bool:
    """A program has named this file: part-00000.parquet, 0.parquet, or year=2024/x.parquet."""
    numbered = re.match(r"(part|chunk|data)?[-_.]?\d+", path.stem)
    return bool(numbered) or "=" in path.parent.name


def is_table(path: Path) -> bool:
    """A file is called like a table, or a folder holds the parts of one."""
    if os.path.isdir(path):
        return bool(part_files(path))
    return path.suffix.lower() == ".zip" or ending_of(path) in (*TABLES, *FORMATS)


def spread(lazy: pl.LazyFrame) -> pl.LazyFrame:
    """Records within records as columns of their own: "profile.city"; lists of as many numbers in
    every row too: "embedding.0", "embedding.1"; lists of words as words with commas between them,
    as labels are written; durations as seconds."""
    import polars as pl
    import polars.selectors as cs

    while records := [name for name, kind in lazy.collect_schema().items() if kind == pl.Struct]:
        kinds = lazy.collect_schema()
        name, kind = records[0], kinds[records[0]]
        fields = [one.name for one in getattr(kind, "fields", ())]
        if {f"{name}.{one}" for one in fields} & {*kinds}:
            break  # such names are there already
        place = kinds.names().index(name)
        names = [f"{name}.{one}" for one in fields]
        inner = pl.nth(place).struct.rename_fields(names).struct.unnest()
        others = [pl.nth(at) for at in range(len(kinds)) if at != place]
        lazy = lazy.select(*others[:place], inner, *others[place:])
    kinds = lazy.collect_schema()
    if any(kind == pl.Duration for kind in kinds.values()):
        lazy = lazy.with_columns(cs.duration().dt.total_microseconds() / 1e6)
    if cs.expand_selector(kinds, cs.list(cs.numeric()) | cs.array(cs.numeric())):
        lazy = numbers_apart(lazy, kinds)
        kinds = lazy.collect_schema()
    if pl.List(pl.String) not in kinds.values():
        return lazy
    cells = ((pl.nth(at), kind) for at, kind in enumerate(kinds.values()))
    return lazy.select(
        one.list.join(", ") if kind == pl.List(pl.String) else one for one, kind in cells
    )


def numbers_apart(lazy: pl.LazyFrame, kinds: Mapping[str, Any]) -> pl.LazyFrame:
    """Each list of numbers as columns, where it has one length in all rows and none is missing."""
    import polars as pl

    lazy = lazy.with_columns(
        pl.nth(at).arr.to_list() for at, kind in enumerate(kinds.values()) if kind == pl.Array
    )
    lists = [
        at
        for at, kind in enumerate(kinds.values())
        if kind in (pl.List, pl.Array) and kind.inner.is_numeric()
    ]
    each = [pl.nth(at).list.len() for at in lists]
    found = (
        lazy.select(
            *(one.min().alias(f"{at} min") for at, one in zip(lists, each, strict=True)),
            *(one.max().alias(f"{at} max") for at, one in zip(lists, each, strict=True)),
            *(one.null_count().alias(f"{at} none") for at, one in zip(lists, each, strict=True)),
        )
        .collect()
        .row(0, named=True)
    )
    columns: list[pl.Expr] = []
    for at, name in enumerate(kinds):
        length = found.get(f"{at} max")
        same = at in lists and found[f"{at} min"] == length and not found[f"{at} none"]
        if same and length and length <= WIDEST:
            columns += [pl.nth(at).list.get(one).alias(f"{name}.{one}") for one in range(length)]
        else:
            columns.append(pl.nth(at))
    return lazy.select(columns)


def scan_decoded(path: Path, sheet: str) -> pl.LazyFrame:
    """`packages.py` makes another file of it first."""
    raise ValueError("it has not been decoded")


def load_arrays(path: Path) -> dict[str, Any]:
    """The arrays of a .npz file by their names. Raises Fault for what is damaged or too large."""
    import numpy as np

    require_small(path)
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except MemoryError:
        given = f"{path} says that it holds more than there is memory for"
    except (OSError, ValueError, EOFError, BadZipFile, ZlibError) as error:
        given = f"{path} cannot be read: {error}"
    raise Fault(given, "a .npz file of numbers", "numpy.savez(path, X=..., y=...)")


def scan_arrays(path: Path, sheet: str) -> pl.LazyFrame:
    """The table that the arrays make: X and y, or columns by their names."""
    import polars as pl

    arrays = load_arrays(path)
    shapes = {name: array.shape for name, array in arrays.items()}
    found = columns_in(path, sheet, shapes, arrays.__getitem__)
    if "several" in found:
        raise Several(path, found["several"], sheet, found["word"])
    if "fault" in found:
        raise Fault(*found["fault"])
    return pl.DataFrame(found["columns"]).lazy()


WIDEST = 4_096  # numbers in a list that become columns
PART_SUFFIXES = (".csv", ".tsv", ".txt", ".parquet", ".jsonl")  # of a table for each part
FORMATS = {
    ".parquet": Format("a Parquet file", scan_parquet, (PARQUET,)),
    ".pq": Format("a Parquet file", scan_parquet, (PARQUET,)),
    ".arrow": Format("an Arrow file", scan_arrow, (ARROW, STREAM)),
    ".feather": Format("an Arrow file", scan_arrow, (ARROW, STREAM)),
    ".ipc": Format("an Arrow file", scan_arrow, (ARROW, STREAM)),
    ".jsonl": Format("a file of JSON lines", scan_json_lines),
    ".ndjson": Format("a file of JSON lines", scan_json_lines),
    ".json": Format("a JSON file", scan_json),
    ".arff": Format("an ARFF file", scan_arff),
    ".npz": Format("a file of NumPy arrays", scan_arrays, (ZIP,)),
    **dict.fromkeys(
        (".db", ".sqlite", ".sqlite3"), Format("an SQLite database", scan_sqlite, (SQLITE,))
    ),
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb"), Format("an Excel file", scan_decoded, (ZIP,))),
    ".xls": Format("an Excel file", scan_decoded, (OLD_OFFICE, ZIP)),
    ".ods": Format("an OpenDocument sheet", scan_decoded, (ZIP,)),
    **dict.fromkeys((".h5", ".hdf5", ".hdf"), Format("an HDF5 file", scan_decoded, (HDF5,))),
    ".mat": Format("a MATLAB file", scan_decoded),
    ".dta": Format("a Stata file", scan_decoded),
    **dict.fromkeys((".sav", ".zsav"), Format("an SPSS file", scan_decoded, (b"$FL",))),
    ".sas7bdat": Format("a SAS file", scan_decoded),
    ".xpt": Format("a SAS transport file", scan_decoded, (b"HEADER RECORD",)),
}
