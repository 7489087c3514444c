"""The rulebook proves itself over every cell, boundary value and flag."""

from __future__ import annotations

import pytest
from checks import STRUCTURE
from goodfit.answers import complete
from goodfit.cells import CELLS, Cell
from goodfit.plan import make_plan
from goodfit.questions import QUESTIONS
from goodfit.rulebook import TOPICS, find_rule
from goodfit.settings import BY_NAME
from grid import counted, edges, grid
from invariants import INVARIANTS

CHECKS = STRUCTURE | INVARIANTS


@pytest.mark.parametrize("sentence", CHECKS)
def test_of_the_rulebook_it_is_true_that(sentence: str) -> None:
    assert CHECKS[sentence](TOPICS) == []


def test_the_grid_is_large_and_most_of_it_is_valid() -> None:
    valid, refused = counted(edges(TOPICS))
    assert 500 < len(valid) < 10_000
    assert refused < len(valid)


def test_the_grid_has_every_cell() -> None:
    assert {Cell(one.input, one.task, one.architecture) for one in grid(TOPICS)} == set(CELLS)


@pytest.mark.parametrize("field", sorted({field for field, _ in edges(TOPICS)}))
def test_the_grid_has_every_value_at_which_a_condition_changes(field: str) -> None:
    wanted = {value for name, value in edges(TOPICS) if name == field}
    assert wanted <= {getattr(answers, field) for answers in grid(TOPICS)}


def test_a_plan_holds_what_the_topics_decide_and_nothing_else() -> None:
    for answers in grid(TOPICS)[::7]:
        plan = make_plan(answers)
        wanted = {name for topic in TOPICS if topic.applies(answers) for name in topic.settings}
        assert set(plan.values) == wanted
        places = [list(BY_NAME).index(decision.setting.name) for decision in plan.decisions]
        assert places == sorted(places)


def test_the_largest_project_has_a_plan() -> None:
    largest = {question.name: getattr(question.kind, "most", None) for question in QUESTIONS}
    counts = {name: most for name, most in largest.items() if most is not None}
    plan = make_plan(complete({"task": "multilabel-classification", **counts}))
    assert len(set(plan.values["targets"])) == counts["classes"]


def test_every_rule_is_found_by_its_id_and_no_other_is() -> None:
    for topic in TOPICS:
        for rule in topic.rules:
            assert find_rule(rule.id) == (topic, rule)
    assert find_rule("NONE00") is None
