"""What the names of files and folders say: the part of the split, and the class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodfit.cells import ONE_CLASS_A_SAMPLE
from goodfit.errors import GoodfitError
from goodfit.limits import FEWEST_OF_A_CLASS
from goodfit.reader.how import parts_in
from goodfit.study.columns.tasks import class_task, rarest_evidence
from goodfit.study.commands import hiding_command
from goodfit.study.evidence import Evidence, counted
from goodfit.study.files.listing import Files

NO_CLASS = re.compile(r"(unsup|unlabel{1,2}ed|no[_-]?label|unsupervised|unknown[_-]labels?)")


@dataclass(frozen=True)
class Classed:
    """Files with their class, and their part where folders say it ("" elsewhere)."""

    paths: list[Path]
    classes: list[str]
    parts: list[str]


def classed(files: Files, paths: list[Path], word: str) -> Classed | None:
    """Files in class folders, perhaps below train/ and test/; None where they lie otherwise.

    Raises GoodfitError for a file that is astray, or for a single class.
    """
    folders = [list(files.folders(path)) for path in paths]
    parts = parts_in(["".join(names[:1]) for names in folders])
    deep = any(len(names) > 1 for names in folders)
    if "train" in parts and (deep or all(parts)):
        folders = [names[1:] if part else names for names, part in zip(folders, parts, strict=True)]
    else:
        parts = [""] * len(paths)
    right = [len(names) == 1 for names in folders]
    if not any(right):
        return None
    astray = [path for path, good in zip(paths, right, strict=True) if not good]
    half = [path for path, part in zip(paths, parts, strict=True) if any(parts) and not part]
    if wrong := list(dict.fromkeys([*half, *astray])):
        given = f"{wrong[0]} is not in a class folder, and {len(paths) - len(wrong):,} {word} are"
        fix = f"move it ({len(wrong):,} in all), or name the folder that holds the class folders"
        if hiding := hiding_command(wrong):
            fix += f"; or hide what is no sample: {hiding}"
        raise GoodfitError(given, "each in the folder of its class", fix)
    return Classed(paths, [names[0] for names in folders], parts)


def class_evidence(
    found: Classed, root: Path, word: str, how: str, given: Mapping[str, Any]
) -> list[Evidence]:
    """Task, samples, classes and the rarest share, from how many files each class has.

    Raises GoodfitError for fewer than two classes, one too small, or one that is not trained on;
    and for another task.
    """
    if given.get("task", ONE_CLASS_A_SAMPLE[0]) not in ONE_CLASS_A_SAMPLE:
        fix = "leave --task out, or list the files and their targets in a CSV"
        raise GoodfitError(
            f"--task {given['task']} with class folders", " or ".join(ONE_CLASS_A_SAMPLE), fix
        )
    counts = Counter(found.classes)
    refuse_few(counts, root, word)
    if unknown := [one for one in counts if NO_CLASS.fullmatch(one.lower())]:
        said = f"{root}: {counts[unknown[0]]:,} {word} in folders called {unknown[0]!r}"
        folders = [path.parent for path in found.paths if path.parent.name == unknown[0]]
        hiding = hiding_command(list(dict.fromkeys(folders)))
        fix = f"move {unknown[0]}/ out of {root}, or hide it: {hiding}"
        raise GoodfitError(said, "a class for each", fix)
    trained = {
        one for one, part in zip(found.classes, found.parts, strict=True) if part in ("", "train")
    }
    if strange := sorted({*counts} - trained):
        said = f"{root}: no {word} of {', '.join(map(repr, strange[:5]))} in the training part"
        folder = next(iter(part_folders(found, root, "train")))
        expected = f"every class in {folder}/"
        raise GoodfitError(said, expected, "move some there, or remove the class")
    sizes = sorted(counts.values())
    many = f"{sizes[0]:,}" if sizes[0] == sizes[-1] else f"{sizes[0]:,} to {sizes[-1]:,}"
    why = f"{len(counts)} {how} hold {many} {word} each: {', '.join(sorted(counts)[:6])}"
    why += ", ..." * (len(counts) > 6)
    tested = {one for one, part in zip(found.classes, found.parts, strict=True) if part == "test"}
    if alone := sorted({*counts} - tested) if tested else []:
        why += f"; {', '.join(alone[:5])} in the training part alone"
    task = class_task(len(counts))
    if given.get("task", task) != task:
        fix = "leave --task out, or name other folders"
        raise GoodfitError(f"--task {given['task']}, and {root}: {why}", task, fix)
    evidence = [Evidence("task", task, "certain", why)]
    in_parts = Counter(part_folders(found, root))
    shares = [f"{count:,} in {folder}/" for folder, count in in_parts.items()]
    total = f"{len(found.paths):,} {word}" + (f": {', '.join(shares)}" if shares else "")
    evidence.append(Evidence("samples", len(found.paths), "certain", total))
    return [*evidence, *share_evidence(counts)]


def part_folders(found: Classed, root: Path, part: str = "") -> list[str]:
    """The folder that says the part, as it is called, for each file of one; of any where `part` is
    not said."""
    return [
        path.relative_to(root).parts[0]
        for path, of_file in zip(found.paths, found.parts, strict=True)
        if of_file and part in ("", of_file)
    ]


def share_evidence(counts: Counter[str]) -> list[Evidence]:
    """How many classes there are, and the share of the rarest."""
    evidence = []
    if len(counts) > 2:
        evidence.append(Evidence("classes", len(counts), "certain", f"{len(counts)} classes"))
    rarest, rows = counts.most_common()[-1]
    why = f"{rarest!r} in {rows:,} of {counts.total():,}"
    return [*evidence, rarest_evidence(rows, counts.total(), len(counts), why)]


def refuse_few(counts: Counter[str], root: Path, word: str) -> None:
    """Raise GoodfitError for a single class, or for one of too few samples."""
    if len(counts) < 2:
        given = f"{root} holds {word} of one class: {next(iter(counts))!r}"
        raise GoodfitError(given, "a folder for each of two classes or more", "add the others")
    if few := sorted(one for one, count in counts.items() if count < FEWEST_OF_A_CLASS):
        given = f"{root}: class {few[0]!r} has {counts[few[0]]} of the {word}"
        if len(few) > 1:
            others = counted(len(few) - 1, "other class has", "other classes have")
            given += f", and {others} as few"
        raise GoodfitError(
            given, f"at least {FEWEST_OF_A_CLASS} of each class", "collect more, or move it away"
        )


def empty_folders(root: Path, known: set[str]) -> str:
    """Folders without any file, beside others that have some, in words; "" where there are none."""
    folders = [path for path in root.iterdir() if path.is_dir() and path.name not in known]
    empty = sorted(path.name for path in folders if not any(path.iterdir()))
    return f" ({', '.join(empty[:5])} {'is' if len(empty) == 1 else 'are'} empty)" if empty else ""
