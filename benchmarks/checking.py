"""What check.py takes in the project of each sample, beside the start of the framework alone.

    python benchmarks/checking.py [--only WORD ...] [--rounds 3]

Whole processes in turn, `import tensorflow` and `python check.py`, so that a slow moment of the
machine hits both alike; the median of the rounds counts, and `share` is of the framework's start in
all that check.py takes. A pretrained backbone starts from nothing, since here is nothing to
download; it is then not frozen, and takes longer than at home.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import rendering
from goodfit.answers import read_answers_file
from real_data import run

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def seconds(command: list[str], folder: Path) -> float:
    """Wall time of one process in `folder`; its error ends this benchmark."""
    began = time.perf_counter()
    run(command, folder)
    return time.perf_counter() - began


def measure(sample: Path, rounds: int) -> str:
    """A line of the table, from the project that the answers in the folder `sample` give."""
    given = ["--set", 'model.weights="none"'] if "pretrained" in sample.name else []
    check = [sys.executable, "check.py", *given]
    start = [sys.executable, "-c", "import tensorflow"]
    with tempfile.TemporaryDirectory() as folder:
        project = rendering.project(read_answers_file(sample / "answers.toml"), Path(folder))
        seconds(check, project)  # once uncounted, to compile its modules
        times = [(seconds(start, project), seconds(check, project)) for _ in range(rounds)]
    started, checked = (statistics.median(column) for column in zip(*times, strict=True))
    share = statistics.median(one / whole for one, whole in times)
    return f"| {sample.name} | {started:.1f} | {checked:.1f} | {share:.0%} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("| sample | framework, seconds | check.py, seconds | share |")
    print("|---|---|---|---|", flush=True)
    for path in sorted(SAMPLES.glob("*/*/answers.toml"), key=lambda path: path.parent.name):
        if not options.only or any(word in path.parent.name for word in options.only):
            print(measure(path.parent, options.rounds), flush=True)


if __name__ == "__main__":
    main()
