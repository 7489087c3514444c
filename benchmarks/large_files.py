"""How long `goodfit study` takes on large files, and how much memory it holds.

    python benchmarks/large_files.py --scratch DIR [--only NAME ...]

The files are made in DIR (2.3 GB in all) and removed again. Each is studied in a process of its
own: seconds from its start to its end, those that the processor worked for it, and the most memory
that it held; the pages of the file itself, which the system takes back when it needs them, apart.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Rows = Iterator[list[str]]


def numbers(count: int, columns: int) -> Rows:
    """Rows of numbers, three words and a class, after their names."""
    pick = random.Random(0)
    yield [*(f"x{place}" for place in range(columns)), "town", "code", "class"]
    ready = [f"{pick.gauss(0, 1):.4f}" for _ in range(10_007 + columns)]
    for row in range(count):
        start = row * 31 % 10_007
        words = [f"town {row % 40}", f"k{row % 7}", "yes" if pick.random() < 0.3 else "no"]
        yield [*ready[start : start + columns], *words]


def write(path: Path, rows: Rows) -> None:
    """The rows as a CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


FILES: dict[str, Callable[[], Rows]] = {
    "a million rows of 13 columns": lambda: numbers(1_000_000, 10),
    "2 GB: 15,000,000 rows of 23 columns": lambda: numbers(15_000_000, 20),
    "100 rows of 10,003 columns": lambda: numbers(100, 10_000),
    "100 rows of 20,003 columns": lambda: numbers(100, 20_000),
    "100 rows of 40,003 columns": lambda: numbers(100, 40_000),
}


def held(process: int, kind: str) -> float:
    """Memory of a kind that a process holds now, in MB; 0 where it has ended, or not on Linux."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if kind in line), 0.0)


def measured(path: Path) -> tuple[str, int]:
    """Seconds, those of the processor, memory and that of the file, as cells; the exit code."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "goodfit", "study", str(path)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    own = pages = 0.0
    while not (ended := os.wait4(child.pid, os.WNOHANG))[0]:
        own, pages = max(own, held(child.pid, "RssAnon")), max(pages, held(child.pid, "RssFile"))
        time.sleep(0.02)
    _, status, used = ended
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds, worked = time.perf_counter() - begin, used.ru_utime + used.ru_stime
    return f"{seconds:.1f} | {worked:.1f} | {own:,.0f} | {pages:,.0f}", child.returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scratch", type=Path, required=True, metavar="DIR")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="begin of a name")
    options = parser.parse_args()
    print("| file | MB | seconds | processor's seconds | memory in MB | the file's pages |")
    print("|---|---|---|---|---|---|")
    worst = 0
    for name, rows in FILES.items():
        if options.only and not name.startswith(tuple(options.only)):
            continue
        path = options.scratch / "rows.csv"
        try:
            write(path, rows())
            size = path.stat().st_size / 1e6
            figures, code = measured(path)
        finally:
            path.unlink(missing_ok=True)
        print(f"| {name} | {size:,.0f} | {figures} |", flush=True)
        worst = max(worst, code)
    return worst


if __name__ == "__main__":
    sys.exit(main())
