"""How long a project takes to make: `goodfit generate --yes` against `cookiecutter --no-input`
on the same template, and both against `import tensorflow`.

    python benchmarks/start.py

Whole processes, in turn, A B C A B C ..., so that a slow moment of the machine hits all alike; the
ratios are taken pair by pair and their median is what counts. Against cookiecutter it should be at
most 1.0.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
ROUNDS = 10


def commands(folder: str) -> dict[str, list[str]]:
    """The three processes, each writing into a folder of its own."""
    python = sys.executable
    return {
        "goodfit": [python, "-m", "goodfit", "generate", "--yes", "--output-dir", folder],
        "cookiecutter": [
            *[python, "-m", "cookiecutter", str(TEMPLATES), "--no-input"],
            *["--output-dir", folder],
        ],
        "tensorflow": [python, "-c", "import tensorflow"],
    }


def seconds(name: str) -> float:
    """Wall time of one process."""
    with tempfile.TemporaryDirectory() as folder:
        command = commands(folder)[name]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - started


def main() -> None:
    names = list(commands(""))
    for name in names:
        seconds(name)  # once uncounted, to warm the file cache
    times = {name: [0.0] * ROUNDS for name in names}
    for turn in range(ROUNDS):
        for name in names:
            times[name][turn] = seconds(name)
    for name in names:
        print(f"{name:<14}{statistics.median(times[name]):6.2f} s (median of {ROUNDS})")
    for name, other in (("goodfit", "cookiecutter"), ("goodfit", "tensorflow")):
        pairs = [a / b for a, b in zip(times[name], times[other], strict=True)]
        print(f"{name} / {other}: median {statistics.median(pairs):.2f}, worst {max(pairs):.2f}")


if __name__ == "__main__":
    main()
