"""Decodes one file with the library that it needs, in a process of its own with limits.

    python decode.py FILE FOLDER SHEET

Writes the rows into FOLDER, and prints one line of JSON: the name of what was written, what there
is to choose from, or what is wrong. Sheets become rows.csv, every cell as text, a row a line; what
says itself of which type its columns are becomes rows.arrow. Imports nothing of the reader.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Answer = dict[str, Any]
MOST, LEAST = 1 << 32, 1 << 31  # bytes of arrays; of memory, for libraries to work in
EXPORT = "export it as CSV, and name that"
INPUTS = ("x", "features", "inputs", "data")  # what arrays to learn from are called
TARGETS = ("y", "labels", "label", "targets", "target", "classes")


def fault(given: str, expected: str, fix: str) -> Answer:
    return {"fault": [given, expected, fix]}


def several(sizes: dict[str, int], word: str) -> Answer:
    return {"several": sizes, "word": word}


def limit() -> None:
    """Half of the memory of this machine or container, and no file of what went wrong."""
    try:
        import os
        import resource
    except ImportError:  # not on Windows
        return
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    group = Path("/sys/fs/cgroup/memory.max")
    said = group.read_text(encoding="ascii").strip() if group.is_file() else ""
    half = (min(memory, int(said)) if said.isdigit() else memory) // 2
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    allowed = max(LEAST, half)
    if most != resource.RLIM_INFINITY:  # a shared machine's own limit, which nobody may raise
        allowed = min(allowed, most)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def begins(path: Path) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(80)


def table_of(frame: Any, folder: Path) -> Answer:
    """Write a frame of Polars with its types."""
    frame.write_ipc(folder / "rows.arrow")
    return {"file": "rows.arrow"}


def workbook(path: Path, folder: Path, sheet: str) -> Answer:
    """A sheet of a workbook, every cell as text; those without a cell are none."""
    import fastexcel

    def load(name: str) -> Any:
        return book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")

    book = fastexcel.read_excel(path)
    if sheet in book.sheet_names:
        return rows_of(load(sheet), folder)
    loaded = {name: load(name) for name in book.sheet_names}
    filled = {name: one for name, one in loaded.items() if one.total_height}
    if not filled:
        return fault(f"{path} holds no cells", "a sheet with a table", "fill it, or name another")
    if len(filled) > 1:
        return several({name: one.total_height for name, one in filled.items()}, "sheets")
    return rows_of(next(iter(filled.values())), folder)


def rows_of(sheet: Any, folder: Path) -> Answer:
    """Write a sheet: a row a line, so that rows are counted as lines are, without empty columns."""
    import polars as pl

    frame = sheet.to_polars()
    frame = frame[[one.name for one in frame if one.null_count() < len(one)]]
    one_line = pl.all().str.replace_all(r"\s*[\r\n]\s*", " ")
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in frame.select(one_line).iter_rows():
            writer.writerow(row if any(row) else ())
    return {"file": "rows.csv"}


def matlab(path: Path, folder: Path, sheet: str) -> Answer:
    """Arrays of a MATLAB file: X and y, or one of two dimensions."""
    if begins(path).startswith((b"MATLAB 7.3", b"\x89HDF")):
        return matlab_in_hdf5(path, folder, sheet)
    from scipy.io import loadmat, whosmat

    shapes = {name: shape for name, shape, kind in whosmat(path) if kind not in ("char", "struct")}
    if 8 * sum(one[0] * one[-1] for one in shapes.values()) > MOST:
        return fault(f"{path} holds arrays of {shapes}", f"at most {MOST:,} bytes", EXPORT)
    return arrays(
        path, folder, sheet, shapes, lambda name: loadmat(path, variable_names=name)[name]
    )


def matlab_in_hdf5(path: Path, folder: Path, sheet: str) -> Answer:
    """The same of version 7.3, which is HDF5: there the last axis of an array comes first."""
    import h5py

    with h5py.File(path, "r") as file:
        sets = {
            name: node
            for name, node in file.items()
            if isinstance(node, h5py.Dataset)
            and node.attrs.get("MATLAB_class", b"") not in (b"char", b"cell", b"struct")
        }
        if sum(one.size * one.dtype.itemsize for one in sets.values()) > MOST:
            return fault(f"{path} holds more than {MOST:,} bytes", "a smaller file", EXPORT)
        shapes = {name: one.shape[::-1] for name, one in sets.items()}
        return arrays(path, folder, sheet, shapes, lambda name: sets[name][()].T)


def arrays(path: Path, folder: Path, sheet: str, shapes: Any, read: Callable[[str], Any]) -> Answer:
    """The table that arrays of these shapes make."""
    import polars as pl

    found = columns_in(path, sheet, shapes, read)
    return table_of(pl.DataFrame(found["columns"]), folder) if "columns" in found else found


def columns_in(path: Path, sheet: str, shapes: Any, read: Callable[[str], Any]) -> Answer:
    """{"columns": ...} of arrays, by their last names: column_1, column_2, ... of X and target of
    y; arrays of one length by their names; or one array of two dimensions. Else what to choose
    from, or what is wrong."""
    import numpy as np

    flat = {name: shape for name, shape in shapes.items() if 0 < len(shape) <= 2}
    named = {name.rpartition("/")[2].lower(): name for name in flat}
    wide = [name for name, shape in flat.items() if len(shape) == 2 and min(shape) > 1]
    once = len(named) == len(flat)  # not train/x beside test/x
    xs, ys = ([named[one] for one in names if once and one in named] for names in (INPUTS, TARGETS))
    if {"x_train", "y_train", "x_test", "y_test"} <= {*named}:
        join = "numpy.concatenate([d[{0!r}], d[{1!r}]])".format
        all_x, all_y = (join(named[f"{one}_train"], named[f"{one}_test"]) for one in "xy")
        to = str(path.with_name("whole.npz"))
        fix = f"d = numpy.load({str(path)!r}); numpy.savez({to!r}, X={all_x}, y={all_y})"
        said = f"{path} holds a training and a test part"
        return fault(said, "X and y, which are then split in three", f"in Python: {fix}")
    if not sheet and xs and ys:
        x, y = np.asarray(read(xs[0])), np.asarray(read(ys[0]))
    elif sheet in flat or len(wide) == 1 == len(flat):
        x, y = np.asarray(read(sheet if sheet in flat else wide[0])), np.empty((0, 0))
    elif once and len(flat) > 1 and len({*flat.values()}) == 1 and not wide:
        columns = {name: np.asarray(read(one)).ravel() for name, one in named.items()}
        return {"columns": {name: plain(one) for name, one in columns.items()}}
    elif len(wide) > 1:
        return several({name: shapes[name][0] for name in wide}, "arrays")
    else:
        shown = ", ".join(f"{name} {tuple(shape)}" for name, shape in list(shapes.items())[:6])
        fix = "write them so: numpy.savez(PATH, X=..., y=...)"
        if any(len(shape) > 2 for shape in shapes.values()):
            fix += "; images as PNG files in class folders, with keras.utils.save_img"
        return fault(f"{path} holds {shown or 'no array'}", "X (rows, columns) and y", fix)
    x = x.reshape(len(x), -1)
    y = y.reshape(len(x), -1) if y.size == len(x) else y.T if y.shape[-1:] == (len(x),) else y
    if y.size and len(y) != len(x):
        return fault(f"{path}: X has {len(x):,} rows, y {len(y):,}", "a row of y for each", EXPORT)
    if {one.dtype.kind for one in (x, y)} - {*"biufUS"}:
        return fault(f"{path} holds {x.dtype} and {y.dtype}", "numbers or words", EXPORT)
    columns = {f"column_{place + 1}": x[:, place] for place in range(x.shape[1])}
    if y.size:
        names = ["target"] if y.shape[1] == 1 else [f"target_{n + 1}" for n in range(y.shape[1])]
        columns |= {name: y[:, place] for place, name in enumerate(names)}
    ready = {name: np.ascontiguousarray(plain(one)) for name, one in columns.items()}
    return {"columns": ready}


def plain(values: Any) -> Any:
    """Bytes as words."""
    import numpy as np

    return np.char.decode(values, "utf-8", "replace") if values.dtype.kind == "S" else values


def hdf5(path: Path, folder: Path, sheet: str) -> Answer:
    """A table, a frame that pandas wrote, or arrays, of an HDF5 file."""
    import h5py
    import polars as pl

    with h5py.File(path, "r") as file:
        found: dict[str, Any] = {}
        file.visititems(lambda name, node: found.setdefault(name, node) and None)
        frames = {
            name: node
            for name, node in found.items()
            if isinstance(node, h5py.Group) and "pandas_type" in node.attrs
        }
        sets = {
            name: node
            for name, node in found.items()
            if isinstance(node, h5py.Dataset)
            and not any(name.startswith(f"{one}/") for one in frames)
        }
        size = sum(one.size * one.dtype.itemsize for one in sets.values())
        if size > max(MOST, 1000 * path.stat().st_size):
            return fault(f"{path} holds {size:,} bytes", f"at most {MOST:,}", EXPORT)
        tables = frames | {name: one for name, one in sets.items() if one.dtype.names}
        if sheet in tables or len(tables) == 1:
            node = tables[sheet if sheet in tables else next(iter(tables))]
            columns = frame_of(node) if node.name.strip("/") in frames else fields_of(node)
            if isinstance(columns, str):
                fix = f'write it again: pandas.read_hdf({str(path)!r}).to_parquet("rows.parquet")'
                return fault(f"{path}: {columns}", "a table of numbers and words", fix)
            return table_of(pl.DataFrame(columns), folder)
        if tables:
            return several({name: rows_in(one) for name, one in tables.items()}, "tables")
        shapes = {name: one.shape for name, one in sets.items()}
        return arrays(path, folder, sheet, shapes, lambda name: sets[name][()])


def rows_in(node: Any) -> int:
    """The rows of a table, or of a frame that pandas wrote."""
    return int(node["axis1"].shape[0] if "axis1" in node else getattr(node, "shape", (0,))[0])


def fields_of(node: Any) -> Any:
    """The columns of a table whose rows have named fields; what they hold instead, in words."""
    rows = node[()]
    strange = [name for name in rows.dtype.names if rows.dtype[name].subdtype]
    if strange:
        return f"field {strange[0]!r} holds lists"
    return {name: plain(rows[name].copy()) for name in rows.dtype.names}


def frame_of(node: Any) -> Any:
    """The columns of a frame as pandas writes it by default: blocks of columns of one type. Words
    are pickled there, and nobody should unpickle what somebody sent."""
    if node.attrs["pandas_type"] not in (b"frame", "frame") or "axis0" not in node:
        return "a frame that pandas wrote as format='table'"
    columns: dict[str, Any] = {}
    for place in range(int(node.attrs["nblocks"])):
        names = [one.decode("utf-8", "replace") for one in node[f"block{place}_items"][()]]
        values = node[f"block{place}_values"]
        if values.dtype.kind not in "biufS" or values.ndim != 2:
            return f"column {names[0]!r} of a pandas frame is pickled"
        columns |= {name: values[:, spot] for spot, name in enumerate(names)}
    order = [one.decode("utf-8", "replace") for one in node["axis0"][()]]
    return {name: plain(columns[name]) for name in order}


def statistics(path: Path, folder: Path, sheet: str) -> Answer:
    """A file of Stata, SPSS or SAS: words where its values have labels."""
    import pandas as pd
    import polars as pl

    ending = path.suffix.lower()
    if ending == ".dta":
        frame = pd.read_stata(path)
    elif ending in (".sav", ".zsav"):
        frame = pd.read_spss(path)
    elif ending == ".xpt":  # Pandas knows version 5 alone, and reads a 0 as 5.4e-79
        from pyreadstat import read_xport

        frame, _ = read_xport(str(path))
    else:
        frame = pd.read_sas(path, encoding="latin-1")
    words = frame.select_dtypes("category").columns
    frame[words] = frame[words].astype("string")
    return table_of(pl.from_pandas(frame), folder)


HDF = dict.fromkeys((".h5", ".hdf5", ".hdf"), hdf5)
DECODERS: dict[str, Callable[[Path, Path, str], Answer]] = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), workbook),
    **HDF,
    **dict.fromkeys((".dta", ".sav", ".zsav", ".sas7bdat", ".xpt"), statistics),
    ".mat": matlab,
}
NEEDED = {"pandas": "pandas pyarrow", "pyarrow": "pandas pyarrow"}  # what brings what is missing
OPTIONAL = ("pyreadstat", "pandas", "pyarrow", "scipy", "h5py", "fastexcel")


def decode(path: Path, folder: Path, sheet: str) -> Answer:
    """What became of the file: what was written, what to choose, what is wrong."""
    try:
        return DECODERS[path.suffix.lower()](path, folder, sheet)
    except ImportError as error:
        words = {*re.findall(r"\w+", str(error))}
        name = error.name or next((one for one in OPTIONAL if one in words), str(error))
        name = name.partition(".")[0]
        fix = f"pip install {NEEDED.get(name, name)}; or {EXPORT}"
        return fault(f"{path} cannot be read without {name}", f"{name}, installed", fix)
    except MemoryError:
        return fault(f"{path} takes more than half of the memory", "a smaller file", EXPORT)
    except BaseException as error:  # a decoder in Rust panics with no Exception
        said = " ".join(str(error).split())[:200] or type(error).__name__
        given = f"{path} cannot be decoded: {said}"
        return fault(
            given, f"a {path.suffix} file that is whole", f"copy or download it again; or {EXPORT}"
        )


if __name__ == "__main__":
    limit()
    print()
    print(json.dumps(decode(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
