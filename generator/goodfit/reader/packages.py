"""What is packed is unpacked before it is read: compressed files, archives, and files that only a
library of their own can decode (`decode.py`). Each becomes a plain file in a folder that is removed
at the end; what would fill the disk or the memory is refused before it does."""

from __future__ import annotations

import atexit
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zlib import error as ZlibError

from .how import DAMAGED, Fault, Several, Written

COMPRESSED = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstandard"}
SHEETS = {".xlsx": "Excel", ".xlsm": "Excel", ".xlsb": "Excel", ".xls": "Excel", ".ods": "ODS"}
DECODED = {
    **SHEETS,
    **dict.fromkeys((".h5", ".hdf5", ".hdf"), "HDF5"),
    **{
        ".mat": "MATLAB",
        ".dta": "Stata",
        ".sav": "SPSS",
        ".zsav": "SPSS",
        ".sas7bdat": "SAS",
        ".xpt": "SAS",
    },
}
TABLES = (".csv", ".tsv", ".tab", ".data", ".dat")  # text, without a format of its own
BLOCK, ALWAYS, LARGER = 1 << 20, 1 << 28, 200  # bytes; what is never too much; times as large
SECONDS = 900  # of work for a decoder
CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
KEPT_FREE = 1 << 29  # bytes of the disk
SMALLER = {
    "": "unpack it yourself, look whether it is what you meant, and name that",
    ".npz": "save it again with numpy.savez, which packs nothing",
    **dict.fromkeys(SHEETS, "open it, look whether it is what you meant, and export it as CSV"),
}
DEEPEST = 3  # packages in packages


@dataclass(frozen=True)
class Opened:
    """A plain file, in which `folder` it lies if it was unpacked, and whether it holds the rows of
    a sheet: cells between commas, a row a line."""

    path: Path
    folder: tempfile.TemporaryDirectory[str] | None = None
    sheet: bool = False

    def close(self) -> None:
        if self.folder:
            self.folder.cleanup()


def ending_of(path: Path) -> str:
    """The ending that says what a file holds: ".csv" of rows.csv.gz."""
    ending = path.suffix.lower()
    return Path(path.stem).suffix.lower() if ending in COMPRESSED else ending


def is_packed(path: Path) -> bool:
    """The file is read by unpacking it first."""
    return path.suffix.lower() in (*COMPRESSED, *DECODED, ".zip")


def require_file(path: Path) -> None:
    """Raise Fault for what is there and no file: a pipe or a device would be waited for."""
    if any("\ud800" <= sign <= "\udfff" for sign in str(path)):
        raise Fault(f"{str(path)!a} is no name in UTF-8", "one that is", "rename it")
    if path.exists() and not (path.is_file() or path.is_dir()):
        fix = "write what comes out of it into a file, and name that"
        raise Fault(f"{path} is a pipe or a device", "a file", fix)


def unpacked(path: Path, sheet: str) -> Opened:
    """The plain file in a package: the only one, or the one that is called `sheet`.

    Raises Several where there are several and none is called so, Fault for what is damaged, too
    large, or none, and OSError where it cannot be read.
    """
    require_file(path)
    if path.is_dir() or not is_packed(path):
        return Opened(path)
    folder = tempfile.TemporaryDirectory(prefix="rows-")
    atexit.register(folder.cleanup)
    place, sheets = path, False
    try:
        for depth in range(DEEPEST):
            if place.is_dir() or not is_packed(place):
                break
            into = Path(folder.name) / str(depth)
            into.mkdir()
            sheets = place.suffix.lower() in SHEETS
            place = unpack_once(place, into, sheet)
    except (OSError, ValueError) as error:
        folder.cleanup()
        raise error.of(place, path) if isinstance(error, Fault) else error from None
    return Opened(place, folder, sheets)


def unpack_once(path: Path, into: Path, sheet: str) -> Path:
    """The file in `path`, written into the folder `into`."""
    ending = path.suffix.lower()
    if ending in DECODED:
        return decoded(path, into, sheet)
    if ending == ".zip":
        return extracted(path, into, sheet)
    to = into / path.stem
    with whole(path, f"a {COMPRESSED[ending]} file"), stream_of(path) as file:
        copy_within(file, to, path)
    return to


class whole:
    """Says in words that a file is damaged, where reading it fails."""

    def __init__(self, path: Path, expected: str) -> None:
        self.path, self.expected = path, expected

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from lzma import LZMAError

        faulty = (EOFError, OSError, ZlibError, LZMAError, zipfile.BadZipFile, RuntimeError)
        strange = (NotImplementedError, *faulty)
        if isinstance(error, strange) and getattr(error, "errno", None) is None:
            given = f"{self.path} is damaged or cut off: {str(error) or 'it ends too early'}"
            raise Fault(given, f"{self.expected} that is whole", DAMAGED) from None


def stream_of(path: Path) -> IO[bytes]:
    """What a compressed file holds, to be read in pieces."""
    import bz2
    import gzip
    import lzma

    ending = path.suffix.lower()
    opens: dict[str, Callable[[Path], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
    found: IO[bytes] = opens.get(ending, zstandard)(path)
    return found


def zstandard(path: Path) -> Any:
    """What a zstandard file holds. Raises Fault where nothing here can read it."""
    try:
        import pyarrow as pa
    except ImportError:
        fix = "pip install pyarrow, or unpack it: unzstd FILE"
        raise Fault(f"{path} is a zstandard file", "pyarrow, which reads it", fix) from None
    return pa.input_stream(path, compression="zstd")


def copy_within(file: IO[bytes], to: Path, path: Path) -> None:
    """Copy what comes out of `path`. Raises Fault where it grows beyond all measure."""
    packed, done = path.stat().st_size, 0
    most = min(max(ALWAYS, LARGER * packed), max(0, shutil.disk_usage(to.parent).free - KEPT_FREE))
    with to.open("wb") as out:
        while block := file.read(BLOCK):
            done += len(block)
            if done > most:
                raise too_large(path, packed, done)
            out.write(block)


def too_large(path: Path, packed: int, done: int) -> Fault:
    """What unpacks to more than can be meant, or than there is room for."""
    given = f"{path} has {packed:,} bytes, and unpacks to more than {done:,}"
    expected = f"at most {LARGER} times as many, and room for them in {tempfile.gettempdir()}"
    return Fault(given, expected, SMALLER.get(path.suffix.lower(), SMALLER[""]))


def extracted(path: Path, into: Path, sheet: str) -> Path:
    """The one table in a zip archive, or the one that is called `sheet`."""
    with whole(path, "a zip archive"), zipfile.ZipFile(path) as archive:
        inside = [one for one in archive.infolist() if not hidden(one)]
        tables = [one for one in inside if is_table_name(Path(one.filename))]
        if not tables:
            shown = ", ".join(one.filename for one in inside[:4]) + ", ..." * (len(inside) > 4)
            given = f"{path} is an archive of {len(inside):,} files: {shown}"
            raise Fault(given, "a table in it", "unpack it, and name the folder")
        sizes = {one.filename: one.file_size for one in tables}
        if sheet not in sizes and len(sizes) > 1:
            raise Several(path, sizes, sheet, "tables", "bytes")
        member = archive.getinfo(sheet if sheet in sizes else tables[0].filename)
        if member.flag_bits & 1:
            raise Fault(f"{path} is encrypted", "a file that can be read", "unpack it, name that")
        to = into / Path(member.filename).name
        with archive.open(member) as file:
            copy_within(file, to, path)
    return to


def hidden(member: zipfile.ZipInfo) -> bool:
    """A folder, or what a system leaves in an archive."""
    parts = Path(member.filename).parts
    return member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in parts)


def is_table_name(name: Path) -> bool:
    """A file that is called so holds a table."""
    from .formats import FORMATS

    about = name.name.upper().startswith(("README", "LICENSE"))
    return ending_of(name) in (*TABLES, ".txt", *FORMATS) and not about


def decoded(path: Path, into: Path, sheet: str) -> Path:
    """The rows of a file that a library of its own decodes: in a process of its own, since such
    a library may take all memory, or stop the process, where a file is damaged."""
    require_small(path)
    script = Path(__file__).with_name("decode.py")
    command = [sys.executable, "-P", str(script), str(path), str(into), sheet]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        said = json.loads(done.stdout.splitlines()[-1])
    except (subprocess.TimeoutExpired, ValueError, IndexError):
        kind = DECODED[path.suffix.lower()]
        given = f"{path} cannot be decoded within {SECONDS // 60} minutes and half of the memory"
        fix = "export it as CSV, and name that"
        if far := last_cell(path):
            given += f"; its last cell is {far}"
            fix = "delete the rows and columns beyond the table; or " + fix
        raise Fault(
            given, f"a file of {kind} that is whole, and no larger than it looks", fix
        ) from None
    if "several" in said:
        raise Several(path, said["several"], sheet, said["word"])
    if "fault" in said:
        raise Fault(*said["fault"])
    return into / str(said["file"])


def require_small(path: Path) -> None:
    """Raise Fault for a workbook or arrays, which are archives, that unpack to far too much."""
    if not zipfile.is_zipfile(path):
        return
    with whole(path, f"a {path.suffix} file"), zipfile.ZipFile(path) as archive:
        size = sum(one.file_size for one in archive.infolist())
    if size > max(ALWAYS, LARGER * path.stat().st_size):
        raise too_large(path, path.stat().st_size, size)


def last_cell(path: Path) -> str:
    """The cell farthest down and right that a workbook names; "" where none says so."""
    if path.suffix.lower() not in (".xlsx", ".xlsm") or not zipfile.is_zipfile(path):
        return ""
    row, column = 0, ""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as file:
                text = file.read(ALWAYS if "/worksheets/" in name or "sheet" in name else 0)
            for letters, digits in CELL.findall(text):
                row = max(row, int(digits))
                column = max(column, letters.decode(), key=lambda one: (len(one), one))
    return f"{column}{row}" if row else ""


def as_sheet(how: Any) -> Written:
    """How the rows of a sheet are written; which of them are no rows is said by `how`."""
    return Written(header=how.header, skip_lines=how.skip_lines)
