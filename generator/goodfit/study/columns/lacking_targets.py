"""Targets that a file to test on lacks, and marks of anomalies."""

from __future__ import annotations

from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column
from goodfit.study.columns.identifiers import why_left_out
from goodfit.study.columns.target_names import points_of, words_of
from goodfit.study.evidence import Evidence, listed

RARE = 0.2  # share of the rows that may be anomalous


def find_lacking(columns: list[Column], lacking: tuple[str, ...], named: bool) -> Evidence | None:
    """The target where a file to test on lacks it, or which of those that it lacks; several columns
    of yes and no are a label each. None where it lacks nothing that can be one."""
    usable = [one for one in columns if one.name in lacking and not why_left_out(one, named)]
    names = {words_of(one.name) for one in columns}
    usable.sort(key=lambda one: -points_of(one.name, names))
    shown = listed([one.name for one in usable])
    if len(usable) == 1:
        return Evidence("targets", [usable[0].name], "likely", f"the file to test on lacks {shown}")
    answers = [one for one in usable if one.distinct == 2 and one.numbers is not None]
    if len(usable) > 1 and answers == usable:
        why = f"the file to test on lacks {shown}: yes or no each"
        return Evidence("targets", [one.name for one in columns if one in usable], "likely", why)
    points = [points_of(one.name, names, one.distinct == 2) for one in usable]
    if len(usable) > 1 and points[0] >= 3 and not points[1] and named:
        why = f"the file to test on lacks {shown}, and it is called like a target"
        return Evidence("targets", [usable[0].name], "likely", why)
    if usable:
        why, others = f"the file to test on lacks {shown}", tuple([one.name] for one in usable[1:4])
        return Evidence("targets", [usable[0].name], "unsure", f"{why}: which is it?", others)
    return None


def find_mark(columns: list[Column], named: bool) -> Evidence | None:
    """The column that may mark anomalies, asked for: it is called like a target, or one of its two
    values is rare. None where there is no such column."""
    names = {words_of(one.name) for one in columns}
    found = []
    for column in columns:
        if column.distinct != 2 or why_left_out(column, named):
            continue
        counts = column.cells.drop_nulls().value_counts()["count"]
        share = as_float(counts.min()) / max(1, column.filled)
        points = points_of(column.name, names, True) if named else 0
        if points >= 3 or share < RARE:
            found.append((points, -share, column))
    if not found:
        return None
    _, share, column = max(found, key=lambda one: one[:2])
    why = f"`{column.name}` has two values ({column.examples}), one in {-100 * share:.1f} % of the "
    why += (
        "rows: does it mark what is anomalous? If nothing does, and it is a feature like others: "
    )
    return Evidence("targets", [column.name], "unsure", why + "--set 'targets=[]'")
