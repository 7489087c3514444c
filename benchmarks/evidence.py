"""What each rule is worth: projects as generated against the same with one rule turned.

    python benchmarks/collect.py DIR
    python benchmarks/evidence.py --data DIR [DIR ...] [--minutes 360] [--jobs 2] [--only WORD ...]
    python benchmarks/evidence.py --pages

For each comparison of evidence.toml, on each data set of evidence_sets.toml and inference.toml
that lies in a DIR: the project as `goodfit generate --data` makes it, and the same with another
value, on the same splits and seeds, three of them, and five where the interval still holds zero.
Each training is a line of evidence.jsonl, with the hash of all that decided it (data, code,
settings, seed): what is known is not measured again, so a run goes on where another ended, after
`--minutes` at the latest. Then what it says is written: docs/evidence.md and its picture, and what
`goodfit explain` quotes. `--pages` writes these from evidence.jsonl alone. `--only` keeps the
comparisons and the sets in whose name a word stands.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import evidence_page
from evidence_changes import CHANGES
from evidence_run import measured
from evidence_sets import Trial, Workbench, benches
from evidence_sums import AS_GENERATED, Line, needs_more, summary
from goodfit.errors import GoodfitError

HERE = Path(__file__).parent
LINES = HERE / "evidence.jsonl"
SEEDS, MORE_SEEDS = range(3), range(3, 5)


@dataclass(frozen=True)
class Comparison:
    """One entry of evidence.toml."""

    name: str
    set: dict[str, Any] = field(default_factory=dict)
    change: str = ""
    architecture: str = ""
    tuned: bool = False
    rare: bool = False

    def changed(self, bench: Workbench) -> tuple[str, dict[str, Any]] | None:
        """(the setting that is compared, all that differs from the plan); None if nothing does."""
        values = bench.plan.values
        if bench.one.rare and not self.rare:
            return None
        if self.architecture:
            own = str(bench.plan.architecture.value)
            return ("architecture", {}) if own != self.architecture else None
        other = self.set
        if self.change:
            try:
                other = CHANGES[self.change](values)
            except KeyError:  # the plan has no such setting
                return None
        if not other or any(name not in values for name in other):
            return None
        first = next(iter(other))
        return (first, other) if other[first] != values[first] else None


def comparisons() -> list[Comparison]:
    """All entries of evidence.toml."""
    text = (HERE / "evidence.toml").read_text(encoding="utf-8")
    return [Comparison(**entry) for entry in tomllib.loads(text)["comparison"]]


def known_lines() -> dict[str, Line]:
    """What was measured before, by its key."""
    if not LINES.is_file():
        return {}
    lines = map(json.loads, LINES.read_text(encoding="utf-8").splitlines())
    return {line["key"]: Line(**line) for line in lines}


def kept_lines(lines: dict[str, Line], current: list[Line]) -> list[Line]:
    """What still says something: the lines of now, and of what was not looked at, as long as there
    is the training that they are held against."""
    replaced = {(line.set, line.arm, line.seed) for line in current}
    others = [one for one in lines.values() if (one.set, one.arm, one.seed) not in replaced]
    everything = [*others, *current]
    own = {one.key for one in everything if one.arm == AS_GENERATED}
    kept = [one for one in everything if one.key in own or one.against in own]
    return sorted(kept, key=lambda one: (one.set, one.arm, one.seed))


@dataclass(frozen=True)
class Job:
    """One training that is wanted: which arm of which set, of which rule, and its trial."""

    arm: str
    bench: Workbench
    setting: str
    counts: bool
    trial: Trial

    def line(self, seed: int, result: dict[str, Any]) -> Line:
        against = "" if self.arm == AS_GENERATED else self.bench.own.key(seed)
        place = (self.bench.plan.answers.input, self.bench.one.name, self.arm)
        turned = (self.bench.rule_of(self.setting), self.setting, self.trial.settings)
        return Line(self.trial.key(seed), against, *place, *turned, self.counts, seed, result)


def jobs_of(bench: Workbench, wanted: list[Comparison]) -> Iterator[Job]:
    """The project as generated first, then each comparison that has a meaning for it."""
    others = []
    for one in wanted:
        changed = one.changed(bench)
        if not changed:
            continue
        setting, overrides = changed
        try:
            trial = bench.trial(overrides, one.architecture)
        except GoodfitError:
            continue  # what cannot go together is no choice
        counts = not (one.tuned and bench.one.known)
        others.append(Job(one.name, bench, setting, counts, trial))
    if others:
        yield Job(AS_GENERATED, bench, "", True, bench.own)
        yield from others


def of_now(jobs: list[tuple[Job, int]], lines: dict[str, Line]) -> list[Line]:
    """What is known of these trainings, each under the name that it has now."""
    known = [(job, seed) for job, seed in jobs if job.trial.key(seed) in lines]
    return [job.line(seed, lines[job.trial.key(seed)].result) for job, seed in known]


def measure(
    jobs: list[tuple[Job, int]], lines: dict[str, Line], until: float, at_once: int
) -> bool:
    """Train what is not known yet, a line each as it comes; whether all was done in time."""
    open_jobs = [(job, seed) for job, seed in jobs if job.trial.key(seed) not in lines]
    print(f"{len(jobs)} trainings, {len(open_jobs)} of them to be done", flush=True)

    def done(job: Job, seed: int) -> Line | None:
        if time.monotonic() > until:
            return None
        return job.line(seed, measured(job.trial.project, job.trial.settings, seed))

    finished = True
    with ThreadPoolExecutor(at_once) as pool, LINES.open("a", encoding="utf-8") as file:
        for future in as_completed([pool.submit(done, *one) for one in open_jobs]):
            line = future.result()
            finished = finished and line is not None
            if line is not None:
                lines[line.key] = line
                file.write(line.json() + "\n")
                file.flush()
                print(f"{line.set}, {line.arm}, seed {line.seed}: {line.said}", flush=True)
    return finished


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, nargs="+", default=[], help="folders of data sets")
    parser.add_argument("--minutes", type=float, default=360)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD")
    parser.add_argument("--pages", action="store_true", help="write the pages and train nothing")
    options = parser.parse_args()
    if not options.data and not options.pages:
        parser.error("--data is needed, or --pages")
    until = time.monotonic() + 60 * options.minutes
    lines = known_lines()
    with tempfile.TemporaryDirectory(prefix="goodfit-evidence-") as folder:
        wanted = comparisons()
        known = {one.name for one in wanted}
        words = [word for word in options.only if any(word in name for name in known)]
        wanted = [one for one in wanted if not words or any(word in one.name for word in words)]
        sets = [word for word in options.only if word not in words]
        jobs = [
            job
            for place, data in enumerate(options.data)
            for bench in benches(sets, data.resolve(), Path(folder) / str(place))
            for job in jobs_of(bench, wanted)
        ]
        first = [(job, seed) for seed in SEEDS for job in jobs]
        finished = measure(first, lines, until, options.jobs)
        doubtful = needs_more(
            [lines[job.trial.key(s)] for job, s in first if job.trial.key(s) in lines]
        )
        more = [
            (j, seed) for seed in MORE_SEEDS for j in jobs if j.arm in {*doubtful, AS_GENERATED}
        ]
        finished = measure(more if finished else [], lines, until, options.jobs) and finished
        current = of_now([*first, *more], lines)
    kept = kept_lines(lines, current)
    LINES.write_text("".join(line.json() + "\n" for line in kept), encoding="utf-8")
    evidence_page.write(summary(kept))
    print("all measured" if finished else "time is up: the same command goes on from here")
    return 0


if __name__ == "__main__":
    sys.exit(main())
