"""Reads the user's data and answers the questions from it, with evidence for each answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goodfit.errors import GoodfitError
from goodfit.study.findings import Evidence, Study
from goodfit.study.places import real_place

__all__ = ["Evidence", "Study", "study"]


def study(
    path: Path, targets: tuple[str, ...] = (), given: Mapping[str, Any] | None = None
) -> Study:
    """What lies at `path`, and the answers that follow from it. `given` are answers and settings
    that are decided already. Raises GoodfitError where nothing can be learnt from it."""
    from goodfit.study.folders import study_folder_or_special

    place = real_place(path)
    found = study_folder_or_special(place, targets, given or {})
    if found is None:
        from goodfit.study.infer import study_table
        from goodfit.study.tables import open_table

        return study_table(open_table(place, dict(given or {})), targets, given or {})
    if targets and not any(one.question == "targets" for one in found.evidence):
        said = f"--target {targets[0]!r}, and {place} is {found.kind}"
        raise GoodfitError(said, "no column: the answers are known without", "leave --target out")
    return found
