"""The rulebook proves itself over every cell, boundary value and flag."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import Any

import pytest
from checks import STRUCTURE
from goodfit.answers import Answers, complete, question_named
from goodfit.cells import CELLS, Cell, architectures_of, form_of, inputs_of, matrix_rows, tasks_of
from goodfit.errors import GoodfitError
from goodfit.plan import make_plan
from goodfit.questions import QUESTIONS
from goodfit.rulebook import TOPICS
from goodfit.rulebook.architecture import recommended
from goodfit.settings import BY_NAME
from grid import FREE, combined, counted, edges, grid, values_of
from invariants import INVARIANTS

CHECKS = STRUCTURE | INVARIANTS


@pytest.mark.parametrize("sentence", CHECKS)
def test_of_the_rulebook_it_is_true_that(sentence: str) -> None:
    assert CHECKS[sentence](TOPICS) == []


def test_the_grid_is_large_and_most_of_it_is_valid() -> None:
    valid, refused = counted(edges(TOPICS))
    assert 2_000 < len(valid) < 32_000
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
        assert {"architecture", *plan.values} == wanted
        places = [list(BY_NAME).index(decision.setting.name) for decision in plan.decisions]
        assert places == sorted(places)


def test_the_largest_project_has_a_plan() -> None:
    largest = {question.name: getattr(question.kind, "most", None) for question in QUESTIONS}
    counts = {name: most for name, most in largest.items() if most is not None}
    for input in inputs_of("multilabel-classification"):
        asked = complete({"task": "multilabel-classification", "input": input})
        given = {name: most for name, most in counts.items() if question_named(name).asked(asked)}
        plan = make_plan(complete({"task": asked.task, "input": input, **given}))
        assert len(set(plan.values["targets"])) == counts["classes"]


OPTIONS = {
    question.name: values_of(question, ())
    for question in QUESTIONS
    if question.name not in FREE and combined(question, ())
}


def pairs_of(answers: Answers) -> set[tuple[tuple[str, Any], ...]]:
    """Every pair of options of two different questions in one set of answers."""
    return set(combinations([(name, getattr(answers, name)) for name in OPTIONS], 2))


def possible(pair: tuple[tuple[str, Any], ...]) -> bool:
    """Some answers have both options: tried in every kind of project."""
    for cell in CELLS:
        given = {**cell._asdict(), **dict(pair)}
        try:
            if pair in pairs_of(complete(given)):
                return True
        except GoodfitError:
            continue
    return False


def test_every_option_and_every_possible_pair_of_options_gets_a_plan() -> None:
    found: dict[tuple[tuple[str, Any], ...], Answers] = {}
    for answers in grid(TOPICS):
        for pair in pairs_of(answers):
            found.setdefault(pair, answers)
    for one, other in combinations(OPTIONS, 2):
        for pair in product([(one, v) for v in OPTIONS[one]], [(other, v) for v in OPTIONS[other]]):
            assert (pair in found) == possible(pair), pair
    assert {option for pair in found for option in pair} >= {
        (name, value) for name, values in OPTIONS.items() for value in values
    }
    for answers in {str(one): one for one in found.values()}.values():
        assert make_plan(answers).values


def test_the_recommended_architecture_is_one_of_the_cell_and_is_taken_by_name() -> None:
    chosen = Counter()
    for answers in grid(TOPICS):
        best = recommended(vars(answers))
        assert best in architectures_of(answers.input, answers.task)
        plan = make_plan(answers)
        assert plan.architecture.value == answers.architecture
        assert plan.architecture.rule_value == best
        assert plan.architecture.by_user == (answers.architecture != best)
        chosen[best] += 1
    given = {"task": "tagging", "architecture": "recommended"}
    assert complete(given).architecture == complete({"task": "tagging"}).architecture == "lstm"
    assert len(chosen) >= 6


def test_the_matrix_is_said_in_words_and_found_from_every_side() -> None:
    assert len(CELLS) == len(set(CELLS)) == 63
    assert all(cell.task in tasks_of(cell.input) for cell in CELLS)
    assert all(cell.input in inputs_of(cell.task) for cell in CELLS)
    text = "; ".join(" ".join(row) for row in matrix_rows())
    assert all(cell.architecture in text and cell.input in text for cell in CELLS)
    forms = {form_of(cell.input, cell.task) for cell in CELLS}
    assert forms == {"tabular", "image", "masks", "text", "tokens", "series", "window"}
