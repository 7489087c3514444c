"""Folders with a CSV for each series: in folders of its class, or long ones to be cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodfit.limits import FEWEST_OF_A_CLASS
from goodfit.study.columns.column import Column
from goodfit.study.columns.reading import read_column
from goodfit.study.evidence import Evidence, Study, counted, study_of
from goodfit.study.files.listing import Files
from goodfit.study.files.tables import open_table
from goodfit.study.kinds.class_folders import class_evidence, classed
from goodfit.study.kinds.series import LONGEST

PIECE = 100  # steps of a piece of a long series, where nothing else is said
ANOMALY_NAMES = ("label", "anomaly", "is_anomaly", "outlier", "attack", "fault")
MOST_FILES = 5_000


@dataclass(frozen=True)
class Layout:
    """How the CSVs are written, and what the first of them holds."""

    time: str
    channels: list[str]
    mark: str
    evidence: list[Evidence]


def study_series_folder(files: Files, paths: list[Path], given: Mapping[str, Any]) -> Study | None:
    """CSVs of one kind, each a series; None where they are not. Raises GoodfitError."""
    if len({path.suffix.lower() for path in paths}) > 1 or len(paths) > MOST_FILES:
        return None
    heights = rows_of(paths, given)
    if heights is None:
        return None
    layout, rows, ordered = heights
    known = [one for one in layout.evidence if one.question in ("separator", "decimal", "encoding")]
    counts = Counter(files.folders(path)[-1:] for path in paths)
    by_class = () not in counts and len(counts) > 1 and min(counts.values()) >= FEWEST_OF_A_CLASS
    if by_class and not layout.mark and (found := classed(files, paths, "series")):
        longest, many = max(rows), counted(len(paths), "file")
        evidence = [
            Evidence("input", "series", "likely", f"{many} of steps{files.left_out}"),
            *class_evidence(found, files.root, "series", "class folders", given),
            Evidence("length", min(longest, LONGEST), "certain", span_of(rows)),
        ]
        return study_of(
            files.root,
            "a folder with a CSV for each series",
            [*evidence, *shape(layout, ordered, "long"), *known],
        )
    return study_pieces(files, layout, rows, ordered, known)


def span_of(rows: list[int]) -> str:
    """How many steps the series have, in words."""
    shortest, longest = min(rows), max(rows)
    span = f"{shortest:,} to {longest:,} steps"
    return span if shortest < longest else counted(longest, "step")


def study_pieces(
    files: Files, layout: Layout, rows: list[int], ordered: bool, known: list[Evidence]
) -> Study | None:
    """Long series, cut into pieces: what is unusual in them; None where there is no time."""
    if not layout.time and not layout.mark:
        return None
    pieces = sum(-(-count // PIECE) for count in rows)
    files_words = f"{counted(len(rows), 'file')} of {', '.join(layout.channels[:4])} in time"
    why = f"{files_words}: of several such, what can be learnt is what is unlike the rest"
    marked = [layout.mark] if layout.mark else []
    mark_words = (
        f"`{layout.mark}` marks the anomalies"
        if layout.mark
        else "nothing in the files marks anomalies"
    )
    evidence = [
        Evidence("input", "series", "likely", f"{files_words}{files.left_out}"),
        Evidence("task", "anomaly-detection", "likely", f"{why}; name one file to forecast it"),
        Evidence("samples", pieces, "likely", f"{sum(rows):,} steps in pieces of {PIECE}"),
        Evidence("length", PIECE, "likely", "the steps of a piece"),
        Evidence("targets", marked, "likely", mark_words),
    ]
    return study_of(
        files.root,
        "a folder of long series",
        [*evidence, *shape(layout, ordered, "pieces"), *known],
    )


def shape(layout: Layout, ordered: bool, name: str) -> list[Evidence]:
    """Settings for how a step is written."""
    channels = layout.channels
    shown = ", ".join(channels[:6]) + ", ..." * (len(channels) > 6)
    time_words = (
        "the time of each step"
        if ordered
        else "times repeat or go back: steps count in their order"
    )
    return [
        Evidence("features", len(channels), "certain", f"measured at each step: {shown}"),
        Evidence("layout", name, "certain", "a step a row"),
        Evidence("channels", channels, "likely", "the columns of numbers that vary"),
        Evidence(
            "time_column",
            layout.time if ordered else "",
            "likely",
            time_words if layout.time else "no time",
        ),
    ]


def rows_of(paths: list[Path], given: Mapping[str, Any]) -> tuple[Layout, list[int], bool] | None:
    """The layout that all files share, the steps of each, and whether times rise in all."""
    from goodfit.errors import GoodfitError

    layout, rows, ordered, names = None, [], True, None
    for path in paths:
        try:
            table = open_table(path, dict(given))
        except GoodfitError:
            return None
        if names not in (None, table.frame.columns):
            return None
        names = table.frame.columns
        columns = [
            read_column(cells.name, place, cells)
            for place, cells in enumerate(table.frame.iter_columns())
        ]
        found = layout_of(columns, list(table.evidence))
        if found is None or any(
            one.question == "header" and not one.value for one in table.evidence
        ):
            return None
        layout = layout or found
        times = next((one.times for one in columns if one.name == layout.time), None)
        ordered = ordered and (times is None or times.rising)
        rows.append(table.rows)
    return (layout, rows, ordered) if layout else None


def layout_of(columns: list[Column], evidence: list[Evidence]) -> Layout | None:
    """Time, measurements and marks among the columns; None where words stand among them."""
    time = next(
        (one.name for one in columns if one.times or one.name.lower() in ("time", "t", "step")), ""
    )
    marked = [
        one.name for one in columns if one.name.lower() in ANOMALY_NAMES and one.distinct <= 2
    ]
    numbers = [
        one.name for one in columns if one.kind == "number" and one.name not in (time, *marked)
    ]
    counting = {one.name for one in columns if one.counting}  # the index of the one who wrote it
    numbers = [name for name in numbers if name not in counting] or numbers
    others = [one for one in columns if one.kind in ("words", "text") and one.name not in marked]
    if not numbers or others:
        return None
    return Layout(time, numbers, marked[0] if marked else "", evidence)
