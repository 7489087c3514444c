"""Lay real data out as [data] of an emitted project expects it; used by real_data.py by name."""

from __future__ import annotations

import csv
from pathlib import Path


def polarity(source: Path, folder: Path) -> Path:
    """A file of sentences for each of two classes becomes one CSV."""
    folder.mkdir()
    with (folder / "sentences.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "label"])
        for label in ("neg", "pos"):
            lines = (source / f"rt-polarity.{label}").read_text(encoding="latin-1")
            writer.writerows([line, label] for line in lines.split("\n") if line.strip())
    return folder


def emotions(source: Path, folder: Path) -> Path:
    """Lists of label numbers become a column for each label."""
    folder.mkdir()
    labels = (source / "labels.txt").read_text(encoding="utf-8").split()
    for old, new in (("dev", "train"), ("test", "test")):
        with (folder / f"{new}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["text", *labels])
            for line in (source / f"{old}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
                text, numbers, _ = line.split("\t")
                given = {int(number) for number in numbers.split(",")}
                writer.writerow([text, *(int(place in given) for place in range(len(labels)))])
    return folder
