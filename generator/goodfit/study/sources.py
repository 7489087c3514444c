"""What lies at a path: a table, a file of another kind, or a folder of images, texts or series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from goodfit.errors import GoodfitError, shell_word
from goodfit.reader.formats import FORMATS, PART_SUFFIXES, part_files
from goodfit.reader.how import PARTS, parts_in
from goodfit.reader.packages import TABLES as TEXT_TABLES
from goodfit.reader.packages import ending_of, is_packed
from goodfit.study.evidence import Study, counted
from goodfit.study.files.listing import ABOUT, IMAGES, Files, endings_in_words, files_below
from goodfit.study.files.paths import of_numbers, real_place
from goodfit.study.files.tables import Table, open_table, unnamed
from goodfit.study.kinds.alike_tables import joined_fix
from goodfit.study.kinds.arrays import refuse_array_files
from goodfit.study.kinds.foreign import refuse_foreign, refuse_foreign_folder, refuse_objects
from goodfit.study.kinds.images import (
    names_ids_of_images,
    names_images,
    study_image_folders,
    study_image_list,
)
from goodfit.study.kinds.labelled import labelled_table, looks_labelled, refuse_labels_before
from goodfit.study.kinds.labels_beside import refuse_labels_beside
from goodfit.study.kinds.masks import names_masks, study_masks
from goodfit.study.kinds.named_images import refuse_named_images
from goodfit.study.kinds.parts import apart, in_pieces, of_parts, renamed, strange_classes
from goodfit.study.kinds.series_files import study_archive, study_arrays, study_pair
from goodfit.study.kinds.series_folders import study_series_folder
from goodfit.study.kinds.tabular import study_table
from goodfit.study.kinds.texts import study_class_files, study_text_folders
from goodfit.study.kinds.token_rows import study_token_rows
from goodfit.study.kinds.tokens import looks_tagged, study_tokens

TABLES = (*TEXT_TABLES, *FORMATS)
KNOWN = (*TABLES, *IMAGES, ".ts", ".txt", ".conll", ".bio", ".iob")
NO_TEXTS = (".json", ".xml", ".html", ".htm", ".md", ".rst", ".pdf", ".doc", ".docx", ".py")
ENDINGS = {".tra": "train", ".trn": "train", ".tes": "test", ".tst": "test"}  # pendigits.tra
LOOKED_AT = 20  # texts that may be rows of numbers
ARCHIVES = (".zip", ".gz", ".zst", ".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar")
EXPECTED = (
    "folders of images or texts for each class, images and masks, a list of images, tagged "
    "sentences, series, or one table"
)


def study_source(
    path: Path, targets: tuple[str, ...], given: Mapping[str, Any], table: Table | None = None
) -> Study:
    """What lies at `path`, and the answers that follow from it. `given` are answers and settings
    that are decided already; `table` is the one that lies there, where it is open. Raises
    GoodfitError where nothing can be learnt from it."""
    place = real_place(path)
    found = study_folder_or_special(place, targets, given)
    if found is None:
        return study_one(table or open_table(place, dict(given)), targets, given)
    if targets and not any(one.question == "targets" for one in found.evidence):
        said = f"--target {targets[0]!r}, and {place} is {found.kind}"
        raise GoodfitError(said, "no column: the answers are known without", "leave --target out")
    return found


def study_one(table: Table, targets: tuple[str, ...], given: Mapping[str, Any]) -> Study:
    """The study of a table; where it is one of several in a file, what is wrong with it may be that
    another is meant."""
    try:
        return study_token_rows(table) or study_table(table, targets, given)
    except GoodfitError as error:
        asked = [one for one in table.evidence if one.question == "sheet"]
        raise unnamed(table.path, asked[0], error) if asked else error from None


def study_folder_or_special(
    path: Path, targets: tuple[str, ...], given: Mapping[str, Any]
) -> Study | None:
    """The study of a folder, or of a file that is no plain table; None for a table.

    Raises GoodfitError where nothing can be learnt from what is there.
    """
    if path.is_dir():
        files = files_below(path)
        return None if part_files(path) else study_folder(files, targets, given)
    ending = path.suffix.lower()
    refuse_foreign(path)
    if (ending in FORMATS and ending != ".npz") or is_packed(path):
        return None
    if ending == ".ts":
        return study_archive(path)
    if ending == ".npz":
        return study_arrays(path, given)
    if ending in IMAGES:
        raise GoodfitError(f"{path} is one image", EXPECTED, f"name the folder: {path.parent}")
    lists = ending in (".csv", ".tsv", ".txt")
    lists = lists and (names_images(path) or names_ids_of_images(path))
    if lists and (found := study_image_list(path, targets, given)):
        return found
    if looks_labelled(path):
        return study_table(labelled_table(path), targets, given)
    refuse_labels_before(path)
    if looks_tagged(path):
        return study_tokens(Files(path.parent, (path,), (), 0, ()))
    return None


def study_folder(files: Files, targets: tuple[str, ...], given: Mapping[str, Any]) -> Study:
    """The study of a folder: the commonest kind of file in it says what it is."""
    images = files.ending(IMAGES)
    tables = [path for path in files.paths if ending_of(path) in TABLES]
    if len(files.ending((".json",))) < len(files.paths):
        tables = [path for path in tables if path.suffix.lower() != ".json"]  # about the others
    texts = files.ending((".txt",)) or [
        path for path in files.paths if path.suffix.lower() not in KNOWN
    ]
    if images and not names_masks(files.paths):
        refuse_objects(files)
    if len(images) > len(tables) + len(files.ending((".txt",))):
        return study_images(files, images, targets, given)
    refuse_labels_beside(files)
    refuse_array_files(files)
    if found := study_tokens(files) or study_pair(
        files.narrowed(files.ending((".ts", ".tsv", ".csv", ".txt")))
    ):
        return found
    if archives := files.ending((".ts",)):
        return only_one(files, archives, ".ts files", targets, given)
    refuse_foreign_folder(files)
    if tables:
        return study_tables(files, tables, targets, given)
    lines = [path for path in texts if path.suffix.lower() not in (*ARCHIVES, *NO_TEXTS)]
    rows = [one for one in lines[:LOOKED_AT] if of_numbers(one)]
    if len(rows) > 1 and 2 * len(rows) > len(lines[:LOOKED_AT]):
        rows += lines[LOOKED_AT:]
        parts = parts_in([path.stem for path in rows])
        parts = [ENDINGS.get(one.suffix) or part for one, part in zip(rows, parts, strict=True)]
        if parts.count("train") == 1:
            return study_parts(files, rows, parts, targets, given)
        trained_on_first = sorted(rows, key=lambda one: "tra" not in one.name.lower())
        return only_one(files, trained_on_first, "tables", targets, given)
    for path in sorted(lines, key=lambda one: "train" not in one.name.lower())[:LOOKED_AT]:
        refuse_labels_before(path)
    inside = files.narrowed(lines)
    parts = parts_in([path.stem for path in lines])
    if parts.count("train") == 1 and all(parts) and {path.parent for path in lines} == {files.root}:
        return study_parts(files, lines, parts, targets, given)
    if lines and (
        found := study_class_files(inside, lines) or study_text_folders(inside, lines, given)
    ):
        return found
    if len(lines) == 1:
        return only_one(files, lines, "files", targets, given)
    given_words = f"{files.root} holds {counted(len(files.paths), 'file')} "
    given_words += f"({endings_in_words(files)}{files.left_out})"
    fix = (
        "unpack the archive"
        if files.ending(ARCHIVES)
        else "name the folder or the file to learn from"
    )
    raise GoodfitError(given_words, EXPECTED, fix)


def study_images(
    files: Files, images: list[Path], targets: tuple[str, ...], given: Mapping[str, Any]
) -> Study:
    """Images with a list beside them, with masks, or in class folders. Raises GoodfitError."""
    beside = [path for path in files.ending((".csv", ".tsv")) if path.parent == files.root]
    beside = [path for path in beside if "submission" not in path.stem.lower()]  # forms to hand in
    for path in sorted(beside, key=order_of_lists):
        if found := study_image_list(path, targets, given):
            return found
    inside = files.narrowed(images)
    single = len({inside.folders(path) for path in images}) == 1
    inside = inside.below(inside.root.parent) if single and inside.root != files.root else inside
    found = study_masks(inside, given)
    if found is None and not given.get("targets"):
        refuse_named_images(inside, images)
    found = found or study_image_folders(inside, given)
    if found is None:
        given_words = (
            f"{files.root} holds {counted(len(images), 'image')}, and no folder names a class"
        )
        raise GoodfitError(given_words, EXPECTED, "sort them, or add a CSV of images and targets")
    return found


def order_of_lists(path: Path) -> int:
    """Lists of what is to be learnt from before others."""
    return {"train": 0, "": 1}.get(parts_in([path.stem])[0], 2)


def study_tables(
    files: Files, tables: list[Path], targets: tuple[str, ...], given: Mapping[str, Any]
) -> Study:
    """One table; tables of the parts; or a table for each series. Raises GoodfitError."""
    if len(tables) == 1:
        return only_one(files, tables, "tables", targets, given)
    inside = files.narrowed(tables)
    beside = [path for path in tables if path.parent == inside.root]
    parts = parts_in([path.stem for path in beside])
    if parts.count("train") == 1 or in_pieces(beside, parts):
        return study_parts(inside, beside, parts, targets, given)
    if found := study_series_folder(files.narrowed(tables), tables, given):
        return found
    return only_one(files, tables, "tables", targets, given)


def study_parts(
    files: Files,
    tables: list[Path],
    parts: list[str],
    targets: tuple[str, ...],
    given: Mapping[str, Any],
) -> Study:
    """A table for each part. Texts are read from the whole folder, where all parts have the same
    columns; of other tables the one for training is read."""
    train = tables[parts.index("train")]
    order = sorted(zip(tables, parts, strict=True), key=lambda one: one[1] != "train")
    others = [path for path, part in order if part and path != train]
    read = [open_table(path, dict(given)) for path in (train, *others)]
    tests = [one for one, part in zip(tables, parts, strict=True) if part == "test"]
    tests = [one for one in tests if one.stem.lower() in PARTS] or tests  # no test_labels.csv
    there = {name for one in read if one.path in tests for name in one.frame.columns}
    lacking = [name for name in read[0].frame.columns if tests and name not in there]
    first = replace(read[0], lacking=tuple(lacking) if there & {*read[0].frame.columns} else ())
    found = study_source(train, targets, given, first)
    unlike = next(filter(None, apart(read)), "") or next(strange_classes(found, read), "")
    kind, shown = found.answers.get("input"), ", ".join(path.name for path in others)
    if not unlike and kind == "tabular" and train.suffix.lower() in PART_SUFFIXES:
        return study_one(of_parts(files.root, read, parts.count("train")), targets, given)
    if not unlike and kind == "text" and train.suffix.lower() in PART_SUFFIXES:
        samples = found.answers.get("samples", 0) + sum(one.rows for one in read[1:])
        return renamed(found, files.root, samples, f"{samples:,} rows in {train.name}, {shown}")
    count = found.answers.get("samples", 0)
    why = f"{count:,} rows: {train.name} is read"
    if others:
        words = "are not: use them" if len(others) > 1 else "is not: use it"
        why += f"; {shown} {words} with predict.py"
        why += f" ({unlike})" * bool(unlike)
    return renamed(found, train, found.answers.get("samples"), why)


def only_one(
    files: Files, paths: list[Path], word: str, targets: tuple[str, ...], given: Mapping[str, Any]
) -> Study:
    """The study of the only file of its kind. Raises GoodfitError where there are several."""
    if len(paths) == 1 and not ABOUT.search(paths[0].name):
        return study_source(paths[0], targets, given)
    shown = ", ".join(str(path.relative_to(files.root)) for path in paths[:6])
    given_words = f"{files.root} holds {len(paths):,} {word}: {shown}" + ", ..." * (len(paths) > 6)
    fix = f"name it: --data {shell_word(str(paths[0]))}"
    raise GoodfitError(given_words, "one of them", fix + joined_fix(paths))
