"""The commands: generate, rules, explain. Thin: each reads its flags and calls the rooms below."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goodfit import __version__
from goodfit.cells import INPUTS, TASKS
from goodfit.errors import GoodfitError, nearest
from goodfit.questions import ACCELERATORS, ARCHITECTURE_OPTIONS

if TYPE_CHECKING:
    from goodfit.plan import Plan


def names(options: Any) -> str:
    """The options of a flag, for its help."""
    return " | ".join(option.name for option in options)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Generate Keras projects whose every choice follows a documented rule and says why."""


@main.command()
@click.argument("name", required=False)
@click.option("--task", help=f"What is to be predicted: {names(TASKS)}.")
@click.option("--input", help=f"From what: {names(INPUTS)}.")
@click.option("--samples", help="Rows, images, texts, series or time steps: 5000, 5k, 1.2M.")
@click.option("--architecture", help=f"The kind of network: {names(ARCHITECTURE_OPTIONS)}.")
@click.option("--classes", help="Classes, labels, tags, or target columns.")
@click.option("--features", help="Tables: feature columns. Series: variables measured.")
@click.option("--length", help="Texts: words. Series: steps. Longer samples are cut.")
@click.option("--horizon", help="Forecasts: steps ahead.")
@click.option("--window", help="Forecasts: steps that one looks back.")
@click.option("--time-column", help="Forecasts: the column that holds the time.")
@click.option("--image-size", help="Images: pixels high and wide.")
@click.option("--channels", help="Images: 3 for colour, 1 for grey.")
@click.option("--rarest-share", help="Share of the samples in the rarest class: 0.02 or 2%.")
@click.option("--outliers/--no-outliers", default=None, help="Many outliers in the target?")
@click.option("--accelerator", help=f"What it will train on: {names(ACCELERATORS)}.")
@click.option("--description", help="One sentence for the README.")
@click.option(
    "--set", "pairs", multiple=True, metavar="KEY=VALUE", help="Decide a setting yourself."
)
@click.option("--answers", "answers_file", type=click.Path(path_type=Path), help="Replay a file.")
@click.option("--yes", is_flag=True, help="Take defaults; ask nothing.")
@click.option("--dry-run", is_flag=True, help="Show the plan and the files; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines; implies --yes.")
@click.option(
    "--output-dir", type=click.Path(path_type=Path), default=Path(), help="Where to write (here)."
)
def generate(
    name: str | None,
    pairs: tuple[str, ...],
    answers_file: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    output_dir: Path,
    **flags: Any,
) -> None:
    """Make a new project in the directory NAME."""
    from goodfit.answers import complete, read_answers_file
    from goodfit.plan import make_plan
    from goodfit.settings import read_override

    given = read_answers_file(answers_file) if answers_file else {}
    given |= {flag: value for flag, value in flags.items() if value is not None}
    given |= {"project_slug": name} if name is not None else {}
    if pairs:
        saved = given.get("overrides", {})
        given["overrides"] = (saved if isinstance(saved, dict) else {}) | dict(
            read_override(pair) for pair in pairs
        )
    if yes or as_json or answers_file:
        answers = complete(given)
        plan = make_plan(answers)
        if dry_run and not as_json:
            print_plan(plan)
    elif not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise GoodfitError(
            "no terminal to ask questions at",
            "a terminal, or every answer by flag or file",
            "add --yes to take defaults, or --answers FILE",
        )
    else:
        plan = converse(given)
    finish(plan, dry_run, as_json, output_dir)


def converse(given: dict[str, Any]) -> Plan:
    """Ask, show the plan, let the person accept it or change any answer."""
    from goodfit import prompts
    from goodfit.answers import complete
    from goodfit.plan import make_plan

    make_plan(complete(given))  # what is wrong with a flag is said before the first question
    try:
        values = prompts.ask_all(given)
        while True:
            plan = make_plan(complete(values))
            print_plan(plan)
            changed = prompts.accept_or_change(values)
            if changed is None:
                return plan
            values = changed
    except prompts.Stopped:
        click.echo("Stopped; nothing was written.", err=True)
        raise SystemExit(130) from None


def finish(plan: Plan, dry_run: bool, as_json: bool, output_dir: Path) -> None:
    """Write the project, or only say what would be written."""
    from goodfit.render import file_tree, files_of, refuse_existing, write
    from goodfit.show import plan_json
    from goodfit.toml import inline

    answers = plan.answers
    target = output_dir / answers.project_slug
    if dry_run:
        refuse_existing(target)
        files = file_tree(answers)
    else:
        target = write(answers, output_dir)
        files = files_of(target)
    if as_json:
        report = {"directory": str(target), "written": not dry_run, "files": files}
        click.echo(json.dumps(report | {"decisions": plan_json(plan)}, indent=1))
    elif dry_run:
        click.echo(f"{target}/ (not written: --dry-run)")
        click.echo("\n".join(f"  {file}" for file in files))
    else:
        click.echo(f"Wrote {target}: {len(files)} files, {len(plan.decisions)} decisions.")
        own = [plan.architecture] if plan.architecture.by_user else []
        for decision in (*own, *plan.overrides):
            chosen = f"{decision.setting.name} = {inline(decision.value)}"
            rule = f"{decision.rule.id} would choose {inline(decision.rule_value)}"
            click.echo(f"Your own choice: {chosen} ({rule}).")
        click.echo(f'Next: cd {target} && pip install ".[dev]" && python train.py')


def print_plan(plan: Plan) -> None:
    """The plan as a table: decision, value, reason."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    from goodfit.show import plan_rows

    table = Table(title=f"The plan for {plan.answers.project_slug}", box=SIMPLE_HEAD)
    for heading in ("Decision", "Value", "Reason"):
        table.add_column(heading, overflow="fold")
    for row in plan_rows(plan):
        table.add_row(*(cell.replace("[", "\\[") for cell in row))
    Console().print(table)


@main.command()
@click.option("--markdown", is_flag=True, help="As docs/rules.md has them.")
@click.option("--json", "as_json", is_flag=True, help="As data.")
def rules(markdown: bool, as_json: bool) -> None:
    """List every rule."""
    from goodfit.rulebook import TOPICS
    from goodfit.show import choice_lines, rules_json, rules_markdown

    if as_json:
        click.echo(json.dumps(rules_json(), indent=1, ensure_ascii=False))
    elif markdown:
        click.echo(rules_markdown(), nl=False)
    else:
        for topic in TOPICS:
            click.secho(f"\n{topic.name}: {topic.asks}", bold=True)
            for rule in topic.rules:
                click.echo(f"  {rule.id:<9}{rule.when}: {'; '.join(choice_lines(rule))}")
        click.echo("\n`goodfit explain ID` says why, and where it is written.")


@main.command()
@click.argument("what")
def explain(what: str) -> None:
    """Explain one rule by its id (LOSS03), or a setting by its name (batch_size)."""
    from goodfit.rulebook import TOPICS
    from goodfit.show import explanation

    found = [
        explanation(topic, rule)
        for topic in TOPICS
        for rule in topic.rules
        if what.upper() == rule.id or what in topic.settings
    ]
    if not found:
        ids = [rule.id for topic in TOPICS for rule in topic.rules]
        known = [*ids, *(name for topic in TOPICS for name in topic.settings)]
        expected = "the id of a rule or the name of a setting"
        raise GoodfitError(repr(what), expected, nearest(what, known, "see `goodfit rules`"))
    click.echo("\n\n".join(found))
