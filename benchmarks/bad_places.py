"""Where `goodfit` may be told to read and write, and what its streams may be joined to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import bad_files
from bad_inputs import BadInput

PLAIN = ("generate", "p", "--yes")
DATA = ("generate", "p", "--yes", "--data")
# Root may do all but what these two allow; with them taken away a mode is obeyed.
NO_ROOT = 'setpriv --bounding-set=-dac_override,-dac_read_search "$@"'
AT_ONCE = 'set -m; "$@" & sleep {}; kill -{} $!; wait $!'


def images(change: Callable[[Path], object], classes: int = 2) -> Callable[[Path], None]:
    """Folders of classes, and a `change` to them."""

    def fill(folder: Path) -> None:
        bad_files.pictures(folder / "d", classes)
        change(folder / "d")

    return fill


def remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink()


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


FOLDERS: dict[str, tuple[Callable[[Path], object], int | tuple[int, ...]]] = {
    "empty": (lambda folder: made(folder / "d"), 2),
    "hidden files alone": (lambda folder: (made(folder / "d") / ".x").write_text("x"), 2),
    "empty folders": (lambda folder: made(made(folder / "d") / "a"), 2),
    "folders within folders": (lambda folder: (folder / "d/a/b/c/e/f/g").mkdir(parents=True), 2),
    "a link to itself in it": (lambda folder: (made(folder / "d") / "a").symlink_to("../d"), 2),
    "one class": (images(lambda path: None, 1), 2),
    "no picture in one class": (
        images(lambda path: remove([*(path / "kind0").iterdir()])),
        (0, 2),
    ),
    "one picture in one class": (
        images(lambda path: remove([*(path / "kind0").iterdir()][1:])),
        2,
    ),
    "a picture cut in half": (
        images(lambda path: (path / "kind0/1.png").write_bytes(bad_files.picture()[:400])),
        (0, 2),
    ),
    "all pictures empty": (
        images(lambda path: [one.write_bytes(b"") for one in path.rglob("*.png")]),
        2,
    ),
    "all pictures noise": (
        images(lambda path: [one.write_bytes(bad_files.NOISE) for one in path.rglob("*.png")]),
        2,
    ),
    "a pipe among pictures": (images(lambda path: os.mkfifo(path / "kind0/x.png")), (0, 2)),
    "a link to an endless device among pictures": (
        images(lambda path: (path / "kind0/x.png").symlink_to("/dev/zero")),
        (0, 2),
    ),
    "a link that leads back": (images(lambda path: (path / "kind0/x").symlink_to("..")), (0, 2)),
    "a class that a terminal obeys": (
        images(lambda path: (path / "kind0").rename(path / "k\x1b[31m\u202e")),
        0,
    ),
    "a class of two lines": (images(lambda path: (path / "kind0").rename(path / "error:\nk")), 0),
    "a class that is a template": (
        images(lambda path: (path / "kind0").rename(path / "{{ 7*7 }}{% raise %}")),
        0,
    ),
    "a class that is no UTF-8": (
        images(lambda path: os.rename(path / "kind0", os.fsencode(path) + b"/k\xff")),
        (0, 2),
    ),
    "programs": (lambda folder: (made(folder / "d") / "a.py").write_text("import os\n"), 2),
    "a table and pictures": (
        images(lambda path: (path / "rows.csv").write_bytes(bad_files.csv())),
        (0, 2),
    ),
}


def folders() -> Iterator[BadInput]:
    """Folders of data."""
    for name, (fill, code) in FOLDERS.items():
        yield BadInput("folders", name, (*DATA, "d"), "", code, fill, ("p",), way='"$@"')
        yield BadInput("folders", f"{name}, studied", ("study", "d"), "", (0, 2), fill)


def rows(folder: Path) -> None:
    (folder / "rows.csv").write_bytes(bad_files.csv())


def closed(name: str, mode: int = 0) -> Callable[[Path], None]:
    """A folder or a file of that name that nobody may read or write."""

    def fill(folder: Path) -> None:
        if "." in name:
            (folder / name).write_bytes(bad_files.csv())
        else:
            (folder / name).mkdir()
        (folder / name).chmod(mode)

    return fill


def written(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text("mine")


Words = tuple[str | bytes, ...]
Codes = int | tuple[int, ...]
Fill = Callable[[Path], object] | None
OUT = "--output-dir"
OWN = '"$@"'


def places() -> Iterator[BadInput]:
    """Places to write to."""

    def bad(name: str, words: Words, says: str, fill: Fill = None, way: str = OWN,
            code: Codes = 2, leaves: tuple[str, ...] = ()) -> BadInput:  # fmt: skip
        return BadInput("places", name, words, says, code, fill, leaves, way)

    yield bad("a folder that is there", PLAIN, "exists", lambda folder: (folder / "p").mkdir())
    yield bad("a file that is there", PLAIN, "exists", written("p"))
    yield bad("a link to nothing", PLAIN, "exists", lambda one: (one / "p").symlink_to("gone"))
    yield bad("a link to itself", PLAIN, "p", lambda one: (one / "p").symlink_to("p"))
    yield bad("a file as folder", (*PLAIN, OUT, "o"), "o", written("o"))
    yield bad("a folder below a file", (*PLAIN, OUT, "o/q"), "o/q", written("o"))
    yield bad("a device", (*PLAIN, OUT, "/dev/null"), "/dev/null")
    yield bad("a folder of the kernel", (*PLAIN, OUT, "/proc/1/x"), "/proc")
    yield bad("the root of a system", (*PLAIN, OUT, "/sys"), "/sys")
    yield bad("a name too long", (*PLAIN, OUT, "o" * 300), "long")
    yield bad("a path too long", (*PLAIN, OUT, "o/" * 3000), "long")
    yield bad("a closed folder", (*PLAIN, OUT, "o"), "denied", closed("o"), NO_ROOT)
    yield bad("a folder to read", (*PLAIN, OUT, "o"), "denied", closed("o", 0o555), NO_ROOT)
    yield bad("below a closed folder", (*PLAIN, OUT, "o/q"), "denied", closed("o"), NO_ROOT)
    yield bad("a closed file", (*DATA, "o.csv"), "denied", closed("o.csv"), NO_ROOT)
    yield bad("a closed file, studied", ("study", "o.csv"), "denied", closed("o.csv"), NO_ROOT)
    yield bad("a closed folder of data", (*DATA, "o"), "denied", closed("o"), NO_ROOT)
    yield bad("closed answers", ("generate", "p", "--answers", "o.csv"), "denied", closed("o.csv"),
              NO_ROOT)  # fmt: skip
    full = 'ulimit -f 4; "$@"'
    yield bad("no room for files", PLAIN, "room", way=full)
    yield bad("few open files", PLAIN, "", way='ulimit -n 24; "$@"', code=(0, 2), leaves=("p",))
    gone = 'mkdir g; cd g; rmdir ../g; "$@"'
    yield bad("a folder that is gone", PLAIN, "no such", way=gone)
    yield bad("a folder that is gone, studied", ("study", "x.csv"), "", way=gone)
    yield bad("no folder for what comes and goes", (*PLAIN, "--dry-run"), "", code=(0, 2),
              way='TMPDIR=/nowhere "$@"')  # fmt: skip
    braces = "{{7*7}} {% raise %}"
    inside = f'mkdir "{braces}"; cd "{braces}"; "$@"'
    yield bad("a folder that is a template", PLAIN, "", way=inside, code=0, leaves=(braces,))
    yield bad("the same, from outside", (*PLAIN, OUT, braces), "", code=0, leaves=(braces,))
    yield bad("the same, with data", (*DATA, f"{braces}/rows.csv"), "", code=(0, 2), leaves=("p",),
              fill=lambda one: rows(made(one / braces)))  # fmt: skip
    lines = "a\nerror: b\x1b[31m"
    yield bad("a folder of two lines", (*PLAIN, OUT, lines), "", code=0, leaves=(lines,))
    yield bad("a file of two lines", (*DATA, lines), "x1b")
    raw = b"r\xff.csv"
    yield bad("a file that is no UTF-8", (*DATA, raw), "", code=(0, 2), leaves=("p",),
              fill=lambda one: Path(os.fsdecode(os.fsencode(one) + b"/" + raw)).write_bytes(
                  bad_files.csv()))  # fmt: skip
    yield bad("a name that is no UTF-8", ("generate", b"p\xff", "--yes"), "name")
    yield bad("a folder that is no UTF-8", (*PLAIN, OUT, b"o\xff"), "", code=(0, 2),
              leaves=("o\udcff",))  # fmt: skip
    yield bad("a target that is no UTF-8", (*DATA, "rows.csv", "--target", b"a\xff"), "",
              fill=rows)  # fmt: skip


STREAMS: dict[str, tuple[str, int | tuple[int, ...]]] = {
    "no input": ('"$@" <&-', (0, 2)),
    "no output": ('"$@" >&-', (0, 2)),
    "no errors": ('"$@" 2>&-', (0, 2)),
    "nothing at all": ('"$@" <&- >&- 2>&-', (0, 2)),
    "a full device": ('"$@" >/dev/full', (0, 2)),
    "a pipe that nobody reads": ('"$@" | :; exit ${PIPESTATUS[0]}', (0, 1, 2, 141)),
    "both into a pipe that nobody reads": ('"$@" 2>&1 | :; exit ${PIPESTATUS[0]}', (0, 1, 2, 141)),
    "an endless input": ('"$@" </dev/zero', (0, 2)),
    "a plain locale": ('LC_ALL=C PYTHONUTF8=0 PYTHONIOENCODING=ascii "$@"', (0, 2)),
    "no home": ('env -u HOME "$@"', (0, 2)),
    "a home that is not there": ('HOME=/nowhere "$@"', (0, 2)),
    "a narrow terminal": ('COLUMNS=1 LINES=1 "$@"', (0, 2)),
    "a size that is no number": ('COLUMNS=x "$@"', (0, 2)),
    "Ctrl-C at once": (AT_ONCE.format(0.3, "INT"), (0, 2, 130)),
    "Ctrl-C in between": (AT_ONCE.format(0.5, "INT"), (0, 2, 130)),
    "Ctrl-C late": (AT_ONCE.format(0.9, "INT"), (0, 2, 130)),
    "a kill in between": (AT_ONCE.format(0.5, "TERM"), (0, 2, 143, -15)),
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "generate": PLAIN,
    "generate with data": (*DATA, "rows.csv"),
    "study": ("study", "rows.csv"),
    "rules": ("rules",),
    "a question": ("generate", "q"),
}


def streams() -> Iterator[BadInput]:
    """Streams and signals, for several commands each."""
    for name, (way, code) in STREAMS.items():
        for command, words in COMMANDS.items():
            said = f"{name}, {command}"
            yield BadInput("streams", said, words, "", code, rows, ("p",), way)
