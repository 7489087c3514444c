"""predict.py of an emitted project on files that come later: rightly read, with what differs told,
or refused in plain words with a fix that works as typed."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from studied import goodfit

SHORT = (  # two epochs, and a schedule that ends with them
    *("--set", "training.epochs=2", "--set", "early_stopping.patience=1"),
    *("--set", "optimizer.warmup_epochs=0", "--set", "optimizer.decay_epochs=2"),
    *("--set", "checks.before_training=false"),
)
ASK = """
import contextlib, io, json, sys, traceback
import predict
import config
kept = predict.load_run(None)
def again(path, settings):
    return kept._replace(config=config.load_config(kept.path / "config.toml", settings))
predict.load_run = again
for line in open("asked.txt", encoding="utf-8"):
    out, err, code, answers = io.StringIO(), io.StringIO(), 0, None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            answers = predict.main(json.loads(line)).astype(str).to_dict("list")
        except SystemExit as end:
            code = end.code
        except BaseException:
            code = traceback.format_exc()
    print("answered " + json.dumps([code, out.getvalue() + err.getvalue(), answers]))
"""


class Answer(NamedTuple):
    """How predict.py ended, what it said, and its answers by column."""

    code: int
    said: str
    answers: dict[str, list[str]] | None


def python(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"{ran.stdout[-2000:]}\n{ran.stderr[-2000:]}"
    return ran.stdout


def trained(text: str, *asked: str) -> Path:
    """A project of a CSV in the current folder, trained for two epochs."""
    Path("rows.csv").write_text(text, encoding="utf-8")
    done = goodfit("generate", "made", "--data", "rows.csv", "--yes", *asked)
    assert done.exit_code == 0, done.output
    python(Path("made"), "train.py", *SHORT)
    return Path("made")


def predicted(folder: Path, asked: Sequence[Sequence[str]]) -> list[Answer]:
    """What predict.py makes of each list of words, in one process."""
    lines = "\n".join(json.dumps(words) for words in asked)
    (folder / "asked.txt").write_text(lines, encoding="utf-8")
    said = python(folder, "-c", ASK).splitlines()
    return [Answer(*json.loads(line[9:])) for line in said if line.startswith("answered ")]


def houses(rows: int) -> list[list[str]]:
    """Rows of a table: two numbers, a category and a class."""
    random = np.random.default_rng(0)
    size, rooms = random.normal(50, 10, rows).round(2), random.integers(1, 6, rows)
    city = random.choice(["Köln", "Paris"], rows)
    return [
        [f"{a:.2f}", str(b), str(c), "high" if a + 3 * b > 59 else "low"]
        for a, b, c in zip(size, rooms, city, strict=True)
    ]


NAMES = ["size", "rooms", "city", "price"]


def written(rows: list[list[str]], separator: str = ",", names: Sequence[str] = NAMES) -> str:
    return "\n".join(separator.join(row) for row in [[*names], *rows]) + "\n"


def later_tables() -> dict[str, tuple[str | bytes, int, str]]:
    """The content of a file, how predict.py is to end, and what it is to say ("" for nothing)."""
    full = houses(200)[:20]
    rows, names = [row[:3] for row in full], NAMES[:3]
    plain = written(rows, names=names)
    european = [[row[0].replace(".", ","), *row[1:]] for row in rows]
    fewer = [[row[0], *row[2:]] for row in rows]
    return {
        "plain.csv": (plain, 0, ""),
        "wide.csv": (plain.encode("utf-16"), 0, "it is text in utf-16, not in utf-8"),
        "tabs.tsv": (written(rows, "\t", names), 0, "tabs divide it, not commas"),
        "title.csv": (f"Houses of 2024\n{plain}", 0, "line 1 is above its names"),
        "case.csv": (plain.replace("city", "City"), 0, "column 'City' is taken for 'city'"),
        "order.csv": (written([row[::-1] for row in rows], names=names[::-1]), 0, ""),
        "blank.csv": (written([[*row, ""] for row in rows]), 0, ""),
        "more.csv": (
            written([[*row, "red"] for row in rows], names=[*names, "colour"]),
            0,
            "are not used: 'colour'",
        ),
        "western.csv": (plain.encode("cp1252"), 2, "reads 'Köln' there"),
        "comma.csv": (written(european, ";", names), 2, "'data.decimal=\",\"' if ',' begins"),
        "bare.csv": ("\n".join(",".join(row) for row in rows), 2, "has no column"),
        "fewer.csv": (written(fewer, names=["size", "city"]), 2, "has no column 'rooms'"),
        "new.csv": (plain.replace("Köln", "Ulm"), 2, "are new since training, first 'Ulm' in row"),
        "words.csv": (plain.replace(",3,", ",three,"), 2, "column 'rooms' has"),
        "header.csv": (",".join(names) + "\n", 2, "holds a header alone"),
        "empty.csv": ("", 2, "holds no rows"),
        "array.npy": (b"\x93NUMPY\x01\x00v\x00", 2, "single NumPy array"),
        "none.csv": ("", 2, ""),  # it is removed again
    }


@pytest.mark.emitted
def test_a_later_table_is_read_or_refused_with_a_fix_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = trained(written(houses(200)), "--target", "price")
    cases = later_tables()
    for name, (content, _, _) in cases.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    (folder / "none.csv").unlink()
    (folder / "folder").mkdir()
    asked = [[name] for name in cases] + [["folder"], ["plain.csv", "title.csv"]]
    found = predicted(folder, asked)
    for (name, (_, code, words)), answer in zip(cases.items(), found, strict=False):
        assert answer.code == code and words in answer.said, (name, answer)
        assert ("fix: " in answer.said) == (code == 2), (name, answer)
        assert words or code or "note: " not in answer.said, (name, answer)
        assert code or answer.answers == found[0].answers, name
    assert "none.csv does not exist" in found[len(cases) - 1].said
    assert found[-2].code == 2 and "is a folder, and no table" in found[-2].said
    both, once = found[-1].answers, found[0].answers
    assert both and once and all(both[one] == once[one] * 2 for one in once)

    said = dict(zip(cases, found, strict=False))
    fixed = [[name, *commands(said[name].said)] for name in ("western.csv", "comma.csv", "new.csv")]
    again = predicted(folder, fixed)
    assert all(answer.code == 0 for answer in again), again
    assert [answer.answers == found[0].answers for answer in again] == [True, True, False]


def commands(said: str) -> list[str]:
    """What the fix says to add, as typed."""
    found = re.search(r"--\w+ ('[^']*'|\S+)", said.rpartition("fix: ")[2])
    return shlex.split(found[0]) if found else []


def load(hours: int, offset: str = "+02:00") -> list[list[str]]:
    """Rows of a series: a time with its offset, what is forecast, and what goes along."""
    times = np.datetime64("2024-01-01T00:00") + np.arange(hours) * np.timedelta64(1, "h")
    wave = np.sin(np.arange(hours) * np.pi / 12)
    return [
        [f"{str(time).replace('T', ' ')}:00{offset}", f"{10 + 5 * y:.2f}", f"{20 - y:.2f}"]
        for time, y in zip(times, wave, strict=True)
    ]


@pytest.mark.emitted
def test_a_forecast_keeps_the_offset_and_says_what_it_looks_back_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["time", "load", "temp"]
    words = ("--target", "load", "--task", "forecasting", "--horizon", "6", "--window", "24")
    folder = trained(written(load(400), names=names), *words)
    rows = load(100)
    blank = [[time, "", temp] for time, _, temp in rows]
    cases = {
        "plain.csv": written(rows, names=names),
        "ahead.csv": written(rows[:90] + blank[90:], names=names),
        "zone.csv": written(load(100, "Z"), names=names),
        "local.csv": written(load(100, ""), names=names),
        "semicolons.csv": written(rows, ";", names),
        "lacking.csv": written([[time, temp] for time, _, temp in rows], names=["time", "temp"]),
        "blank.csv": written(blank, names=names),
        "few.csv": written(rows[:9], names=names),
    }
    for name, text in cases.items():
        (folder / name).write_text(text, encoding="utf-8")
    found: dict[str, Any] = dict(
        zip(cases, predicted(folder, [[one] for one in cases]), strict=True)
    )
    times = {name: one.answers["time"][0] for name, one in found.items() if one.code == 0}
    assert times == {
        "plain.csv": "2024-01-05 04:00:00+02:00",
        "ahead.csv": "2024-01-04 18:00:00+02:00",
        "zone.csv": "2024-01-05 04:00:00+00:00",
        "local.csv": "2024-01-05 04:00:00",
        "semicolons.csv": "2024-01-05 04:00:00+02:00",
    }
    assert "the last 10 rows have no target yet" in found["ahead.csv"].said
    said = {
        "lacking.csv": "what is to be forecast, as it was at the last 24 times",
        "blank.csv": "no row has a value of 'load'",
        "few.csv": "with 9 times up to the forecast",
    }
    for name, one in said.items():
        assert found[name].code == 2 and one in found[name].said
