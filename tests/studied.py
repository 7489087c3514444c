"""Small files, and what a study of them says: for the tests of studies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from click.testing import CliRunner, Result
from goodfit.cli import main
from goodfit.study import Study, study

RANDOM = np.random.default_rng(0)
ROWS = 60


def goodfit(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], prog_name="goodfit")


def csv(*columns: str, rows: int = ROWS, mark: str = ",", header: bool = True) -> str:
    """A CSV of kinds of columns, named after them: "x" numbers, "colour" words, "y" two classes."""
    noise = np.random.default_rng(1).normal(size=(rows, len(columns))).round(3)
    makers: dict[str, Callable[[int, int], str]] = {
        "colour": lambda row, place: ("red", "green", "blue")[row * 7 % 3],
        "y": lambda row, place: ("no", "yes")[row * row // 3 % 2],
        "price": lambda row, place: f"{abs(noise[row, place]) * 1000:.2f}",
        "id": lambda row, place: str(5_000 + row),
        "day": lambda row, place: f"{date(2024, 1, 1) + timedelta(row)}",
        "same": lambda row, place: "k",
        "size": lambda row, place: str(row * 13 % 11),
        "text": lambda row, place: f"this is the text of row {row} and it goes on",
    }
    lines = [mark.join(columns)] if header else []
    for row in range(rows):
        cells = [
            makers.get(name, lambda row, place: str(noise[row, place]))(row, place)
            for place, name in enumerate(columns)
        ]
        lines.append(mark.join(cells))
    return "\n".join(lines) + "\n"


def look(folder: Path, content: str | bytes, name: str = "rows.csv", **given: Any) -> Study:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return study(path, tuple(given.pop("targets", ())), given)


def evidence(found: Study, question: str) -> Any:
    return next(one for one in found.evidence if one.question == question)


PLAIN = csv("x1", "colour", "y")


def assert_refused(result: Result, said: str) -> None:
    """Exit code 2 and three lines: what was given, what was expected, how to mend it."""
    assert result.exit_code == 2, result.output
    assert said in result.stderr and "Traceback" not in result.output
    assert "\n  expected: " in result.stderr and "\n  fix: " in result.stderr
