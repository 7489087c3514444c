"""Folders of small files, and what a study of them says: for the tests of studies of folders."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from goodfit.answers import complete
from goodfit.errors import GoodfitError
from goodfit.plan import make_plan
from goodfit.study import Study, study
from goodfit.study.open_questions import answers_of
from PIL import Image

WORDS = ("good", "bad", "long", "short", "sea", "sky", "red", "blue", "tree", "house")

TAGGED = "Ada\tB-PER\nwrote\tO\nto\tO\nCharles\tB-PER\n\nOnce\tO\n.\tO\n\n"


def text(seed: int) -> str:
    """A few words."""
    return " ".join(random.Random(seed).choices(WORDS, k=12))


def paint(path: Path, colour: Any = (200, 30, 30), size: tuple[int, int] = (40, 40)) -> Path:
    """A small picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L" if isinstance(colour, int) else "RGB", size, colour).save(path)
    return path


def write(path: Path, words: str, encoding: str = "utf-8") -> Path:
    """A file of text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding=encoding)
    return path


def look(path: Path, **given: Any) -> Study:
    """What is found, of which a project can be made where nothing is left to ask."""
    found = study(path, (), given)
    if not found.open_questions:
        values = answers_of(found, given)
        make_plan(complete(values))
    return found


def photos(root: Path, count: int = 10, **options: Any) -> Path:
    """Two classes of pictures."""
    for name in ("cat", "dog"):
        for place in range(count):
            paint(root / name / f"{place}.png", **options)
    return root


def masks(root: Path, ending: str = ".png") -> None:
    """Images with a mask each: left half and right half."""
    for place in range(20):
        paint(root / "images" / f"{place}.jpg", (10 * place, 0, 0), (64, 48))
        mask = np.zeros((48, 64), "uint8")
        mask[:, :20], mask[:, 40:] = 1, 2
        (root / "masks").mkdir(parents=True, exist_ok=True)
        Image.fromarray(mask).save(root / "masks" / f"{place}{ending}")


def why(found: Study, question: str) -> str:
    """The evidence for an answer."""
    return next(one.why for one in found.evidence if one.question == question)


def refusal(path: Path) -> GoodfitError:
    """What is said of data that cannot be learnt from."""
    with pytest.raises(GoodfitError) as caught:
        study(path)
    assert caught.value.given and caught.value.expected and caught.value.fix
    assert caught.value.exit_code == 2
    return caught.value
