"""The parts of a run are known again, whatever has come to the data since."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from goodfit.doctor.parts_again import PARTS, Known, keep, kept, known_again


def marks(*samples: int, target: int = 7) -> np.ndarray:
    """Of samples that are told apart by a number, all with one target."""
    keys = np.array(samples, "uint64")
    return np.column_stack([keys, keys * np.uint64(31) + np.uint64(target)])


BEFORE = {"train": marks(1, 2, 3), "validation": marks(4), "test": marks(5, 6)}


def again(now: np.ndarray, before: dict[str, np.ndarray] = BEFORE, *said: str) -> Known:
    return known_again(now, before, np.array(said or [""] * len(now)), "rows")


def test_what_is_as_it_was_is_told_from_nothing() -> None:
    known = again(marks(6, 1, 4, 2, 5, 3))
    assert known.changes == "" and not known.lost
    assert {name: places.tolist() for name, places in known.places.items()} == {
        "train": [1, 3, 5],
        "validation": [2],
        "test": [0, 4],
    }


CHANGED = {
    "rows that are new": (marks(9, 1, 2, 3, 4, 5, 6), "new rows, in no part: 1"),
    "a test row that is gone": (marks(1, 2, 3, 4, 6), "test rows gone: 1 of 2"),
    "training rows that are gone": (marks(1, 2, 4, 5, 6), "train rows gone: 1 of 3"),
    "a copy": (marks(1, 2, 3, 4, 5, 6, 6), "copies of test rows: 1"),
    "another target": (
        np.concatenate([marks(1, 2, 3, 4, 5), marks(6, target=8)]),
        "test rows with another target: 1",
    ),
}


@pytest.mark.parametrize("case", CHANGED)
def test_what_has_changed_is_told(case: str) -> None:
    now, said = CHANGED[case]
    known = again(now)
    assert known.changes == said and not known.lost
    assert {*now[known.places["test"], 0].tolist()} <= {5, 6}


@pytest.mark.parametrize(
    "now",
    [
        marks(7, 8, 9),
        marks(1, 2, 3, 4),
        marks(1, 2, 5, 6, target=9),
        marks(1, 4, 5, 6),
    ],
)
def test_other_data_is_lost(now: np.ndarray) -> None:
    assert again(now).lost


def test_a_copy_in_two_parts_is_of_the_one_that_the_column_says() -> None:
    before = {"train": marks(1, 2), "validation": marks(3), "test": marks(2, 4)}
    known = again(marks(1, 2, 2, 3, 4), before, "train", "train", "test", "train", "test")
    assert [known.places[name].tolist() for name in PARTS] == [[0, 1], [3], [2, 4]]
    assert known.changes == ""
    assert again(marks(1, 2, 2, 3, 4), before).places["test"].tolist() == [4]


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    keep(BEFORE, ["a", "b"], tmp_path)
    read = kept(tmp_path)
    assert read["columns"].tolist() == ["a", "b"]
    assert all(np.array_equal(read[name], BEFORE[name]) for name in PARTS)
