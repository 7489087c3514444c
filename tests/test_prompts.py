"""The questions at a terminal: defaults, mistakes, a change of mind, and stopping."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from goodfit import prompts
from goodfit.answers import complete
from goodfit.cells import CELLS
from goodfit.cli import main
from goodfit.errors import GoodfitError
from goodfit.plan import make_plan
from goodfit.prompts import ACCEPT, STOP, checked
from goodfit.questions import QUESTIONS, worth_asking
from goodfit.render import write
from goodfit.show import plan_rows
from projects import read_tree
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from questionary import Choice

ENTER, CLEAR, DOWN, UP, CTRL_C, CTRL_D = "\r", "\x15", "\x1b[B", "\x1b[A", "\x03", "\x04"

Typed = Callable[..., int]


class Terminal:
    """Stands in for a standard stream that is a terminal."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def isatty(self) -> bool:
        return True

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    """`goodfit generate` in an empty folder, with keys typed at its prompts; the exit code."""
    monkeypatch.chdir(tmp_path)

    def run(*keys: str, arguments: tuple[str, ...] = (), file: bool = False) -> int:
        with create_pipe_input() as keyboard:
            no_file = "" if file else ENTER
            keyboard.send_text(no_file + "".join(keys))
            # Where the keys run out too early the test fails instead of waiting for more.
            keyboard.send_text(CTRL_C * 20)
            with (
                create_app_session(input=keyboard, output=DummyOutput()),
                monkeypatch.context() as m,
            ):
                m.setattr(sys, "stdin", Terminal(sys.stdin))
                m.setattr(sys, "stdout", Terminal(sys.stdout))
                with pytest.raises(SystemExit) as ended:
                    main(["generate", *arguments], prog_name="goodfit")
        return int(ended.value.code or 0)

    yield run


def asked(**given: Any) -> list[str]:
    """The names of the questions that are asked for these answers."""
    answers = vars(complete(given))
    return [
        question.name
        for question in QUESTIONS
        if worth_asking(question, answers) and question.name not in given
    ]


def keys(answers: dict[str, str], **given: Any) -> list[str]:
    """What to type at every question: Enter, but for `answers`."""
    return [answers.get(name, "") + ENTER for name in asked(**given)]


def saved(project: Path) -> dict[str, Any]:
    return tomllib.loads((project / "answers.toml").read_text(encoding="utf-8"))


def test_enter_at_every_question_gives_the_default_project(typed: Typed, tmp_path: Path) -> None:
    assert typed(*keys({}), ENTER) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["my-model"]
    wanted = write(make_plan(complete({})), tmp_path / "wanted")
    assert read_tree(tmp_path / "my-model") == read_tree(wanted)


def test_what_is_typed_and_chosen_is_what_is_generated(typed: Typed, tmp_path: Path) -> None:
    task = {"task": DOWN * 3}  # binary, multi-class, multi-label, regression
    written = {
        "project_slug": CLEAR + "prices",
        "description": CLEAR + 'Says "{{ how }}" much.',
        "samples": CLEAR + "12k",
        "classes": CLEAR + "2",
        "outliers": "y",
        "accelerator": "cpu",  # typed: it is searched for, and not in what is said of others
        "overrides": CLEAR + "dropout=0.4; seed=7",
    }
    order = [name for name in asked_with_task("regression")]
    typing = [{**written, **task}.get(name, "") + ENTER for name in order]
    typing[order.index("outliers")] = "y"  # a yes-or-no question takes one key, and no Enter
    assert typed(*typing, ENTER) == 0
    answers = saved(tmp_path / "prices")
    assert answers["task"] == "regression" and answers["samples"] == 12_000
    assert answers["description"] == 'Says "{{ how }}" much.'
    assert (answers["classes"], answers["outliers"], answers["accelerator"]) == (2, True, "cpu")
    assert answers["overrides"] == {"dropout": 0.4, "seed": 7}


def asked_with_task(task: str) -> list[str]:
    """The questions for a task that is chosen at its own question."""
    later = asked(task=task)
    return [*later[:2], "task", *later[2:]]


def test_an_answer_by_flag_is_not_asked_again(typed: Typed, tmp_path: Path) -> None:
    given = {"task": "multiclass-classification", "samples": "900"}
    arguments = ("one", "--task", given["task"], "--samples", given["samples"])
    assert typed(*keys({}, project_slug="one", **given), ENTER, arguments=arguments) == 0
    assert saved(tmp_path / "one")["samples"] == 900


WRONG_THEN_RIGHT: dict[str, tuple[str, str]] = {
    "project_slug": ("my model", "my-other"),
    "accelerator": ("zzz", "cpu"),
    "samples": ("many", "20k"),
    "features": ("0", "7"),
    "rarest_share": ("90%", "10%"),
    "overrides": ("batchsize=8", "batch_size=8"),
}


@pytest.mark.parametrize("name", WRONG_THEN_RIGHT)
def test_a_wrong_answer_is_asked_for_again(name: str, typed: Typed, tmp_path: Path) -> None:
    wrong, right = WRONG_THEN_RIGHT[name]
    assert typed(*keys({name: f"{CLEAR}{wrong}{ENTER}{CLEAR}{right}"}), ENTER) == 0
    (project,) = tmp_path.iterdir()
    answers = complete(saved(project))
    assert getattr(answers, name) == getattr(complete({name: right}), name)


def test_an_answer_can_be_changed_after_seeing_the_plan(typed: Typed, tmp_path: Path) -> None:
    place = asked().index("samples") + 1  # "write" stands before the questions
    change = [DOWN * place + ENTER, CLEAR + "12k" + ENTER]
    assert typed(*keys({}), *change, ENTER) == 0
    assert saved(tmp_path / "my-model")["samples"] == 12_000


def test_changing_the_task_takes_its_own_defaults_along(typed: Typed, tmp_path: Path) -> None:
    place = asked().index("task") + 1
    change = [DOWN * place + ENTER, DOWN + ENTER]  # one further: multi-class
    assert typed(*keys({}), *change, ENTER) == 0
    answers = complete(saved(tmp_path / "my-model"))
    assert answers == complete({"task": "multiclass-classification"})


def test_a_change_that_cannot_be_keeps_the_plan_as_it_was(
    typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"project_slug": "one", "task": "regression", "overrides": {"loss": "huber"}}
    arguments = ("one", "--set", "loss=huber", "--task", "regression")
    questions = asked(**given)
    everything = [one for one in asked() if one != "rarest_share"]
    place = everything.index("task") + 1
    change = [DOWN * place + ENTER, UP * 3 + ENTER]  # to a class, which Huber's loss does not fit
    assert typed(*[ENTER] * len(questions), *change, ENTER, arguments=arguments) == 0
    assert complete(saved(tmp_path / "one")) == complete(given)
    shown = capsys.readouterr().out
    assert shown.count("The plan for one") == 1 and "No decision has changed." in shown


def test_stopping_after_the_plan_writes_nothing(typed: Typed, tmp_path: Path) -> None:
    assert typed(*keys({}), UP, ENTER) == 130  # the last choice is to stop
    assert list(tmp_path.iterdir()) == []
    assert ACCEPT != STOP


# Ctrl-D ends the input of an empty line; on a line with text it deletes, so that is cleared first.
STOPS = [(place, CTRL_C) for place in range(len(asked()) + 1)] + [(0, CLEAR + CTRL_D)]


@pytest.mark.parametrize(("place", "key"), STOPS)
def test_stopping_at_any_question_writes_nothing(
    place: int, key: str, typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(*keys({})[:place], key) == 130
    assert "nothing was written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_flag_is_said_before_the_first_question(
    typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(arguments=("one", "--samples", "3")) == 2
    assert "from 20" in capsys.readouterr().err
    assert typed(arguments=("no name", "--data", "rows.csv")) == 2  # nor is the file looked at
    assert "no-name" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def options_shown(name: str, **earlier: Any) -> list[str]:
    """The options that a question offers after these answers."""
    question = next(question for question in QUESTIONS if question.name == name)
    return [option.name for option in question.options_for(earlier)]


def test_only_what_goes_together_is_offered() -> None:
    assert options_shown("input", task="tagging") == ["text"]
    assert options_shown("input", task="forecasting") == ["series"]
    assert "text" not in options_shown("input", task="anomaly-detection")
    for cell in CELLS:
        offered = options_shown("architecture", task=cell.task, input=cell.input)
        assert cell.architecture in offered and "recommended" not in offered
        assert set(offered) == {one.architecture for one in CELLS if one[:2] == cell[:2]}


def test_the_recommended_architecture_is_marked_and_chosen_by_enter(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles: list[str] = []
    monkeypatch.setattr(
        prompts, "Choice", lambda title, **rest: titles.append(title) or Choice(title, **rest)
    )
    given = {"project_slug": "one", "task": "regression", "input": "series"}
    flags = ("one", "--task", "regression", "--input", "series")
    assert typed(*keys({}, **given), ENTER, arguments=flags) == 0
    marked = [title.split()[0] for title in titles if "(recommended)" in title]
    assert marked == ["cnn"]
    assert complete(saved(tmp_path / "one")) == complete(given)


def test_nothing_is_asked_that_has_one_answer_or_no_meaning() -> None:
    assert not {"input", "architecture"} & set(asked(task="segmentation"))
    assert "input" not in asked(task="tagging") and "architecture" in asked(task="tagging")
    assert {"horizon", "window", "time_column"} <= set(asked(task="forecasting"))
    assert not {"horizon", "length", "image_size", "classes"} & set(asked())


def test_changing_the_task_takes_an_input_along_that_can_serve_it(
    typed: Typed, tmp_path: Path
) -> None:
    flags = ("one", "--input", "image")
    questions = keys({}, project_slug="one", input="image")
    place = asked().index("task") + 1
    change = [DOWN * place + ENTER, DOWN * 5 + ENTER]  # to tagging, which images cannot serve
    assert typed(*questions, *change, ENTER, arguments=flags) == 0
    assert complete(saved(tmp_path / "one")) == complete({"project_slug": "one", "task": "tagging"})


def test_more_samples_take_the_recommendation_along(typed: Typed, tmp_path: Path) -> None:
    place = asked().index("samples") + 1
    change = [DOWN * place + ENTER, CLEAR + "1M" + ENTER]
    assert typed(*keys({}), *change, ENTER) == 0
    assert saved(tmp_path / "my-model")["architecture"] == "residual-mlp"


def test_fewer_steps_take_window_and_horizon_along(typed: Typed, tmp_path: Path) -> None:
    given = {"project_slug": "one", "task": "forecasting"}
    flags = ("one", "--task", "forecasting")
    changeable = asked(task="forecasting")
    place = [*changeable[:2], "task", *changeable[2:]].index("samples") + 1
    change = [DOWN * place + ENTER, CLEAR + "60" + ENTER]
    assert typed(*keys({}, **given), *change, ENTER, arguments=flags) == 0
    assert complete(saved(tmp_path / "one")) == complete({**given, "samples": 60})


def test_a_flag_that_does_not_go_with_an_answer_is_refused(
    typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typing = [ENTER, ENTER, DOWN * 4 + ENTER]  # name, description, segmentation
    assert typed(*typing, ENTER, arguments=("--input", "tabular")) == 2
    assert "segmentation of image" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_is_expected_is_said_where_an_answer_is_wrong(tmp_path: Path) -> None:
    samples = next(question for question in QUESTIONS if question.name == "samples")
    assert checked(samples, "5k", {}, tmp_path) == 5_000
    with pytest.raises(GoodfitError) as refused:
        checked(samples, "5", {}, tmp_path)
    assert "from 20" in refused.value.expected


def test_a_real_terminal_gets_real_questions_and_ctrl_c_stops(tmp_path: Path) -> None:
    pid, screen = pty.fork()
    if pid == 0:  # the child: its streams are the new terminal
        os.chdir(tmp_path)
        os.execv(sys.executable, [sys.executable, "-m", "goodfit", "generate"])
    seen, until, stopped = b"", time.monotonic() + 30, False
    while time.monotonic() < until and select.select([screen], [], [], 30)[0]:
        try:
            read = os.read(screen, 65_536)
        except OSError:  # Linux says so when the other side is closed
            break
        seen += read
        if not read:
            break
        if not stopped and b"Which file or folder" in seen:
            os.write(screen, CTRL_C.encode())
            stopped = True
    if time.monotonic() >= until:
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    os.close(screen)
    assert os.waitstatus_to_exitcode(status) == 130
    assert b"Stopped; nothing was written." in seen
    assert list(tmp_path.iterdir()) == []


def test_the_plan_that_is_shown_is_the_plan_that_is_written(
    typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(*keys({"samples": CLEAR + "150000"}), ENTER) == 0
    shown = "".join(capsys.readouterr().out.split())
    plan = make_plan(complete(saved(tmp_path / "my-model")))
    assert f"The plan for {plan.answers.project_slug}".replace(" ", "") in shown
    assert plan.answers.architecture == "residual-mlp" and "ARCH02" in shown
    for name in ("blocks", "batch_size"):
        assert name in shown
        assert str(plan.values[name]).replace(" ", "") in shown


def test_the_plan_fits_one_screen_and_is_whole_on_request(
    typed: Typed,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert typed(*keys({}), UP, UP, ENTER, ENTER) == 0  # "Show every decision" stands above "Stop"
    first, _, whole = capsys.readouterr().out.partition("have them all")
    last = plan_rows(make_plan(complete(saved(tmp_path / "my-model"))))[-1][0].split()[0]
    assert len(first.splitlines()) <= 23 and "architecture" in first
    assert last in whole and last not in first


def test_a_file_is_asked_for_first(typed: Typed, tmp_path: Path) -> None:
    rows = [f"{row % 7}.5,{row % 5},{'ab'[row // 7 % 2]}" for row in range(60)]
    (tmp_path / "rows.csv").write_text("\n".join(["x1,x2,target", *rows]), encoding="utf-8")
    typing = (f"nowhere.csv{ENTER}", f"{CLEAR}rows.csv{ENTER}", "y")
    assert typed(*typing, *[ENTER] * 9, arguments=("one",), file=True) == 0
    assert saved(tmp_path / "one")["evidence"]["targets"]["value"] == ["target"]


def test_typing_takes_the_place_of_the_default_and_end_goes_on_writing_it(
    typed: Typed, tmp_path: Path
) -> None:
    end = "\x1b[F"
    answers = {"project_slug": "prices", "samples": "900", "description": end + " Really."}
    assert typed(*keys(answers), ENTER) == 0
    answers = saved(tmp_path / "prices")
    assert answers["samples"] == 900
    assert answers["description"] == "A Keras project whose every choice says why. Really."


def test_what_is_pasted_takes_the_place_of_the_default(typed: Typed, tmp_path: Path) -> None:
    assert typed(*keys({"project_slug": "\x1b[200~pri\nces\x1b[201~" + CLEAR + "two"}), ENTER) == 0
    assert typed(*keys({"project_slug": "\x1b[200~prices\x1b[201~"}), ENTER) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["prices", "two"]


def test_a_name_that_is_taken_is_asked_for_again_at_once(
    typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "my-model").write_text("in the way", encoding="utf-8")
    assert typed("taken" + ENTER, "free" + ENTER, *keys({})[1:], ENTER) == 0
    assert (tmp_path / "free" / "train.py").is_file() and not any((tmp_path / "taken").iterdir())
    assert typed(*keys({}), ENTER) == 0
    assert (tmp_path / "my-model-2" / "train.py").is_file()  # the first that is free is proposed


def test_a_name_that_is_taken_is_asked_for_again_where_it_is_changed(
    typed: Typed, tmp_path: Path
) -> None:
    (tmp_path / "out" / "taken").mkdir(parents=True)
    change = [DOWN + ENTER, "taken" + ENTER, "other" + ENTER]
    assert typed(*keys({}), *change, ENTER, arguments=("--output-dir", "out")) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["other", "taken"]


def test_after_a_change_only_what_changed_is_shown(
    typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = asked().index("overrides") + 1
    assert typed(*keys({}), *[DOWN * place + ENTER, "dropout=0.4" + ENTER], ENTER) == 0
    first, _, second = capsys.readouterr().out.partition("What has changed in the plan")
    assert "class_weight" in first and "class_weight" not in second
    assert "you asked for it" in second.replace("\n", " ") and "…" not in second


def test_no_choice_is_longer_than_a_line() -> None:
    for question in QUESTIONS:
        for one in question.options:
            row = prompts.row_of(one, question.options, None)
            assert row == prompts.row_of(one, question.options, None).rstrip()
            assert len(row) <= 77 and row.endswith(one.help)
    for cell in CELLS:
        architecture = next(one for one in QUESTIONS if one.name == "architecture")
        options = architecture.options_for({"input": cell.input, "task": cell.task})
        for one in options:
            assert prompts.row_of(one, options, cell.architecture).endswith(one.help)


def file_of_rows(path: Path, columns: str = "x1,x2,target") -> None:
    rows = [f"{row % 7}.5,{row % 5},{'ab'[row // 7 % 2]}" for row in range(60)]
    path.write_text("\n".join([columns, *rows]), encoding="utf-8")


def test_a_file_that_nothing_can_be_learnt_from_is_asked_for_again(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("questionary.print", lambda text, **style: told.append(text))
    file_of_rows(tmp_path / "my rows.csv")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    typing = ("row.csv" + ENTER, "empty.csv" + ENTER, "'my rows.csv'" + ENTER, "y")
    assert typed(*typing, *[ENTER] * 9, arguments=("one",), file=True) == 0
    assert saved(tmp_path / "one")["evidence"]["targets"]["value"] == ["target"]
    assert "row.csv is not there" in told[0] and "empty.csv" in told[1]
    assert all("\n  expected: " in one and "\n  fix: " in one for one in told[:2])


def test_a_setting_that_a_refusal_proposes_can_be_chosen(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("questionary.print", lambda text, **style: told.append(text))
    rows = ["Größe;Farbe;Ziel", *(f"{row % 7};{'üä'[row % 2]};{row % 3}" for row in range(60))]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    file_of_rows(tmp_path / "rows.csv", "x1,target")  # a line that names two of three columns
    typing = ("rows.csv" + ENTER, ENTER, "column_3", ENTER, "y")  # header = false, as proposed
    assert typed(*typing, *[ENTER] * 9, arguments=("one",), file=True) == 0
    assert saved(tmp_path / "one")["overrides"]["header"] is False
    assert "`header = false`" in told[0] and "--" not in told[0]
    typing = ("rows.csv" + ENTER, DOWN + ENTER, "a.csv" + ENTER, "Ziel", ENTER, "y")  # another file
    assert typed(*typing, *[ENTER] * 9, arguments=("two",), file=True) == 0
    assert saved(tmp_path / "two")["evidence"]["targets"]["value"] == ["Ziel"]
