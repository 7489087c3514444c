"""One of a thing is told as one, and what is not used is not counted."""

from __future__ import annotations

from pathlib import Path

from goodfit.answers import complete
from goodfit.plan import make_plan
from goodfit.show import plan_rows
from goodfit.study import study
from goodfit.study.open_questions import answers_of
from studied import csv, evidence, goodfit


def test_one_of_a_thing_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "page.html").write_text("<p>one</p>", encoding="utf-8")
    assert "holds 1 file of" in goodfit("study", tmp_path / "odd").stderr
    (tmp_path / "torn.csv").write_text("a\n" + "1\n" * 30 + "1,2\n" * 30, encoding="utf-8")
    (tmp_path / "mark.csv").write_text(
        "x1,x2,target\n" + "".join(f"{row % 9},{row},{'ab'[row % 2]}\n" for row in range(19)),
        encoding="utf-8",
    )
    for path in tmp_path.iterdir():
        said = goodfit("study", path).output
        assert not any(f" 1 {word} " in said for word in ("files", "cells", "columns", "rows"))


def test_an_index_is_not_counted_among_what_is_learnt_from(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("id", "x1", "colour", "y").replace("id", "index", 1), encoding="utf-8")
    found = study(path)
    assert "1 column of numbers and 1 of words" in evidence(found, "input").why
    assert found.answers["features"] == 2


def test_an_index_is_no_channel_of_a_series(tmp_path: Path) -> None:
    for kind in ("calm", "wild"):
        (tmp_path / kind).mkdir()
        for place in range(12):
            rows = [f"{row},{row * place % 7}.5,{row * 3 % (place + 2)}.5" for row in range(40)]
            text = "\n".join([",x,y", *rows])
            (tmp_path / kind / f"{place}.csv").write_text(text, encoding="utf-8")
    found = study(tmp_path)
    assert found.settings["channels"] == ["x", "y"] and found.answers["features"] == 2
    assert evidence(found, "length").why == "40 steps"


def test_of_a_sample_that_is_not_trained_on_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(csv("x1", "colour", "y"), encoding="utf-8")
    own = make_plan(complete(answers_of(study(tmp_path / "rows.csv"), {})))
    assert not any("sample_seed" in row[0] for row in plan_rows(own))
    assert any("sample_seed" in row[0] for row in plan_rows(make_plan(complete({}))))


def test_a_study_has_a_row_for_each_question_of_its_command(tmp_path: Path) -> None:
    text = csv("x1", "size", "x3").replace("x3\n", "amount\n", 1).replace("\n", "\n,,\n", 3)
    (tmp_path / "asked.csv").write_text(text, encoding="utf-8")
    shown = goodfit("study", tmp_path / "asked.csv").output
    assert "--set drop_rows_without_target=true" in shown
    assert "rows have no target" in " ".join(shown.split())
