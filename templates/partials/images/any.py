"""Image files: find them, and read them several at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from config import refuse
from reader.how import printable

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm")


def images_below(folder: Path) -> list[Path]:
    """Image files in `folder` and below it, in order; or the one file. The left out are counted."""
    if not (folder.is_dir() or folder.is_file()):
        wrong = "is a pipe or a device" if folder.exists() else "does not exist"
        refuse(f"{folder} {wrong}", "an image or a folder of images", "name another")
    if folder.suffix.lower() == ".zip":
        refuse(f"{folder} is an archive", "images or folders", "unpack it, and name the folder")
    if not folder.is_dir():
        return [folder]
    kept, hidden, other = [], 0, []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        places = path.relative_to(folder).parts
        if any(name.startswith(".") or name in ("Thumbs.db", "__MACOSX") for name in places):
            hidden += 1
        elif path.suffix.lower() in SUFFIXES:
            kept.append(path)
        else:
            other.append(path.name)
    if hidden or other:
        named = f" and {len(other)} without an image's name, such as {other[0]}" if other else ""
        print(printable(f"note: {folder}: left out {hidden} hidden files{named}"))
    return kept


def located(folder: Path, names: list[str]) -> list[Path]:
    """The files that a list names: from `folder` on; or anywhere below it, where a list has only
    their names, with or without what stands after the dot."""
    if all((folder / name).is_file() for name in names):
        return [folder / name for name in names]
    below: dict[str, list[Path]] = {}
    for path in images_below(folder):
        for name in (path.name, path.stem, path.relative_to(folder).with_suffix("").as_posix()):
            below.setdefault(name, []).append(path)
    candidates = [sorted({*below.get(name, [folder / name])}) for name in names]
    for name, paths in zip(names, candidates, strict=True):
        if len(paths) > 1:
            given = f"the list names {name!r}, and there are {paths[0]} and {paths[1]}"
            refuse(given, "one image for each name", "write the paths into the list")
    return [paths[0] for paths in candidates]


def read_all(paths: list[Path], read: Callable[[Path], Any], unreadable: str) -> list[Any]:
    """What `read` makes of each path, several at once; None where it raises ValueError and
    `unreadable` is "skip". Otherwise the first such file is refused by its name."""

    def attempt(path: Path) -> Any:
        try:
            return read(path)
        except ValueError as error:
            return error

    with ThreadPoolExecutor() as pool:
        results = list(pool.map(attempt, paths))
    broken = [place for place, result in enumerate(results) if isinstance(result, ValueError)]
    if broken:
        given = f"{len(broken)} of {len(paths)} images cannot be used, "
        given += f"first {paths[broken[0]]}: {results[broken[0]]}"
        if unreadable == "refuse" or len(broken) == len(paths):
            fix = "replace or remove it"
            if len(broken) < len(paths):
                fix += ", or leave such files out: --set data.unreadable=skip"
            refuse(given, "whole image files", fix)
        print(printable(f"note: {given}; they are left out"))
    return [None if isinstance(result, ValueError) else result for result in results]
