"""Series in files of their own: .ts archives, UCR pairs, arrays, and a CSV for each series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodfit.errors import GoodfitError
from goodfit.reader.formats import load_arrays
from goodfit.reader.how import SPACES, Fault, parts_in
from goodfit.reader.lines import cells_in
from goodfit.study.columns.tasks import MOST_CLASSES, class_task
from goodfit.study.evidence import Evidence, Study, counted, study_of
from goodfit.study.files.formats import format_of
from goodfit.study.files.listing import Files
from goodfit.study.kinds.arrays import refuse_arrays
from goodfit.study.kinds.class_folders import refuse_few, share_evidence
from goodfit.study.kinds.series import FEWEST_STEPS, LONGEST
from goodfit.study.kinds.wide import ROWS, follows

FOLLOWS = 0.5  # correlation of a step with the one before it, usually

TABLES = (".tsv", ".csv", ".txt")


@dataclass(frozen=True)
class Held:
    """What one file holds: the steps of each series, its label, and how many channels."""

    path: Path
    part: str
    lengths: list[int]
    labels: list[str]
    channels: int
    numeric: bool = False  # the labels are amounts, says the file


def study_archive(path: Path) -> Study:
    """A single .ts file."""
    return labelled_series(path, "a .ts file", [read_ts(path, "")], [])


def study_pair(files: Files) -> Study | None:
    """Files of series for training and for the test, such as X_TRAIN.ts and X_TEST.ts."""
    for ending in (".ts", *TABLES):
        paths = [
            path
            for path in files.paths
            if path.suffix.lower() == ending and path.parent == files.root
        ]
        both = [
            (path, part)
            for path, part in zip(paths, parts_in([path.stem for path in paths]), strict=True)
            if part
        ]
        if sorted(part for _, part in both) != ["test", "train"]:
            continue
        if ending == ".ts":
            return labelled_series(
                files.root, f"a pair of {ending} files", [read_ts(*one) for one in both], []
            )
        held = [read_bare(*one) for one in both]
        if any(one is None for one in held):
            return None
        kept = [one for one in held if one is not None]
        why = f"no header; the first column is a class, {kept[0].lengths[0]:,} of numbers follow"
        separator = separator_of(both[0][0])
        settings = [
            Evidence("separator", separator, "certain", "between all numbers"),
            Evidence("targets", ["0"], "likely", why),
            Evidence("layout", "wide", "certain", "a series a row"),
        ]
        return labelled_series(
            files.root, f"a pair of {ending} files without a header", kept, settings
        )
    return None


def read_ts(path: Path, part: str) -> Held:
    """What a .ts file holds. Raises GoodfitError for one that the project cannot read."""
    lines = [
        line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
    ]
    words = [line.lower().partition(" ")[::2] for line in lines if line.startswith("@")]
    begin = next((place for place, line in enumerate(lines) if line.lower() == "@data"), None)
    if begin is None or ("@timestamps", "true") in words:
        given = f"{path} has no line @data, or times beside its values"
        raise GoodfitError(
            given, "values alone, after a line @data", "write a long CSV where times matter"
        )
    labelled = [word for word, rest in words if word[-5:] == "label" and rest.startswith("true")]
    lengths, labels, channels = [], [], set()
    for line in lines[begin + 1 :]:
        if line and not line.startswith("#"):
            cells = line.split(":")
            labels += [cells.pop()] if labelled else []
            lengths.append(cells[0].count(",") + 1)
            channels.add(len(cells))
    if len(channels) != 1:
        given = f"{path} holds series of {sorted(channels)} channels"
        raise GoodfitError(given, "one number of channels throughout", "mend the lines")
    return Held(path, part, lengths, labels, channels.pop(), labelled == ["@targetlabel"])


def separator_of(path: Path) -> str:
    """What divides the numbers of a file."""
    with path.open(encoding="utf-8", errors="replace") as file:
        line = file.readline()
    best = max(("\t", ",", ";"), key=line.count)
    return best if best in line else SPACES


def read_bare(path: Path, part: str) -> Held | None:
    """A series a row, without a header, its class, of two at least, first; None for anything
    else."""
    separator = separator_of(path)
    lengths, labels = [], []
    curves: list[list[str]] = []
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in cells_in(file, separator, ""):
            numbers = [cell for cell in row if is_number(cell)]
            if len(row) <= FEWEST_STEPS or len(numbers) != len(row):
                return None
            labels.append(row[0])
            filled = [
                place
                for place, cell in enumerate(row)
                if cell.strip().lower() not in ("", "nan", "?")
            ]
            lengths.append(filled[-1])
            if len(curves) < ROWS:
                curves.append(row[1:])
    if path.suffix.lower() == ".txt" and not are_curves(curves):  # any table may be called so
        return None
    few = 2 <= len({*labels}) <= max(2, len(labels) / 2)
    return Held(path, part, lengths, labels, 1) if lengths and few else None


def are_curves(rows: list[list[str]]) -> bool:
    """Each number of a row is usually near the one before it, over all rows, and none of them is
    always the same."""
    import polars as pl

    if len(rows) < 3 or len({len(one) for one in rows}) > 1:
        return False
    steps = [pl.Series([float(cell) for cell in cells]) for cells in zip(*rows, strict=True)]
    vary = all(bool(one.is_finite().all()) and one.n_unique() > 1 for one in steps)
    return vary and follows(steps) > FOLLOWS


def is_number(cell: str) -> bool:
    """The cell is a number, or says that there is none."""
    try:
        float(cell.strip() or "nan") if cell.strip() != "?" else None
    except ValueError:
        return False
    return True


def labelled_series(path: Path, kind: str, held: list[Held], settings: list[Evidence]) -> Study:
    """The study of series with a label each, or without. Raises GoodfitError."""
    learnt_from = [one for one in held if one.part != "test"]
    samples = sum(len(one.lengths) for one in learnt_from)
    lengths = [length for one in held for length in one.lengths]
    if not samples:
        raise GoodfitError(f"{path} holds no series", "a series a line", "name the right file")
    if len({one.channels for one in held}) > 1:
        raise GoodfitError(
            f"{path} holds files of different channels", "the same in both", "check them"
        )
    said = ", ".join(f"{len(one.lengths):,} series in {one.path.name}" for one in held)
    evidence = [Evidence("input", "series", "certain", said)]
    evidence += label_evidence(learnt_from, held, path)
    longest = max(lengths)
    same = (
        f"all have {longest:,} steps"
        if min(lengths) == longest
        else f"they have {min(lengths):,} to {longest:,} steps"
    )
    evidence += [
        Evidence(
            "samples", samples, "certain", f"{samples:,} series that are not kept for the test"
        ),
        Evidence("features", held[0].channels, "certain", counted(held[0].channels, "channel")),
        Evidence("length", max(2, min(longest, LONGEST)), "certain", same),
        *settings,
    ]
    return study_of(path, kind, evidence)


def label_evidence(learnt_from: list[Held], held: list[Held], path: Path) -> list[Evidence]:
    """The task, from the labels."""
    labels = [label for one in learnt_from for label in one.labels]
    if not labels:
        why = "the series have no labels: what is unlike the rest?"
        return [Evidence("task", "anomaly-detection", "unsure", why)]
    counts = Counter(labels)
    amounts = all(is_number(label) for label in counts) and len(counts) > MOST_CLASSES
    if held[0].numeric or (amounts and len(counts) > len(labels) / 5):
        return [
            Evidence(
                "task", "regression", "certain", f"{len(counts):,} different numbers as labels"
            )
        ]
    refuse_few(counts, path, "series")
    if strange := sorted({label for one in held for label in one.labels} - {*counts}):
        given = f"{path}: the test has the class {strange[0]!r}, the training series have not"
        raise GoodfitError(given, "every class among those", "move some there, or remove the class")
    shown = ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items())[:6])
    task = class_task(len(counts))
    why = f"a label each: {shown}" + ", ..." * (len(counts) > 6)
    return [Evidence("task", task, "certain", why), *share_evidence(counts)]


def study_arrays(path: Path, given: Mapping[str, Any]) -> Study | None:
    """A .npz with X (series, steps, channels); None for rows and columns. Raises GoodfitError."""
    format_of(path)
    try:
        arrays = load_arrays(path)
    except Fault as fault:
        raise GoodfitError(fault.given, fault.expected, fault.fix) from None
    refuse_arrays(path, arrays)
    found = {name.lower(): array for name, array in arrays.items()}
    x, y = found.get("x"), found.get("y")
    if x is None or (x.ndim == 2 and given.get("input") != "series"):
        return None
    shapes = ", ".join(f"{name} {array.shape}" for name, array in found.items())
    if x.ndim not in (2, 3) or (y is not None and len(y) != len(x)):
        expected = "X (series, steps, channels), and y with a row for each"
        raise GoodfitError(f"{path} holds {shapes}", expected, "numpy.savez(path, X=..., y=...)")
    labels = [] if y is None else [str(one) for one in y.reshape(len(x), -1)[:, 0].tolist()]
    fractions = y is not None and y.dtype.kind == "f" and bool((y != y.round()).any())
    channels = 1 if x.ndim == 2 else int(x.shape[2])
    held = Held(path, "", [int(x.shape[1])] * len(x), labels, channels, fractions)
    return labelled_series(path, f"arrays: {shapes}", [held], [])
