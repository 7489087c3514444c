"""Whatever the answers, the files are well formed, say what was decided, and come out the same."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from goodfit.answers import Answers, complete
from goodfit.cells import Cell
from goodfit.plan import make_plan
from goodfit.render import TEMPLATES, file_tree, plain
from goodfit.rulebook.defaults import DEFAULTS
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from projects import CELL_IDS, Tree, fresh_tree, project

DESCRIPTIONS: dict[str, str] = {
    "plain words": "Tells good fits from bad ones.",
    "nothing": "",
    "quotes": 'Says "yes", \'no\' and """maybe""".',
    "Jinja": "{{ cookiecutter.task }} {% raw %} {# gone #} {{ 7 * 7 }}",
    "lines and tabs": "one\ntwo\r\n\tthree",
    "an emoji and other letters": "Предсказание 😀 é 預測",
    "backslashes": "C:\\new\\table \\u0041 \\",
    "pipes and Markdown": "| a | b | `c` **d** [e](f) # g $h$ ~i~",
    "HTML": "<script>alert(1)</script> & <!-- -->",
    "the end of a TOML string": "\"\"\"\n[tool.ruff]\nline-length = 1 # '''",
    "a very long line": "word " * 400,
}
OVERRIDES: dict[str, dict[str, Any]] = {
    "no overrides": {},
    "a number": {"overrides": {"dropout": 0.45}},
    "awkward text": {
        "overrides": {
            "separator": "|",
            "missing": ['a "quoted" | {{ cell }}', "{% x %}", "\\", "😀"],
            "group": "the `group` <b>",
            "hidden_units": [9, 5],
        }
    },
}
VARIATIONS: dict[str, dict[str, Any]] = {
    **{name: {"description": text} for name, text in DESCRIPTIONS.items()},
    **OVERRIDES,
    "few samples": {"samples": 50},
    "many samples, a hyphen and a CPU": {
        "samples": 10**7,
        "accelerator": "cpu",
        "project_slug": "A-model_of-64-characters".ljust(64, "x"),
    },
}
# Every cell as it is; every variation on one tabular cell, and what fits any project on one more.
TABULAR, ANOTHER = "tabular-binary-classification-mlp", "text-tagging-lstm"
CASES = [
    *((cell, "no overrides") for cell in CELL_IDS),
    *((TABULAR, variation) for variation in VARIATIONS if variation != "no overrides"),
    *((ANOTHER, variation) for variation in DESCRIPTIONS),
]
TEXTS = (".toml", ".md", ".yml", "Dockerfile", ".gitignore")


def braces(variation: str) -> bool:
    """The user's own text looks like Jinja, and is to be kept."""
    return "{%" in str(VARIATIONS[variation])


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}: {case[1]}")
def rendered(request: pytest.FixtureRequest) -> tuple[Answers, Tree]:
    cell, variation = request.param
    return project(CELL_IDS[cell], VARIATIONS[variation])


@pytest.fixture(params=CELL_IDS)
def cell(request: pytest.FixtureRequest) -> Cell:
    return CELL_IDS[request.param]


def test_every_toml_file_parses(rendered: tuple[Answers, Tree]) -> None:
    _, tree = rendered
    files = [name for name in tree if name.endswith(".toml")]
    assert {"answers.toml", "config.toml", "pyproject.toml"} <= set(files)
    for name in files:
        tomllib.loads(tree[name].decode("utf-8"))


def test_the_description_comes_through_unchanged(rendered: tuple[Answers, Tree]) -> None:
    answers, tree = rendered
    pyproject = tomllib.loads(tree["pyproject.toml"].decode("utf-8"))
    assert pyproject["project"]["description"] == answers.description
    assert pyproject["project"]["name"] == answers.project_slug
    assert tomllib.loads(tree["answers.toml"].decode("utf-8"))["description"] == answers.description
    assert pyproject["tool"]["ruff"]["line-length"] == 100  # and nothing else came with it


def test_the_answers_file_holds_the_answers(rendered: tuple[Answers, Tree]) -> None:
    answers, tree = rendered
    assert complete(tomllib.loads(tree["answers.toml"].decode("utf-8"))) == answers


@pytest.mark.parametrize(("cell_id", "variation"), [case for case in CASES if not braces(case[1])])
def test_no_jinja_is_left(cell_id: str, variation: str) -> None:
    for name, content in project(CELL_IDS[cell_id], VARIATIONS[variation])[1].items():
        text = content.decode("utf-8").replace("${{", "")  # GitHub's own way to name a value
        assert "{{" not in name and "{%" not in name
        if name.endswith(TEXTS):
            assert not re.search(r"\{\{|\}\}|\{%|%\}|\{#", text), name


def test_the_description_is_one_line_of_the_readme_and_moves_nothing_else(
    rendered: tuple[Answers, Tree],
) -> None:
    answers, tree = rendered
    lines = tree["README.md"].decode("utf-8").splitlines()
    others = fresh_lines(answers, "Plain.")
    changed = [(line, other) for line, other in zip(lines, others, strict=True) if line != other]
    assert changed in ([], [(plain(answers.description), "Plain.")])


def as_markdown_shows(text: str) -> str:
    """HTML of `text` as a paragraph of Markdown, with GitHub's tables and strikethrough."""
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


@given(st.text("\\`*_{}[]()<>#+-.!|~&;=1 \"':/@ab", max_size=12))
@example("- five").via("a list")
@example("1. five").via("a numbered list")
@example("# five").via("a heading")
@example("---").via("a rule")
@example("&lt; &#42;").via("entities")
@example("<https://a.b> ![a](b) [a]: b").via("links")
def test_markdown_shows_a_description_as_it_was_written(text: str) -> None:
    description = complete({"description": text}).description
    wanted = f"<p>{escapeHtml(description)}</p>\n" if description else ""
    assert as_markdown_shows(plain(description)) == wanted


def fresh_lines(answers: Answers, description: str) -> list[str]:
    """The README of the same project with another description."""
    given = {**vars(answers), "description": description, "overrides": dict(answers.overrides)}
    cell = Cell(answers.input, answers.task, answers.architecture)
    return project(cell, given)[1]["README.md"].decode("utf-8").splitlines()


def test_config_holds_the_plan_and_nothing_else(rendered: tuple[Answers, Tree]) -> None:
    answers, tree = rendered
    sections = tomllib.loads(tree["config.toml"].decode("utf-8"))
    plan = make_plan(answers)
    wanted: dict[str, dict[str, Any]] = {}
    for decision in plan.decisions:
        wanted.setdefault(decision.setting.section, {})[decision.setting.name] = decision.value
    assert sections == wanted


def table_rows(text: str) -> list[list[str]]:
    """The rows of every Markdown table in `text`, cell by cell."""
    cells = re.compile(r"(?<!\\)\|")
    rows = [cells.split(line)[1:-1] for line in text.splitlines() if line.startswith("|")]
    return [[one.strip() for one in row] for row in rows]


def test_every_decision_that_somebody_speaks_for_has_a_row(rendered: tuple[Answers, Tree]) -> None:
    answers, tree = rendered
    text = tree["DECISIONS.md"].decode("utf-8")
    rows = table_rows(text.partition("## All decisions")[2])[2:]
    plan = make_plan(answers)
    assert {len(row) for row in rows} == {5}
    wanted = [f"`{one.setting.section}.{one.setting.name}`" for one in plan.argued]
    assert [row[4] for row in rows] == wanted
    left_out = [one for one in plan.decisions if one not in plan.argued]
    assert {one.rule.id for one in left_out} <= {one.id for one in DEFAULTS if not one.sources}
    assert all(decision in plan.argued for decision in plan.overrides)
    for row, decision in zip(rows, plan.argued, strict=True):
        assert decision.rule.id in row[3]
        assert all(source in row[3] for source in decision.rule.sources)
        reason = "you asked for it" if decision.by_user else decision.rule.because
        assert row[2] == reason


def test_the_users_own_choices_come_first_beside_the_rules(
    rendered: tuple[Answers, Tree],
) -> None:
    answers, tree = rendered
    text = tree["DECISIONS.md"].decode("utf-8")
    own = text.partition("## Your own choices")[2].partition("## All decisions")[0]
    rows = table_rows(own)[2:]
    plan = make_plan(answers)
    assert len(rows) == len(plan.overrides)
    for row, decision in zip(rows, plan.overrides, strict=True):
        assert len(row) == 4
        assert decision.setting.name in row[0]
        assert row[2].startswith(f"{decision.rule.id}: ")
        assert row[3] == decision.rule.because
    if rows:
        assert text.index("## Your own choices") < text.index("## All decisions")


def test_an_override_shows_the_rules_value_in_config_and_decisions(cell: Cell) -> None:
    plain = make_plan(project(cell)[0]).values["final_share"]
    _, tree = project(cell, {"overrides": {"final_share": 0.45}})
    row = table_rows(tree["DECISIONS.md"].decode("utf-8"))[2]
    assert row[1] == "`0.45`"
    assert row[2].endswith(f"`{plain}`")
    config = tree["config.toml"].decode("utf-8")
    assert "You asked for this." in config
    assert f"would choose {plain}" in config


def test_text_files_end_in_one_line_end(rendered: tuple[Answers, Tree]) -> None:
    for name, content in rendered[1].items():
        assert content.endswith(b"\n") and not content.endswith(b"\n\n"), name
        assert b"\r" not in content, name


def test_two_renderings_are_the_same(cell: Cell) -> None:
    answers, tree = project(cell)
    assert fresh_tree(answers) == tree


def test_nothing_depends_on_this_machine(rendered: tuple[Answers, Tree]) -> None:
    folders = [str(TEMPLATES), str(TEMPLATES.parent)]
    for name, content in rendered[1].items():
        assert not any(folder in content.decode("utf-8") for folder in folders), name


def test_the_announced_files_are_those_that_are_written(cell: Cell) -> None:
    answers, tree = project(cell)
    assert file_tree(make_plan(answers)) == sorted(tree)
