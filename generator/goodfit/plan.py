"""Answers to plan: every decision that the templates need, made once, with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from goodfit.answers import Answers, cell_words
from goodfit.coherence import refuse_contradictions
from goodfit.constraints import Setting
from goodfit.errors import GoodfitError
from goodfit.rulebook import TOPICS
from goodfit.rulebook.engine import Rule, Topic, decide
from goodfit.rulebook.values import resolve
from goodfit.settings import ARCHITECTURE, BY_NAME, SETTINGS, require_setting


@dataclass(frozen=True)
class Decision:
    """One setting's value, the rule that chose it, and what the rule chose where the user did."""

    setting: Setting
    value: Any
    topic: Topic
    rule: Rule
    rule_value: Any
    by_user: bool


@dataclass(frozen=True)
class Plan:
    """All decisions for one set of answers, in the order of config.toml.

    `architecture` stands apart: it is an answer, and chooses files instead of a value.
    """

    answers: Answers
    architecture: Decision
    decisions: tuple[Decision, ...]

    @cached_property
    def values(self) -> dict[str, Any]:
        """Setting name to value."""
        return {decision.setting.name: decision.value for decision in self.decisions}

    @property
    def overrides(self) -> list[Decision]:
        """What the user decided, against or along with a rule."""
        return [decision for decision in self.decisions if decision.by_user]

    def sections(self) -> Iterator[tuple[str, list[Decision]]]:
        """Each section of config.toml with its decisions."""
        for name in dict.fromkeys(decision.setting.section for decision in self.decisions):
            yield name, [one for one in self.decisions if one.setting.section == name]


def make_plan(answers: Answers) -> Plan:
    """Decide every topic that applies, then put the user's own choices in their place.

    Raises GoodfitError for an override that is no setting, has no place in this project, has a
    value it cannot have, or contradicts the rest.
    """
    chosen: dict[str, tuple[Topic, Rule, Any]] = {}
    for topic in TOPICS:
        if topic.applies(answers):
            rule = decide(topic, answers)
            for name, value in rule.choice.items():
                chosen[name] = topic, rule, resolve(value, answers)
    topic, rule, recommended = chosen.pop(ARCHITECTURE.name)
    by_user = answers.architecture != recommended
    architecture = Decision(ARCHITECTURE, answers.architecture, topic, rule, recommended, by_user)
    for name, value in answers.overrides.items():
        require_setting(name, value)
        if name not in chosen:
            raise GoodfitError(
                f"--set {name} with {cell_words(answers)}",
                f"one of {', '.join(chosen)}",
                f"leave {name} out: this project has no such setting",
            )
    decisions = tuple(
        Decision(
            setting=BY_NAME[setting.name],
            value=answers.overrides.get(setting.name, rule_value),
            topic=topic,
            rule=rule,
            rule_value=rule_value,
            by_user=setting.name in answers.overrides,
        )
        for setting in SETTINGS
        if setting.name in chosen
        for topic, rule, rule_value in [chosen[setting.name]]
    )
    plan = Plan(answers, architecture, decisions)
    refuse_contradictions(answers, plan.values)
    return plan
