"""A study as people and machines read it."""

from __future__ import annotations

from typing import Any

from goodfit.reader.how import printable
from goodfit.study.evidence import Evidence, Study
from goodfit.toml import inline

SHORT = 60  # characters of a value
SURE, REASON = 7, 45  # characters of "certain", and that a reason should have
BETWEEN = 9  # of the lines between columns


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


def print_study(study: Study, before: Study | None = None) -> None:
    """The evidence as a table: question, answer, how sure, why. Where it was printed `before`, only
    what has changed since, and the questions that are gone."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    old = before.evidence if before else ()
    rows = [one for one in in_order(study) if one not in old]
    left = {one.question for one in study.evidence}
    gone = [one.question.replace("_", " ") for one in old if one.question not in left]
    if gone:
        print(f"No longer asked: {', '.join(gone)}")
    if not rows:
        print("Nothing else has changed.")
        return
    title = printable(f"{study.path.name}: {study.kind}").replace("[", "\\[")
    table = Table(title="What has changed" if before else title, box=SIMPLE_HEAD, pad_edge=False)
    console = Console()
    widths = column_widths(rows, console.width)
    for heading, width in zip(("Question", "Answer", "Sure?", "Evidence"), widths, strict=True):
        table.add_column(heading, overflow="fold", width=width)
    for one in rows:
        why = one.why.replace("; `", "\n`")
        cells = (one.question.replace("_", " "), shown(one.value), one.confidence, why)
        table.add_row(*(printable(cell).replace("[", "\\[") for cell in cells))
    console.print(table)


def column_widths(rows: list[Evidence], screen: int) -> tuple[int, int, int, int]:
    """Characters for question, answer, how sure and why, so that none is cut at the edge. A task's
    name stays in one piece."""
    words = [word for one in rows for word in shown(one.value).split()]
    answer = min(25, max(len("Answer"), *map(len, words)))
    longest = max(len(one.question) for one in rows)
    question = min(longest, max(13, screen - BETWEEN - SURE - answer - REASON))
    return question, answer, SURE, max(10, screen - BETWEEN - SURE - question - answer)
