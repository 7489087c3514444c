"""`goodfit rules` and `goodfit explain`: every rule can be read, by its id and by its setting."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result
from goodfit.cli import main
from goodfit.rulebook import TOPICS
from goodfit.rulebook.conditions import EVERYWHERE
from goodfit.rulebook.defaults import DEFAULTS
from goodfit.rulebook.engine import Rule
from goodfit.settings import BY_NAME

RULES = {rule.id: rule for topic in TOPICS for rule in topic.rules}


def goodfit(*arguments: str) -> Result:
    """One command, in this process, without a terminal."""
    return CliRunner().invoke(main, list(arguments))


def test_rules_lists_every_rule_in_three_ways() -> None:
    listed, markdown = goodfit("rules").output, goodfit("rules", "--markdown").output
    assert [one["id"] for one in json.loads(goodfit("rules", "--json").output)] == list(RULES)
    for rule_id in RULES:
        assert rule_id in listed
        assert markdown.count(f"\n| {rule_id} | ") == 1


def test_what_is_never_decided_is_a_row_of_the_table_of_defaults() -> None:
    never = {topic.rules[0].id for topic in TOPICS if topic.rules[0].when is EVERYWHERE}
    assert never == {default.id for default in DEFAULTS}
    markdown = goodfit("rules", "--markdown").output
    table = markdown.partition("## Defaults")[2].splitlines()
    table = [line for line in table if line.startswith("|")]
    assert len(table) == 2 + len(DEFAULTS)
    assert len({line.replace("\\|", "").count("|") for line in table}) == 1


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_explain_says_all_there_is_to_a_rule(rule: Rule) -> None:
    result = goodfit("explain", rule.id)
    assert result.exit_code == 0
    assert rule.because in result.output
    assert all(source in result.output for source in rule.sources)
    assert all(name in result.output for name in rule.choice)
    assert goodfit("explain", rule.id.lower()).output == result.output


@pytest.mark.parametrize("name", BY_NAME)
def test_explain_knows_every_setting(name: str) -> None:
    topic = next(topic for topic in TOPICS if name in topic.settings)
    output = goodfit("explain", name).output
    assert all(rule.id in output for rule in topic.rules)


def test_explain_suggests_what_was_meant() -> None:
    for word, said in {"NOPE": "goodfit rules", "batchsize": "did you mean batch_size?"}.items():
        result = goodfit("explain", word)
        assert result.exit_code == 2
        assert word in result.stderr and said in result.stderr
        assert "expected: " in result.stderr and "fix: " in result.stderr
