"""What a person sees of a study: the project, the table, the prompts."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from goodfit.data_prompts import confirm_data
from goodfit.errors import Stopped
from goodfit.study import study
from goodfit.study.evidence import Evidence, study_of
from goodfit.study.report import in_order, print_study
from projects import read_tree
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from studied import ROWS, assert_refused, csv, goodfit


def test_a_project_is_generated_from_a_file_and_again_from_its_answers(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(csv("id", "x1", "colour", "y", mark=";"), encoding="utf-8")
    first = goodfit(
        "generate", "toy", "--data", tmp_path / "rows.csv", "--yes", "--output-dir", tmp_path
    )
    assert first.exit_code == 0, first.output
    made = read_tree(tmp_path / "toy")
    config = tomllib.loads(made["config.toml"].decode())
    assert config["data"]["path"] == "../rows.csv" and config["data"]["separator"] == ";"
    assert config["data"]["ignore"] == ["id"] and config["data"]["planned_rows"] == ROWS
    lines = made["config.toml"].decode().splitlines()
    assert '    "id",  # it counts the rows' in lines
    assert '    "colour",  # 3 values: red, green, blue' in lines
    assert any(line.startswith('    "y",  # the target; ') for line in lines)
    assert b"You asked for this" not in made["config.toml"]
    assert b"## From your data" in made["DECISIONS.md"]
    again = tmp_path / "again"
    second = goodfit("generate", "--answers", tmp_path / "toy/answers.toml", "--output-dir", again)
    assert second.exit_code == 0, second.output
    assert read_tree(again / "toy") == made


def test_every_column_has_a_line_of_its_own_whatever_stands_in_it(tmp_path: Path) -> None:
    odd = ['he said "x', "a#b", "tab\tbed", "😀 smile"]
    rows = [",".join(f'"{name.replace(chr(34), chr(34) * 2)}"' for name in (*odd, "y"))]
    cells = ["a # b", 'c "" d', "e\x7ff\u2028g", "h"]
    rows += [
        ",".join(
            [
                str(row * 7 % 11),
                *(f'"{cells[(row + place) % 4]}"' for place in range(3)),
                "ny"[row // 5 % 2],
            ]
        )
        for row in range(60)
    ]
    (tmp_path / "odd.csv").write_text("\n".join(rows), encoding="utf-8")
    made = goodfit(
        *("generate", "toy", "--data", tmp_path / "odd.csv", "--yes", "--target", "y"),
        *("--output-dir", tmp_path),
    )
    assert made.exit_code == 0, made.output
    text = (tmp_path / "toy" / "config.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)["data"]
    listed = [*data["numeric"], *data["boolean"], *data["categorical"], *data["ignore"]]
    assert sorted(listed) == sorted([*odd, "y"])
    assert sum(line.startswith('    "') and "  # " in line for line in text.splitlines()) == len(
        listed
    )


def test_a_flag_stands_over_what_was_found(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(csv("x1", "size", "y"), encoding="utf-8")
    flags = ["--data", tmp_path / "rows.csv", "--json", "--dry-run"]
    result = goodfit(
        "generate", *flags, "--target", "size", "--task", "regression", "--set", "ignore=[]"
    )
    chosen = {one["setting"]: one for one in json.loads(result.output)["decisions"]}
    assert chosen["loss"]["value"] != "sparse_categorical_crossentropy"
    assert chosen["ignore"]["by_user"] and not chosen["targets"]["by_user"]
    assert chosen["targets"]["from_data"]


def test_study_prints_a_table_and_what_to_do_next(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(csv("x1", "x2", "x3"), encoding="utf-8")
    shown = goodfit("study", tmp_path / "rows.csv")
    assert (
        shown.exit_code == 0 and "unsure" in shown.output and "`x3`: it stands last" in shown.output
    )
    data = json.loads(goodfit("study", tmp_path / "rows.csv", "--target", "x3", "--json").output)
    assert data["answers"]["task"] == "regression" and data["open_questions"] == []


@contextmanager
def typed(*keys: str) -> Iterator[None]:
    """What a person types at the prompts."""
    with create_pipe_input() as keyboard:
        keyboard.send_text("".join(keys) + "\x03" * 9)  # where keys run out the test fails
        with create_app_session(input=keyboard, output=DummyOutput()):
            yield


def test_at_a_terminal_what_is_unsure_is_asked_and_the_rest_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("x1", "x2", "x3").replace("\n", "\n1,2,\n", 1), encoding="utf-8")
    with typed("\r", "y", "y"):  # the likeliest target; leave rows without it out; all is right
        values = confirm_data(path, (), {"project_slug": "toy"})
    assert values["task"] == "regression" and values["samples"] == ROWS
    assert values["overrides"] == {"drop_rows_without_target": True}
    assert values["evidence"]["targets"]["value"] == ["x3"]
    with typed("\r", "n", "y", "y"):  # no: training would stop at them, so it is asked again
        assert confirm_data(path, (), {})["overrides"] == {"drop_rows_without_target": True}
    with typed("\r", "y", "n"), pytest.raises(Stopped):  # it asks which is wrong then
        confirm_data(path, (), {})


def test_at_a_terminal_several_targets_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("x1", "x2", "x3"), encoding="utf-8")
    with typed("\x1b[A", "\r", " ", "\x1b[B", " ", "\r", "y"):  # the last choice; two columns
        values = confirm_data(path, (), {})
    assert sorted(values["evidence"]["targets"]["value"]) == ["x1", "x3"]
    assert values["task"] == "regression" and values["features"] == 1


def test_at_a_terminal_a_wrong_answer_is_corrected(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("id", "x1", "colour", "y"), encoding="utf-8")
    found = [one.question for one in in_order(study(path))]
    downs = "\x1b[B" * found.index("ignore")
    with typed("n", downs, "\r", "\x15", '["id", "coluor"]\r', "n", downs, "\r", "\x15[]\r", "y"):
        values = confirm_data(path, (), {})  # a name that is not there is said, and asked again
    assert values["overrides"] == {"ignore": []} and values["features"] == 3
    with typed("n", "\x1b[B" * found.index("targets"), "\r", "\x1b[B" * 3, "\r", "y"):
        assert confirm_data(path, (), {})["task"] == "multiclass-classification"


def test_at_a_terminal_the_reason_stands_above_the_question(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    rows = [
        f"s{row // 10:02},{row % 10},{row * 7 % 9}.5,{'ab'[row // 7 % 2]}" for row in range(200)
    ]
    path.write_text("series,step,x1,target\n" + "\n".join(rows), encoding="utf-8")
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch, typed("\r", "y"):
        patch.setattr("questionary.print", lambda text, **style: said.append(text))
        assert confirm_data(path, (), {})["input"] == "tabular"
    assert "begins anew for each of 20 `series`" in said[0]


def test_of_many_columns_the_target_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv(*(f"g{place}" for place in range(50))), encoding="utf-8")
    with typed("\x15", "g7\r", "y"):
        assert confirm_data(path, (), {})["evidence"]["targets"]["value"] == ["g7"]


def said_in(keys: tuple[str, ...], path: Path) -> tuple[dict[str, object], list[str]]:
    """The answers after these keys, and what was said between the questions."""
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch, typed(*keys):
        patch.setattr("questionary.print", lambda text, **style: said.append(text))
        return confirm_data(path, (), {}), said


def downs(path: Path, question: str) -> str:
    return "\x1b[B" * [one.question for one in in_order(study(path))].index(question)


def test_at_a_terminal_names_are_typed_without_brackets(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("id", "x1", "colour", "y"), encoding="utf-8")
    there = downs(path, "ignore")
    for text, meant in (("id, colour", ["id", "colour"]), ("none", []), ("x1", ["x1"])):
        with typed("n", there, "\r", f"{text}\r", "y"):
            assert confirm_data(path, (), {})["overrides"] == {"ignore": meant}


def test_at_a_terminal_a_refused_answer_is_asked_again_as_it_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("id", "x1", "colour", "y"), encoding="utf-8")
    end, back = "\x1b[F", "\x7f"
    keys = ("n", downs(path, "ignore"), "\r", "id, x12\r", end, back, "\r", "y")
    values, said = said_in(keys, path)
    assert values["overrides"] == {"ignore": ["id", "x1"]}
    assert "did you mean x1?" in said[0] and "--" not in said[0]


def test_no_more_samples_are_taken_than_the_data_holds(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("id", "x1", "colour", "y"), encoding="utf-8")
    keys = ("n", downs(path, "samples"), "\r", "5000\r", "50\r", "y")
    values, said = said_in(keys, path)
    assert values["samples"] == 50 and "the data holds 60" in said[0]
    refused = goodfit("generate", "a", "--data", path, "--yes", "--samples", "5k", "--dry-run")
    assert_refused(refused, "samples = 5,000, and the data holds 60")


def test_at_a_terminal_only_what_changed_is_shown_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("id", "x1", "colour", "y"), encoding="utf-8")
    said_in(("n", downs(path, "ignore"), "\r", "none\r", "y"), path)
    first, _, second = capsys.readouterr().out.partition("What has changed")
    assert "encoding" in first and "ignore" in second and "features" in second
    assert "encoding" not in second and "separator" not in second
    keys = ("n", downs(path, "targets"), "\r", "x1", "\r", "y")  # of numbers no class is rare
    said_in(keys, path)
    assert "No longer asked: rarest share" in capsys.readouterr().out


GROUPED = "\n".join(
    ["place,x1,x2,target"]
    + [
        f"p{row // 6 * 17 % 40:02},{row * 7 % 11}.5,{row * 5 % 13}.5,{'ny'[row // 6 % 3 == 0]}"
        for row in range(240)
    ]
)


def test_what_else_may_be_meant_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(GROUPED, encoding="utf-8")
    assert study(path).open_questions == ("group",)
    values, said = said_in(("\r", "y"), path)
    assert values["overrides"] == {"group": "place"}
    assert "`group = none`" in said[0] and "--" not in said[0]
    down = "\x1b[B\r"
    kept = {"group": "", "ignore": []}  # no group, and then it is asked whether it is a leak
    assert said_in((down, down, "y"), path)[0]["overrides"] == kept
    assert said_in(("another", "\r", "none\r", down, "y"), path)[0]["overrides"] == kept
    assert said_in(("ignore", "\r", "y"), path)[0]["overrides"] == {"ignore": ["place"]}


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_no_word_of_a_study_is_cut(
    columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    rows = [
        Evidence("drop_rows_without_target", True, "certain", "11 of 400 rows have no target"),
        Evidence("task", "multiclass-classification", "certain", "`species` has 3 words"),
        Evidence("numeric", ["one", "another"], "likely", "2 columns, read so in every later file"),
    ]
    print_study(study_of(Path("rows.csv"), "a CSV file", rows))
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= columns
    assert all(word in shown for one in rows for word in one.why.split())
    assert columns < 80 or "multiclass-classification" in shown


def test_what_a_refusal_asks_for_is_taken_by_study_too(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(csv("x1", "x2", "y", header=False), encoding="utf-8")
    said = goodfit("study", path, "--set", "header=false", "--target", "column_3")
    assert said.exit_code == 0 and "you said so" in said.output
    again = said.output.rpartition("goodfit generate NAME ")[2].replace("\n", " ")
    assert "--target column_3" in again and "--set header=false" in again
    wrong = goodfit("study", path, "--task", "guessing")
    assert wrong.exit_code == 2 and "expected: " in wrong.stderr
