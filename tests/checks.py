"""What must be true of any rulebook. Each check returns what it found wrong, in sentences.

`test_rulebook.py` runs them on the rulebook, `test_rulebook_faults.py` on broken copies of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from goodfit.answers import Answers
from goodfit.cells import CELLS
from goodfit.questions import QUESTIONS
from goodfit.rulebook.conditions import (
    EVERYWHERE,
    Between,
    Both,
    Cells,
    Condition,
    Either,
    Is,
    Otherwise,
)
from goodfit.rulebook.engine import Rule, RulebookError, Topic, decide
from goodfit.rulebook.values import resolve
from goodfit.settings import ARCHITECTURE, BY_NAME
from grid import Topics, conditions, grid

Check = Callable[[Topics], list[str]]
Planned = list[tuple[Answers, dict[str, Any]]]

SETTINGS = BY_NAME | {ARCHITECTURE.name: ARCHITECTURE}

# What one topic decides for each of the grid's answers: nothing where it does not apply.
Column = list[Rule | RulebookError | None]
_columns: dict[tuple[int, int], tuple[Topic, tuple[Answers, ...], Column]] = {}


def column(topic: Topic, answers: tuple[Answers, ...]) -> Column:
    """The decisions of one topic, made once: most topics are the same in a broken copy."""
    key = id(topic), id(answers)
    if key not in _columns:
        _columns[key] = topic, answers, [decision(topic, one) for one in answers]
    return _columns[key][2]


def decision(topic: Topic, answers: Answers) -> Rule | RulebookError | None:
    """The rule that decides, or why none does, or None where the topic does not apply."""
    if not topic.applies(answers):
        return None
    try:
        return decide(topic, answers)
    except RulebookError as error:
        return error


_last: dict[str, Any] = {}


def planned(topics: Topics) -> Planned:
    """What `topics` decide for each of the grid's answers; kept for the checks that follow.

    A topic that cannot decide leaves its settings out: `check_every_topic_decides` says so.
    """
    if _last.get("topics") is not topics:
        answers = grid(topics)
        columns = [column(topic, answers) for topic in topics]
        rows = [
            (one, decided(one, [each[place] for each in columns]))
            for place, one in enumerate(answers)
        ]
        _last.update(topics=topics, planned=rows)
    kept: Planned = _last["planned"]
    return kept


def decided(answers: Answers, rules: list[Rule | RulebookError | None]) -> dict[str, Any]:
    """Setting to value for one set of answers."""
    values: dict[str, Any] = {}
    for rule in rules:
        if isinstance(rule, Rule):
            values |= {name: resolve(value, answers) for name, value in rule.choice.items()}
    return values


def shown(answers: Answers) -> str:
    """The answers that rules read, short enough for a finding."""
    return (
        f"{answers.input}, {answers.task}, {answers.architecture}, {answers.samples:,} samples, "
        f"{answers.features} features, {answers.classes} {answers.outputs}, {answers.accelerator}"
    )


def first(findings: list[str]) -> list[str]:
    """The first few findings, each once: one fault shows in hundreds of projects."""
    return list(dict.fromkeys(findings))[:5]


def check_every_topic_decides(topics: Topics) -> list[str]:
    """In each topic that applies, exactly one rule hits."""
    return first(
        [
            str(rule)
            for topic in topics
            for rule in column(topic, grid(topics))
            if isinstance(rule, RulebookError)
        ]
    )


def check_no_rule_is_dead(topics: Topics) -> list[str]:
    """Every rule decides for someone."""
    answers = grid(topics)
    used = {
        rule.id for topic in topics for rule in column(topic, answers) if isinstance(rule, Rule)
    }
    return [
        f"{rule.id} never decides"
        for topic in topics
        for rule in topic.rules
        if rule.id not in used
    ]


def check_ids(topics: Topics) -> list[str]:
    """Ids are unique and look alike."""
    counts = Counter(rule.id for topic in topics for rule in topic.rules)
    findings = [f"{count} rules are called {one}" for one, count in counts.items() if count > 1]
    bad = [one for one in counts if not re.fullmatch(r"[A-Z]+[0-9]{2}", one)]
    return findings + [f"{one} is not capitals and two digits" for one in bad]


def check_topic_names(topics: Topics) -> list[str]:
    """A topic has a name of its own and asks a question."""
    counts = Counter(topic.name for topic in topics)
    findings = [f"{count} topics are called {one}" for one, count in counts.items() if count > 1]
    return findings + [f"{one.name} asks nothing" for one in topics if not one.asks.endswith("?")]


def check_reasons_and_sources(topics: Topics) -> list[str]:
    """Every rule says why and, but for defaults, who says so. The full stop is the template's."""
    findings = []
    for rule in (rule for topic in topics for rule in topic.rules):
        if not rule.because.strip() or rule.because != rule.because.strip():
            findings.append(f"{rule.id} gives no clean reason")
        if rule.because.endswith("."):
            findings.append(f"{rule.id}: the reason ends in a full stop")
        if "\n" in rule.because or "|" in rule.because:
            findings.append(f"{rule.id}: the reason would break a table or a comment")
        decided = rule.when is not EVERYWHERE  # a default may cite nobody
        if (decided and not rule.sources) or not all(source.strip() for source in rule.sources):
            findings.append(f"{rule.id} cites nobody")
    return findings


def check_settings_are_decided_once(topics: Topics) -> list[str]:
    """No project has a setting from two topics, and all rules of a topic decide the same ones."""
    findings = [
        f"{rule.id} does not decide what {topic.rules[0].id} decides"
        for topic in topics
        for rule in topic.rules
        if set(rule.choice) != set(topic.settings)
    ]
    owners: dict[str, list[Topic]] = {}
    for topic in topics:
        for name in topic.settings:
            owners.setdefault(name, []).append(topic)
    findings += [f"nothing decides {name}" for name in SETTINGS if name not in owners]
    findings += [f"{name} is no setting" for name in owners if name not in SETTINGS]
    for name, several in owners.items():
        columns = [column(topic, grid(topics)) for topic in several]
        for rules in zip(*columns, strict=True) if len(columns) > 1 else ():
            if sum(rule is not None for rule in rules) > 1:
                findings.append(f"{name} is decided by {' and '.join(one.name for one in several)}")
    return first(findings)


def check_values_are_possible(topics: Topics) -> list[str]:
    """Every chosen value is one that its setting may have."""
    findings = []
    for answers, values in planned(topics):
        for name, value in values.items():
            if name in SETTINGS and not SETTINGS[name].constraint.accepts(value):
                constraint = SETTINGS[name].constraint
                text = f"{name} = {str(value)[:60]}, expected {constraint}: {shown(answers)}"
                findings.append(text)
    return first(findings)


def check_conditions_print_themselves(topics: Topics) -> list[str]:
    """Conditions are plain words, never the name of an object."""
    findings = []
    for condition in conditions(topics):
        words = str(condition)
        if not words.strip() or "<" in words or "object at" in words or "(" in words:
            findings.append(f"{type(condition).__name__} prints itself as {words!r}")
    return first(findings)


def parts(condition: Condition) -> Iterator[Condition]:
    """A condition taken apart where it joins two."""
    if isinstance(condition, Both | Either):
        yield from parts(condition.left)
        yield from parts(condition.right)
    else:
        yield condition


def check_boundaries_straddle(topics: Topics) -> list[str]:
    """A condition's boundary values lie on both sides of it, or the grid would prove nothing."""
    findings = []
    for part in (part for condition in conditions(topics) for part in parts(condition)):
        pairs = list(part.boundaries())
        truths = [part(SimpleNamespace(**{field: value})) for field, value in pairs]
        if isinstance(part, Between):
            if not pairs or len(pairs) % 2:
                findings.append(f"{part} yields {len(pairs)} boundary values")
            for below, at in zip(truths[::2], truths[1::2], strict=False):
                if below == at:
                    findings.append(f"{part} does not change at its own boundary")
        elif isinstance(part, Is):
            (question,) = (one for one in QUESTIONS if one.name == part.field)
            options: set[Any] = {one.name for one in question.options} or {True, False}
            if not pairs or not all(truths) or not set(part.values) < options:
                findings.append(f"{part} is true for every answer, or for none")
        elif isinstance(part, Cells):
            cells = [part(SimpleNamespace(**cell._asdict())) for cell in CELLS]
            if all(cells) or not any(cells):
                findings.append(f"{part} is true for every kind of project, or for none")
        elif pairs:
            findings.append(f"{part} is always the same and yields boundary values")
    return first(findings)


def check_only_the_last_rule_is_otherwise(topics: Topics) -> list[str]:
    """The word "otherwise" reads well only after the rules it is other than."""
    return [
        f"{rule.id} says otherwise before the last rule of {topic.name}"
        for topic in topics
        for rule in topic.rules[:-1]
        if isinstance(rule.when, Otherwise)
    ]


STRUCTURE: dict[str, Check] = {
    "in every topic that applies exactly one rule decides": check_every_topic_decides,
    "every rule decides for someone": check_no_rule_is_dead,
    "rule ids are unique and look alike": check_ids,
    "topics have names of their own and ask a question": check_topic_names,
    "every rule says why and cites a source": check_reasons_and_sources,
    "every setting of a project is decided by exactly one topic": check_settings_are_decided_once,
    "every chosen value is one its setting may have": check_values_are_possible,
    "conditions print themselves in plain words": check_conditions_print_themselves,
    "boundary values lie on both sides of a condition": check_boundaries_straddle,
    "only the last rule of a topic says otherwise": check_only_the_last_rule_is_otherwise,
}
