"""What the monitors cost: time of an epoch with them, by that of an epoch without.

    python benchmarks/monitors.py [--only WORD ...]

One training each, as its config.toml plans it: the time that goes by inside the monitors, by the
time that training takes without them. The first epoch, which compiles, is left out. The exit code
is 1 where their mean is above 1.03.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import rendering
from real_data import run

CELLS: dict[str, dict[str, Any]] = {
    "tabular-mlp-small": {"samples": 600},
    "tabular-mlp": {"samples": 10_000},
    "image-cnn": {"input": "image", "samples": 600, "architecture": "cnn", "image_size": 32},
    "text-cnn": {"input": "text", "samples": 2_000, "architecture": "cnn", "length": 32},
    "series-forecasting": {"input": "series", "samples": 2_000, "task": "forecasting"},
}
STEPS = """
import contextlib, io, json, tempfile, time
from pathlib import Path
import doctor.loading
import doctor, train
from config import load_config

kept = []

class Timed(doctor.Monitors):
    def __init__(self, *given):
        super().__init__(*given)
        self.inside, self.looks, self.epochs = 0.0, 0, 0
        kept.append(self)
    def timed(self, hook, *given):
        began = time.perf_counter()
        hook(*given)
        self.inside += time.perf_counter() - began
    def on_epoch_begin(self, epoch, logs=None):
        self.timed(super().on_epoch_begin, epoch, logs)
    def on_train_batch_end(self, batch, logs=None):
        self.timed(super().on_train_batch_end, batch, logs)
    def on_epoch_end(self, epoch, logs=None):
        self.timed(super().on_epoch_end, epoch, logs)
        if epoch == 0:
            self.inside, self.began = 0.0, time.perf_counter()
        self.looks, self.epochs = self.looks + self.due, epoch
        self.ended = time.perf_counter()

doctor.Monitors = Timed
with contextlib.redirect_stdout(io.StringIO()), tempfile.TemporaryDirectory() as runs:
    train.train(load_config(Path("config.toml"), []), Path(runs))
[one] = kept
total = one.ended - one.began
found = {"epoch": (total - one.inside) / one.epochs, "epochs": one.epochs, "looks": one.looks}
print(json.dumps(found | {"ratio": total / (total - one.inside)}))
"""


def measure(answers: dict[str, Any]) -> str:
    """The JSON that `STEPS` prints, for a project of its own."""
    with tempfile.TemporaryDirectory() as folder:
        project = rendering.project({"accelerator": "cpu", **answers}, Path(folder))
        return run([sys.executable, "-c", STEPS], project).splitlines()[-1]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD")
    options = parser.parse_args()
    print("| project | an epoch | epochs | looks | with / without |")
    print("|---|---|---|---|---|", flush=True)
    ratios = []
    for name, answers in CELLS.items():
        if options.only and not any(word in name for word in options.only):
            continue
        found = json.loads(measure(answers))
        epoch = f"{found['epoch'] * 1000:.0f} ms | {found['epochs']} | {found['looks']}"
        print(f"| {name} | {epoch} | {found['ratio']:.3f} |", flush=True)
        ratios.append(found["ratio"])
    return int(statistics.mean(ratios) > 1.03)


if __name__ == "__main__":
    sys.exit(main())
