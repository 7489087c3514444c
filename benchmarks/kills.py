"""Trainings that are killed: no run that was whole is lost, none is taken for whole that is not.

    python benchmarks/kills.py [--kills 40] [--seed 0]

A small project is trained once to its end. Then `train.py` is started again and again and gets
`kill -9`: half of the times at a random moment of its whole course, the other half at a random
moment after it has begun to save. After each kill every numbered run has to be as it was saved, the
runs that were there before have to be there, and `predict.py` has to answer from the latest whole
one. A row for each kind of moment; the exit code is 1 where a run was lost or half a run was taken.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from operator import lt
from pathlib import Path

from goodfit.doctor.run_folder import damage_of, in_order
from mutation_faults import healthy_projects
from mutation_run import SERVER, run, run_here

SHORT = [f"--set={pair}" for pair in ("training.epochs=4", "checks.before_training=false")]
PATIENCE = 300  # seconds within which a training has to begin to save


def killed(project: Path, moment: Callable[[float], bool]) -> str:
    """Start a training and kill it as soon as `moment` says so of the seconds since its start;
    "killed", or "ended" where it was faster."""
    said = project / "said_by_train.txt"
    process = SERVER.Process(target=run_here, args=(str(project), "train.py", SHORT, str(said)))
    process.start()
    began = time.monotonic()
    while process.is_alive() and not moment(time.monotonic() - began):
        time.sleep(0.002)
    ended = not process.is_alive()
    process.kill()
    process.join()
    return "ended" if ended else "killed"


def while_saving(runs: Path, after: float) -> Callable[[float], bool]:
    """A moment so many seconds after a new run has begun to be saved."""
    left, since = set(runs.glob(".unfinished-*")), [0.0]

    def moment(seconds: float) -> bool:
        if not since[0] and set(runs.glob(".unfinished-*")) - left:
            since[0] = seconds
        return seconds > PATIENCE or (since[0] > 0 and seconds >= since[0] + after)

    return moment


def wrong(project: Path, before: set[str]) -> list[str]:
    """What is not as it has to be after a kill."""
    runs = project / "runs"
    numbered = in_order(runs)
    found = [f"{path.name} {damage_of(path)}" for path in numbered if damage_of(path)]
    found += [f"{name} is lost" for name in before - {path.name for path in numbered}]
    answers = project / "answers.csv"
    answers.unlink(missing_ok=True)
    said = run(project, "predict.py", "data/customers.csv", "--output", "answers.csv")
    if said.findings or not answers.is_file():
        found.append(f"predict.py: {said.findings}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance, counts, faults = random.Random(options.seed), Counter[str](), []
    with tempfile.TemporaryDirectory(prefix="goodfit-kills-") as folder:
        project = healthy_projects()["customers"].make(Path(folder))
        runs = project / "runs"
        run(project, "train.py", *SHORT)  # the first one waits for the framework
        began = time.monotonic()
        run(project, "train.py", *SHORT)
        whole, number, done = time.monotonic() - began, 0, 0
        while done < options.kills:
            number += 1
            before = {path.name for path in in_order(runs)}
            kind = "anywhere" if number % 2 else "while saving"
            if kind == "anywhere":
                until = chance.uniform(0, whole)
                ended = killed(project, partial(lt, until))
            else:
                ended = killed(project, while_saving(runs, chance.uniform(0, 0.5)))
            made, done = len(in_order(runs)) - len(before), done + (ended == "killed")
            counts[f"{kind}: {ended}, {'a whole run' if made else 'no run'}"] += 1
            faults += [f"kill {number}, {kind}: {fault}" for fault in wrong(project, before)]
            print(f"{done} of {options.kills}: {kind}, {ended}, {made} new", flush=True)
        for said, count in sorted(counts.items()):
            print(f"| {said} | {count} |")
    print("\n".join(faults) or "no run was lost, and none taken for whole that was not")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
