"""A CSV that names image files beside their targets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodfit.errors import GoodfitError
from goodfit.study.findings import Evidence, Study
from goodfit.study.images import pixel_evidence
from goodfit.study.walk import IMAGES, files_below

if TYPE_CHECKING:
    from goodfit.study.columns import Column
    from goodfit.study.tables import Table

NAMED = 0.9  # share of the cells that name an image which is there
LOOKED_AT = 300
HEAD = 1 << 16  # bytes by which a list is known
IMAGE_NAME = re.compile(rb"\.(png|jpe?g|bmp|gif|webp|tiff?|ppm|pgm)\b", re.IGNORECASE)


def names_images(path: Path) -> bool:
    """The file begins like a list: with several names of image files."""
    with path.open("rb") as file:
        return len(IMAGE_NAME.findall(file.read(HEAD))) >= 5


def study_image_list(
    path: Path, targets: tuple[str, ...], given: Mapping[str, Any]
) -> Study | None:
    """A table of which one column names images below its folder; None where none does."""
    from goodfit.study.columns import read_column
    from goodfit.study.tables import open_table

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
            others = [one for one in columns if one is not column]
            return listed(table, column, others, known, targets, given) if others else None
    return None


def listed(
    table: Table,
    column: Column,
    others: list[Column],
    known: Mapping[str, Path],
    targets: tuple[str, ...],
    given: Mapping[str, Any],
) -> Study:
    """The study of a list whose `column` names images, `known` by their names."""
    from goodfit.study.infer import Case, add_task, keep_labelled
    from goodfit.study.target import find_target, targets_given

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
    case.evidence += pixel_evidence(images, given)
    return case.study()


def only_other(columns: list[Column]) -> Evidence | None:
    """The target, where one column is all that stands beside the images; None elsewhere."""
    useful = [one for one in columns if one.kind in ("number", "words") and one.distinct > 1]
    if len(useful) != 1:
        return None
    why = f"`{useful[0].name}` is all there is beside the images"
    return Evidence("targets", [useful[0].name], "likely", why)
