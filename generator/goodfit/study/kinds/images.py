"""Images: in folders of their class, or named by a list beside their targets."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from goodfit.errors import GoodfitError
from goodfit.reader.pairs import stem_of
from goodfit.study.columns.column import Column
from goodfit.study.columns.identifiers import (
    FEW,
    LARGE_GROUP,
    asks_for_group,
    find_group,
    find_marked,
)
from goodfit.study.columns.reading import read_column
from goodfit.study.columns.target import find_target, targets_given
from goodfit.study.evidence import Evidence, Study, counted, study_of
from goodfit.study.files.listing import IMAGES, Files, files_below
from goodfit.study.files.tables import Table, open_table
from goodfit.study.kinds.case import Case, add_task, keep_labelled
from goodfit.study.kinds.class_folders import (
    Classed,
    class_evidence,
    classed,
    empty_folders,
    part_folders,
)

HEADERS = 10_000  # images of which at most the first bytes are read, picked at random
DECODED = 60  # of which all pixels are read, to see whether they have colours
NO_CNN = ("segmentation", "anomaly-detection")
SMALL = 48  # pixels: less than what a network pretrained on photographs looks at
USUAL = 64  # pixels: the smallest size that is not taken from the images themselves
NAMED = 0.9  # share of the cells that name an image which is there
LOOKED_AT = 300
HEAD = 1 << 16  # bytes by which a list is known
FEWEST_IDS, MOST_FOLDERS, MOST_NAMES = 5, 50, 20_000  # of images that are looked for beside a list
IMAGE_NAME = re.compile(rb"\.(png|jpe?g|bmp|gif|webp|tiff?|ppm|pgm)\b", re.IGNORECASE)


def study_image_folders(files: Files, given: Mapping[str, Any]) -> Study | None:
    """Images in class folders; None where they lie otherwise. Raises GoodfitError."""
    paths = files.ending(IMAGES)
    found = classed(files, paths, "images")
    if found is None:
        kinds = sorted({files.folders(path)[-1:] for path in paths})
        where = f"in {files.root.name}/ itself" if kinds == [()] else "in folders below folders"
        if len(kinds) == 1 or not kinds[0]:
            given_words = f"{files.root} holds {counted(len(paths), 'image')}, all {where}"
            expected = (
                "a folder of images for each of two classes or more, or a CSV that names them"
            )
            fix = f"name the folder above: {files.root.parent}" if len(kinds) == 1 else "sort them"
            raise GoodfitError(given_words, expected, f"{fix}; or add a list of images and targets")
        return None
    evidence = [
        Evidence("input", "image", "certain", f"{len(paths):,} image files{files.left_out}")
    ]
    how = "class folders" + empty_folders(files.root, {files.folders(path)[0] for path in paths})
    answers = normal_alone(found, files.root, given) or class_evidence(
        found, files.root, "images", how, given
    )
    task = {"task": answers[0].value}
    evidence += [*answers, *pixel_evidence(paths, {**given, **task})]
    if "group" not in given and not any(found.parts):
        evidence += stem_evidence(paths)
    kind = "a folder of class folders of images" + " in parts" * any(found.parts)
    return study_of(files.root, kind, evidence)


def stem_evidence(paths: list[Path]) -> list[Evidence]:
    """The question whether images whose names begin alike are of one person or thing, such as
    patient03_slice1.png and patient03_slice2.png: ten beginnings or more, with numbers in them."""
    stems = Counter(stem_of(path) for path in paths if stem_of(path) != path.stem)
    if not stems:
        return []
    several = sum(count for count in stems.values() if count > 1)
    numbered = sum(count for stem, count in stems.items() if re.search(r"\d", stem))
    each = len(paths) / len(stems)
    if len(stems) < FEW or each > LARGE_GROUP or min(several, numbered) < NAMED * len(paths):
        return []
    (first, _), *_ = stems.most_common()
    shown = ", ".join(path.name for path in paths if stem_of(path) == first)[:60]
    why = (
        f"the names of {len(paths):,} images begin in {len(stems):,} ways, as {shown}: are images "
    )
    why += "that begin alike of one person or thing? Then they have to stay in one part. If not: "
    return [Evidence("group", "stem", "unsure", why + "--set 'group=\"\"'")]


def normal_alone(found: Classed, root: Path, given: Mapping[str, Any]) -> list[Evidence]:
    """Anomaly detection, where it is asked for, or where one class alone is trained on and the test
    has others beside it."""
    trained = {one for one, part in zip(found.classes, found.parts, strict=True) if part == "train"}
    tested = {one for one, part in zip(found.classes, found.parts, strict=True) if part == "test"}
    alone = len(trained) == 1 and trained < tested
    if not alone and given.get("task") != "anomaly-detection":
        return []
    normal = min(trained) if alone else max({*found.classes}, key=found.classes.count)
    why = ""
    if alone:
        train, test = (part_folders(found, root, part)[0] for part in ("train", "test"))
        why = f"{train}/ holds {normal!r} alone, {test}/ {len(tested) - 1} other kinds beside it"
    why = why if alone else f"of {len({*found.classes})} classes {normal!r} has most images"
    return [
        Evidence("task", "anomaly-detection", "likely", why),
        Evidence("normal", [normal], "likely" if alone else "unsure", why),
        Evidence("targets", ["class"], "certain", "the folders' names"),
        Evidence("samples", len(found.paths), "certain", f"{len(found.paths):,} images"),
    ]


def pixel_evidence(paths: list[Path], given: Mapping[str, Any]) -> list[Evidence]:
    """Size and colours, from the headers of images picked at random; broken ones are counted."""
    picked = random.Random(0).sample(paths, min(HEADERS, len(paths)))
    sizes, broken = sizes_of(picked)
    evidence = []
    if broken:
        why = f"{len(broken):,} of {len(picked):,} images cannot be opened, such as {broken[0]}"
        if len(broken) == len(picked):
            raise GoodfitError(why, "image files", "name the right folder")
        evidence.append(Evidence("unreadable", "skip", "unsure", f"{why}: leave them out?"))
    (width, height), count = Counter(sizes.values()).most_common(1)[0]
    usual = f"{width} x {height} pixels"
    grey = all_grey([*sizes][:DECODED])
    colours = "grey" if grey else "in colour"
    different = len({*sizes.values()})
    sized = (
        f"{different} sizes, most often {usual} ({count:,} of {len(sizes):,})"
        if different > 1
        else f"all {usual}"
    )
    looked = f"{min(DECODED, len(sizes))} images picked at random are {colours}; {sized}"
    evidence.append(Evidence("channels", 1 if grey else 3, "likely", looked))
    sides = sorted(max(size) for size in sizes.values())
    side = sides[len(sides) // 2]
    if side <= USUAL and "image_size" not in given:
        if side < SMALL and given.get("task") not in NO_CNN:
            why = f"{usual} show less than a network pretrained on photographs looks at"
            evidence.append(Evidence("architecture", "cnn", "likely", why))
        evidence.append(Evidence("image_size", max(16, side), "likely", f"images are {usual}"))
    return evidence


def sizes_of(paths: list[Path]) -> tuple[dict[Path, tuple[int, int]], list[Path]]:
    """Width and height from each header, and the files that have none."""
    from PIL import Image

    sizes, broken = {}, []
    for path in paths:
        try:
            with Image.open(path) as image:
                sizes[path] = image.size
        except Exception:  # a damaged file can raise anything
            broken.append(path)
    return sizes, broken


def all_grey(paths: list[Path]) -> bool:
    """No pixel of any of these images has a colour."""
    from PIL import Image, ImageChops

    for path in paths:
        try:
            with Image.open(path) as opened:
                if opened.mode in ("1", "L", "LA", "I", "I;16", "F"):
                    continue
                red, green, blue = opened.convert("RGB").split()
        except Exception:  # its header was whole, the rest is not: the project says so
            continue
        if (
            ImageChops.difference(red, green).getbbox()
            or ImageChops.difference(red, blue).getbbox()
        ):
            return False
    return True


def names_images(path: Path) -> bool:
    """The file begins like a list: with several names of image files."""
    with path.open("rb") as file:
        return len(IMAGE_NAME.findall(file.read(HEAD))) >= 5


def names_ids_of_images(path: Path) -> bool:
    """The file begins like a list of images below its folder, without what stands after the dot
    in their names."""
    with path.open("rb") as file:
        cells = {*re.split(r"[,;\t\r\n\"]+", file.read(HEAD).decode("utf-8", "replace"))}
    return len(cells & image_stems(path.parent)) >= FEWEST_IDS


def image_stems(folder: Path) -> set[str]:
    """The names of some images in a folder and those right below it, without their endings."""
    found: set[str] = set()
    for place in [folder, *(one for one in folder.iterdir() if one.is_dir())][:MOST_FOLDERS]:
        with suppress(OSError):
            paths = islice(place.iterdir(), MOST_NAMES)
            found |= {one.stem for one in paths if one.suffix.lower() in IMAGES}
    return found


def study_image_list(
    path: Path, targets: tuple[str, ...], given: Mapping[str, Any]
) -> Study | None:
    """A table of which one column names images below its folder; None where none does."""
    try:
        table = open_table(path, dict(given))
    except GoodfitError:
        return None
    known: dict[str, Path] = {}
    for image in files_below(path.parent).ending(IMAGES):
        places = image.relative_to(path.parent)
        for name in (image.name, image.stem, places.as_posix(), places.with_suffix("").as_posix()):
            known.setdefault(name, image)
    frame = table.frame
    columns = [read_column(one.name, place, one) for place, one in enumerate(frame.iter_columns())]
    for column in columns:
        shown = [str(cell) for cell in frame[column.name].drop_nulls().head(LOOKED_AT).to_list()]
        if shown and sum(cell in known for cell in shown) >= NAMED * len(shown):
            if column.kind == "number" and column.distinct < NAMED * column.filled:
                continue  # 0 to 9 beside 0.png to 9.png are digits
            others = [one for one in columns if one is not column]
            return (
                study_listed_images(table, column, others, known, targets, given)
                if others
                else None
            )
    return None


def study_listed_images(
    table: Table,
    column: Column,
    others: list[Column],
    known: Mapping[str, Path],
    targets: tuple[str, ...],
    given: Mapping[str, Any],
) -> Study:
    """The study of a list whose `column` names images, `known` by their names."""
    names = [str(cell) for cell in table.frame[column.name].to_list()]
    lost = [name for name in names if name not in known]
    images = list(dict.fromkeys(known[name] for name in names if name in known))
    case = Case(table, [*others[:-1], replace(others[-1], last=True)], given)
    case.evidence += [one for one in table.evidence if one.question in ("separator", "encoding")]
    where = f"`{column.name}` names {len(images):,} images that are there"
    case.add("input", "image", "certain", where)
    case.add("image_column", column.name, "certain", where)
    case.add("samples", table.rows, "certain", f"{table.rows:,} rows")
    if lost:
        why = f"{len(lost):,} of {table.rows:,} rows name no image, such as {lost[0]}"
        case.add("unreadable", "skip", "unsure", f"{why}: leave them out?")
    if targets:
        chosen = [one.name for one in targets_given(others, targets)]
        found = Evidence("targets", chosen, "certain", "you said so")
    else:
        found = only_other(case.columns) or find_target(case.columns, True)
    case.evidence.append(found)
    if found.confidence != "unsure":
        said = keep_labelled(case, targets_given(others, tuple(found.value)))
        add_task(case, said)
        add_group(case, [one for one in case.columns if one.name not in found.value])
    case.evidence += pixel_evidence(images, given)
    return case.study()


def add_group(case: Case, columns: list[Column]) -> None:
    """The column that marks several images of one person or thing: by its name, or asked for."""
    if "group" in case.given:
        return
    if found := find_group(columns):
        case.add("group", found[0].name, "likely", f"`{found[0].name}`: {found[1]}")
    elif marked := find_marked(columns):
        case.add("group", marked.name, "unsure", asks_for_group(marked))


def only_other(columns: list[Column]) -> Evidence | None:
    """The target, where one column is all that stands beside the images; None elsewhere."""
    useful = [one for one in columns if one.kind in ("number", "words") and one.distinct > 1]
    if len(useful) != 1:
        return None
    why = f"`{useful[0].name}` is all there is beside the images"
    return Evidence("targets", [useful[0].name], "likely", why)
