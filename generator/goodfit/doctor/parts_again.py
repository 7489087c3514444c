"""The parts of a run, known again in data that has grown or changed since it was trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

PARTS = ("train", "validation", "test")
FILE = "parts.npz"  # beside the model: what each sample of each part is known by


class Known(NamedTuple):
    """The places of the samples of each part, and what has changed since, in words; "" if all is
    as it was. `lost`: of the training or the test samples fewer than half are there, or no test
    sample as it was."""

    places: dict[str, np.ndarray]
    changes: str
    lost: bool


def keep(marks: Mapping[str, np.ndarray], columns: Sequence[str], folder: Path) -> None:
    """Write the marks of each part: uint64 (samples, 2), of each sample without its target, and
    with it; and the columns that they were counted from."""
    arrays: dict[str, Any] = {"columns": np.array(columns, "U"), **marks}
    np.savez(folder / FILE, **arrays)


def kept(folder: Path) -> dict[str, np.ndarray]:
    """What `keep` wrote."""
    with np.load(folder / FILE) as file:
        return {name: file[name] for name in file.files}


def known_again(
    marks: np.ndarray, before: Mapping[str, np.ndarray], said: np.ndarray, samples: str
) -> Known:
    """Where the samples of each part are now, by their `marks`, uint64 (samples, 2).

    A sample that no part held is new and goes into none: nobody can say any more where it would
    have gone. One that stood in several parts, as a copy may, is of the part that `said` names,
    (samples,) text; of none where that says nothing.
    """
    now = marks[:, 0]
    found = {name: np.isin(now, before[name][:, 0]) for name in PARTS}
    several = np.sum([*found.values()], axis=0) > 1
    places = {
        name: np.flatnonzero(where & (~several | (said == name))) for name, where in found.items()
    }
    new = int((~np.any([*found.values()], axis=0)).sum())
    left = {name: len(places[name]) - len(before[name]) for name in PARTS}
    other = int((~np.isin(marks[places["test"], 1], before["test"][:, 1])).sum())
    changes = [f"new {samples}, in no part: {new:,}"] if new else []
    for name, more in left.items():
        changes += [f"{name} {samples} gone: {-more:,} of {len(before[name]):,}"] * (more < 0)
        changes += [f"copies of {name} {samples}: {more:,}"] * (more > 0)
    changes += [f"test {samples} with another target: {other:,}"] if other else []
    few = any(2 * len(places[name]) < len(before[name]) for name in ("train", "test"))
    return Known(places, "; ".join(changes), few or other == len(places["test"]))
