"""Folders of runs: a number is given to what is whole, and damage is told from that."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

SEAL = "sha256.json"
QUICK = "quick"  # the folder below that of runs for those whose scores mean nothing
FREE = ("config.toml", "curves.png", "history.csv")  # a path may be mended; no answer hangs on it


def saved(runs: Path, write: Callable[[Path], None]) -> Path:
    """The next numbered folder below `runs`, with what `write` puts into the folder that it is
    given: all of it, or nothing where that is stopped meanwhile. Raises OSError."""
    runs.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=runs) as work:
        path = Path(work) / "run"
        path.mkdir()
        write(path)
        digests = {one.name: digest(one) for one in path.iterdir() if one.name not in FREE}
        (path / SEAL).write_text(json.dumps(digests, indent=1), encoding="utf-8")
        return numbered(path, runs)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def numbered(path: Path, runs: Path) -> Path:
    """`path` moved to the next free number below `runs`; two trainings at once get two."""
    number = 1 + max((int(one.name) for one in runs.iterdir() if one.name.isdigit()), default=0)
    while True:
        try:
            return path.rename(runs / str(number))
        except OSError:
            if not (runs / str(number)).exists():
                raise
            number += 1


def damage_of(path: Path) -> str:
    """What is wrong with a run, in words; "" where its files are those that were saved together."""
    try:
        saved_as = json.loads((path / SEAL).read_text(encoding="utf-8"))
        digests = {str(name): str(value) for name, value in saved_as.items()}
    except FileNotFoundError:
        return "is no run that was saved whole" if path.is_dir() else "is not there"
    except (OSError, ValueError, AttributeError):
        return f"has a damaged {SEAL}"
    if lacking := [name for name in digests if not (path / name).is_file()]:
        return f"has no {', '.join(lacking)}"
    changed = [name for name, value in digests.items() if digest(path / name) != value]
    return f"has another {', '.join(changed)} than was saved" if changed else ""


def named(run: str, runs: Path) -> Path:
    """The folder that somebody calls `run`: a path from here, a number below `runs`, or a path
    from the folder in which `runs` lies. Whichever is a run comes first."""
    places = [Path(run), runs / run, runs.parent / run]
    whole = [place for place in places if (place / SEAL).is_file()]
    return next(iter([*whole, *(place for place in places if place.is_dir()), places[0]]))


def is_called(word: str, runs: Path) -> bool:
    """Whether a word among files is the name of a run: it lies there, or is called as one is."""
    *folders, last = Path(word).parts or [""]
    there = len(folders) > 0 and (named(word, runs) / SEAL).is_file()
    return there or (folders in (["runs"], ["runs", QUICK]) and last.isdigit())


def in_order(runs: Path) -> list[Path]:
    """The folders below `runs` that have a number, the latest first."""
    numbers = [one for one in runs.glob("*") if one.name.isdigit()]
    return sorted(numbers, key=lambda one: int(one.name), reverse=True)


def whole_ones(runs: Path) -> tuple[str, str]:
    """What to take where a run was not there: (expected, fix)."""
    found = [one for one in in_order(runs) if not damage_of(one)]
    quick = [one for one in in_order(runs / QUICK) if not damage_of(one)]
    if found:
        shown = ", ".join(map(str, found[:12])) + (", ..." if len(found) > 12 else "")
        return f"one of {shown}", f"name one of them, such as {found[0]}"
    if quick:
        return "a run", f"python train.py makes one; {quick[0]} may be named, and scores nothing"
    return "a run as it was saved", "python train.py makes one"


def latest(runs: Path) -> Path | None:
    """The latest whole run below `runs`; None where there is none. Damaged ones are named."""
    for path in in_order(runs):
        if not (damage := damage_of(path)):
            return path
        print(f"note: {path} {damage}, and is passed over", file=sys.stderr)
    return None


def hindrance(runs: Path) -> str:
    """Why nothing can be kept below `runs`, in words; "" where it can."""
    place = next(one for one in (runs, *runs.absolute().parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            return ""
    except OSError as error:
        return f"{place}: {error.strerror}"
