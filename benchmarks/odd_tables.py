"""Tables of random oddities: whether study, project and prediction read one thing alike.

    python benchmarks/odd_tables.py [--first 1000] [--count 10000] [--piece 200]

Each table is made by its number, the same each time (tests/odd.py): encodings, separators, marks,
spellings, blanks, dates, units, titles above it. What the study says of every column, what the
project of it holds there, and what the network is given for rows of a later file have to be what
the cells mean. Tables are taken in pieces, a process each; one with a disagreement is gone through
table by table. The exit code is 1 where there is one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests")]
compared: Callable[[range, Path], int] = import_module("test_reader").compared


def looked_at(places: range) -> tuple[int, list[str]]:
    """How many of these tables were told without a question, and what is wrong with others."""
    with tempfile.TemporaryDirectory(prefix="goodfit-odd-") as folder:
        try:
            return compared(places, Path(folder)), []
        except Exception as error:
            if len(places) == 1:
                return 0, [f"table {places[0]}: {type(error).__name__}: {str(error)[:300]}"]
    told, wrong = zip(*(looked_at(range(at, at + 1)) for at in places), strict=True)
    return sum(told), [line for lines in wrong for line in lines]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=1_000)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--piece", type=int, default=200)
    options = parser.parse_args()
    end = options.first + options.count
    done = told = 0
    wrong: list[str] = []
    for start in range(options.first, end, options.piece):
        begin = time.perf_counter()
        places = range(start, min(end, start + options.piece))
        more, lines = looked_at(places)
        done, told, wrong = done + len(places), told + more, wrong + lines
        seconds = time.perf_counter() - begin
        print("\n".join([*lines, f"{done:,} of {options.count:,} ({seconds:.0f} s)"]), flush=True)
    print(f"{done:,} tables, {told:,} told without a question, {len(wrong)} disagreements")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
