"""A study as people and machines read it."""

from __future__ import annotations

from typing import Any

from goodfit.reader.how import printable
from goodfit.study.evidence import Evidence, Study
from goodfit.toml import inline

SHORT = 60  # characters of a value
# Characters: of "certain", that a question and a reason should have, of the longest task's name,
# and between the columns.
SURE, QUESTION, REASON, LONGEST, BETWEEN = 7, 13, 40, 25, 11


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
        cells = (one.question.replace("_", " "), shown(one.value), one.confidence, one.why)
        *short, why = (printable(cell).replace("[", "\\[") for cell in cells)
        table.add_row(*short, why.replace("; `", "\n`"))
    console.print(table)


def column_widths(rows: list[Evidence], screen: int) -> tuple[int, int, int, int]:
    """Characters for question, answer, how sure and why, so that none is cut at the edge. A task's
    name stays in one piece."""
    values = [shown(one.value) for one in rows]
    room = screen - BETWEEN - SURE
    word = max(len(word) for value in ("Answer", *values) for word in value.split() or [""])
    answer = min(LONGEST, max(word, min(max(map(len, values)), room - REASON - QUESTION)))
    longest = max(len("Question"), *(len(one.question) for one in rows))
    question = min(longest, max(QUESTION, room - answer - REASON))
    return question, answer, SURE, max(10, room - question - answer)
