"""Which columns are proposed as the target, and in which order, where nothing tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from goodfit.study import study
from studied import ROWS, evidence

# What a column holds, by the first letter of its name; the names themselves say nothing.
CELLS = {
    "q": lambda row: f"{row * 37 % 101 / 7:.3f}",  # amounts
    "b": lambda row: "uv"[row * row // 3 % 2],  # two words
    "k": lambda row: "rst"[row * 7 % 3],  # three words
}
PROPOSED = {
    "an amount at the end, beside the only column of two words": ("qa,qb,ba,qc", ["qc", "ba"]),
    "an amount at the end, beside two of two words": ("qa,ba,bb,qc", ["qc"]),
    "an amount at the end, and one that stands first": ("qa,ka,kb,qc", ["qc", "qa"]),
    "a class at the end": ("qa,qb,ba,ka", ["ka"]),
    "two words at the end, and a name that tells more": ("qa,salary,ka,ba,bb", ["salary", "bb"]),
    "two words at the end, where no name says more": ("qa,qb,ba,bb", ["bb"]),
}


@pytest.mark.parametrize("case", PROPOSED)
def test_is_proposed_first(case: str, tmp_path: Path) -> None:
    header, wanted = PROPOSED[case]
    cells = [CELLS["q" if name == "salary" else name[0]] for name in header.split(",")]
    # two columns of one kind must not be copies of each other
    rows = [
        ",".join(cell(row * (place + 1) + place) for place, cell in enumerate(cells))
        for row in range(ROWS * 2)
    ]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    asked = evidence(study(path), "targets")
    assert asked.confidence == "unsure" and asked.value == wanted[:1]
    places = [asked.why.find(f"`{name}`:") for name in wanted]
    assert places == sorted(places) and -1 not in places
