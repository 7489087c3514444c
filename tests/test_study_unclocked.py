"""Rows that follow one another without a time: asked about, and shuffled or sorted rows are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from folders import write
from goodfit.study import study
from studied import evidence

ROWS = 400
RANDOM = np.random.default_rng(2)
WALK = RANDOM.normal(size=(ROWS, 3)).cumsum(axis=0).round(3)
NOISE = RANDOM.normal(size=(ROWS, 3)).round(3)
BLOCKS = (NOISE + 20 * (np.arange(ROWS) // 100)[:, None]).round(3)  # sorted by a class
RISING = np.sort(NOISE[:, 0])
SORTED = np.column_stack([RISING, NOISE[:, 1], (RISING + NOISE[:, 2]).round(3)])  # by a feature


def table(path: Path, values: np.ndarray) -> Path:
    rows = [",".join(map(str, row)) for row in values]
    return write(path / "rows.csv", "\n".join(["DAX,SMI,level", *rows]))


def test_rows_that_follow_one_another_are_asked_about(tmp_path: Path) -> None:
    path = table(tmp_path, WALK)
    asked = evidence(study(path, ("level",)), "input")
    assert (asked.value, asked.others, asked.confidence) == ("series", ("tabular",), "unsure")
    series = study(path, ("level",), {"input": "series"})
    assert series.answers["task"] == "forecasting" and not series.open_questions
    rows = study(path, ("level",), {"input": "tabular"})
    assert rows.answers["task"] == "regression"


@pytest.mark.parametrize(
    "values",
    [WALK[RANDOM.permutation(ROWS)], NOISE, BLOCKS, SORTED],
    ids=["shuffled", "noise", "blocks", "sorted by a feature"],
)
def test_other_rows_are_samples(values: np.ndarray, tmp_path: Path) -> None:
    assert "input" not in study(table(tmp_path, values), ("level",)).open_questions
