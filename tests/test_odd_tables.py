"""Healthy tables of an odd shape: from the file to the checks, and nothing is said that is not so.

Each was met in public tables that nobody had looked at while the checks were written.
"""

from __future__ import annotations

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
RANDOM = np.random.default_rng(0)


def one_feature() -> Rows:
    """A curve of one number with much noise: no network learns 32 such rows by heart."""
    x = RANDOM.uniform(0, 18, 300)
    y = 20 * np.exp(-x / 3) + RANDOM.normal(0, 4, 300)
    return [["age", "target"], *zip(x.round(2), y.round(2), strict=True)]


def few_values() -> Rows:
    """Eleven heights over and over: equal rows stay together, so no part has those of another."""
    x = RANDOM.choice(np.linspace(64, 73, 11), 900)
    y = 68 + 0.6 * (x - 68) + RANDOM.normal(0, 2, 900)
    return [["parents", "target"], *zip(x.round(1), y.round(1), strict=True)]


def panel() -> Rows:
    """Eighteen countries, each with a level of its own: one in the test part is unlike others."""
    rows: Rows = [["country", "year", "income", "cars", "target"]]
    for country in "ABCDEFGHIJKLMNOPQR":
        income, cars, own = RANDOM.normal(0, 1, 3)
        for year in range(19):
            one, two, three = np.round(RANDOM.normal(0, 0.02, 3) + 0.01 * year, 4) + 0.0
            target = round(income - cars + own + three, 4)
            rows.append([country * 3, 1960 + year, income + one, cars + two, target])
    return rows


def rare_class() -> Rows:
    """Nine of 137 rows are of the other class: each part gets some."""
    x = RANDOM.normal(0, 1, (137, 4)).round(3)
    y = np.where(np.arange(137) % 15 == 0, "alive", "dead")
    return [["a", "b", "c", "d", "status"], *([*row, one] for row, one in zip(x, y, strict=True))]


def heavy_tails() -> Rows:
    """Firms: a few make most of what the squared error measures, and all follow their size."""
    capital, labour = np.exp(RANDOM.normal(0, 1.6, (2, 570)))
    output = capital**0.4 * labour**0.6 * np.exp(RANDOM.normal(0, 0.5, 570))
    columns = (one.round(3) for one in (capital, labour, output))
    return [["capital", "labour", "target"], *zip(*columns, strict=True)]


def strange_names() -> Rows:
    """Names that mean something to a library that reads them."""
    x = RANDOM.normal(0, 1, (200, 5)).round(3)
    y = (x[:, 0] + x[:, 1] + RANDOM.normal(0, 0.3, 200)).round(3)
    names = ["len", "^y$", "*", "a,b", "🙂 'q' \"d\" {x} %s", "count"]
    return [names, *([*row, one] for row, one in zip(x, y, strict=True))]


def noise() -> Rows:
    """Nothing in the features tells the target: the one thing that has to be said."""
    x = RANDOM.normal(0, 1, (800, 5)).round(3)
    y = RANDOM.normal(0, 1, 800).round(3)
    return [["a", "b", "c", "d", "target"], *zip(*x[:, :4].T, y, strict=True)]


TABLES: dict[str, tuple[Callable[[], Rows], tuple[str, ...]]] = {
    "one feature": (one_feature, ()),
    "few values": (few_values, ()),
    "a panel": (panel, ("--input", "tabular", "--set", 'group="country"')),
    "a rare class": (rare_class, ("--target", "status")),
    "heavy tails": (heavy_tails, ()),
    "strange names": (strange_names, ("--target", "count")),
}
TRUE = {"few-samples", "class-counts", "target-outliers"}  # may be said of them


def quoted(cell: object) -> str:
    """A cell of a CSV file."""
    return '"' + str(cell).replace('"', '""') + '"'


def checked(
    rows: Rows, flags: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> set[str]:
    """The names of all that check.py says of the project that is made of `rows`: no errors."""
    monkeypatch.chdir(folder)
    text = "\n".join(",".join(map(quoted, row)) for row in rows)
    Path("rows.csv").write_text(text, encoding="utf-8")
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
    assert checked(rows(), flags, tmp_path, monkeypatch) <= TRUE


def test_what_tells_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked(noise(), (), tmp_path, monkeypatch) == {"no-better-than-zeroed-input"}
