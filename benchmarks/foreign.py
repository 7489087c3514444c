"""Somebody's scripts: what the doctor says of faulty ones, and of those with nothing wrong.

    python benchmarks/foreign.py [--only WORD ...] [--jobs 2]
    python benchmarks/foreign.py --scripts DIR [--stop]

Without --scripts, those of foreign/: each of foreign/faulty has one silent fault, and table.toml
says which findings would be right; foreign/healthy has none. The exit code is 1 where less than
90 % of the faults get a right finding, or an error is said of a healthy script. With --scripts,
all that is said of every script of a folder; nobody knows what is right, so that a person has to
judge.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import multiprocessing
import os
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).with_name("foreign")
LIMIT = 300  # seconds that a script may take
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("MPLBACKEND", "Agg")
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["keras", "tensorflow", "pandas", "sklearn.model_selection"])


class Said(NamedTuple):
    """What the doctor said of a script: (level, id, fact) of each finding, of checks that stumbled
    too; how its examinations took, and what went wrong otherwise."""

    findings: list[tuple[str, str, str]]
    stumbled: list[str]
    fits: int
    seconds: float
    trouble: str


def examine_here(script: str, stop: bool, answer: str) -> None:
    """Examine a script in this process; all that is said goes into the file `answer`."""
    from goodfit.doctor.script import main

    out = io.StringIO()
    with open(answer + ".log", "w", encoding="utf-8") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    workshop = tempfile.mkdtemp()
    os.chdir(workshop)
    with contextlib.redirect_stdout(out):
        main([*["--stop"][: int(stop)], "--json", script])
    Path(answer).write_text(out.getvalue(), encoding="utf-8")


def examined(script: Path, stop: bool = False) -> Said:
    """What the doctor says of one script, run in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "said.json"
        process = SERVER.Process(target=examine_here, args=(str(script), stop, str(answer)))
        process.start()
        process.join(LIMIT)
        process.kill()
        process.join()
        if not answer.is_file() or not answer.read_text(encoding="utf-8").strip():
            log = Path(f"{answer}.log")
            text = log.read_text(encoding="utf-8")[-300:] if log.is_file() else ""
            return Said([], [], 0, 0.0, f"no answer, exit code {process.exitcode}: {text}")
        return read(json.loads(answer.read_text(encoding="utf-8")))


def read(answer: dict[str, Any]) -> Said:
    """The doctor's JSON in short."""
    found, stumbled, seconds = [], [], 0.0
    for fit in answer["fits"]:
        for one in [*fit["findings"], *fit["while_training"]]:
            found.append((one["level"], one["check"], one["fact"]))
        stumbled += [f"{check}: {error}" for check, error in fit["stumbled"].items()]
        stumbled += [note for note in fit["notes"] if note.startswith("not examined")]
        seconds += fit["seconds"]
    trouble = answer["note"]
    if answer["script_exit_code"]:
        trouble += f" the script ended with {answer['script_exit_code']}"
    return Said(list(dict.fromkeys(found)), stumbled, len(answer["fits"]), seconds, trouble)


def row_of(row: dict[str, Any], one: Said) -> str:
    """A line of the table: of a fault who found it, of a healthy script what was said."""
    ids = list(dict.fromkeys(name for _, name, _ in one.findings))
    if not row.get("right"):
        shown = "; ".join(f"{level} {name}: {fact}" for level, name, fact in one.findings)
        return f"| {row['file']} | {shown} {one.trouble} | {one.fits} fits | | {one.seconds:.1f} |"
    hit = [name for name in ids if name in row["right"]]
    verdict = "right" if hit else ("OTHER" if ids else "MISSED")
    wanted, shown = ", ".join(hit or row["right"]), ", ".join(ids) or one.trouble
    return f"| {row['file']} | {wanted} | {verdict} | {shown} | {one.seconds:.1f} |"


def judge(rows: list[dict[str, Any]], jobs: int, stop: bool) -> int:
    """The table of faulty and healthy scripts, as they come; the exit code."""
    print("| script | right finding, or what is said | verdict | said | seconds |")
    print("|---|---|---|---|---|")
    right = faulty = errors = warnings = 0
    with ThreadPoolExecutor(jobs) as pool:
        for row, one in zip(
            rows, pool.map(lambda row: examined(HERE / row["file"], stop), rows), strict=True
        ):
            print(row_of(row, one), flush=True)
            for text in one.stumbled:
                print(f"stumbled: {row['file']}: {text}", flush=True)
            if row.get("right"):
                faulty += 1
                right += any(name in row["right"] for _, name, _ in one.findings)
                continue
            errors += sum(level == "error" for level, _, _ in one.findings)
            warnings += sum(level == "warning" for level, _, _ in one.findings)
    print(
        f"\n{right} of {faulty} faults by a right finding; of {len(rows) - faulty} healthy scripts "
        f"{errors} errors, {warnings} warnings."
    )
    return int(right < 0.9 * faulty or errors > 0)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="WORD")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scripts", type=Path, metavar="DIR")
    parser.add_argument("--stop", action="store_true", help="examine, and do not train")
    options = parser.parse_args()
    words = options.only or [""]
    if options.scripts:
        paths = sorted(p for p in options.scripts.rglob("*") if p.suffix in (".py", ".ipynb"))
        paths = [path for path in paths if any(word in path.name for word in words)]
        began = time.perf_counter()
        with ThreadPoolExecutor(options.jobs) as pool:
            for path, one in zip(
                paths, pool.map(lambda p: examined(p, options.stop), paths), strict=True
            ):
                print(f"{path.name}: {one.fits} fits, {one.seconds:.1f} s {one.trouble}")
                for level, name, fact in one.findings:
                    print(f"  {level}: {fact} [{name}]")
                for text in one.stumbled:
                    print(f"  stumbled: {text}")
        print(f"{len(paths)} scripts in {time.perf_counter() - began:.0f} s")
        return 0
    table = tomllib.loads((HERE / "table.toml").read_text(encoding="utf-8"))
    rows = [*table["faulty"], *table["healthy"]]
    wanted = [row for row in rows if any(word in row["file"] for word in words)]
    return judge(wanted, options.jobs, options.stop)


if __name__ == "__main__":
    sys.exit(main())
