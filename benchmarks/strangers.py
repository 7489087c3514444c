"""Tables that nobody has looked at: what a study says of them, and what the checks say of projects.

    python benchmarks/strangers.py DIR [--truth FILE.toml] [--half 1] [--check 60] [--seed 0]

DIR holds any CSV files, at any depth. Each is studied with nothing but its path. Printed are: what
ends in a traceback, or takes longer than `--limit` seconds; the targets that are told without a
question, for a person to read; those told by their place alone, which are never to be; and how many
tables are told, asked about and refused. FILE.toml names the usual targets of some, a line each:
`"ISLP/Auto.csv" = ["mpg"]`; where one of them is told, that is right. `--half` looks at those alone
whose names a hash puts there: what was tuned on one half is measured on the other. With `--check`,
so many of them at random, of 120 rows or more, become projects as `goodfit generate --data` makes
them (the target is the one that is told or proposed, or the last column), and `check.py` is run in
each. Nothing is seeded, so every error is one to look into. The exit code is 1 where a study ends
in a traceback, names a target wrongly or by its place, or a check finds an error.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import tomllib
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import md5
from itertools import islice
from pathlib import Path
from typing import Any

import rendering
from goodfit.errors import GoodfitError
from goodfit.study import Study, study
from goodfit.study.answering import located, read_data
from mutations import trust

LEAST, MOST = 120, 30_000  # rows of a table that becomes a project
GUESSES = {"task": "regression", "input": "tabular"}  # where a study asks for these


def looked_at(path: Path) -> tuple[str, Study | None]:
    """What a look ends in: "told", "refused", "traceback", or what it asks for."""
    try:
        found = study(path)
    except GoodfitError:
        return "refused", None
    except Exception:
        print(f"{path}\n{traceback.format_exc()}", flush=True)
        return "traceback", None
    return f"asked: {', '.join(found.open_questions)}" if found.open_questions else "told", found


def verdict(found: Study | None, wanted: list[str]) -> str:
    """Whether the target that is told is one of those that are usual."""
    if found is None:
        return "refused"
    said = [one for one in found.evidence if one.question == "targets" and one.value]
    names = [str(one.value[0]).strip() for one in said]
    if "targets" in found.open_questions:
        return "asked, proposed right" if {*names} & {*wanted} else "asked"
    return "right" if {*names} & {*wanted} else "WRONG"


def by_place(found: Study) -> bool:
    """The target of a table with names was told, and nothing but its place speaks for it."""
    header = [one.value for one in found.evidence if one.question == "header"]
    why = "".join(one.why for one in found.evidence if one.question == "targets")
    known = ("its name", "called so", "all others are", "only", "kind keep", "folder")
    return False not in header and not any(one in why for one in known)


def proposed(found: Study, path: Path) -> tuple[str, ...]:
    """The target that is told or proposed, or the last column."""
    for one in found.evidence:
        if one.question == "targets" and one.value:
            return tuple(one.value)
    with path.open(encoding="utf-8", errors="replace") as file:
        return (file.readline().strip().rpartition(",")[2].strip('"'),)


def projects(
    found: list[tuple[Path, Study]],
) -> Iterator[tuple[str, Callable[[Path], Path]]]:
    """The name and the maker of a project of each table that needs no more than a guess or two."""
    for path, first in found:
        if not LEAST <= first.answers.get("samples", 0) <= MOST:
            continue
        targets, given = proposed(first, path), dict[str, Any]()
        try:
            while asked := study(path, targets, given).open_questions:
                if asked[0] not in GUESSES or asked[0] in given:
                    raise GoodfitError(f"{path} asks for {asked[0]}", "a guess", "leave it out")
                given[asked[0]] = GUESSES[asked[0]]
            answers = read_data(path, targets, {**given, "accelerator": "cpu"}, quiet=True)
        except GoodfitError:
            continue

        def make(folder: Path, answers: dict[str, Any] = answers) -> Path:
            return rendering.project(located(answers, folder), folder)

        yield f"{path.name}, {', '.join(targets)}", make


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--truth", type=Path, metavar="FILE.toml")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--limit", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--check", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    paths = sorted(
        path for path in options.folder.resolve().rglob("*.csv") if not path.name.startswith(".")
    )
    truth = tomllib.loads(options.truth.read_text(encoding="utf-8")) if options.truth else {}
    if options.half is not None:
        paths = [
            one
            for one in paths
            if int(md5(one.stem.lower().encode()).hexdigest(), 16) % 2 == options.half
        ]
    counts: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    known = []
    longest = (0.0, "no table")
    for path in paths:
        begin = time.perf_counter()
        outcome, found = looked_at(path)
        longest = max(longest, (time.perf_counter() - begin, path.name))
        counts[outcome] += 1
        if wanted := truth.get(path.relative_to(options.folder.resolve()).as_posix()):
            verdicts[said := verdict(found, wanted)] += 1
            if said == "WRONG":
                print(f"WRONG {path.name}: {found and found.settings.get('targets')}, {wanted}")
        if found is None:
            continue
        known.append((path, found))
        if "targets" not in found.open_questions:
            counts["by place alone"] += by_place(found)
            task = found.answers.get("task", "asked")
            place = " BY PLACE ALONE" * by_place(found)
            print(f"{path.name}: {task} of {found.settings.get('targets')}{place}")
    print(f"\n{len(paths)} tables: {', '.join(f'{n} {one}' for one, n in counts.most_common())}")
    print(f"the longest took {longest[0]:.1f} s: {longest[1]}")
    if truth:
        print(f"targets: {', '.join(f'{n} {one}' for one, n in verdicts.most_common())}")
    failed = 0
    if options.check:
        random.Random(options.seed).shuffle(known)
        with tempfile.TemporaryDirectory(prefix="goodfit-strangers-") as folder:
            wanted = islice(projects(known), options.check)
            failed = trust(list(wanted), "check.py", options.jobs, Path(folder))
    bad = counts["traceback"] + counts["by place alone"] + verdicts["WRONG"]
    return int(bool(bad or longest[0] > options.limit or failed))


if __name__ == "__main__":
    sys.exit(main())
