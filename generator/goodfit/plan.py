"""Answers to plan: every decision that the templates need, made once, with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from goodfit.answers import Answers
from goodfit.coherence import refuse_contradictions
from goodfit.constraints import Setting
from goodfit.contradictions import cell_words
from goodfit.doctor.setting_values import in_time
from goodfit.errors import GoodfitError
from goodfit.questions import QUESTIONS
from goodfit.rulebook import TOPICS
from goodfit.rulebook.engine import Rule, decide
from goodfit.rulebook.evidence import Measured, measured
from goodfit.rulebook.values import resolve
from goodfit.settings import ARCHITECTURE, BY_NAME, SETTINGS, require_setting


@dataclass(frozen=True)
class Decision:
    """One setting's value, the rule that chose it, and what the rule chose where the user did.

    `evidence` is why the value was read from the data; "" where it was not. `each` says what is
    known of the columns that the value lists.
    """

    setting: Setting
    value: Any
    rule: Rule
    rule_value: Any
    by_user: bool
    evidence: str = ""
    each: Mapping[str, str] = field(default_factory=dict)

    @property
    def because(self) -> str:
        """Why the value is what it is, where the user has not decided it."""
        return f"from your data: {self.evidence}" if self.evidence else self.rule.because

    @property
    def read(self) -> str:
        """`evidence`, but for what the lines of the list say already."""
        repeated = self.each and all(word in self.evidence for word in self.each.values())
        return "why stands beside each" if repeated else self.evidence


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
    def found(self) -> list[tuple[str, Any, str]]:
        """(name, value, why) of each answer that was read from the data, unless it was changed."""
        return [
            (name, one["value"], one["why"])
            for name, one in self.answers.evidence.items()
            if is_answer(self.answers, name) and getattr(self.answers, name) == one["value"]
        ]

    @property
    def overrides(self) -> list[Decision]:
        """What the user decided, against or along with a rule."""
        return [decision for decision in self.decisions if decision.by_user]

    @property
    def argued(self) -> list[Decision]:
        """What a source, the user's data or the user speaks for; the rest are defaults."""
        return [one for one in self.decisions if one.rule.sources or one.evidence or one.by_user]

    @property
    def hurting(self) -> list[tuple[Decision, Measured]]:
        """Decisions whose rule was measured to hurt on data of this input, and by what."""
        kind, ruled = self.answers.input, [one for one in self.decisions if not one.by_user]
        return [
            (decision, one)
            for decision in ruled
            for one in measured(decision.rule.id, kind)
            if one.verdict == "hurts" and one.setting == decision.setting.name
        ]

    def sections(self) -> Iterator[tuple[str, list[Decision]]]:
        """Each section of config.toml with its decisions."""
        for name in dict.fromkeys(decision.setting.section for decision in self.decisions):
            yield name, [one for one in self.decisions if one.setting.section == name]


def is_answer(answers: Answers, name: str) -> bool:
    """The name is a question that has a meaning in this project, not only a setting."""
    return any(question.name == name and question.asked(answers) for question in QUESTIONS)


def read_from_data(answers: Answers, setting: Setting, rule_value: Any) -> tuple[Any, str]:
    """The value of a setting and why, where a study of the data found it; else the rule's and "".

    What is an answer too was decided there, and may have been changed since: it keeps its reason
    where it has not. Raises GoodfitError for a value that the setting cannot have.
    """
    one = answers.evidence.get(setting.name)
    if one is None or setting.section == "sample":
        return rule_value, ""
    if is_answer(answers, setting.name):
        return rule_value, one["why"] if one["value"] == rule_value else ""
    require_setting(setting.name, one["value"])
    return one["value"], one["why"]


def with_what_follows(
    overrides: Mapping[str, Any], chosen: Mapping[str, tuple[Rule, Any]]
) -> dict[str, Any]:
    """What the user decided, and what then has to fit into as many epochs."""
    if "epochs" not in overrides:
        return dict(overrides)
    values = {name: value for name, (_, value) in chosen.items()} | dict(overrides)
    return in_time(overrides["epochs"], values) | dict(overrides)


def make_plan(answers: Answers) -> Plan:
    """Decide every topic that applies; what was read from the data, and then the user's own
    choices, take the place of what the rules chose.

    Raises GoodfitError for an override that is no setting, has no place in this project, has a
    value it cannot have, or contradicts the rest.
    """
    chosen: dict[str, tuple[Rule, Any]] = {}
    for topic in TOPICS:
        if topic.applies(answers):
            rule = decide(topic, answers)
            for name, value in rule.choice.items():
                chosen[name] = rule, resolve(value, answers)
    rule, recommended = chosen.pop(ARCHITECTURE.name)
    by_user = answers.architecture != recommended
    architecture = Decision(ARCHITECTURE, answers.architecture, rule, recommended, by_user)
    for name, value in answers.overrides.items():
        require_setting(name, value)
        if name not in chosen:
            raise GoodfitError(
                f"--set {name} with {cell_words(answers)}",
                f"one of {', '.join(one for one in BY_NAME if one in chosen)}",
                f"leave {name} out: this project has no such setting",
            )
    overrides = with_what_follows(answers.overrides, chosen)
    decisions = tuple(
        Decision(
            setting=BY_NAME[setting.name],
            value=overrides.get(setting.name, value),
            rule=rule,
            rule_value=rule_value,
            by_user=setting.name in overrides,
            evidence="" if setting.name in overrides else why,
            each=answers.evidence.get(setting.name, {}).get("each", {}),
        )
        for setting in SETTINGS
        if setting.name in chosen
        for rule, rule_value in [chosen[setting.name]]
        for value, why in [read_from_data(answers, setting, rule_value)]
    )
    plan = Plan(answers, architecture, decisions)
    refuse_contradictions(answers, plan.values)
    return plan
