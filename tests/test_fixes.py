"""Every printed fix mends what it is printed for: typed as it stands, the run goes on."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from studied import csv, goodfit
from test_study import TARGETS, TASKS, column_of
from test_study_refused import UNREADABLE
from test_study_strange import STRANGE

Given = tuple[str, str | bytes, tuple[str, ...]]
INPUTS: dict[str, Given] = {
    **{f"target: {case}": ("a.csv", text, ()) for case, (text, _) in TARGETS.items()},
    **{
        f"task: {case}": ("a.csv", column_of([f'"{one}"' for one in values]), ())
        for case, (values, *_) in TASKS.items()
    },
    **{
        f"refused: {case}": ("a.csv", content, tuple(f"--target={one}" for one in targets))
        for case, (content, targets, _) in UNREADABLE.items()
    },
    **{
        f"strange: {case}": (name, text, flags)
        for case, (name, text, flags, _) in STRANGE.items()
        if len(text) < 100_000
    },
    "two questions": (
        "a.csv",
        csv("x1", "size", "x3").replace("x3\n", "amount\n", 1).replace("\n", "\n,,\n", 3),
        (),
    ),
}


def mended(command: list[str], fix: str) -> list[list[str]]:
    """What to type, by the words of a fix: each command in it, or the same command without a flag
    that is to be left out, or with the word that was meant; nothing where more is to be done."""
    if "run: " in fix:
        return [shlex.split(line.partition("goodfit ")[2]) for line in fix.split("\n")]
    if meant := re.search(r"did you mean (\S+)\?", fix):
        return [[*command[:-1], re.sub(r"=.*", f"={meant[1]}", command[-1])]]
    left = [one for one in command if f"leave {one.partition('=')[0]} out" not in fix]
    return [left] if left != command else []


def test_a_fix_as_printed_lets_the_run_go_on(tmp_path: Path) -> None:
    tried = set()
    for case, (name, content, flags) in INPUTS.items():
        folder = tmp_path / re.sub(r"\W", "_", case)
        folder.mkdir()
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        command = ["generate", "toy", "--data", str(path), "--output-dir", str(folder)]
        command += ["--dry-run", "--yes", *flags]
        first = goodfit(*command)
        if first.exit_code == 0:
            continue
        for words in mended(command, first.stderr.partition("\n  fix: ")[2].rstrip()):
            tried.add(case)
            again = goodfit(*words)
            asked = "look, and run: " in first.stderr
            said = f"{case}: {shlex.join(words)}\n{first.stderr}{again.stderr}"
            assert again.exit_code == 0 if asked else first.stderr != again.stderr, said
    assert len(tried) >= 20, sorted(tried)


def test_a_command_answers_all_questions_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(csv("x1", "size", "x3").replace("\n", "\n1,,\n", 1), encoding="utf-8")
    refused = goodfit("generate", "toy", "--data", path, "--yes", "--output-dir", tmp_path)
    assert "targets: perhaps `x3`" in refused.stderr and "(0." in refused.stderr  # the cells
    (command,) = re.findall(r"run: goodfit (.*)", refused.stderr)
    assert "--target x3 --set drop_rows_without_target=true" in command
    assert goodfit(*shlex.split(command)).exit_code == 0


@pytest.mark.parametrize(("name", "likelier"), [("quality", "regression"), ("type", "multiclass")])
def test_few_whole_numbers_may_be_both(name: str, likelier: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(column_of([3, 4, 5, 5, 6, 6, 6, 7, 7, 8] * 6).replace("target", name))
    said = goodfit("study", path, "--target", name).output
    first, second = re.findall(r"goodfit (generate .*)", said)
    assert f"--task {likelier}" in first and f"--task {likelier}" not in second
    for command in (first, second):
        made = goodfit(*shlex.split(command), "--yes", "--dry-run")
        assert made.exit_code == 0, made.output
