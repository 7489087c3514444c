"""Bad inputs: each is refused in words, at once, and leaves nothing behind.

    python benchmarks/bad_inputs.py [--generator] [--projects] [--only WORD]

Each input is a command, what lies in the folder where it is typed, the exit code it has to end with
and a piece of what it has to say. `bad_generator_inputs.py` makes those of `goodfit` and
`bad_project_inputs.py` those of emitted projects, by kinds and parameters: every setting by every
value that it cannot have, every form of file by every damage. Most are typed inside this process,
as click and argparse run them; a tenth, and whatever may end a process, in one of their own.

Printed are a table of counts by kind, and each input that failed: with a traceback, after the
limit, by a signal, with another exit code, without the words, without the three lines (what was
given, what was expected, how to mend it), with signs that a terminal would obey, or with something
left behind. The exit code is 1 where one did.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

LIMIT = 10.0  # seconds
CONTROLS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
LINES = re.compile(r"^error: .*\S.*^  expected: .*\S.*^  fix: \S", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class BadInput:
    """One input. `words` are what is typed after the command; `code` the exit code, or those that
    are right; `says` what standard error must hold, small or large. `files` fills the folder that
    it is typed in; `leaves` names what may be new there. `way` is "" inside this process, or how a
    process of its own is begun: shell words in which `"$@"` is the command."""

    kind: str
    name: str
    words: Sequence[str | bytes]
    says: str = ""
    code: int | tuple[int, ...] = 2
    files: Callable[[Path], object] | None = None
    leaves: Sequence[str] = ()
    way: str = ""
    where: str = "generator"  # or the name of a project

    @property
    def codes(self) -> tuple[int, ...]:
        return self.code if isinstance(self.code, tuple) else (self.code,)


class Ending(NamedTuple):
    """How it ended: exit code (below 0: by a signal; None: not within the limit), what it said."""

    code: int | None
    output: str
    errors: str
    seconds: float = 0.0


def faults(bad: BadInput, ended: Ending, left: Sequence[str] = ()) -> Iterator[str]:
    """What is wrong with how an input ended; nothing where all is as it should be."""
    said = ended.errors
    if ended.code is None or ended.seconds > LIMIT:
        yield f"no end within {LIMIT:.0f} s"
    elif "Traceback (most recent call last)" in said or "Exception ignored" in said:
        yield f"traceback: {said.strip().splitlines()[-1][:200]}"
    elif ended.code not in bad.codes:
        yield f"exit code {ended.code} instead of {' or '.join(map(str, bad.codes))}: {said[:300]}"
    if "2>&" in bad.way:  # nobody can be told
        return
    if bad.says.lower() not in (said + ended.output).lower():
        yield f"without {bad.says!r}: {said[:300]!r}"
    helps = said.startswith("Usage: ") and "\nCommands:\n" in said  # where nothing is typed
    if ended.code == 2 and not (helps or LINES.search(said)):
        yield f"without given, expected and fix: {said[-300:]!r}"
    if CONTROLS.search(re.sub(r"\x1b\[[0-9;]*m", "", said + ended.output).replace("\r", "")):
        yield f"signs that a terminal obeys: {(said + ended.output)[:300]!r}"
    if left:
        yield f"left behind: {', '.join(left)[:200]}"


def below(folder: Path) -> set[str]:
    """What lies in a folder and one below, but for what Python compiles."""
    paths = [*folder.glob("*"), *folder.glob("*/.goodfit-*"), *folder.glob("*/.unfinished-*")]
    return {str(path.relative_to(folder)) for path in paths if path.name != "__pycache__"}


@contextmanager
def folder_of(bad: BadInput, root: Path | None = None) -> Iterator[tuple[Path, set[str]]]:
    """A folder to type in, filled with what the input needs, and what lies there."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="bad-", ignore_cleanup_errors=True) as name:
        folder = root or Path(name)
        os.chdir(folder)
        try:
            if bad.files:
                bad.files(folder)
            yield folder, below(folder)
        finally:
            os.chdir(here)


def in_process_of_its_own(bad: BadInput, command: Sequence[str], limit: float) -> Ending:
    """How the input ends in a process begun by `bad.way`, in the current folder."""
    way = bad.way if '"$@"' in bad.way else '"$@"'
    words = ["bash", "-c", way, "bash", *command, *bad.words]
    begun = time.perf_counter()
    child = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        output, errors = child.communicate(timeout=limit + 5)
        code: int | None = child.returncode
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        output, errors = child.communicate()
        code = None
    seconds = time.perf_counter() - begun
    return Ending(code, output.decode(errors="replace"), errors.decode(errors="replace"), seconds)


class Tried(NamedTuple):
    """An input and what is wrong with how it ended."""

    bad: BadInput
    faults: list[str]
    seconds: float


def report(tried: Sequence[Tried]) -> str:
    """The table of counts by kind, and each failure."""
    kinds = dict.fromkeys((one.bad.where, one.bad.kind) for one in tried)
    lines = ["| of | kind | inputs | in processes | failed |", "|---|---|---:|---:|---:|"]
    for where, kind in kinds:
        some = [one for one in tried if (one.bad.where, one.bad.kind) == (where, kind)]
        own = sum(bool(one.bad.way) for one in some)
        failed = sum(bool(one.faults) for one in some)
        lines.append(f"| {where} | {kind} | {len(some)} | {own} | {failed} |")
    failed = sum(bool(one.faults) for one in tried)
    own = sum(bool(one.bad.way) for one in tried)
    lines.append(f"| | all | {len(tried)} | {own} | {failed} |")
    slowest = max((one.seconds for one in tried), default=0.0)
    lines += ["", f"The slowest took {slowest:.1f} s."]
    for one in tried:
        for fault in one.faults:
            words = " ".join(map(repr, one.bad.words))[:200]
            lines.append(f"- {one.bad.where}, {one.bad.kind}: {one.bad.name} ({words}): {fault}")
    return "\n".join(lines)


def chosen(bad: Iterable[BadInput], word: str) -> list[BadInput]:
    """The inputs in whose kind or name the word stands, or one of several between bars; two of one
    name would hide each other."""
    words = word.lower().split("|")
    named = [(one, f"{one.where} {one.kind} {one.name}".lower()) for one in bad]
    some = [one for one, name in named if any(part in name for part in words)]
    names = Counter((one.where, one.kind, one.name) for one in some)
    if twice := [name for name, times in names.items() if times > 1]:
        raise ValueError(f"several inputs are called {twice[0]}")
    return some


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", default="", metavar="WORD", help="kinds and names with it; WORD|WORD"
    )
    parser.add_argument("--generator", action="store_true", help="those of goodfit alone")
    parser.add_argument("--projects", action="store_true", help="those of emitted projects alone")
    options = parser.parse_args()
    both = options.generator == options.projects
    tried: list[Tried] = []
    if both or options.generator:
        from bad_generator_inputs import generator_inputs, try_generator

        tried += try_generator(chosen(generator_inputs(), options.only))
    if both or options.projects:
        from bad_project_inputs import project_inputs, try_projects

        tried += try_projects(chosen(project_inputs(), options.only))
    print(report(tried))
    return int(any(one.faults for one in tried))


if __name__ == "__main__":
    sys.exit(main())
