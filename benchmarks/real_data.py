"""Real data, generated defaults: the score on the test part beside simple models on the same part.

    python benchmarks/real_data.py --data DIR [--seeds 1] [--only NAME ...] [--set KEY=VALUE ...]
    python benchmarks/real_data.py --data DIR --sets benchmarks/real_series.toml

DIR holds one folder a data set. Every project is what `goodfit generate --yes` makes of what is
known of the data (task, input, samples, ...: real_data.toml), and gets no edit but its [data]
section; the architecture is the recommended one where real_data.toml names none. A seed changes the
split, the weights and the batches; the table has the mean over the seeds. The exit code is 1 where
a score that is to be reached is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import prepare
import rendering

HERE = Path(__file__).parent
ERRORS = ("rmse", "mae")  # of these headlines, lower is better


@dataclass(frozen=True)
class DataSet:
    """One entry of real_data.toml."""

    name: str
    answers: dict[str, Any]
    data: dict[str, Any]
    reach: dict[str, Any]
    folder: str = ""
    prepare: str = ""
    learnable: bool = True
    settings: dict[str, Any] = field(default_factory=dict)


def data_sets(path: Path = HERE / "real_data.toml") -> list[DataSet]:
    """All entries of real_data.toml, or of another such list."""
    text = path.read_text(encoding="utf-8")
    return [DataSet(**entry) for entry in tomllib.loads(text)["set"]]


def run(command: list[str], folder: Path) -> str:
    """The command's output; its error ends this benchmark."""
    quiet = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=quiet)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def generate(data_set: DataSet, source: Path, folder: Path, overrides: Mapping[str, Any]) -> Path:
    """A project for `data_set`, by defaults but for `overrides`, with its [data] filled in."""
    if data_set.prepare:
        source = getattr(prepare, data_set.prepare)(source, folder / "data")
    data = {**data_set.data, "path": str(source / data_set.data["path"])}
    given = {"accelerator": "cpu", **data_set.answers}
    given["overrides"] = {**data, **data_set.settings, **overrides}
    return rendering.project(given, folder)


@dataclass(frozen=True)
class Row:
    """Mean headline scores of one data set, and whether what is to be reached is reached."""

    data_set: DataSet
    architecture: str
    headline: str
    scores: dict[str, float]
    seconds: float
    epochs: str

    @property
    def network(self) -> float:
        return next(iter(self.scores.values()))

    @property
    def wanted(self) -> tuple[float, str]:
        """The least (or, of an error, the largest) score that will do, and where it comes from."""
        reach = self.data_set.reach
        if "beside" not in reach:
            return next(iter(reach.values())), "given"
        beside = self.scores[reach["beside"]]
        if "percent" in reach:
            return beside * (1 + reach["percent"] / 100), f"{reach['beside']} {beside:.4g}"
        return beside - reach["points"] / 100, f"{reach['beside']} {beside:.4g}"

    @property
    def verdict(self) -> str:
        if not self.data_set.learnable:
            return "not learnable"
        if not self.data_set.reach:
            return "reported"
        sign = -1 if self.headline in ERRORS else 1
        return "ok" if sign * (self.network - self.wanted[0]) >= 0 else "SHORT"

    def __str__(self) -> str:
        sign = -1 if self.headline in ERRORS else 1
        simple = max(list(self.scores)[1:], key=lambda name: sign * self.scores[name])
        wanted = f"{self.wanted[0]:.4g} ({self.wanted[1]})" if self.data_set.reach else ""
        scores = f"{self.headline} | {self.network:.4g} | {wanted} | {self.verdict}"
        best = f"{self.scores[simple]:.4g} ({simple})"
        name = f"{self.data_set.name} | {self.architecture}"
        return f"| {name} | {scores} | {best} | {self.epochs} | {self.seconds:.0f} |"


HEADER = """\
| data | architecture | score | network | to reach | verdict | best simple | epochs | seconds |
|---|---|---|---|---|---|---|---|---|"""


def measure(data_set: DataSet, data: Path, seeds: int, overrides: Mapping[str, Any]) -> Row:
    """Generate once; train and evaluate once for each seed."""
    source = data / (data_set.folder or data_set.name)
    with tempfile.TemporaryDirectory() as workshop:
        project = generate(data_set, source, Path(workshop), overrides)
        answers = tomllib.loads((project / "answers.toml").read_text(encoding="utf-8"))
        scores: list[dict[str, float]] = []
        seconds, epochs, headline = [], [], ""
        for seed in range(seeds):
            started = time.perf_counter()
            run([sys.executable, "train.py", "--set", f"training.seed={seed}"], project)
            seconds.append(time.perf_counter() - started)
            run([sys.executable, "evaluate.py"], project)
            left = project / "runs" / str(seed + 1)
            report = json.loads((left / "metrics.json").read_text(encoding="utf-8"))
            epochs.append(f"{report['epochs']}")
            evaluation = json.loads((left / "evaluation.json").read_text(encoding="utf-8"))
            headline = next(iter(evaluation["this network"]))
            scores.append({name: row[headline] for name, row in evaluation.items()})
    means = {name: statistics.mean(row[name] for row in scores) for name in scores[0]}
    time_taken = statistics.mean(seconds)
    return Row(data_set, answers["architecture"], headline, means, time_taken, "/".join(epochs))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of data sets")
    parser.add_argument("--sets", type=Path, default=HERE / "real_data.toml", help="what to try")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="compare")
    options = parser.parse_args()
    overrides = tomllib.loads("\n".join(options.set))
    wanted = [
        one for one in data_sets(options.sets) if not options.only or one.name in options.only
    ]
    print(HEADER, flush=True)
    rows = []
    with ThreadPoolExecutor(options.jobs) as pool:
        data = options.data.resolve()
        for row in pool.map(lambda one: measure(one, data, options.seeds, overrides), wanted):
            print(row, flush=True)
            rows.append(row)
    tried = [row for row in rows if row.verdict in ("ok", "SHORT")]
    reached = sum(row.verdict == "ok" for row in tried)
    print(f"\n{reached} of {len(tried)} scores to be reached are reached.")
    return int(reached < len(tried))


if __name__ == "__main__":
    sys.exit(main())
