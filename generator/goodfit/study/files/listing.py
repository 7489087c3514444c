"""What lies below a folder: its files, and what is hidden, linked or closed, counted."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.study.evidence import counted
from goodfit.study.files.paths import refuse_no_utf8

HIDDEN = re.compile(r"^\.|^(Thumbs\.db|desktop\.ini|__MACOSX)$")
ABOUT = re.compile(r"^(README|LICEN[CS]E|CHANGELOG|CITATION|NOTICE)", re.IGNORECASE)
IMAGES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm")
MOST = 1_000_000  # files


@dataclass(frozen=True)
class Files:
    """The files below `root`, in order, without hidden ones and those about the data. `others` are
    of another kind than what is looked at."""

    root: Path
    paths: tuple[Path, ...]
    about: tuple[str, ...]
    hidden: int
    links: tuple[str, ...]
    others: tuple[str, ...] = ()

    def ending(self, endings: Sequence[str]) -> list[Path]:
        """Those whose names end so."""
        return [path for path in self.paths if path.suffix.lower() in endings]

    def folders(self, path: Path) -> tuple[str, ...]:
        """The folders from the root to a file."""
        return path.relative_to(self.root).parts[:-1]

    def below(self, root: Path) -> Files:
        """The same files, seen from a folder that holds them all."""
        return replace(self, root=root)

    def narrowed(self, paths: Sequence[Path]) -> Files:
        """These files alone, from the innermost folder that holds them all."""
        if not paths:
            return self
        kept = {*paths}
        others = tuple(path.name for path in self.paths if path not in kept)
        return replace(self, root=innermost(paths), paths=tuple(paths), others=others)

    @property
    def left_out(self) -> str:
        """What was not looked at, in words; "" where that is nothing."""
        found = [counted(self.hidden, "hidden file")] if self.hidden else []
        kinds = {"about the data": self.about, "of another kind": self.others}
        found += [
            f"{counted(len(some), 'file')} {words} ({shown(some)})"
            for words, some in kinds.items()
            if some
        ]
        found += [f"{counted(len(self.links), 'link')} ({shown(self.links)})"] if self.links else []
        return f"; left out: {', '.join(found)}" if found else ""


def shown(names: Sequence[str]) -> str:
    """The first of these names."""
    return ", ".join(names[:2]) + ", ..." * (len(names) > 2)


def files_below(root: Path) -> Files:
    """All files below `root`. Links to folders are not followed, so that none leads in a circle.

    Raises GoodfitError where a folder may not be read, or where there is no file.
    """
    closed: list[str] = []
    paths: list[Path] = []
    about: list[str] = []
    links: list[str] = []
    hidden = 0
    for place, folders, names in os.walk(root, onerror=lambda error: closed.append(error.filename)):
        hidden += sum(bool(HIDDEN.search(name)) for name in (*folders, *names))
        folders[:] = sorted(name for name in folders if not HIDDEN.search(name))
        links += [name for name in folders if Path(place, name).is_symlink()]
        for name in sorted(name for name in names if not HIDDEN.search(name)):
            path = Path(place, name)
            if not path.is_file():
                links.append(name)
            elif not os.access(path, os.R_OK):
                closed.append(str(path))
            elif ABOUT.search(name):
                about.append(name)
            else:
                paths.append(path)
        if len(paths) > MOST:
            raise GoodfitError(
                f"{root} holds more than {MOST:,} files", "fewer", "name a folder in it"
            )
    if closed:
        many = counted(len(closed), "folder or file", "folders or files")
        given = f"{many} may not be read, such as {closed[0]}"
        raise GoodfitError(
            given, "data you may read", f"let yourself read it: chmod -R u+rX {root}"
        )
    refuse_no_utf8(paths)
    found = Files(root, tuple(sorted(paths)), tuple(about), hidden, tuple(links))
    if not paths:
        given = f"{root} holds no file that can be read{found.left_out}"
        fix = "name the folder that a link leads to" if links else "name another folder"
        raise GoodfitError(given, "a folder with data", fix)
    return found


def innermost(paths: Sequence[Path]) -> Path:
    """The folder that holds all these files, as far down as can be."""
    return Path(os.path.commonpath([path.parent for path in paths]))


def endings_in_words(files: Files) -> str:
    """The commonest endings, such as "12 .csv, 3 .json"."""
    counts = Counter(path.suffix.lower() or "without an ending" for path in files.paths)
    return ", ".join(f"{count:,} {ending}" for ending, count in counts.most_common(4))
