"""Rules, topics, and the one way in which a topic decides: exactly one rule hits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goodfit.rulebook.conditions import EVERYWHERE, Condition, Otherwise


@dataclass(frozen=True)
class Rule:
    """One documented choice: under this condition these settings get these values, because ..."""

    id: str
    when: Condition
    choice: Mapping[str, Any]
    because: str
    sources: tuple[str, ...]

    @property
    def otherwise(self) -> bool:
        return isinstance(self.when, Otherwise)


@dataclass(frozen=True)
class Topic:
    """A question that exactly one of its rules answers for every project it applies to."""

    name: str
    asks: str
    rules: tuple[Rule, ...]
    applies: Condition = EVERYWHERE

    @property
    def settings(self) -> tuple[str, ...]:
        return tuple(self.rules[0].choice)


@dataclass(frozen=True)
class Default:
    """Settings that have one value wherever they have a meaning, and why it is that one."""

    id: str
    choice: Mapping[str, Any]
    because: str
    sources: tuple[str, ...] = ()
    applies: Condition = EVERYWHERE

    @property
    def topic(self) -> Topic:
        """The same as a topic with nothing to decide, so that a plan is made of topics alone."""
        rule = Rule(self.id, EVERYWHERE, self.choice, self.because, self.sources)
        asks = "Which value, where neither the data nor you say another?"
        return Topic(", ".join(self.choice), asks, (rule,), self.applies)


class RulebookError(Exception):
    """The rulebook contradicts itself or has a gap: a fault of goodfit, never of its user."""


def decide(topic: Topic, answers: object) -> Rule:
    """The one rule of `topic` that hits. Raises RulebookError where none or several do."""
    hits = [rule for rule in topic.rules if rule.when(answers)]
    if not hits:
        hits = [rule for rule in topic.rules if rule.otherwise]
    if len(hits) == 1:
        return hits[0]
    if hits:
        names = " and ".join(rule.id for rule in hits)
        raise RulebookError(f"topic {topic.name!r}: {names} all hit for {answers}")
    raise RulebookError(f"topic {topic.name!r}: no rule hits for {answers}")
