"""Every valid cell: generate, train, evaluate, predict, and pass its own tests; one table.

    python benchmarks/matrix.py [--only WORD ...] [--samples 1000] [--jobs 2] [--no-tests]

Each project is what `goodfit generate --yes` writes for small samples, trained on its embedded ones
for the epochs that its rules give. Cells are told on stderr as they end. WORD keeps the cells whose
name holds it (`image`, `text`, `series+lstm`). The exit code is 1 where a cell fails, does not beat
the trivial baseline (backbones are spared: their weights are not there), or does not pass its own
tests.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import rendering
from goodfit.cells import CELLS, Cell

# What one sample measures; small, so that sixty projects train in an hour on two cores.
SMALL = {"image": {"image_size": 32}, "text": {"length": 32}, "series": {"length": 32}}
# Weights of a pretrained backbone are downloaded at the user's; here everything is offline, and the
# whole backbone learns from nothing: few epochs, and a score that is shown and not judged.
OFFLINE = {
    "pretrained": {
        "weights": "none",
        "epochs": 12,
        "patience": 6,
        "warmup_epochs": 1,
        "decay_epochs": 8,
        "fine_tuning_epochs": 1,
    }
}
STEPS = """
import json, sys, time
from pathlib import Path
import evaluate, predict, task, train
from config import load_config
began = time.perf_counter()
train.main([])
seconds = time.perf_counter() - began
scores = evaluate.main([])
predict.main([])
failed = 0
if "--tests" in sys.argv:
    import pytest
    failed = int(pytest.main(["-q", "-p", "no:cacheprovider"]))
head = load_config(Path("config.toml")).head
result = {"scores": scores, "seconds": seconds, "tests": failed}
result |= {"headline": head.headline, "higher": task.HIGHER_IS_BETTER}
open("matrix.json", "w", encoding="utf-8").write(json.dumps(result))
"""


@dataclass(frozen=True)
class Result:
    """What one cell did; `problem` is empty where all is well."""

    cell: Cell
    headline: str
    network: float
    trivial: float
    strongest: str
    simple: float
    seconds: float
    problem: str

    def __str__(self) -> str:
        name = " ".join(self.cell)
        scores = f"{self.headline} | {self.network:.4g} | {self.trivial:.4g}"
        simple = f"{self.simple:.4g} ({self.strongest})"
        learnt = "ok, from nothing" if self.cell.architecture in OFFLINE else "ok"
        return f"| {name} | {scores} | {simple} | {self.seconds:.0f} | {self.problem or learnt} |"


HEADER = """\
| cell | score | network | trivial | best simple model | seconds to train | verdict |
|---|---|---|---|---|---|---|"""


def run_cell(cell: Cell, samples: int, tests: bool) -> Result:
    """Generate, use and test one project in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="goodfit-matrix-") as workshop:
        given = {**cell._asdict(), "samples": samples, "accelerator": "cpu"}
        if cell.task != "forecasting":  # there a window and a horizon say what length is
            given |= SMALL.get(cell.input, {})
        given["overrides"] = OFFLINE.get(cell.architecture, {})
        project = rendering.project(given, Path(workshop))
        command = [sys.executable, "-c", STEPS, *(["--tests"] if tests else [])]
        quiet = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, env=quiet)
        found = project / "matrix.json"
        if not found.is_file():
            said = (done.stdout + done.stderr)[-1500:]
            print(f"--- {' '.join(cell)}\n{said}", file=sys.stderr, flush=True)
            nothing = float("nan")
            return Result(cell, "", nothing, nothing, "", nothing, 0, "FAILED")
        result = json.loads(found.read_text(encoding="utf-8"))
        print(f"{' '.join(cell)}: {result['seconds']:.0f} s", file=sys.stderr, flush=True)
        if result["tests"]:
            print(f"--- {' '.join(cell)}\n{done.stdout[-3000:]}", file=sys.stderr, flush=True)
    headline, sign = result["headline"], 1 if result["higher"] else -1
    scores = {name: row[headline] for name, row in result["scores"].items()}
    network, trivial = list(scores)[:2]
    strongest = max(list(scores)[1:], key=lambda name: sign * scores[name])
    problem = "TESTS FAIL" if result["tests"] else ""
    from_nothing = cell.architecture in OFFLINE
    if sign * (scores[network] - scores[trivial]) <= 0 and not from_nothing:
        problem = "NO BETTER THAN GUESSING"
    return Result(
        cell,
        headline,
        scores[network],
        scores[trivial],
        strongest,
        scores[strongest],
        result["seconds"],
        problem,
    )


def chosen(words: list[str]) -> Iterator[Cell]:
    """The cells whose name holds every part of one of `words`; all of them where none is given."""
    for cell in CELLS:
        name = "-".join(cell)
        if not words or any(all(part in name for part in word.split("+")) for word in words):
            yield cell


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD")
    parser.add_argument("--samples", type=int, default=1_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-tests", action="store_true")
    options = parser.parse_args()
    began = time.perf_counter()
    print(HEADER, flush=True)
    problems = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        cells = list(chosen(options.only))
        if not cells:
            parser.error(f"no cell is named like {' or '.join(options.only)}")
        for result in pool.map(
            lambda cell: run_cell(cell, options.samples, not options.no_tests), cells
        ):
            print(result, flush=True)
            problems += bool(result.problem)
    minutes = (time.perf_counter() - began) / 60
    print(f"\n{len(cells)} cells, {problems} with a problem, {minutes:.0f} minutes")
    return int(problems > 0)


if __name__ == "__main__":
    sys.exit(main())
