"""Every kind of project that the rules tell apart: all answers at which a condition changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from goodfit.answers import Answers, complete
from goodfit.errors import GoodfitError
from goodfit.kinds import Count, YesNo
from goodfit.questions import QUESTIONS, Question
from goodfit.rulebook.conditions import Condition
from goodfit.rulebook.engine import Topic

Topics = tuple[Topic, ...]
Edge = tuple[str, Any]

# No rule may read these: they name the project or come after the rules.
FREE = ("project_slug", "description", "overrides")

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
    if question.options:
        values |= {option.name for option in question.options}
    if isinstance(question.kind, Count):
        values |= {question.kind.least, MOST.get(question.name, question.kind.most)}
    if isinstance(question.kind, YesNo):
        values |= {True, False}
    return sorted(values, key=str)


def candidates(all_edges: Iterable[Edge]) -> Iterator[dict[str, Any]]:
    """Every combination of those values; a question that does not arise keeps its default."""
    rows: list[dict[str, Any]] = [{}]
    for question in QUESTIONS:
        grown = []
        for row in rows:
            default = question.default_for(row)
            tried = [default]
            if question.name not in FREE and question.asked(SimpleNamespace(**row)):
                tried += [one for one in values_of(question, all_edges) if one != default]
            grown += [{**row, question.name: value} for value in tried]
        rows = grown
    yield from rows


@lru_cache(maxsize=8)
def counted(all_edges: frozenset[Edge]) -> tuple[tuple[Answers, ...], int]:
    """The combinations that are valid answers, and how many were refused."""
    valid, refused = [], 0
    for candidate in candidates(all_edges):
        try:
            valid.append(complete(candidate))
        except GoodfitError:
            refused += 1
    return tuple(valid), refused


def grid(topics: Topics) -> tuple[Answers, ...]:
    """Answers on both sides of everything that `topics` tell apart."""
    return counted(edges(topics))[0]
