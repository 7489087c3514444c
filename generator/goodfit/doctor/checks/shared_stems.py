"""Names of samples that begin alike, such as patient03_slice1 and patient03_slice2."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

import numpy as np

from ..case import Case
from ..finding import Finding
from ..predictions import codes_of
from ..registry import Entry, check

LAST = re.compile(r"[\W_]+[^\W_]*$")  # of the name without its ending, as reader/pairs.py has it
FEWEST = 10  # beginnings
LARGEST = 50  # samples with one beginning, on average, at most
NAMED = 0.8  # of the names begin so


def stem(name: str) -> str:
    """The name of a file without its ending and its last piece; the whole of one piece."""
    whole = PurePosixPath(name).stem
    return LAST.sub("", whole)


def marks(names: list[str]) -> list[str]:
    """The beginnings of names where they say which samples are of one thing: ten or more, with
    numbers in them, most shared by several samples; else []."""
    found = [stem(name) for name in names]
    counts = Counter(
        one for one, name in zip(found, names, strict=True) if one != PurePosixPath(name).stem
    )
    several = sum(count for count in counts.values() if count > 1)
    numbered = sum(count for one, count in counts.items() if re.search(r"\d", one))
    if len(counts) < FEWEST or len(names) > LARGEST * len(counts):
        return []
    return found if min(several, numbered) >= NAMED * len(names) else []


@check(
    Entry(
        "shared-stems",
        "warning",
        "Samples in two parts whose names begin alike: slices of one patient, frames of one video.",
        "Where they are of one thing, the network knows it from training: the score is too good.",
        "keep names that begin alike in one part",
        "ten beginnings with numbers in them, most of them of several samples, and 20 % of the "
        "validation or test samples with one that training has",
        "ours; see data.group",
    ),
)
def shared_stems(case: Case) -> Iterator[Finding]:
    names, project = case.project.names, case.project
    if names is None or project.groups is not None or not names.get("train"):
        return
    parts = {part: [str(name) for name in some] for part, some in names.items()}
    found = iter(marks([name for some in parts.values() for name in some]))
    stems = {part: [next(found, "") for _ in some] for part, some in parts.items()}
    if of_classes(case, stems["train"]):
        return
    known = {one: name for one, name in zip(stems["train"], parts["train"], strict=True) if one}
    for part in ("test", "validation"):
        shared = [
            (name, known[one])
            for one, name in zip(stems.get(part, ()), parts.get(part, ()), strict=True)
            if one in known
        ]
        if len(shared) < max(5, 0.2 * len(parts.get(part, ()))):
            continue
        (name, other), *_ = shared
        short, others = PurePosixPath(name).name, PurePosixPath(other).name
        yield Finding(
            "shared-stems",
            "warning",
            f"{len(shared):,} of {len(parts[part]):,} {part} {case.words.samples} have a name that "
            f"begins like one in training: {short} and {others}.",
            fix=way_out(case),
        )
        return


def of_classes(case: Case, stems: list[str]) -> bool:
    """Whether names begin with the class that they are of, such as n02085620_10074."""
    y = case.known.y
    if not isinstance(y, np.ndarray) or not case.contracts or not case.contract.classes:
        return False
    codes = codes_of(y, case.contract)
    if codes.shape[1] != 1 or len(codes) != len(stems):
        return False
    pairs = {*zip(stems, codes[:, 0].tolist(), strict=True)}
    return len(pairs) == len({*stems}) <= 2 * len({code for _, code in pairs})


def way_out(case: Case) -> str:
    """How to keep names that begin alike in one part."""
    masks = isinstance(case.known.y, np.ndarray) and case.known.y.ndim > 2  # have no data.group
    if case.project.given_parts or masks:
        return (
            "where they are of one thing: sort names that begin alike into one of the folders "
            "train/, validation/ and test/"
        )
    return "where they are of one thing: python train.py --set data.group=stem; if not, leave it"
