"""Files without names of columns, where a project counts the columns from 0."""

from __future__ import annotations

from collections.abc import Sequence

from goodfit.study.columns.column import Column
from goodfit.study.evidence import Evidence
from goodfit.study.kinds.case import Case


def count_columns(case: Case, targets: Sequence[Column]) -> None:
    """The targets by their places, which also say that there is no header."""
    place = next(spot for spot, one in enumerate(case.evidence) if one.question == "targets")
    old = case.evidence[place]
    names = [str(one.place) for one in targets]
    case.evidence[place] = Evidence("targets", names, old.confidence, old.why)
    case.evidence[:] = [one for one in case.evidence if one.question != "header"]
