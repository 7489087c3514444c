"""What divides a line: signs that only a person knows, and commas that divide sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from goodfit.errors import GoodfitError
from goodfit.study import study
from studied import evidence

WORDS = ["the", "rose", "man", "grew", "well", "old", "new", "work", "year", "other"]


def sentence(row: int) -> str:
    return " ".join(WORDS[row * place % 7 + place % 3] for place in range(1, 6 + row % 4))


def written(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("sign", ["@", "~", "^", "#"])
def test_any_sign_divides_where_a_person_says_so(sign: str, tmp_path: Path) -> None:
    lines = [f"{sentence(row)} {row}{sign}{'ab'[row % 2]}" for row in range(60)]
    path = written(tmp_path / "all.txt", lines)
    with pytest.raises(GoodfitError, match="separator=") as refused:
        study(path)
    assert f"separator={sign}" in refused.value.fix.replace("'", "")
    found = study(path, (), {"separator": sign})
    assert found.answers["input"] == "text" and found.answers["samples"] == 60


def test_several_signs_divide_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "all.txt", [f"{row}::{row % 3}" for row in range(60)])
    with pytest.raises(GoodfitError, match="one sign"):
        study(path, (), {"separator": "::"})


def test_commas_of_sentences_are_asked_about(tmp_path: Path) -> None:
    lines = [f"{sentence(row)} {row}, {sentence(row % 3)}" for row in range(60)]
    found = study(written(tmp_path / "prose.csv", lines), ("column_2",))
    assert evidence(found, "separator").confidence == "unsure"
    rows = [f"{sentence(row)} {row},{'ab'[row % 2]}" for row in range(60)]
    told = study(written(tmp_path / "rows.csv", ["text,label", *rows]))
    assert evidence(told, "separator").confidence == "certain"
