"""What emitted projects may be given to read, and what may have happened to their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import bad_files
from bad_inputs import BadInput
from bad_places import AT_ONCE, NO_ROOT

FRAME = bad_files.frame()
Change = Callable[[bytes], bytes]
NEW: dict[str, tuple[Change, int | tuple[int, ...], str]] = {
    "a column that is gone": (lambda text: without(text, "size"), 2, "size"),
    "all columns gone": (lambda text: b"a,b\n1,2\n", 2, "size"),
    "a column renamed": (lambda text: text.replace(b"size", b"sise", 1), 2, "size"),
    "capital letters in a name": (lambda text: text.replace(b"size", b"SIZE", 1), (0, 2), ""),
    "a column twice": (lambda text: text.replace(b"width", b"size", 1), 2, "size"),
    "another separator": (lambda text: text.replace(b",", b";"), (0, 2), ""),
    "a decimal comma": (lambda text: text.replace(b",", b";").replace(b".", b","), (0, 2), ""),
    "a word among numbers": (lambda text: text + b"big,1.0,red,yes\n", 2, "big"),
    "a category that is new": (lambda text: text + b"1,1.0,purple,yes\n", 2, "purple"),
    "a category that a terminal obeys": (
        lambda text: text + "1,1.0,\x1b[2J\u202e,yes\n".encode(),
        2,
        "x1b",
    ),
    "an answer that is new": (lambda text: text + b"1,1.0,red,perhaps\n", (0, 2), ""),
    "numbers beyond all": (lambda text: text + b"1e300,-1e300,red,yes\n", (0, 2), ""),
    "no number": (lambda text: text + b"inf,nan,red,yes\n", (0, 2), ""),
    "nothing in a row": (lambda text: text + b",,,\n", (0, 2), ""),
    "a line of names": (lambda text: text.split(b"\n")[0] + b"\n", 2, "row"),
    "no names": (lambda text: text.split(b"\n", 1)[1], 2, "size"),
    "a longer row": (lambda text: text + b"1,1,red,yes,9,9\n", 2, ""),
    "more columns": (lambda text: b"\n".join(one + b",7" for one in text.split(b"\n")), (0, 2), ""),
    "an open quotation mark": (lambda text: text + b'1,1,"red,yes\n', (0, 2), ""),
    "another encoding": (lambda text: text + "1,1,größe,yes\n".encode("latin-1"), 2, ""),
    "as UTF-16": (lambda text: text.decode().encode("utf-16"), (0, 2), ""),
}
"""How a file for prediction may differ from that of training; exit codes, and what is said."""


def without(text: bytes, name: str) -> bytes:
    """The table of a CSV file without a column."""
    return FRAME.drop(name).write_csv().encode()


def put(name: str, content: bytes, folder: Path) -> None:
    (folder / name).write_bytes(content)


def laid(lay: Callable[[Path], object], name: str, folder: Path) -> None:
    """What `lay` makes, under a name in the folder."""
    lay(folder / name)


def renamed(old: str, new: str, folder: Path) -> None:
    (folder / old).rename(folder / new)


def file_for(name: str, folder: Path) -> None:
    """A file where something else lay."""
    (folder / name).rename(folder / "aside")
    (folder / name).write_text("x")


def folder_for(path: Path) -> None:
    path.unlink()
    path.mkdir()


def new_files() -> Iterator[BadInput]:
    """Files for predict.py."""
    for name, (change, code, says) in NEW.items():
        fill = partial(put, "new.csv", change(bad_files.csv()))
        words = ("predict", "new.csv")
        yield BadInput("files to predict for", name, words, says, code, fill, where="table")
    for place, (form, whole) in enumerate(bad_files.FORMS.items()):
        for number, (name, damage) in enumerate(bad_files.DAMAGES.items()):
            if (place + number) % 2 and form != "csv":
                continue
            readable = form in ("csv", "tsv", "jsonl", "arrow", "sqlite")
            code = (0, 2) if readable and not name.startswith(("nothing", "all")) else 2
            fill = partial(put, f"new.{form}", damage(whole()))
            words, says = ("predict", f"new.{form}"), f"new.{form}" if code == 2 else ""
            yield BadInput("files to predict for", f"{form}, {name}", words, says, code, fill,
                           where="table")  # fmt: skip
    for name, lay in bad_files.PLACES.items():
        path = "gone/new.csv" if name == "a file below a file" else "new.csv"
        fill_place = partial(laid, lay, "new.csv")
        yield BadInput("files to predict for", name, ("predict", path), "new.csv",
                       files=fill_place, where="table")  # fmt: skip
    for name, content in (
        ("noise", bad_files.NOISE),
        ("nothing in it", b""),
        ("half a picture", bad_files.picture()[:500]),
        ("one pixel", bad_files.picture(1)),
        ("a table", bad_files.csv()),
    ):
        fill = partial(put, "new.png", content)
        code = (0, 2) if name == "one pixel" else 2
        yield BadInput("pictures to predict for", name, ("predict", "new.png"), "", code, fill,
                       where="pictures")  # fmt: skip
    empty = ("predict", "empty")
    yield BadInput("pictures to predict for", "an empty folder", empty, "empty",
                   files=lambda one: (one / "empty").mkdir(), where="pictures")  # fmt: skip
    for name, change in (
        ("too few steps", lambda text: b"\n".join(text.split(b"\n")[:4])),
        ("times that repeat", lambda text: text + text.split(b"\n")[-2] + b"\n"),
        ("a gap", lambda text: b"\n".join(text.split(b"\n")[:300] + text.split(b"\n")[340:])),
        ("no time", lambda text: text.replace(b"day,", b"dy,", 1)),
        ("no target", lambda text: text.replace(b"sold", b"sale", 1)),
        ("a word among numbers", lambda text: text.replace(b",1", b",x", 1)),
        ("times that are none", lambda text: text.replace(b"2020-", b"never-")),
        ("empty cells at the end", lambda text: text + b"2021-02-10,\n" * 3),
    ):
        fill = partial(put, "new.csv", change(bad_files.series()))
        code = (0, 2) if name in ("a gap", "times that repeat", "empty cells at the end") else 2
        yield BadInput("series to predict for", name, ("predict", "new.csv"), "", code, fill,
                       where="forecast")  # fmt: skip


RUN = ("config.toml", "encoder.json", "target.json", "model.keras", "metrics.json", "sha256.json")


def damaged_runs() -> Iterator[BadInput]:
    """Runs of which a file is gone, cut, or another; and what else may be there for one."""
    for place, name in enumerate(RUN):
        for what, change in (
            ("gone", lambda path: path.unlink()),
            ("cut", lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])),
            ("empty", lambda path: path.write_bytes(b"")),
            ("noise", lambda path: path.write_bytes(bad_files.NOISE)),
            ("a folder", folder_for),
        ):
            script = ("evaluate", "predict")[place % 2]
            words = (script, "runs/1") if script == "evaluate" else (script, "--run", "1")

            def fill(folder: Path, name: str = name, change: Any = change) -> None:
                change(folder / "runs/1" / name)

            code = (0, 2) if name in ("metrics.json",) else 2
            yield BadInput("runs", f"{name} {what}", words, "", code, fill, where="table",
                           leaves=("runs",))  # fmt: skip

    for script in ("evaluate", "predict"):
        changes: tuple[tuple[str, Any, str], ...] = (
            ("none", partial(renamed, "runs/1", "elsewhere"), "train.py"),
            ("no folder of runs", partial(renamed, "runs", "elsewhere"), "train.py"),
            ("a file for runs", partial(file_for, "runs"), ""),
            ("an empty run", empty_run, ""),
        )
        for name, fill, says in changes:
            said = f"{script}, {name}"
            yield BadInput("runs", said, (script,), says, files=fill, where="table")


def empty_run(folder: Path) -> None:
    (folder / "runs/1").rename(folder / "elsewhere")
    (folder / "runs/1").mkdir()


def lost_data() -> Iterator[BadInput]:
    """Data that is gone or has changed since the project was made."""
    for script in ("train", "check", "find_lr", "study", "evaluate"):
        for name, change in (
            ("gone", lambda path: path.unlink()),
            ("empty", lambda path: path.write_bytes(b"")),
            ("a folder", folder_for),
            ("noise", lambda path: path.write_bytes(bad_files.NOISE)),
            ("a line of names", lambda path: path.write_bytes(bad_files.HEAD.encode())),
            ("without the target", lambda path: path.write_bytes(without(b"", "answer"))),
            ("without a column", lambda path: path.write_bytes(without(b"", "colour"))),
            (
                "without one class",
                lambda path: path.write_bytes(bad_files.csv().replace(b",yes", b",no")),
            ),
            (
                "five rows",
                lambda path: path.write_bytes(b"\n".join(bad_files.csv().split(b"\n")[:6]) + b"\n"),
            ),
        ):

            def fill(folder: Path, change: Any = change) -> None:
                (folder / "rows.csv").write_bytes(bad_files.csv())
                change(folder / "rows.csv")

            words = (script, "--set", "data.path=rows.csv")
            yield BadInput("data", f"{script}, {name}", words, "", 2, fill, where="table")


def places() -> Iterator[BadInput]:
    """Where answers, runs and pages are written."""

    def bad(name: str, words: tuple[str, ...], says: str = "", files: Any = None, way: str = "",
            code: int | tuple[int, ...] = 2, leaves: tuple[str, ...] = ()) -> BadInput:  # fmt: skip
        return BadInput("places", name, words, says, code, files, leaves, way, "table")

    out = ("predict", "--output")
    yield bad("a file that is there", (*out, "o.csv"), "o.csv",
              lambda one: (one / "o.csv").write_text("mine"))  # fmt: skip
    yield bad("a folder that is there", (*out, "o"), "o", lambda one: (one / "o").mkdir())
    yield bad("a folder that is not there", (*out, "gone/o.csv"), "gone")
    yield bad("below a file", (*out, "config.toml/o.csv"), "config.toml")
    yield bad("a name too long", (*out, "o" * 300), "o")
    yield bad("a device that is full", (*out, "/dev/full"), "/dev/full")
    yield bad("a folder of the kernel", (*out, "/proc/o.csv"), "/proc")
    yield bad("an empty path", (*out, ""), "")
    closed = lambda one: (one / "o").mkdir(mode=0o555)  # noqa: E731
    yield bad("a closed folder", (*out, "o/o.csv"), "o/o.csv", closed, NO_ROOT)
    runs = lambda one: (one / "runs").chmod(0o555)  # noqa: E731
    quick = ("train", "--set", "checks.before_training=false")
    yield bad("closed runs", quick, "runs", runs, NO_ROOT)
    yield bad("a file for runs", quick, "runs",
              partial(file_for, "runs"))  # fmt: skip
    yield bad("no room for a run", quick, "", None, 'ulimit -f 20; "$@"')
    yield bad("a file for the page", ("study",), "study",
              lambda one: (one / "study").write_text("x"))  # fmt: skip
    yield bad("a rate into a closed file", ("find_lr", "--write", "--config", "gone.toml"), "gone")


STREAMS: dict[str, tuple[str, int | tuple[int, ...]]] = {
    "no output": ('"$@" >&-', 0),
    "no errors": ('"$@" 2>&-', 0),
    "a full device": ('"$@" >/dev/full', (0, 2)),
    "a pipe that nobody reads": ('"$@" | :; exit ${PIPESTATUS[0]}', (0, 1, 141)),
    "a plain locale": ('LC_ALL=C PYTHONUTF8=0 PYTHONIOENCODING=ascii "$@"', (0, 2)),
    "no home": ('env -u HOME "$@"', 0),
    "Ctrl-C while it loads": (AT_ONCE.format(1.5, "INT"), (0, 130)),
    "Ctrl-C": (AT_ONCE.format(6, "INT"), (0, 130)),
    "a kill": (AT_ONCE.format(6, "TERM"), (0, 130, 143)),
}


def streams() -> Iterator[BadInput]:
    """Streams and signals."""
    for name, (way, code) in STREAMS.items():
        script = "train" if "Ctrl" in name or "kill" in name else "predict"
        leaves = ("runs",)
        yield BadInput("streams", name, (script,), "", code, None, leaves, way, "table")
