"""Texts: in a column of a table, in folders of their class, or in a file for each class."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from goodfit.errors import GoodfitError
from goodfit.reader.how import Fault, parts_in
from goodfit.reader.texts import encoding_by_mark, text_of
from goodfit.reader.words import WORD
from goodfit.study.columns import identifiers
from goodfit.study.columns.column import Column
from goodfit.study.columns.target_names import words_of
from goodfit.study.columns.tasks import class_task
from goodfit.study.columns.votes import find_votes
from goodfit.study.evidence import Evidence, Study, counted, study_of
from goodfit.study.files.encoding import find_encoding, shared_latin
from goodfit.study.files.languages import LANGUAGES
from goodfit.study.files.listing import Files
from goodfit.study.kinds.case import Case, add_task, keep_labelled
from goodfit.study.kinds.class_folders import (
    Classed,
    class_evidence,
    classed,
    empty_folders,
    refuse_few,
    share_evidence,
)
from goodfit.study.kinds.nameless import count_columns

JOIN = " + "  # between columns that are read as one text
BESIDE = 2  # other features that a text may have beside it; more of them are a table
LONG = 12  # words of a text that may be what a table is about
LONGEST = 512
READ = 2_000  # texts of which the words are counted, picked at random
VOTES = {"vote", "votes", "annotator", "annotators", "annotations", "rater", "raters"}
MOST_CLASSES = 100  # of files with a text a line


def words_kept(longest: int) -> int:
    """Words kept of each text, where most have no more than `longest`: a multiple of eight."""
    return max(8, min(LONGEST, -(-longest // 8) * 8))


def text_columns(columns: list[Column]) -> list[Column]:
    """The columns of texts that are there in most rows."""
    return [one for one in columns if one.kind == "text" and one.missing < one.rows / 2]


def only_label(columns: list[Column], named: bool) -> Evidence | None:
    """The target where a text and one other column are all there is; None elsewhere."""
    others = [
        one for one in columns if one.kind != "text" and not identifiers.why_left_out(one, named)
    ]
    if text_columns(columns) and len(others) == 1:
        why = f"`{others[0].name}` is the only column beside the text that is no identifier"
        return Evidence("targets", [others[0].name], "likely", why)
    return None


def study_texts(case: Case, targets: list[Column]) -> bool:
    """The study of texts; False where the table is about something else."""
    asked = case.given.get("input")
    found = [one for one in text_columns(case.columns) if one not in targets]
    beside = [
        one
        for one in case.columns
        if one not in targets and one not in found and not identifiers.why_left_out(one, case.named)
    ]
    if asked not in (None, "text") or not found or not targets:
        return False
    votes = find_votes(beside, targets[0]) if len(targets) == 1 else {}
    votes |= {one.name: "votes, by its name" for one in beside if VOTES & {*words_of(one.name)}}
    beside = [one for one in beside if one.name not in votes]
    if asked is None and len(beside) > BESIDE:
        return False
    text = max(found, key=lambda one: one.words)
    said = case.given.get("text_column", "")
    whole = any(said == name_in(case, one) for one in found)
    named = [one for one in found if name_in(case, one) in ([said] if whole else said.split(JOIN))]
    read = named or [text]
    name = said if named else name_in(case, text)
    why = " and ".join(f"`{one.name}` holds texts of {one.words:.0f} words" for one in read)
    case.add("input", "text", "likely", why)
    others = [one for one in found if one not in read and "text_column" not in case.given]
    why += not_used(case, [*read, *others, *targets], votes)
    if others:
        shown = ", ".join(f"`{one.name}` of {one.words:.0f} ({one.examples})" for one in others)
        joined = JOIN.join(name_in(case, one) for one in found)
        why += f"; texts stand in {shown}, too: are all to be read, joined, or one?"
        each = (name, *(name_in(case, one) for one in others))
        case.evidence.append(Evidence("text_column", joined, "unsure", why, each))
    else:
        case.add("text_column", name, "likely", why)
    if not case.named:
        count_columns(case, targets)
    cells = pl.DataFrame([one.cells.alias(str(one.place)) for one in read])
    texts = cells.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)).to_series()
    filled = texts.str.strip_chars() != ""
    case.evidence.append(length_evidence(texts.filter(filled)))
    targets = keep_labelled(case, targets)
    add_task(case, targets)
    if missing := len(texts) - filled.sum():
        case.add("empty", "skip", "unsure", f"{counted(int(missing), 'text')} without a word")
    if case.table.kind == "a tab-separated file":  # quotation marks are signs like any other there
        case.evidence[:] = [one for one in case.evidence if one.question != "quote"]
    case.evidence[:] = [
        one for one in case.evidence if one.question not in ("missing", "decimal", "number_signs")
    ]
    return True


def long_text(case: Case, targets: list[Column]) -> Evidence | None:
    """The question whether a table that holds texts of many words is about these; the likelier
    first: many numbers beside a text are a table."""
    found = [one for one in text_columns(case.columns) if one not in targets and one.words >= LONG]
    if not found or len(targets) != 1:
        return None
    text = max(found, key=lambda one: one.words)
    numbers = sum(one.kind == "number" and one not in targets for one in case.columns)
    first, other = ("tabular", "text") if numbers > BESIDE else ("text", "tabular")
    why = f"`{text.name}` holds texts of {text.words:.0f} words, which a table cannot learn from, "
    beside = counted(len(case.columns) - 1 - len(targets), "column")
    why += f"and beside it stand {beside}, which a network for texts does not see: which are to be "
    why += "learned from?"
    return Evidence("input", first, "unsure", why, (other,))


def name_in(case: Case, column: Column) -> str:
    """What a column of texts is called: its place, from 0, in a file without a header."""
    return column.name if case.named else str(column.place)


def not_used(case: Case, used: list[Column], votes: Mapping[str, str]) -> str:
    """Every column that is neither text nor target, and why it is left out, in words."""
    left = [one for one in case.columns if one not in used]
    reasons = [
        votes.get(one.name)
        or identifiers.why_left_out(one, case.named)
        or "it stands beside the text"
        for one in left
    ]
    shown = "; ".join(f"`{one.name}`: {why}" for one, why in zip(left, reasons, strict=True))
    return f". Not used: {shown}" * bool(left)


def study_text_folders(files: Files, paths: list[Path], given: Mapping[str, Any]) -> Study | None:
    """Text files in class folders; None where they lie otherwise. Raises GoodfitError."""
    found = classed(files, paths, "texts")
    if found is None and len(paths) > 1:
        said = f"{files.root} holds {len(paths):,} text files in one folder"
        fix = "sort them into folders, name the folder above, or list them in a CSV"
        raise GoodfitError(said, "a folder of texts for each class", fix)
    if found is None:
        return None
    said = f"{counted(len(paths), 'text file')}{files.left_out}"
    evidence = [Evidence("input", "text", "certain", said)]
    how = "class folders" + empty_folders(files.root, {files.folders(path)[0] for path in paths})
    evidence += class_evidence(found, files.root, "texts", how, given)
    encoding = encoding_evidence(paths)
    picked = random.Random(0).sample(paths, min(READ, len(paths)))
    texts = [text_in(path, str(encoding.value)) for path in picked]
    empty_texts = sum(not text.strip() for text in texts)
    if empty_texts:
        why = f"{empty_texts:,} of {counted(len(texts), 'text')} without a word: leave them out?"
        evidence.append(Evidence("empty", "skip", "unsure", why))
    kind = "a folder of class folders of texts" + " in parts" * any(found.parts)
    return study_of(files.root, kind, [*evidence, encoding, length_evidence(pl.Series(texts))])


def study_class_files(files: Files, paths: list[Path]) -> Study | None:
    """A file for each class with a text a line; None where they hold something else."""
    folders = ["".join(files.folders(path)[:1]) for path in paths]
    parts = parts_in(folders)
    if any(len(files.folders(path)) > 1 for path in paths) or (any(folders) and not all(parts)):
        return None
    stems = {path.with_suffix("") for path in paths}
    names = [path.stem if len(stems) == len(paths) else path.suffix[1:] for path in paths]
    said = [*filter(None, parts_in(names))]
    if not 2 <= len({*names}) <= MOST_CLASSES or 0 < len(said) < len(names):  # train and another
        return None
    encoding = encoding_evidence(paths)
    lines: dict[Path, list[str]] = {}
    for path in paths:
        text = text_in(path, str(encoding.value))
        lines[path] = [line for line in text.split("\n") if line.strip()]
        if not are_texts(lines[path]):
            return None
    found = Classed(
        [path for path in paths for _ in lines[path]],
        [name for name, path in zip(names, paths, strict=True) for _ in lines[path]],
        [part for part, path in zip(parts, paths, strict=True) for _ in lines[path]],
    )
    counts = Counter(found.classes)
    refuse_few(counts, files.root, "lines")
    each = ", ".join(f"{path.name} {len(lines[path]):,}" for path in paths[:6])
    why = f"a file for each of {len(counts)} classes, a text a line: {each}" + ", ..." * (
        len(paths) > 6
    )
    task = class_task(len(counts))
    texts = [line for some in lines.values() for line in some]
    evidence = [
        Evidence(
            "input", "text", "likely", f"{len(paths)} text files of many lines{files.left_out}"
        ),
        Evidence("task", task, "likely", why),
        Evidence("samples", len(texts), "certain", f"{len(texts):,} lines that are not empty"),
        *share_evidence(counts),
        encoding,
        length_evidence(pl.Series(random.Random(0).sample(texts, min(READ, len(texts))))),
    ]
    return study_of(files.root, "a folder with a file of texts for each class", evidence)


def are_texts(lines: list[str]) -> bool:
    """Most lines are words, and not the cells of a table."""
    if len(lines) < 5:
        return False
    picked = random.Random(0).sample(lines, min(200, len(lines)))
    words = [line for line in picked if len(re.findall(r"[^\W\d_]{2,}", line)) >= 2]
    tabs = sum("\t" in line for line in picked)
    cells = Counter(line.count(",") + line.count(";") for line in picked).most_common(1)[0]
    table = tabs > len(picked) / 2 or (cells[0] > 1 and cells[1] > 0.9 * len(picked))
    return len(words) > 0.7 * len(picked) and not table


def encoding_evidence(paths: Iterable[Path]) -> Evidence:
    """The one encoding in which all files can be read. Raises GoodfitError where there is none."""
    found: dict[str, tuple[Path, Evidence]] = {}
    names: list[str] = []
    marked: Counter[str] = Counter()
    latin: list[Path] = []
    for path in paths:
        content = path.read_bytes()
        if name := encoding_by_mark(content):
            marked[name] += 1  # such a file is read as it says, whatever the others are
        elif not content.isascii() or b"\0" in content:
            one = find_encoding(path)
            names.append(str(one.value))
            found.setdefault(str(one.value), (path, one))
            latin += [path] if one.value in LANGUAGES else []
    if any(one.confidence == "unsure" for _, one in found.values() if one.value in LANGUAGES):
        shared = shared_latin(latin)  # a word or two of one file alone may be of any language
        found = {name: one for name, one in found.items() if name not in LANGUAGES}
        found[str(shared.value)] = (latin[0], shared)
        names = [str(shared.value) if name in LANGUAGES else name for name in names]
    said = "; ".join(f"{count:,} say {name} by their mark" for name, count in marked.items())
    if not found:
        why = said or "every byte of the files fits UTF-8"
        return Evidence("encoding", "utf-8", "certain", why)
    said = said and f"; {said}"
    if {*found} == {"cp1252", "latin-1"}:
        del found["cp1252"]  # Latin-1 has a sign for every byte
    (name, (path, one)), *others = found.items()
    if others and len(others) == 1 and {*found} <= {"utf-8", "cp1252", "latin-1"}:
        count = Counter(names)
        each = " and ".join(f"{count[one]:,} in {one}" for one in sorted(found, reverse=True))
        why = f"{each}; a file that is no UTF-8, such as {found[min(found)][0].name}, is read as "
        return Evidence("encoding", f"utf-8 or {min(found)}", "unsure", f"{why}{min(found)}{said}")
    if others or name == "None":
        given = "; ".join(f"{path}: {one.why}" for path, one in found.values())
        raise GoodfitError(given, "one known encoding for all", "save them as UTF-8")
    return Evidence("encoding", name, one.confidence, f"{path.name}: {one.why}{said}")


def text_in(path: Path, encoding: str) -> str:
    """The whole file, as the project reads it. Raises GoodfitError where it cannot be."""
    try:
        return text_of(path, encoding)
    except Fault as fault:
        raise GoodfitError(fault.given, fault.expected, fault.fix) from None


def length_evidence(texts: pl.Series) -> Evidence:
    """Words enough for 95 of 100 texts."""
    counts = texts.str.normalize("NFKC").str.count_matches(WORD)
    longest = int(counts.quantile(0.95) or 8)
    why = f"95 of 100 texts have {longest} words and signs or fewer"
    return Evidence("length", words_kept(longest), "likely", why)
