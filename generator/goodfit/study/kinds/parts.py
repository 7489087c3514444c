"""Tables of the parts of a data set, a file or several for each: whether they go together, and all
of them as one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from goodfit.study.columns.reading import read_columns
from goodfit.study.evidence import Evidence, Study, listed
from goodfit.study.files.tables import Table


def in_pieces(tables: list[Path], parts: list[str]) -> bool:
    """The tables to train on are pieces of one: train-00000-of-00002.parquet and the next."""
    train = [path.name for path, part in zip(tables, parts, strict=True) if part == "train"]
    return len(train) > 1 and len({re.sub(r"\d+", "#", name) for name in train}) == 1


def apart(tables: list[Table]) -> Iterator[str]:
    """What keeps each of the others from being read together with the first; "" for nothing."""
    first, *others = tables
    ways = written(first)
    for one in others:
        columns = sorted({*one.frame.columns} ^ {*first.frame.columns})
        if one.path.suffix != first.path.suffix:
            yield f"{one.path.name} is of another format than {first.path.name}"
        elif columns:
            yield f"{one.path.name} and {first.path.name} do not both have {listed(columns)}"
        else:
            own = written(one)
            wrong = [name for name, way in ways.items() if way != own.get(name)]
            yield f"{one.path.name} has another {wrong[0]} than {first.path.name}" if wrong else ""


def strange_classes(found: Study, tables: list[Table]) -> Iterator[str]:
    """What a part of texts has for a class that the first has not: -1, where nobody may know."""
    targets, task = found.settings.get("targets", ()), str(found.answers.get("task"))
    if found.answers.get("input") != "text" or not task.endswith("classification"):
        return
    for name in [name for name in targets if name in tables[0].frame.columns]:
        known = {*tables[0].frame[name].drop_nulls()}
        for one in tables[1:] if "multilabel" not in task else ():
            if strange := {*one.frame[name].drop_nulls()} - known:
                value = min(map(str, strange))
                yield f"{one.path.name} has the class {value}, {tables[0].path.name} has not"


def written(table: Table) -> dict[str, Any]:
    """How a file of text is written."""
    columns = read_columns(table.frame, {})
    fractions = {"decimal": any(one.comma for one in columns)}
    return fractions | {
        one.question: one.value
        for one in table.evidence
        if one.question in ("separator", "quote", "header", "skip_lines", "encoding")
    }


def of_parts(root: Path, tables: list[Table], trained: int) -> Table:
    """The tables of all parts as one; the first ones, so many, are trained on."""
    import polars as pl

    first = tables[0]
    names = first.frame.columns
    frame = pl.concat([one.frame.select(names) for one in tables], how="vertical_relaxed")

    def counts_of(name: str) -> dict[Any, int]:
        found: Counter[Any] = Counter()
        for one in tables:
            found.update(one.counts_of(name))
        return dict(found)

    each = ", ".join(f"{one.path.name} {one.rows:,}" for one in tables)
    kind = f"a folder with a table for each part: {each} rows"
    rows = sum(one.rows for one in tables)
    taught = sum(one.frame.height for one in tables[:trained])
    trained_on = pl.arange(frame.height, eager=True) < taught
    return Table(root, kind, frame, rows, counts_of, first.evidence, trained_on)


def renamed(study: Study, path: Path, samples: int | None, why: str) -> Study:
    """The same study of another path, with other samples."""
    if samples is None:
        return replace(study, path=path)
    evidence = [
        Evidence("samples", samples, "certain", why) if one.question == "samples" else one
        for one in study.evidence
    ]
    answers = {**study.answers, "samples": samples}
    return replace(study, path=path, answers=answers, evidence=tuple(evidence))
