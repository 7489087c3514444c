"""Rows and pictures that belong together: told by a name, asked about where only marks tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from folders import look, paint, write
from goodfit.study import Study, study
from studied import evidence

RANDOM = np.random.default_rng(5)
ROWS = 240
OWNERS = RANDOM.integers(0, 120, ROWS)  # about two rows each
SIZE = RANDOM.normal(size=(ROWS, 2)).round(3)


def told(path: Path, name: str, marks: list[object]) -> Study:
    """A table of numbers with such marks beside them."""
    rows = [f"{mark},{x},{y},{x + y:.3f}" for mark, (x, y) in zip(marks, SIZE, strict=True)]
    return study(write(path / "rows.csv", "\n".join([f"{name},x,z,price", *rows])), ("price",))


MARKS = {
    "numbers with gaps, called an id": ("host_id", [7 * owner**2 + 1_000 for owner in OWNERS]),
    "codes that are called an id": ("case_ref_id", [f"K{owner:03}-x" for owner in OWNERS]),
    "codes, half of them in one row": ("reference", [f"K{owner:04}" for owner in OWNERS]),
}
NONE = {
    "numbers without gaps": ("plan_id", [row % 12 for row in range(ROWS)]),
    "each in one row": ("host_id", [row**2 for row in range(ROWS)]),
    "few kinds": ("kind_id", [100 * (row % 5) for row in range(ROWS)]),
    "an amount": ("income", [7 * owner**2 + 1_000 for owner in OWNERS]),
    "names": ("town", [f"town {'abcdefghij'[owner % 10] * (owner // 10)}" for owner in OWNERS]),
}


@pytest.mark.parametrize("what", MARKS)
def test_marks_of_rows_are_asked_about(what: str, tmp_path: Path) -> None:
    name, marks = MARKS[what]
    found = told(tmp_path, name, [*marks])
    asked = evidence(found, "group")
    assert (asked.value, asked.confidence) == (name, "unsure")
    assert name not in found.settings.get("ignore", ())
    given = {"group": ""}
    assert "group" not in study(tmp_path / "rows.csv", ("price",), given).open_questions


@pytest.mark.parametrize("what", NONE)
def test_other_columns_are_no_groups(what: str, tmp_path: Path) -> None:
    name, marks = NONE[what]
    assert "group" not in told(tmp_path, name, [*marks]).open_questions


@pytest.mark.parametrize(("name", "sure"), [("lesion_id", True), ("shot_id", False)])
def test_several_pictures_of_one_thing(name: str, sure: bool, tmp_path: Path) -> None:
    rows = []
    for place in range(60):
        paint(tmp_path / "pictures" / f"p{place:03}.png")
        rows.append(f"p{place:03},H{OWNERS[place] // 4:03},{'ab'[place % 2]}")
    found = look(write(tmp_path / "list.csv", "\n".join([f"image_id,{name},class", *rows])))
    group = evidence(found, "group")
    assert (group.value, group.confidence == "likely") == (name, sure)
