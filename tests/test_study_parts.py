"""Parts of a data set in files of their own, in any format that keeps their types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from folders import look, text
from goodfit.study import study
from test_study_folders_written import split_of

PARTS = {"train": 120, "validation": 40, "test": 60}


def written(path: Path, table: dict[str, Any]) -> None:
    """A table in the format that its path says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame = pl.DataFrame(table)
    write = {".parquet": frame.write_parquet, ".jsonl": frame.write_ndjson, ".csv": frame.write_csv}
    write[path.suffix](path)


def texts(start: int, count: int) -> dict[str, Any]:
    places = range(start, start + count)
    return {"text": [text(place) for place in places], "label": [place % 3 for place in places]}


@pytest.mark.parametrize("name", ["{}-00000-of-00001.parquet", "{}.jsonl", "{}.csv"])
def test_texts_in_parts_are_joined(name: str, tmp_path: Path) -> None:
    for at, (part, count) in enumerate(PARTS.items()):
        written(tmp_path / "set" / "data" / name.format(part), texts(1_000 * at, count))
    found = look(tmp_path / "set")
    assert found.path == tmp_path / "set" / "data" and found.answers["samples"] == 220
    assert split_of(found.path, found, tmp_path) == PARTS


def test_pieces_of_a_part_are_joined(tmp_path: Path) -> None:
    for piece in (0, 1):
        written(tmp_path / f"train-0000{piece}-of-00002.parquet", texts(1_000 * piece, 60))
    written(tmp_path / "test-00000-of-00001.parquet", texts(5_000, 60))
    assert look(tmp_path).answers["samples"] == 180


def test_rows_in_pieces_are_trained_on_together(tmp_path: Path) -> None:
    """Classes of the second piece are no strangers to the first."""
    for piece, part in enumerate(["train-0-of-2", "train-1-of-2", "test-0-of-1"]):
        rows = range(80)
        table = {
            "size": [row * 7 % 31 + 0.5 for row in rows],
            "width": [row * row % 37 / 4 for row in rows],
            "label": [("abc"[row // 2 % 3] if piece else "ab"[row // 2 % 2]) for row in rows],
        }
        written(tmp_path / f"{part}.parquet", table)
    found = study(tmp_path)
    assert found.answers["samples"] == 240 and found.answers["classes"] == 3
    assert "drop_targets" not in found.open_questions


def test_a_part_of_unknown_classes_is_left_for_prediction(tmp_path: Path) -> None:
    written(tmp_path / "train.parquet", texts(0, 120))
    written(tmp_path / "test.parquet", texts(500, 40) | {"label": [-1] * 40})
    found = look(tmp_path)
    assert found.path == tmp_path / "train.parquet" and found.answers["samples"] == 120
    said = next(one.why for one in found.evidence if one.question == "samples")
    assert "test.parquet has the class -1, train.parquet has not" in said


def test_a_part_without_labels_is_left_for_prediction(tmp_path: Path) -> None:
    written(tmp_path / "train.csv", texts(0, 120))
    written(tmp_path / "test.csv", {"text": texts(500, 40)["text"]})
    assert look(tmp_path).answers["samples"] == 120
