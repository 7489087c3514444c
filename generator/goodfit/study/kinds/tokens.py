"""Files of a token and its tag a line (CoNLL): their columns, tags and sentences."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from goodfit.errors import GoodfitError
from goodfit.reader.how import parts_in
from goodfit.study.evidence import Evidence, Study, counted, study_of
from goodfit.study.files.encoding import find_encoding
from goodfit.study.files.listing import Files, innermost
from goodfit.study.kinds.texts import words_kept

TAG = re.compile(r"O|[BIESLUM]-\S+")
HEAD = 1 << 16  # bytes by which a file is known
MOST_TAGS = 200
MOST_FILES = 200
NO_SUCH = (".csv", ".json", ".jsonl", ".ts", ".md", ".py", ".html", ".xml")


@dataclass(frozen=True)
class Tagged:
    """One file: the tokens of each sentence counted, its tags, and how many columns it has."""

    path: Path
    lengths: list[int]
    tags: Counter[str]
    columns: int
    encoding: Evidence


def looks_tagged(path: Path) -> bool:
    """The file begins like one: rows of two columns or more, blank lines between some of them, and
    in the last column tags such as B-PER, I-PER, O."""
    if path.suffix.lower() in NO_SUCH:
        return False
    with path.open("rb") as file:
        lines = file.read(HEAD).decode("latin-1").split("\n")[:-1]
    rows = [line.split() for line in lines if line.strip() and "-DOCSTART-" not in line]
    tagged = [row for row in rows if len(row) > 1 and TAG.fullmatch(row[-1])]
    blank = sum(not line.strip() for line in lines)
    return len(rows) >= 5 and blank > 0 and len(tagged) >= 0.98 * len(rows)


def read_tagged(path: Path) -> Tagged:
    """The whole file, as the emitted data.py reads it. Raises GoodfitError for a line that has
    another number of columns."""
    encoding = find_encoding(path)
    if encoding.value is None:
        raise GoodfitError(f"{path}: {encoding.why}", "a known encoding", "save it as UTF-8")
    lengths, tags, columns, first = [0], Counter[str](), 0, 0
    text = path.read_bytes().decode(str(encoding.value)).removeprefix("\ufeff")
    for number, line in enumerate(text.splitlines(), 1):
        cells = line.rstrip().split("\t") if "\t" in line.rstrip() else line.split()
        if not cells or cells[0] == "-DOCSTART-":
            lengths.append(0)
            continue
        first, columns = (first, columns) if first else (number, len(cells))
        if len(cells) != columns or "" in cells:
            given = f"{path}, line {number}: {line!r} has {counted(len(cells), 'column')}, "
            given += f"line {first} has {columns}"
            raise GoodfitError(given, "as many in each line", "mend the line")
        lengths[-1] += 1
        tags[cells[-1]] += 1
    return Tagged(path, [length for length in lengths if length], tags, columns, encoding)


def study_tokens(files: Files) -> Study | None:
    """One tagged file, or those of the parts; None where no file is such."""
    few = files.paths if len(files.paths) <= MOST_FILES else ()
    paths = [path for path in few if looks_tagged(path)]
    if not paths:
        return None
    place, kept = paths[0], paths
    if len(paths) > 1:
        place = innermost(paths)
        parts = parts_in([path.name for path in paths])
        kept = [path for path, part in zip(paths, parts, strict=True) if part]
        if any(path.parent != place for path in kept) or "train" not in parts:
            shown = ", ".join(path.name for path in paths[:6])
            given = f"{files.root} holds {len(paths)} files of tagged sentences: {shown}"
            fix = "call them train, valid and test, in one folder; or name one file"
            raise GoodfitError(given, "one file, or one for each part", fix)
    tagged = [read_tagged(path) for path in kept]
    said = ", ".join(f"{one.path.name} {len(one.lengths):,}" for one in tagged)
    parts = parts_in([path.name for path in kept])
    learnt_from = [one for one, part in zip(tagged, parts, strict=True) if part in ("", "train")]
    evidence = [
        Evidence(
            "input",
            "text",
            "certain",
            f"a token a line, blank lines between sentences{files.left_out}",
        ),
        *tag_evidence(place, tagged, learnt_from, said),
        tagged[0].encoding,
    ]
    if names := {str(one.encoding.value) for one in tagged} - {"utf-8"}:
        evidence[-1] = next(one.encoding for one in tagged if str(one.encoding.value) in names)
    return study_of(place, "tagged sentences (CoNLL)", evidence)


def tag_evidence(
    place: Path, tagged: list[Tagged], learnt_from: list[Tagged], said: str
) -> list[Evidence]:
    """The task, how many sentences and tags there are, and how long sentences are.

    Raises GoodfitError for tags that are not learnt, and for too many or too few.
    """
    counts = sum((one.tags for one in tagged), Counter[str]())
    trained = sum((one.tags for one in learnt_from), Counter[str]()) or counts
    lengths = sorted(length for one in tagged for length in one.lengths)
    scheme = "BIO" if any(tag.startswith("B-") for tag in counts) else "IO"
    shown = ", ".join(tag for tag, _ in counts.most_common(8)) + ", ..." * (len(counts) > 8)
    if strange := sorted({*counts} - {*trained}):
        given = f"the tags {', '.join(strange[:6])} stand in no training sentence"
        raise GoodfitError(given, "all tags in the training part", "merge them with others")
    if not 2 <= len(counts) <= MOST_TAGS:
        given = f"{place} holds {counted(len(counts), 'tag')}: {shown}"
        raise GoodfitError(given, f"2 to {MOST_TAGS}", "check the column of the tags")
    outside = counts["O"] / counts.total()
    longest = lengths[int(0.99 * (len(lengths) - 1))]
    length_words = f"99 of 100 sentences have {counted(longest, 'token')} or fewer"
    columns = tagged[0].columns
    where = f"the last of {counted(columns, 'column')}" if columns else "a column"
    return [
        Evidence("task", "tagging", "certain", f"{where} holds {shown} ({scheme})"),
        Evidence("samples", len(lengths), "certain", f"sentences: {said}"),
        Evidence(
            "classes",
            len(counts),
            "certain",
            f"{len(counts)} tags; O on {outside:.0%} of the tokens",
        ),
        Evidence("length", words_kept(longest), "likely", length_words),
    ]
