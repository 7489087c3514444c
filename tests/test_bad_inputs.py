"""A part of benchmarks/bad_inputs.py, and that it sees what it is there to see."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_generator_inputs import generator_inputs, typed_here
from bad_inputs import LIMIT, BadInput, Ending, below, chosen, faults, folder_of, report
from bad_inputs import Tried as TriedInput
from bad_project_inputs import project_inputs

RIGHT = "error: x = 3\n  expected: 4\n  fix: say 4\n"
INPUTS = chosen(generator_inputs(), "")
HERE = [one for one in INPUTS if not one.way]
DEAR = ("tables", "files damaged", "folders")  # study reads a file for each
SOME = [*[one for one in HERE if one.kind not in DEAR][::11]]
SOME += [one for one in HERE if one.kind in DEAR][::29]


@pytest.mark.parametrize("bad", SOME, ids=lambda bad: f"{bad.kind}: {bad.name}"[:60])
def test_a_bad_input_is_refused_in_words(bad: BadInput) -> None:
    with folder_of(bad) as (folder, before):
        ended = typed_here(bad.words)
        left = below(folder) - before - set(bad.leaves if ended.code == 0 else ())
    assert list(faults(bad, ended, sorted(left))) == []


SEEN = {
    "as it should be": (Ending(2, "", RIGHT), (), ""),
    "another exit code": (Ending(1, "", RIGHT), (), "exit code 1"),
    "a signal": (Ending(-11, "", RIGHT), (), "exit code -11"),
    "a traceback": (Ending(1, "", "Traceback (most recent call last):\nKeyError: 3"), (), "KeyErr"),
    "no end": (Ending(None, "", ""), (), "no end"),
    "a late end": (Ending(2, "", RIGHT, LIMIT + 1), (), "no end"),
    "other words": (Ending(2, "", RIGHT.replace("x = 3", "y")), (), "without 'x = 3'"),
    "no fix": (Ending(2, "", RIGHT.replace("fix: say 4", "fix: ")), (), "given, expected and fix"),
    "nothing said": (Ending(2, "", ""), (), "given, expected and fix"),
    "a sign that a terminal obeys": (Ending(2, "", RIGHT + "\x1b]0;t\x07"), (), "terminal"),
    "half a project": (Ending(2, "", RIGHT), ("p",), "left behind: p"),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_is_wrong_is_seen(name: str) -> None:
    ended, left, said = SEEN[name]
    found = "; ".join(faults(BadInput("k", "n", (), "x = 3"), ended, left))
    assert said in found and bool(said) == bool(found)


def test_there_are_as_many_as_are_promised() -> None:
    projects = chosen(project_inputs(), "")
    assert len(INPUTS) >= 400 and len(projects) >= 150
    assert sum(bool(one.way) for one in INPUTS) >= len(INPUTS) / 10
    assert chosen(INPUTS, "--task") and len(chosen(INPUTS, "streams")) < len(INPUTS)


def test_a_report_counts_and_names_failures() -> None:
    bad = BadInput("flags", "a flag", ("--x",))
    said = report([TriedInput(bad, [], 0.1), TriedInput(bad, ["traceback: y"], 0.2)])
    assert "| generator | flags | 2 | 0 | 1 |" in said and "traceback: y" in said


def test_what_a_folder_is_filled_with_is_not_left_behind(tmp_path: Path) -> None:
    def fill(folder: Path) -> None:
        (folder / "rows.csv").write_text("x")

    with folder_of(BadInput("k", "n", (), files=fill)) as (folder, before):
        (folder / "p").mkdir()
        assert before == {"rows.csv"} and below(folder) - before == {"p"}
    assert not folder.exists()
