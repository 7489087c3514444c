"""A study as people and machines read it."""

from __future__ import annotations

from typing import Any

from goodfit.reader.how import printable
from goodfit.study.evidence import Evidence, Study
from goodfit.toml import inline

SHORT = 60  # characters of a value


def shown(value: Any) -> str:
    """A value on one line, cut where it is long."""
    text = (
        "?"
        if value is None
        else value
        if isinstance(value, str) and value.strip()
        else inline(value)
    )
    return text if len(text) <= SHORT else f"{text[: SHORT - 4]} ..."


def study_json(study: Study) -> dict[str, Any]:
    """All of a study as data."""
    return {
        "path": str(study.path),
        "kind": study.kind,
        "answers": study.answers,
        "settings": study.settings,
        "open_questions": list(study.open_questions),
        "evidence": [
            {
                "question": one.question,
                "value": one.value,
                "confidence": one.confidence,
                "why": one.why,
            }
            for one in study.evidence
        ],
    }


def in_order(study: Study) -> list[Evidence]:
    """The evidence, what matters most first."""
    first = ("input", "task", "targets", "samples")
    return sorted(study.evidence, key=lambda one: [*first, one.question].index(one.question))


def print_study(study: Study) -> None:
    """The evidence as a table: question, answer, how sure, why."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    title = printable(f"{study.path.name}: {study.kind}").replace("[", "\\[")
    table = Table(title=title, box=SIMPLE_HEAD)
    word = max(len(shown(one.value)) for one in study.evidence)  # a task's name stays in one piece
    for heading in ("Question", "Answer", "Sure?", "Evidence"):
        least = min(25, word) if heading == "Answer" else None
        table.add_column(heading, overflow="fold", min_width=least)
    for one in in_order(study):
        why = one.why.replace("; `", "\n`")
        cells = (one.question.replace("_", " "), shown(one.value), one.confidence, why)
        table.add_row(*(printable(cell).replace("[", "\\[") for cell in cells))
    Console().print(table)
