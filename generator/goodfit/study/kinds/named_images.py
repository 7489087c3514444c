"""Images whose names say what is in them, `cat.0.jpg` or `26_1_2_2017.jpg`, and lie in one folder:
refused, with what they seem to say and the line of Python that lists it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.limits import FEWEST_OF_A_CLASS
from goodfit.reader.how import PARTS, parts_in
from goodfit.study.commands import python_command
from goodfit.study.evidence import counted
from goodfit.study.files.listing import Files

CLASS = r"([^\W\d_]+(?:[ _-][^\W\d_]+)*)[ _.(-]*\d"  # cat.0, american_bulldog_12, cat (3)
NUMBERS = r"(\d{1,4})_(\d{1,4})_(\d{1,4})_"  # 26_1_2_2017: an age, and codes
MOST = 0.9  # of the names have to be so
LIST = "labels.csv"
COUNTS_SHOWN = 6


def refuse_named_images(files: Files, images: list[Path]) -> None:
    """Raise GoodfitError for images in one folder, or in one to train on, whose names begin with a
    word of several, or with several numbers."""
    for folder in folders_to_look_in(files, images):
        names = [path.name for path in images if path.parent == folder]
        refuse_classes(folder, names)
        refuse_numbers(folder, names)


def folders_to_look_in(files: Files, images: list[Path]) -> list[Path]:
    """The only folder, or the one to train on."""
    folders = sorted({path.parent for path in images})
    parts = parts_in([folder.name for folder in folders])
    if len(folders) > 1 and not (all(parts) and "train" in parts):
        return []
    return folders if len(folders) == 1 else [folders[parts.index("train")]]


def refuse_classes(folder: Path, names: list[str]) -> None:
    """Raise GoodfitError where names begin with words, and most of these stand in several names."""
    found = Counter(match[1] for name in names if (match := re.match(CLASS, name)))
    large = {word: count for word, count in found.items() if count >= FEWEST_OF_A_CLASS}
    parts = {word for word in large if word.lower() in PARTS}
    if len(large) < 2 or parts or sum(large.values()) < MOST * len(names):
        return
    ways = sorted(large, key=lambda word: (-large[word], word))
    shown = ", ".join(f"{word} ({large[word]:,})" for word in ways[:COUNTS_SHOWN])
    shown += ", ..." * (len(ways) > COUNTS_SHOWN)
    many = counted(len(ways), "way")
    given = f"the names of {len(names):,} images in {folder} begin in {many}: {shown}"
    raise GoodfitError(
        given,
        "a folder for each class, or a list of images and their classes",
        f"if these are the classes, list them, and name {folder}: "
        + listing_command(folder, CLASS, ["label"]),
    )


def refuse_numbers(folder: Path, names: list[str]) -> None:
    """Raise GoodfitError where names begin with three numbers."""
    found = [match.groups() for name in names if (match := re.match(NUMBERS, name))]
    if len(found) < MOST * len(names) or len(names) < FEWEST_OF_A_CLASS:
        return
    spans = []
    for place, cells in enumerate(zip(*found, strict=True), 1):
        numbers = [int(cell) for cell in cells]
        spans.append(f"number_{place} from {min(numbers)} to {max(numbers)}")
    given = f"the names of {len(names):,} images in {folder} begin with three numbers: "
    columns = [f"number_{place}" for place in (1, 2, 3)]
    raise GoodfitError(
        f"{given}{', '.join(spans)}",
        "a list of images and what is to be predicted",
        f"write the list, and name {folder} with the one that is meant, such as "
        f"--target {columns[0]}: {listing_command(folder, NUMBERS, columns)}",
    )


def listing_command(folder: Path, pattern: str, columns: list[str]) -> str:
    """The shell command that writes a list beside the images: each with what its name says."""
    code = (
        f"import csv, re; from pathlib import Path; p = Path({str(folder)!r}); "
        f"m = [re.match(r'{pattern}', f.name) for f in sorted(p.iterdir())]; "
        f"rows = [{['image', *columns]!r}, *([one.string, *one.groups()] for one in m if one)]; "
        f"csv.writer(open(p / {LIST!r}, 'w', newline='')).writerows(rows)"
    )
    return python_command(code)
