"""Files that are in order, in every form, and what damages them; tables that nothing fits."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
import random
import socket
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from PIL import Image

ROWS = 60
RANDOM = random.Random(0)
NOISE = bytes(RANDOM.randrange(256) for _ in range(4096))


def frame() -> pl.DataFrame:
    """A table from which a class can be learnt: two numbers, a colour and the answer."""
    draw = random.Random(1)
    size = [round(draw.gauss(0, 1), 3) for _ in range(ROWS)]
    width = [round(draw.gauss(5, 2), 3) for _ in range(ROWS)]
    colour = [draw.choice(["red", "green", "blue"]) for _ in range(ROWS)]
    answer = ["yes" if a + draw.gauss(0, 1) > 0 else "no" for a in size]
    return pl.DataFrame({"size": size, "width": width, "colour": colour, "answer": answer})


def csv() -> bytes:
    return frame().write_csv().encode()


def in_memory(write: Callable[[io.BytesIO], object]) -> bytes:
    """The bytes that `write` puts into a file."""
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    """A ZIP archive of one file."""

    def write(buffer: io.BytesIO) -> None:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)

    return in_memory(write)


def sqlite() -> bytes:
    with sqlite3.connect(":memory:") as base:
        base.execute("create table things (size real, width real, colour text, answer text)")
        base.executemany("insert into things values (?, ?, ?, ?)", frame().rows())
        base.commit()
        return base.serialize()


def arrays(buffer: io.BytesIO) -> None:
    table = frame()
    np.savez(buffer, x=table.select("size", "width").to_numpy(), y=np.arange(ROWS) % 2)


def picture(size: int = 32, colour: int = 90) -> bytes:
    """A PNG of noise around a grey."""
    draw = np.random.default_rng(colour)
    pixels = (colour + draw.integers(0, 60, (size, size, 3))).astype("uint8")
    return in_memory(lambda buffer: Image.fromarray(pixels).save(buffer, "PNG"))


FORMS: dict[str, Callable[[], bytes]] = {
    "csv": csv,
    "tsv": lambda: frame().write_csv(separator="\t").encode(),
    "csv.gz": lambda: gzip.compress(csv()),
    "csv.bz2": lambda: bz2.compress(csv()),
    "csv.zip": lambda: zipped("rows.csv", csv()),
    "parquet": lambda: in_memory(frame().write_parquet),
    "arrow": lambda: in_memory(frame().write_ipc),
    "jsonl": lambda: frame().write_ndjson().encode(),
    "json": lambda: json.dumps(frame().to_dicts()).encode(),
    "sqlite": sqlite,
    "npz": lambda: in_memory(arrays),
}
"""The ending of a file, and one that is in order. Text as CSV may be read where it is cut."""

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing in it": lambda content: b"",
    "cut after 12 bytes": lambda content: content[:12],
    "cut in half": lambda content: content[: len(content) // 2],
    "without its end": lambda content: content[:-40],
    "without its beginning": lambda content: content[40:],
    "noise in the middle": lambda content: (
        content[: len(content) // 3] + NOISE[:200] + content[len(content) // 3 + 200 :]
    ),
    "all noise": lambda content: NOISE,
    "all NUL": lambda content: bytes(len(content)),
    "a page instead": lambda content: b"<!doctype html><html><body>Not found</body></html>\n",
    "a pointer of Git LFS": lambda content: (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12\n"
    ),
}

HEAD = "size,width,colour,answer\n"
TABLES: dict[str, tuple[bytes, tuple[int, ...]]] = {
    "a line of names": (HEAD.encode(), (2,)),
    "one row": (f"{HEAD}1,2,red,yes\n".encode(), (2,)),
    "one column": (("answer\n" + "yes\nno\n" * 30).encode(), (2,)),
    "no line end": (b"size", (2,)),
    "empty lines": (b"\n" * 5000, (2,)),
    "spaces": (b"   \n" * 500, (2,)),
    "commas": (b",,,\n" * 100, (2,)),
    "an answer that is always the same": (
        HEAD.encode() + b"1,2,red,yes\n2,3,blue,yes\n" * 30,
        (2,),
    ),
    "an answer that is never there": (HEAD.encode() + b"1,2,red,\n2,3,blue,\n" * 30, (2,)),
    "answers that all differ": (
        (HEAD + "".join(f"{n},{n % 7},red,a{n}\n" for n in range(60))).encode(),
        (2,),
    ),
    "two columns of one name": (csv().replace(b"width", b"size", 1), (0, 2)),
    "a name that is missing": (csv().replace(b"width", b"", 1), (0, 2)),
    "all names missing": (csv().replace(HEAD.strip().encode(), b",,,", 1), (0, 2)),
    "longer rows": (csv().replace(b"\n", b",7,8\n").replace(b",7,8\n", b"\n", 1), (0, 2)),
    "one longer row": (csv() + b"1,2,red,yes,9,9,9\n", (2,)),
    "a quotation mark that stays open": (csv() + b'1,2,"red,yes\n' * 3, (0, 2)),
    "a cell of a megabyte": (csv() + b"1,2," + b"r" * 2**20 + b",yes\n", (0, 2)),
    "a NUL in a cell": (csv().replace(b"red", b"r\0d", 1), (0, 2)),
    "UTF-16": (csv().decode().encode("utf-16"), (0, 2)),
    "UTF-32": (csv().decode().encode("utf-32"), (0, 2)),
    "two encodings": (
        csv() + "1,2,größe,yes\n".encode("latin-1") + "1,2,größe,no\n".encode(),
        (2, 0),
    ),
    "a byte that is no UTF-8": (csv().replace(b"red", b"r\xffd", 1), (0, 2)),
    "carriage returns alone": (csv().replace(b"\n", b"\r"), (0, 2)),
    "numbers beyond all": (csv() + b"1e999,-1e999,red,yes\n", (0, 2)),
    "names like formulas": (csv().replace(b"size", b"=1+1", 1), (0,)),
    "names like templates": (csv().replace(b"size", b"{{ 7*7 }}{% raise %}", 1), (0,)),
    "names that a terminal obeys": (csv().replace(b"size", b"\x1b[31ms\x1b]0;t\x07", 1), (0,)),
    "names of two lines": (csv().replace(b"size", b'"error:\nsize"', 1), (0,)),
    "names turned round": (csv().replace(b"size", "s\u202eezi".encode(), 1), (0,)),
    "classes that a terminal obeys": (csv().replace(b",yes", b",y\x1b[2Jes"), (0,)),
    "classes of two lines": (csv().replace(b",yes", b',"error:\nyes"'), (0,)),
    "classes like Markdown": (csv().replace(b",yes", b",`|<b>[x](y)"), (0,)),
    "classes like formulas": (csv().replace(b",yes", b",=cmd()"), (0,)),
    "one class twice alone": (csv().replace(b",yes", b",no") + b"1,2,red,yes\n" * 2, (0, 2)),
    "two hundred columns, ten rows": (
        "\n".join(",".join(f"c{n}" for n in range(200)) for _ in range(11)).encode(),
        (2,),
    ),
    "JSON in a .csv": (json.dumps(frame().to_dicts()).encode(), (2, 0)),
    "Parquet in a .csv": (in_memory(frame().write_parquet), (2,)),
    "a picture in a .csv": (picture(), (2,)),
}
"""Tables as CSV that hold too little, too much or the wrong thing; the codes that are right."""


def sock(path: Path) -> None:
    """A socket of the file system, whose path must be short."""
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


PLACES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: None,
    "a folder": lambda path: path.mkdir(),
    "a pipe that nobody writes to": lambda path: os.mkfifo(path),
    "a socket": sock,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("gone"),
    "a link to an endless device": lambda path: path.symlink_to("/dev/zero"),
    "a link to the null device": lambda path: path.symlink_to("/dev/null"),
    "a link to a terminal": lambda path: path.symlink_to("/dev/tty"),
    "a file below a file": lambda path: path.parent.joinpath("gone").write_text("x"),
}
"""What may lie where a file is expected."""


def pictures(folder: Path, classes: int = 2, each: int = 15) -> None:
    """Folders of classes with pictures in them."""
    for place in range(classes):
        below = folder / f"kind{place}"
        below.mkdir(parents=True)
        for number in range(each):
            (below / f"{number}.png").write_bytes(picture(32, 20 + 60 * place + number))


def series() -> bytes:
    """A day and what was sold on it, 400 times: a wave and some noise."""
    draw = np.random.default_rng(3)
    days = np.datetime64("2020-01-01") + np.arange(400)
    sold = 100 + 20 * np.sin(np.arange(400) / 7 * 2 * np.pi) + draw.normal(0, 3, 400)
    lines = [f"{day},{number:.2f}" for day, number in zip(days, sold, strict=True)]
    return ("day,sold\n" + "\n".join(lines) + "\n").encode()


def project_data(folder: Path) -> None:
    """The data of every project that is given bad inputs."""
    (folder / "rows.csv").write_bytes(csv())
    (folder / "series.csv").write_bytes(series())
    if not (folder / "d").exists():
        pictures(folder / "d")
