"""Seeded faults: which of them the checks and monitors of emitted projects find, and by what name.

    python benchmarks/mutations.py [--only WORD ...] [--jobs 2]
    python benchmarks/mutations.py --healthy [--variants] [--train] [--only WORD ...]
    python benchmarks/mutations.py --real --data DIR [--train] [--only NAME ...]

For each fault of mutations/*.toml: a healthy project is copied, the fault is seeded, `check.py` is
run, and where that says nothing right, `train.py` for a few epochs with its monitors. What is said
of the healthy project as well is no catch. The exit code is 1 where less than 95 % are caught by
the right finding. WORD keeps the faults in whose project, kind or name it stands.

`--healthy` runs `check.py` in a project of each valid cell, with `--variants` in one for each
unusual and sound change of mutations/healthy.toml, `--real` in one for each data set of
inference.toml, as `goodfit generate --data` makes it; with `--train` it is `train.py`, to its end,
with its monitors. Nothing is wrong there, so that every error is a false alarm (exit code 1), and
every warning is for a person to judge.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import inference
import rendering
from goodfit.cells import CELLS
from goodfit.errors import GoodfitError
from goodfit.study.answering import located, read_data
from matrix import OFFLINE, SMALL
from mutation_faults import Fault, change_settings, faults, healthy_projects, variants
from mutation_run import Said, run

SHORT = (
    "training.epochs=12",
    "early_stopping.patience=11",
    "optimizer.warmup_epochs=1",
    "optimizer.decay_epochs=11",
)


def short_training(fault: Fault | None) -> list[str]:
    """Arguments for few epochs, unless the fault is about just these settings."""
    if fault and any(f".{key}=" in "".join(SHORT) for key in fault.set):
        return []
    return [f"--set={setting}" for setting in SHORT]


@dataclass(frozen=True)
class Verdict:
    """What became of one fault: what check.py said, and where that was not right, train.py."""

    fault: Fault
    checked: list[str]
    watched: list[str]
    seconds: float

    @property
    def said(self) -> list[str]:
        """The names of all findings, the right ones first."""
        names = dict.fromkeys(self.checked + self.watched)
        return sorted(names, key=lambda name: name not in self.fault.right)

    @property
    def right(self) -> bool:
        return any(name in self.fault.right for name in self.said)

    @property
    def caught(self) -> bool:
        """Something was said in plain words."""
        return self.said not in ([], ["crash"])

    def __str__(self) -> str:
        first, *others = self.said or [""]
        by = "refusal" if first == "refused" else "check" if first in self.checked else "monitor"
        verdict = "right" if self.right else "OTHER" if self.caught else "MISSED"
        wanted = first if self.right else " or ".join(self.fault.right)
        others = others if self.right else self.said
        fault = f"{self.fault.project} | {self.fault.kind} | {self.fault.name}"
        said = f"{wanted} | {verdict} | {by if first else ''} | {', '.join(others)}"
        return f"| {fault} | {said} | {self.seconds:.0f} |"


HEADER = """\
| project | kind | fault | right finding | verdict | said by | also said | seconds |
|---|---|---|---|---|---|---|---|"""


@cache
def said_of_healthy(project: Path, script: str, *arguments: str) -> frozenset[str]:
    """What is said of a healthy project too, which is printed: saying it is no catch."""
    said = run(project, script, *arguments)
    for level, name, fact in said.findings:
        print(f"of the healthy project {project.parent.name}: {level}: {fact} [{name}]", flush=True)
    return frozenset(said.names())


def judge(fault: Fault, healthy: Path, workshop: Path) -> Verdict:
    """Seed the fault into a copy of the project `healthy`, and see who finds it."""
    known = said_of_healthy(healthy, "check.py")
    with tempfile.TemporaryDirectory(dir=workshop) as folder:
        project = Path(shutil.copytree(healthy, Path(folder) / healthy.name))
        fault.apply(project)
        said = run(project, "check.py")
        checked = [name for name in said.names() if name not in known]
        if any(name in fault.right for name in checked):
            return Verdict(fault, checked, [], said.seconds)
        known = said_of_healthy(healthy, "train.py", *short_training(None))
        change_settings(project, {"before_training": False})
        later = run(project, "train.py", *short_training(fault))
        watched = [name for name in later.names() if name not in known]
        return Verdict(fault, checked, watched, said.seconds + later.seconds)


def seed_all(wanted: list[Fault], jobs: int, workshop: Path) -> int:
    """Judge all faults and print the table; the exit code."""
    healthy = {}
    for name in sorted({fault.project for fault in wanted}):
        (workshop / name).mkdir()
        healthy[name] = healthy_projects()[name].make(workshop / name)
    print(HEADER, flush=True)
    verdicts = []
    with ThreadPoolExecutor(jobs) as pool:
        for verdict in pool.map(lambda one: judge(one, healthy[one.project], workshop), wanted):
            print(verdict, flush=True)
            verdicts.append(verdict)
    caught, right = sum(one.caught for one in verdicts), sum(one.right for one in verdicts)
    print(f"\n{caught} of {len(verdicts)} caught, {right} by the right finding.")
    return int(right < 0.95 * len(verdicts))


def cell_projects(words: list[str]) -> Iterator[tuple[str, Callable[[Path], Path]]]:
    """The name and the maker of a project of each cell in whose name a word stands."""
    for cell in CELLS:
        given = {**cell._asdict(), "samples": 1_000, "accelerator": "cpu"}
        given |= SMALL.get(cell.input, {}) if cell.task != "forecasting" else {}
        given["overrides"] = OFFLINE.get(cell.architecture, {})

        def make(folder: Path, given: dict[str, object] = given) -> Path:
            return rendering.project(given, folder)

        if not words or any(word in "-".join(cell) for word in words):
            yield " ".join(cell), make


def variant_projects(words: list[str]) -> Iterator[tuple[str, Callable[[Path], Path]]]:
    """The same for each variant of a healthy project."""
    for variant in variants():

        def make(folder: Path, variant: Fault = variant) -> Path:
            project = healthy_projects()[variant.project].make(folder)
            variant.apply(project)
            return project

        name = f"{variant.project} {variant.name}"
        if not words or any(word in name for word in words):
            yield name, make


def real_projects(words: list[str], data: Path) -> Iterator[tuple[str, Callable[[Path], Path]]]:
    """The same for each set of real data, as `goodfit generate --data` makes it: what the study
    does not guess is answered with the truth of inference.toml, or else as it proposes."""
    for truth in inference.truths():

        def make(folder: Path, truth: dict[str, Any] = truth) -> Path:
            given = {"overrides": truth.get("set", {}), "accelerator": "cpu"}
            path = data / truth["name"] / truth["path"]
            try:
                answers = read_data(path, (), given, quiet=True)
            except GoodfitError:
                _, asked = inference.answered(path, truth)
                given |= {"task": truth["task"]} if "task" in asked else {}
                targets = tuple(truth["target"])
                rendering.decided_as_proposed(path, targets, given)
                answers = read_data(path, targets, given, quiet=True)
            return rendering.project(located(answers, folder), folder)

        if not words or truth["name"] in words:
            yield truth["name"], make


def trust(
    projects: Iterable[tuple[str, Callable[[Path], Path]]], script: str, jobs: int, workshop: Path
) -> int:
    """Check or train healthy projects, and print all that is said; the exit code."""

    def checked(place_and_project: tuple[int, tuple[str, Callable[[Path], Path]]]) -> Said:
        place, (name, make) = place_and_project
        (workshop / str(place)).mkdir()
        said = run(make(workshop / str(place)), script)
        shutil.rmtree(workshop / str(place))
        print(f"{name}: {len(said.findings)} findings, {said.seconds:.0f} s", flush=True)
        for level, found, fact in said.findings:
            print(f"  {level}: {fact} [{found}]", flush=True)
        return said

    with ThreadPoolExecutor(jobs) as pool:
        everything = list(pool.map(checked, enumerate(projects)))
    levels = [level for said in everything for level, _, _ in said.findings]
    errors, warnings = levels.count("error"), levels.count("warning")
    print(f"\n{len(everything)} healthy projects: {errors} errors, {warnings} warnings.")
    return int(errors > 0)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--healthy", action="store_true")
    parser.add_argument("--variants", action="store_true", help="of healthy projects, not cells")
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--train", action="store_true", help="train.py instead of check.py")
    parser.add_argument("--data", type=Path, help="the folder of data sets, for --real")
    options = parser.parse_args()
    if options.real and not options.data:
        parser.error("--real needs --data")
    with tempfile.TemporaryDirectory(prefix="goodfit-mutations-") as folder:
        workshop, script = Path(folder), "train.py" if options.train else "check.py"
        if options.real:
            real = real_projects(options.only, options.data.resolve())
            return trust(real, script, options.jobs, workshop)
        if options.healthy:
            sound = variant_projects if options.variants else cell_projects
            return trust(sound(options.only), script, options.jobs, workshop)
        words = options.only or [""]
        named = [(f"{one.project} {one.kind} {one.name}", one) for one in faults()]
        wanted = [one for name, one in named if any(word in name for word in words)]
        return seed_all(wanted, options.jobs, workshop)


if __name__ == "__main__":
    sys.exit(main())
