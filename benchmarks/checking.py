"""What check.py takes in the project of each sample, beside the start of the framework alone.

    python benchmarks/checking.py [--only WORD ...] [--rounds 3]
    python benchmarks/checking.py --accounts [--only WORD ...]

Whole processes in turn, `import tensorflow` and `python check.py`, so that a slow moment of the
machine hits both alike; the median of the rounds counts, and `share` is of the framework's start in
all that check.py takes. A pretrained backbone starts from nothing, since here is nothing to
download; it is then not frozen, and takes longer than at home.

`--accounts` trains and evaluates in each project, as a user would, and counts the seconds of the
processor: of the whole, of the checks before training that look for copies, leaks, values and
settings, and of what holds a run to account (its best epoch, its folder read again, predict.py
beside evaluate.py). The exit code is 1 where they take more than 5 % of train.py or three seconds
of evaluate.py.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import rendering
from goodfit.answers import read_answers_file
from real_data import run

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LATER = (
    *("near_copies", "near_texts", "shared_stems", "shared_windows", "image_detail", "part_sizes"),
    *("combined_columns", "column_pairs", "future_inputs", "made_of_targets", "telling_files"),
    *("telling_places", "telling_steps", "telling_tokens", "telling_words", "class_weights"),
    *("filled", "garbled", "mixed_pictures", "units", "values", "wrong_labels", "fit_arguments"),
    *("loss_arguments", "window_length", "round_trip"),
)
STEPS = """
import contextlib, io, json, sys, time
import doctor.loading
import checkup, evaluate, train
from doctor import examination

LATER, taken = json.loads(sys.argv.pop()), {"checks": 0.0, "train": 0.0, "evaluate": 0.0}

def timed(of, name, place, counts=lambda *given: True):
    plain = getattr(of, name)
    def measured(*given):
        began = time.process_time()
        try:
            return plain(*given)
        finally:
            taken[place] += (time.process_time() - began) * counts(*given)
    setattr(of, name, measured)

def later(case, check, report):
    return check.look.__module__.rpartition(".")[2] in LATER

timed(examination, "look_safely", "checks", later)
for name in ("after_training", "kept"):
    timed(checkup, name, "train")
timed(checkup, "after_evaluation", "evaluate")
with contextlib.redirect_stdout(io.StringIO()):
    train.main(sys.argv[1:])
    ended = time.process_time()
    evaluate.main([])
print(json.dumps({"seconds": ended, "after": time.process_time() - ended, **taken}))
"""


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


def account(sample: Path) -> tuple[str, bool]:
    """A line of the table of `--accounts`, and whether it is within what it may take."""
    given = ["--set", 'model.weights="none"'] if "pretrained" in sample.name else []
    with tempfile.TemporaryDirectory() as folder:
        project = rendering.project(read_answers_file(sample / "answers.toml"), Path(folder))
        command = [sys.executable, "-c", STEPS, *given, json.dumps(LATER)]
        took = json.loads(run(command, project).splitlines()[-1])
    more = took["checks"] + took["train"]
    share = more / (took["seconds"] - more)
    shown = f"{took['seconds']:.1f} | {took['checks']:.2f} | {took['train']:.2f} | {share:.1%}"
    text = f"| {sample.name} | {shown} | {took['after']:.1f} | {took['evaluate']:.2f} |"
    return text, share <= 0.05 and took["evaluate"] <= 3


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--accounts", action="store_true", help="train.py and evaluate.py")
    options = parser.parse_args()
    header = "| sample | framework, seconds | check.py, seconds | share |\n|---|---|---|---|"
    if options.accounts:
        header = (
            "| sample | train.py, seconds | checks | account | share | evaluate.py | account |\n"
            "|---|---|---|---|---|---|---|"
        )
    print(header, flush=True)
    good = True
    for path in sorted(SAMPLES.glob("*/*/answers.toml"), key=lambda path: path.parent.name):
        if options.only and not any(word in path.parent.name for word in options.only):
            continue
        if options.accounts:
            line, within = account(path.parent)
            good &= within
        else:
            line = measure(path.parent, options.rounds)
        print(line, flush=True)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
