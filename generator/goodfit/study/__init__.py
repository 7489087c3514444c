"""Reads the user's data and answers the questions from it, with evidence for each answer.

`sources.py` tells what lies at a path; `files/` finds and reads files, `columns/` says what the
columns of a table hold, `kinds/` has a study for each kind of data.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goodfit.study.evidence import Evidence, Study

__all__ = ["Evidence", "Study", "study"]


def study(
    path: Path, targets: tuple[str, ...] = (), given: Mapping[str, Any] | None = None
) -> Study:
    """What lies at `path`, and the answers that follow from it. `given` are answers and settings
    that are decided already. Raises GoodfitError where nothing can be learnt from it."""
    from goodfit.study.sources import study_source  # loaded where there is data, not at every start

    return study_source(path, targets, given or {})
