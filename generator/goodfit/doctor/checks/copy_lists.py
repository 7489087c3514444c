"""What near copies are called, the list of all of them, and what can be done about them."""

from __future__ import annotations

import csv

import numpy as np

from ..case import Case
from ..words import PARTS
from .shared_stems import marks, stem

Pairs = list[tuple[str, str]]
LIST = "near_copies.csv"
SPLIT_FIRST = {
    "between": "split first, and make up {samples} of the training part alone; instead of that, "
    "weigh the rare classes: class_weight of fit()",
    "other": "split before {samples} are copied or changed; where they are several of one person "
    "or thing, split by that: sklearn.model_selection.GroupShuffleSplit",
}


def named(case: Case, part: str, place: int) -> str:
    """A sample as its user knows it: its file, its row in the data, or its number in its part."""
    project = case.project
    if project.names is not None and project.names.get(part):
        return str(project.names[part][place])
    if project.row_of is not None:
        return f"row {project.row_of(part, int(place)) + 1}"
    return f"{PARTS[part]} number {place + 1}"


def pair_of(case: Case, part: str, place: int, other: int) -> str:
    """A sample of a part and the training sample that is its copy, in words."""
    return f"{named(case, part, place)} and {named(case, 'train', other)}"


def groups_of(of: np.ndarray) -> np.ndarray:
    """int (samples,): for each sample the first of those that it hangs together with. `of`: the
    place of the one that it is a copy of, -1 of none."""
    first = np.arange(len(of))
    for place in np.flatnonzero(of >= 0):
        one, other = root(first, int(place)), root(first, int(of[place]))
        first[max(one, other)] = min(one, other)
    return np.array([root(first, place) for place in range(len(of))], int)


def root(first: np.ndarray, place: int) -> int:
    while first[place] != place:
        place = int(first[place])
    return place


def write_list(case: Case, pairs: Pairs) -> str:
    """Write samples, files or rows, and what each is a copy of; return the name of the file."""
    assert case.project.lists is not None
    path = case.project.lists / LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [
                ("remove", "copy_of"),
                *([name.removeprefix("row ") for name in pair] for pair in pairs),
            ]
        )
    return path.as_posix()


def stems_tell(case: Case, pairs: Pairs) -> bool:
    """Whether the names of nearly all pairs begin alike, in a project that may keep such together:
    one of masks may not."""
    y = case.known.y
    if case.project.names is None or (isinstance(y, np.ndarray) and y.ndim > 2):
        return False
    if not marks([str(name) for some in case.project.names.values() for name in some]):
        return False
    alike = sum(stem(one) == stem(other) for one, other in pairs)
    return alike > 0.8 * len(pairs) and not case.project.given_parts


def advice(case: Case, kind: str, pairs: Pairs) -> str:
    """What to do about copies. `pairs`: all of them, where they are listed."""
    samples = case.words.samples
    if case.project.declared is None:
        return SPLIT_FIRST["between" if kind == "between" else "other"].format(samples=samples)
    if kind == "between":
        return (
            f"give the {samples} as they were before others were made up between them (SMOTE); "
            "rare classes can be weighed instead: see class_weight in [head]"
        )
    if stems_tell(case, pairs):
        return "keep names that begin alike in one part: python train.py --set data.group=stem"
    if not pairs or case.project.lists is None:
        start = f"remove the copies from your data, or give the {samples} before they were copied"
    else:
        start = f"remove the {len(pairs):,} {samples} that {write_list(case, pairs)} names"
    if case.project.names is not None:
        return f"{start}, or sort what belongs together into folders train/, validation/ and test/"
    if kind == "worded" and case.known.x.ndim == 3:  # tagged sentences have no data.group
        return f"{start}, or keep what belongs together in one of the files train and test"
    return f"{start}; where they are several of one person or thing, name its column in data.group"
