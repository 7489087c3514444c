"""Folders of runs: a number is given to what is whole, and damage is told from that."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

SEAL = "sha256.json"
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


def latest(runs: Path) -> Path | None:
    """The latest whole run below `runs`; None where there is none. Damaged ones are named."""
    numbers = [one for one in runs.glob("*") if one.name.isdigit()]
    for path in sorted(numbers, key=lambda one: int(one.name), reverse=True):
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
