"""Real tables, generated defaults: score on the test rows beside simple models on the same rows.

    python benchmarks/real_data.py --data DIR [--seeds 2] [--only NAME ...] [--set KEY=VALUE ...]

DIR holds one folder a data set, and an index.jsonl with a baseline measured elsewhere for each.
Every project is generated with `goodfit generate --yes` from what is known of the data (task,
samples, features, classes, rarest share: real_data.toml) and gets no edit but its [data] section.
A seed changes the split, the weights and the batches; the table has the mean over the seeds.
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
from dataclasses import dataclass
from pathlib import Path

from goodfit.toml import inline


@dataclass(frozen=True)
class DataSet:
    """One entry of real_data.toml: flags for `goodfit generate`, and a [data] section."""

    name: str
    file: str
    task: str
    samples: int
    features: int
    data: dict[str, object]
    classes: int | None = None
    rarest_share: float | None = None
    outliers: bool = False
    learnable: bool = True
    index: str = ""

    @property
    def folder(self) -> str:
        """Its folder, and its row in index.jsonl."""
        return self.index or self.name


def data_sets() -> list[DataSet]:
    """All entries of real_data.toml."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return [DataSet(**entry) for entry in tomllib.loads(text)["table"]]


def run(command: list[str], folder: Path) -> str:
    """The command's output; its error ends this benchmark."""
    quiet = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "2"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=quiet)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def generate(data_set: DataSet, source: Path, folder: Path, overrides: list[str]) -> Path:
    """A project for `data_set`, by defaults but for `overrides`, with its [data] filled in."""
    flags = {
        "--task": data_set.task,
        "--samples": data_set.samples,
        "--features": data_set.features,
        "--classes": data_set.classes,
        "--rarest-share": data_set.rarest_share,
    }
    given = [str(word) for pair in flags.items() if pair[1] is not None for word in pair]
    data = {"path": str(source / data_set.file), **data_set.data}
    pairs = [*(f"{key}={inline(value)}" for key, value in data.items()), *overrides]
    sets = [word for pair in pairs for word in ("--set", pair)]
    command = [sys.executable, "-m", "goodfit", "generate", "real", "--yes", *given]
    outliers = ["--outliers"] if data_set.outliers else []
    run([*command, *outliers, *sets, "--output-dir", str(folder)], folder)
    return folder / "real"


def indexed_linear(data: Path, data_set: DataSet) -> float | None:
    """The linear baseline of the index, or None; the mean over several targets."""
    rows = map(json.loads, (data / "index.jsonl").read_text(encoding="utf-8").splitlines())
    row = next((row for row in rows if row["name"] == data_set.folder), None)
    if row is None:
        return None
    if data_set.index:
        return float(row["baselines"]["as_regression"]["ridge"]["rmse"])
    linear = row["headline"]["linear"]
    return statistics.mean(linear) if isinstance(linear, list) else float(linear)


@dataclass(frozen=True)
class Row:
    """Mean headline scores of one data set."""

    data_set: DataSet
    network: float
    linear: float
    trees: float
    index: float | None
    seconds: float
    epochs: str

    @property
    def margin(self) -> float:
        """How far the network is ahead of the linear model: points of accuracy, or % of RMSE."""
        if self.data_set.task == "regression":
            return 100 * (1 - self.network / self.linear)
        return 100 * (self.network - self.linear)

    def __str__(self) -> str:
        index = "" if self.index is None else f"{self.index:.4g}"
        bound = -10 if self.data_set.task == "regression" else -2
        verdict = "ok" if self.margin >= bound else "short"
        if not self.data_set.learnable:
            verdict = "not learnable"
        scores = f"{self.network:.4g} | {self.linear:.4g} | {self.trees:.4g} | {index}"
        end = f"{self.margin:+.1f} | {verdict} | {self.epochs} | {self.seconds:.0f}"
        return f"| {self.data_set.name} | {scores} | {end} |"


def measure(data_set: DataSet, data: Path, seeds: int, overrides: list[str]) -> Row:
    """Generate once; train and evaluate once for each seed."""
    headline = "rmse" if data_set.task == "regression" else "accuracy"
    source = data / data_set.folder
    with tempfile.TemporaryDirectory() as workshop:
        project = generate(data_set, source, Path(workshop), overrides)
        scores, seconds, epochs = [], [], []
        for seed in range(seeds):
            started = time.perf_counter()
            run([sys.executable, "train.py", "--set", f"training.seed={seed}"], project)
            seconds.append(time.perf_counter() - started)
            run([sys.executable, "evaluate.py"], project)
            left = project / "runs" / str(seed + 1)
            report = json.loads((left / "metrics.json").read_text(encoding="utf-8"))
            epochs.append(f"{report['epochs']}")
            evaluation = json.loads((left / "evaluation.json").read_text(encoding="utf-8"))
            scores.append([row[headline] for row in evaluation.values()])
    network, _, linear, trees = (statistics.mean(column) for column in zip(*scores, strict=True))
    index = indexed_linear(data, data_set)
    row = Row(data_set, network, linear, trees, index, statistics.mean(seconds), "/".join(epochs))
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of data sets")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="compare")
    parser.add_argument("--output", type=Path, help="write the table here too")
    options = parser.parse_args()
    data = options.data.resolve()
    lines = [
        "| data | network | linear | trees | index linear | ahead | verdict | epochs | seconds |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    print("\n".join(lines), flush=True)
    rows = []
    for data_set in data_sets():
        if not options.only or data_set.name in options.only:
            rows.append(measure(data_set, data, options.seeds, options.set))
            lines.append(str(rows[-1]))
            print(lines[-1], flush=True)
    learnable = [row for row in rows if row.data_set.learnable]
    close = sum(str(row).count("| ok |") for row in learnable)
    above = sum(row.margin > 0 for row in learnable)
    lines.append(
        f"\n{close} of {len(learnable)} within 2 points of accuracy (10 % of RMSE) of the linear "
        f"model on the same rows; {above} above it. Accuracy, or RMSE; ahead in points or %."
    )
    print(lines[-1])
    if options.output:
        options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
