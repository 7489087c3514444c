"""Rules and plans as people read them: tables at a terminal, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from goodfit.plan import Decision, Plan
from goodfit.rulebook import DECIDED, TOPICS
from goodfit.rulebook.conditions import EVERYWHERE
from goodfit.rulebook.defaults import DEFAULTS
from goodfit.rulebook.engine import Default, Rule, Topic
from goodfit.rulebook.evidence import measured
from goodfit.rulebook.values import Derived
from goodfit.toml import inline

SCREEN = 17  # rows of a plan at a terminal of 24 lines, with its heading and what is asked below
FEW = 5  # rows that may take several lines each


def said(value: Any) -> str:
    """A rule's value: TOML, or in words what it derives from the answers."""
    return str(value) if isinstance(value, Derived) else inline(value)


def choice_lines(rule: Rule | Default) -> list[str]:
    """One `setting = value` for each setting that a rule or a default decides."""
    return [f"{name} = {said(value)}" for name, value in rule.choice.items()]


def explanation(topic: Topic, rule: Rule) -> str:
    """What `goodfit explain` prints: one rule, whole."""
    default = rule.when is EVERYWHERE
    asks = "one value, unless your data or you say another" if default else topic.asks
    lines = [f"{rule.id}  {topic.name}: {asks}", ""]
    if topic.applies is not EVERYWHERE:
        lines.append(f"  for      {topic.applies}")
    if not default:
        lines.append(f"  when     {rule.when}")
    for place, line in enumerate(choice_lines(rule)):
        lines.append(f"  {'then' if not place else '    '}     {line}")
    lines.append(f"  because  {rule.because}")
    for place, source in enumerate(rule.sources):
        lines.append(f"  {'sources' if not place else '       '}  {source}")
    for place, one in enumerate(measured(rule.id)):
        lines.append(f"  {'measured' if not place else '        '} {one}")
    others = [other.id for other in topic.rules if other is not rule]
    if others:
        lines += ["", f"  The other rules of this topic: {', '.join(others)}"]
    return "\n".join(lines)


def rules_markdown() -> str:
    """docs/rules.md, whole."""
    lines = [
        "# The rules",
        "",
        "Generated from the rulebook by `python -m samples`; do not edit. In every topic exactly",
        "one rule decides. What no answer changes stands in the table of defaults, at the end.",
        "`goodfit explain LOSS03` prints one of them at a terminal.",
    ]
    for topic in DECIDED:
        where = "" if topic.applies is EVERYWHERE else f" (For {topic.applies}.)"
        lines += ["", f"## {topic.name[0].upper()}{topic.name[1:]}", "", topic.asks + where, ""]
        lines += rows("when", [(str(rule.when), rule) for rule in topic.rules])
    lines += ["", "## Defaults", ""]
    lines += [
        "One value wherever the setting has a meaning, unless your data or you say another.",
        "",
    ]
    places = (
        "every project" if one.applies is EVERYWHERE else str(one.applies) for one in DEFAULTS
    )
    lines += rows("for", list(zip(places, DEFAULTS, strict=True)))
    return "\n".join(lines) + "\n"


def rows(where: str, decided: Sequence[tuple[str, Rule | Default]]) -> list[str]:
    """A Markdown table of rules or defaults, each after the case that it is for."""
    lines = [f"| id | {where} | value | because | source |", "|---|---|---|---|---|"]
    for case, one in decided:
        values = "<br>".join(f"`{line}`" for line in choice_lines(one))
        cells = (one.id, case, values, one.because, "; ".join(one.sources))
        lines.append(f"| {' | '.join(cells)} |".replace("  |", " |"))
    return lines


def rules_text() -> str:
    """What `goodfit rules` prints: each topic with its rules on a line each, then the defaults."""
    lines = []
    for topic in DECIDED:
        lines += ["", bold(f"{topic.name}: {topic.asks}")]
        lines += [
            f"  {rule.id:<9}{rule.when}: {'; '.join(choice_lines(rule))}" for rule in topic.rules
        ]
    lines += ["", bold("defaults: one value, unless your data or you say another")]
    lines += [
        f"  {default.id:<9}{default.applies}: {'; '.join(choice_lines(default))}"
        for default in DEFAULTS
    ]
    return "\n".join([*lines, "", "`goodfit explain ID` says why, and where it is written."])


def bold(text: str) -> str:
    """Text that a terminal shows as a heading."""
    return click.style(text, bold=True)


def rules_json() -> list[dict[str, Any]]:
    """Every rule as data."""
    return [
        {
            "id": rule.id,
            "topic": topic.name,
            "for": str(topic.applies),
            "when": str(rule.when),
            "then": {name: said(value) for name, value in rule.choice.items()},
            "because": rule.because,
            "sources": list(rule.sources),
        }
        for topic in TOPICS
        for rule in topic.rules
    ]


def plan_json(plan: Plan) -> list[dict[str, Any]]:
    """Every decision as data."""
    return [
        {
            "section": decision.setting.section,
            "setting": decision.setting.name,
            "value": decision.value,
            "rule": decision.rule.id,
            "rule_value": decision.rule_value,
            "by_user": decision.by_user,
            "from_data": bool(decision.evidence),
            "because": decision.because,
        }
        for decision in (plan.architecture, *plan.decisions)
    ]


def without_you(decision: Decision) -> str:
    """What the rule has to say of what a person decides, in words."""
    if decision.value == decision.rule_value:
        return f"{decision.rule.id} has it so too"
    return f"{decision.rule.id} would choose {inline(decision.rule_value)}"


def plan_rows(plan: Plan) -> list[tuple[str, str, str]]:
    """(decision, value, reason), the architecture, the user's own and what was read from the data
    first, one row a rule."""
    chosen = plan.architecture
    rows = [] if chosen.by_user else [("architecture", inline(chosen.value), reason_of(chosen))]
    rows += [
        (
            decision.setting.name,
            inline(decision.value),
            f"you asked for it; {without_you(decision)}, because {decision.rule.because}",
        )
        for decision in (*([chosen] if chosen.by_user else []), *plan.overrides)
    ]
    rows += [
        (one.setting.name, inline(one.value), one.because) for one in plan.decisions if one.evidence
    ]
    # Of the data that a project has, and of a sample that it does not train on, nothing is decided.
    untold = ("data", "sample") if plan.values.get("path") else ("data",)
    for rule_id in dict.fromkeys(decision.rule.id for decision in plan.decisions):
        kept = [one for one in plan.decisions if one.rule.id == rule_id and not one.by_user]
        kept = [one for one in kept if not one.evidence]
        if kept and kept[0].setting.section not in untold:
            names = "\n".join(decision.setting.name for decision in kept)
            values = "\n".join(inline(decision.value) for decision in kept)
            rows.append((names, values, reason_of(kept[0])))
    return rows


def reason_of(decision: Decision) -> str:
    """The rule that chose a value, and why."""
    return f"{decision.rule.id}: {decision.rule.because}"


def in_order(plan: Plan) -> list[tuple[str, str, str]]:
    """The rows of the plan: what the user decided, what the data says otherwise than the rules
    would, what the rules decide; what is everywhere so comes last."""
    defaults = {name for default in DEFAULTS for name in default.choice}
    told = {one.setting.name for one in plan.decisions if one.evidence and not one.by_user}
    otherwise = {
        one.setting.name
        for one in plan.decisions
        if one.setting.name in told and one.value != one.rule_value
    }

    def rank(row: tuple[str, str, str]) -> int:
        names = {*row[0].split("\n")}
        if names & otherwise or names <= {"architecture"} or row[2].startswith("you asked"):
            return 0
        return 2 if names <= told else 3 if names <= defaults else 1

    return sorted(plan_rows(plan), key=rank)


def on_one_line(row: tuple[str, str, str]) -> tuple[str, str, str]:
    """A row of the plan whose settings stand side by side."""
    names, values, reason = row
    return names.replace("\n", ", "), values.replace("\n", ", "), reason


def print_plan(
    plan: Plan, before: Plan | None = None, whole: bool = False, elsewhere: str = "--json"
) -> None:
    """The plan as a table: decision, value, reason. Unless it is the `whole` one, it fits a screen
    of 24 lines, and `elsewhere` names what has the rest beside DECISIONS.md; where it was printed
    `before`, it has only what has changed since, of a few rows all that they say."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    old = plan_rows(before) if before else []
    every = plan_rows(plan) if whole else [row for row in in_order(plan) if row not in old]
    if not every:
        click.echo("No decision has changed.")
        return
    whole = whole or bool(before and len(every) <= FEW)
    shown = every if whole else [on_one_line(row) for row in every[:SCREEN]]
    what = "What has changed in the plan" if before else "The plan"
    table = Table(
        title=f"{what} for {plan.answers.project_slug}", box=SIMPLE_HEAD, expand=not whole
    )
    for heading, width in (("Decision", 18), ("Value", 16), ("Reason", None)):
        if whole:
            table.add_column(heading, overflow="fold")
        else:
            ratio = None if width else 1
            table.add_column(heading, overflow="ellipsis", no_wrap=True, width=width, ratio=ratio)
    for row in shown:
        table.add_row(*(cell.replace("[", "\\[") for cell in row))
    Console().print(table)
    if left := len(every) - len(shown):
        click.echo(f"  and {left} more, as usual: {elsewhere} and DECISIONS.md have them all")
