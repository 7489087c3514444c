"""Healthy tables of an odd shape: from the file to the checks, and nothing is said that is not so.

Each was met in public tables that nobody had looked at while the checks were written.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from goodfit.cli import main

pytestmark = pytest.mark.emitted
Rows = list[list[object]]
Random = np.random.Generator


def one_feature(random: Random) -> Rows:
    """A curve of one number with much noise: no network learns 32 such rows by heart."""
    x = random.uniform(0, 18, 300)
    y = 20 * np.exp(-x / 3) + random.normal(0, 4, 300)
    return [["age", "target"], *zip(x.round(2), y.round(2), strict=True)]


def few_values(random: Random) -> Rows:
    """Eleven heights over and over: equal rows stay together, so no part has those of another."""
    x = random.choice(np.linspace(64, 73, 11), 900)
    y = 68 + 0.6 * (x - 68) + random.normal(0, 2, 900)
    return [["parents", "target"], *zip(x.round(1), y.round(1), strict=True)]


def panel(random: Random) -> Rows:
    """Eighteen countries, year by year, each with a size of its own: one in the test part is unlike
    those in the others."""
    rows: Rows = [["country", "area", "coast", "income", "cars", "target"]]
    sizes = random.uniform(1, 9, (18, 2)).round(3)
    for _ in range(19):
        for country, (area, coast) in zip("ABCDEFGHIJKLMNOPQR", sizes, strict=True):
            income, cars, other = random.normal(0, 1, 3).round(3)
            rows.append([country * 3, area, coast, income, cars, round(income - cars + other, 3)])
    return rows


def rare_class(random: Random) -> Rows:
    """Nine of 137 rows are of the other class: each part gets some."""
    x = random.normal(0, 1, (137, 4)).round(3)
    y = np.where(np.arange(137) % 15 == 0, "alive", "dead")
    return [["a", "b", "c", "d", "status"], *([*row, one] for row, one in zip(x, y, strict=True))]


def heavy_tails(random: Random) -> Rows:
    """Firms: a few make most of what the squared error measures, and all follow their size."""
    capital, labour = np.exp(random.normal(0, 1.6, (2, 570)))
    output = capital**0.4 * labour**0.6 * np.exp(random.normal(0, 0.5, 570))
    columns = (one.round(3) for one in (capital, labour, output))
    return [["capital", "labour", "target"], *zip(*columns, strict=True)]


def strange_names(random: Random) -> Rows:
    """Names that mean something to a library that reads them."""
    x = random.normal(0, 1, (200, 5)).round(3)
    y = (x[:, 0] + x[:, 1] + random.normal(0, 0.3, 200)).round(3)
    names = ["len", "^y$", "*", "a,b", "🙂 'q' \"d\" {x} %s", "count"]
    return [names, *([*row, one] for row, one in zip(x, y, strict=True))]


def noise(random: Random) -> Rows:
    """Nothing in the features tells the target: the one thing that has to be said."""
    columns = random.normal(0, 1, (5, 800)).round(3)
    return [["a", "b", "c", "d", "target"], *zip(*columns, strict=True)]


TABLES: dict[str, tuple[Callable[[Random], Rows], tuple[str, ...]]] = {
    "one feature": (one_feature, ()),
    "few values": (few_values, ()),
    "a panel": (panel, ("--input", "tabular", "--set", 'group="country"')),
    "a rare class": (rare_class, ("--target", "status")),
    "heavy tails": (heavy_tails, ()),
    "strange names": (strange_names, ("--target", "count")),
}
TRUE = {"few-samples", "class-counts", "target-outliers"}  # may be said of them


def checked(
    rows: Callable[[Random], Rows],
    flags: tuple[str, ...],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> set[str]:
    """The names of all that check.py says of the project that is made of `rows`: no errors."""
    monkeypatch.chdir(folder)
    with Path("rows.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows(np.random.default_rng(0)))
    made = CliRunner().invoke(main, ["generate", "made", "--data", "rows.csv", "--yes", *flags])
    assert made.exit_code == 0, made.output
    ran = subprocess.run(
        [sys.executable, "check.py"], cwd="made", capture_output=True, text=True, check=False
    )
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0 and "checked in" in said and "Warning" not in said, said
    return {*re.findall(r"(?m)^(?:error|warning): .*\[([a-z-]+)\]$", said)}


@pytest.mark.parametrize("name", TABLES)
def test_nothing_is_said_that_is_not_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, flags = TABLES[name]
    assert checked(rows, flags, tmp_path, monkeypatch) <= TRUE


def test_what_tells_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked(noise, (), tmp_path, monkeypatch) == {"no-better-than-zeroed-input"}
