"""Merged cells below the names of a sheet: all but the first of each are empty to any reader."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

from goodfit.study.evidence import Evidence

MERGED = re.compile(rb'<mergeCell ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
MOST = 1 << 28  # bytes of a sheet that are looked at


def with_merged(evidence: tuple[Evidence, ...], path: Path) -> tuple[Evidence, ...]:
    """The evidence of a sheet, with merged cells told beside its header."""
    skipped = next((one.value for one in evidence if one.question == "skip_lines"), [0])
    said = merged_rows(path, max(skipped) + 1)
    return tuple(
        replace(one, why=f"{one.why}; {said}") if said and one.question == "header" else one
        for one in evidence
    )


def merged_rows(path: Path, names_until: int) -> str:
    """Which cells of the only sheet of a workbook are merged over several rows below the names, in
    words; "" where none are, or where nobody can say."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return ""
    if not zipfile.is_zipfile(path):
        return ""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if re.search(r"sheet\d*\.xml$", name)]
        if len(sheets) != 1:
            return ""
        with archive.open(sheets[0]) as file:
            found = [one.decode() for one in MERGED.findall(file.read(MOST))]
    tall = [one for one in found if is_tall(one, names_until)]
    if not tall:
        return ""
    shown = ", ".join(tall[:3]) + ", ..." * (len(tall) > 3)
    return f"cells are merged over rows ({shown}): only the first row of each has the value"


def is_tall(reference: str, names_until: int) -> bool:
    """A reference such as A3:A5 spans rows, all of them below the names."""
    first, last = (int(digits) for digits in re.findall(r"\d+", reference))
    return last > first > names_until
