"""What names say: which mask is of which image, and which samples are of one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from .how import Fault

LAYOUT = (
    "path/{0}/1.jpg with path/{1}/1.png or 1_mask.png, perhaps below path/train/ and path/test/; "
    "or a folder for each image, path/1/{0}/ with it and path/1/{1}/ with a mask for each thing"
)
ENDING = re.compile(r"[_-](masks?|gt|labels?|seg|segmentation|l)$", re.IGNORECASE)
LAST = re.compile(r"[\W_]+[^\W_]*$")  # patient03_slice2 begins with patient03
ALONE = 0.95  # of the cells are different: none of them is the mark of a group
Found = dict[str, list[Path]]


def group_marks(cells: Sequence[str]) -> list[str]:
    """The mark of each row's group: its cell; where nearly all cells are different, what stands
    before their last piece: S01_3 is of S01."""
    alone = len({*cells}) > ALONE * len(cells)
    return [LAST.sub("", one) if alone else one for one in cells]


def marks_of_parts(parts: dict[str, list[str]]) -> dict[str, list[str]]:
    """The marks of the groups in several parts, which are looked at together."""
    marks = iter(group_marks([one for cells in parts.values() for one in cells]))
    return {name: [*islice(marks, len(cells))] for name, cells in parts.items()}


def stem_of(path: Path) -> str:
    """The name without its last piece; the whole of it where it is one piece."""
    return LAST.sub("", path.stem)


def role_of(places: Sequence[str], images: str, masks: str) -> tuple[str, list[str]]:
    """Which of the two names a folder on the way to a file has, and the way without it: with what
    stands for a * in its place. "" where none has."""
    for at, place in enumerate(places):
        for name in (masks, images):
            before, star, after = name.partition("*")
            inner = place.removeprefix(before).removesuffix(after)
            if place == (before + inner + after if star else name):
                return name, [*places[:at], *[inner] * bool(star), *places[at + 1 :]]
    return "", []


def pairs(root: Path, paths: Iterable[Path], images: str, masks: str) -> tuple[Found, bool]:
    """An image and its masks for each name, of `paths` below folders called `images` and `masks`;
    a * in these stands for the part, as in * and *_labels for train/ and train_labels/. They are
    told by their names; or, and then it is True and the masks are of one image, by the folder that
    they share. Raises Fault for what has no partner."""
    by_name: dict[str, Found] = {images: {}, masks: {}}
    by_folder: dict[str, Found] = {images: {}, masks: {}}
    for path in paths:
        kind, places = role_of(path.relative_to(root).parts[:-1], images, masks)
        if kind:
            name = ENDING.sub("", path.stem) if kind == masks else path.stem
            by_folder[kind].setdefault("/".join(places), []).append(path)
            by_name[kind].setdefault("/".join([*places, name]), []).append(path)
    alone = all(len(some) == 1 for some in by_folder[images].values())
    merged = alone and {*by_name[images]} != {*by_name[masks]}
    of_images, of_masks = (by_folder if merged else by_name).values()
    wrong = [
        f"the mask {some[0]} has no image"
        for name, some in of_masks.items()
        if name not in of_images
    ]
    wrong += [f"{some[0]} has no mask" for name, some in of_images.items() if name not in of_masks]
    single = [*of_images.values(), *(() if merged else of_masks.values())]
    wrong += [f"{some[0]} and {some[1]} share a name" for some in single if len(some) > 1]
    if wrong or not of_images:
        given = "; ".join(wrong[:3]) or f"{root} holds no pair of image and mask"
        given += f"; and {len(wrong) - 3:,} more" * (len(wrong) > 3)
        fix = "correct the path, add what is missing, or move the rest away"
        raise Fault(given, LAYOUT.format(images, masks), fix)
    return {name: [*some, *of_masks[name]] for name, some in of_images.items()}, merged
