"""Scripts of emitted projects, each in a process of its own that has TensorFlow from the start."""

from __future__ import annotations

import multiprocessing
import os
import re
import runpy
import sys
import time
from pathlib import Path
from typing import NamedTuple

FINDING = re.compile(r"^(error|warning): (.*) \[([a-z-]+)\]$", re.MULTILINE)
REFUSAL = re.compile(r"^error: .*\n  expected: ", re.MULTILINE)
LIMIT = 1200  # seconds that a script may take
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["keras", "tensorflow", "pandas", "matplotlib.figure"])


class Said(NamedTuple):
    """What a script said of a project: (level, name, fact) of each finding; "crash" is its end."""

    findings: list[tuple[str, str, str]]
    seconds: float

    def names(self) -> list[str]:
        """The names of the findings, each once."""
        return list(dict.fromkeys(name for _, name, _ in self.findings))


def run_here(project: str, script: str, arguments: list[str], said: str) -> None:
    """Run a script of a project in this process, with all that it says in the file `said`."""
    with open(said, "w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.chdir(project)
    sys.path.insert(0, project)
    sys.argv = [script, *arguments]
    runpy.run_path(script, run_name="__main__")


def run(project: Path, script: str, *arguments: str) -> Said:
    """Run a script of a project in a process of its own, and read what it found."""
    said = project / f"said_by_{script}.txt"
    given = (str(project), script, list(arguments), str(said))
    process = SERVER.Process(target=run_here, args=given)
    began = time.perf_counter()
    process.start()
    process.join(LIMIT)
    process.kill()
    process.join()
    seconds = time.perf_counter() - began
    text = said.read_text(encoding="utf-8") if said.is_file() else ""
    found = [(level, name, fact) for level, fact, name in FINDING.findall(text)]
    if process.exitcode == 2 and REFUSAL.search(text):
        found.append(("error", "refused", REFUSAL.findall(text)[0]))
    elif process.exitcode not in (0, 1) or "Traceback (most" in text:
        found.append(("error", "crash", text.strip().splitlines()[-1] if text else ""))
        print(f"--- {project}: {script}\n{text[-1500:]}", file=sys.stderr, flush=True)
    return Said(found, seconds)
