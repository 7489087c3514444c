"""What a file is, by its first bytes: said where it is called something else."""

from __future__ import annotations

from pathlib import Path

from .formats import ARROW, HDF5, OLD_OFFICE, PARQUET, SQLITE, ZIP
from .how import Fault

EXPORT, UNPACK = "export it as CSV", "unpack it"
MADE = """python -c 'import numpy; numpy.savez("rows.npz", X=numpy.load("FILE"))'"""

# What the first bytes of a file say it is, whatever its name says, and the way out.
MAGIC = {
    PARQUET: ("Parquet", "call it .parquet"),
    ARROW: ("Arrow", "call it .arrow"),
    ZIP: ("zip", "call it .zip; or .xlsx or .npz, if it is that"),
    OLD_OFFICE: ("an old Office file", "call it .xls, if it is that"),
    b"\x1f\x8b": ("gzip", "call it .csv.gz, if a CSV is in it"),
    b"BZh": ("bzip2", "call it .csv.bz2, if a CSV is in it"),
    b"\xfd7zXZ": ("xz", "call it .csv.xz, if a CSV is in it"),
    b"\x28\xb5\x2f\xfd": ("zstandard", "call it .csv.zst, if a CSV is in it"),
    b"\x89PNG": ("a PNG image", "name a folder of images"),
    b"\xff\xd8\xff": ("a JPEG image", "name a folder of images"),
    b"%PDF": ("a PDF", EXPORT),
    HDF5: ("HDF5", "call it .h5"),
    SQLITE: ("an SQLite database", "call it .db"),
    **{bytes([128, version]): ("a Python pickle", EXPORT) for version in (2, 3, 4, 5)},
    b"\x93NUMPY": ("a single NumPy array", f"name what this makes: {MADE}"),
    b"RDX": ("data of R", EXPORT),
    b"$FL2": ("SPSS", "call it .sav"),
    b"RIFF": ("sound or video", EXPORT),
    b"7z\xbc\xaf": ("7z", UNPACK),
    b"Rar!": ("rar", UNPACK),
}


def magic_of(head: bytes, path: Path) -> tuple[str, str]:
    """What the first bytes of a file say it is, and the way out; "" where they say nothing."""
    found = (said for mark, said in MAGIC.items() if head.startswith(mark))
    kind, fix = next(found, ("", ""))
    return kind, fix.replace("FILE", str(path))


def no_text(path: Path, head: bytes, expected: str) -> Fault | None:
    """What is to be said of a file that begins with `head`, or holds a zero byte in it, and should
    be text in an encoding without such; None where nothing speaks against text."""
    kind, fix = magic_of(head, path)
    place = head.find(0)
    if kind and (place >= 0 or not head.isascii()):
        return Fault(f"{path} begins like {kind}", expected, fix)
    if place >= 0:
        given = f"{path} is no text: byte {place + 1:,} is zero"
        return Fault(given, expected, "give it the ending of what it is, or export it")
    return None
