"""Every kind of project that the rules tell apart: all answers at which a condition changes.

What conditions read is combined in full, cell by cell; a count that no condition reads is taken to
its extremes one at a time, beside the defaults of each cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from goodfit.answers import Answers, complete
from goodfit.cells import CELLS
from goodfit.errors import GoodfitError
from goodfit.kinds import Count, OneNumber, YesNo
from goodfit.questions import QUESTIONS, RECOMMENDED, Question
from goodfit.rulebook.conditions import Condition
from goodfit.rulebook.engine import Topic

Topics = tuple[Topic, ...]
Edge = tuple[str, Any]

# No rule may read these: they name the project or come after the rules.
FREE = ("project_slug", "description", "time_column", "overrides", "evidence")

# Every target column has a name; ten thousand of them in every project would cost minutes.
MOST = {"classes": 200}


def conditions(topics: Topics) -> Iterator[Condition]:
    """Every condition of the rulebook, those of whole topics too."""
    for topic in topics:
        yield topic.applies
        yield from (rule.when for rule in topic.rules)


def edges(topics: Topics) -> frozenset[Edge]:
    """(field, value) on both sides of every place where a condition changes."""
    return frozenset(edge for one in conditions(topics) for edge in one.boundaries())


def values_of(question: Question, all_edges: Iterable[Edge]) -> list[Any]:
    """The values of one answer that are worth trying beside its default."""
    values = {value for field, value in all_edges if field == question.name}
    values |= {option.name for option in question.options} - {RECOMMENDED}
    if isinstance(question.kind, Count):
        values |= {question.kind.least, MOST.get(question.name, question.kind.most)}
    if isinstance(question.kind, OneNumber):
        values |= set(question.kind.numbers)
    if isinstance(question.kind, YesNo):
        values |= {True, False}
    return sorted(values, key=str)


def combined(question: Question, all_edges: Iterable[Edge]) -> bool:
    """The question is one of those whose values meet all values of the others."""
    read = any(field == question.name for field, _ in all_edges)
    return read or not isinstance(question.kind, Count)


def row_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """`given` with the defaults of all other questions."""
    row: dict[str, Any] = {}
    for question in QUESTIONS:
        row[question.name] = given.get(question.name, question.default_for(row))
    return row


def candidates(all_edges: frozenset[Edge]) -> Iterator[dict[str, Any]]:
    """The combinations; a question that does not arise keeps its default."""
    questions = [one for one in QUESTIONS if one.name not in (*FREE, *CELLS[0]._fields)]
    for cell in CELLS:
        rows: list[dict[str, Any]] = [cell._asdict()]
        base = row_of(cell._asdict())
        for question in questions:
            if not question.asked(SimpleNamespace(**base)):
                continue
            tried = values_of(question, all_edges)
            if combined(question, all_edges):
                rows += [{**row, question.name: value} for row in rows for value in tried]
            else:
                yield from (row_of({**cell._asdict(), question.name: one}) for one in tried)
        yield from (row_of(row) for row in rows)


@lru_cache(maxsize=8)
def counted(all_edges: frozenset[Edge]) -> tuple[tuple[Answers, ...], int]:
    """The combinations that are valid answers, each once, and how many were refused."""
    valid: dict[str, Answers] = {}
    refused = 0
    for candidate in candidates(all_edges):
        try:
            answers = complete(candidate)
            valid[str(answers)] = answers
        except GoodfitError:
            refused += 1
    return tuple(valid.values()), refused


def grid(topics: Topics) -> tuple[Answers, ...]:
    """Answers on both sides of everything that `topics` tell apart."""
    return counted(edges(topics))[0]
