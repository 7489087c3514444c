"""The commands. Thin: each reads its flags and calls the rooms below."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goodfit import __version__
from goodfit.cells import INPUTS, TASKS
from goodfit.errors import GoodfitError, Stopped, nearest, shell_word
from goodfit.flags import PLACE, TARGET, Commands, at_terminal, names, typed
from goodfit.questions import ACCELERATORS, ARCHITECTURE_OPTIONS, LICENSES
from goodfit.reader.how import printable

if TYPE_CHECKING:
    from goodfit.plan import Plan

CHECK = re.compile("[a-z]+(-[a-z0-9]+)*")  # the id of one
Settle = Callable[[dict[str, Any]], dict[str, Any]]  # adds to answers where the data lies


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Generate Keras projects whose every choice follows a documented rule and says why."""


@main.command()
@click.argument("name", required=False)
@click.option(
    "--data",
    type=PLACE,
    help="Your file or folder: the answers follow from it.",
)
@click.option("--target", "targets", multiple=True, metavar="COLUMN", help=TARGET)
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
@click.option("--license", help=f"For others to use it: {names(LICENSES)}.")
@click.option("--description", help="One sentence for the README.")
@click.option(
    "--set", "pairs", multiple=True, metavar="KEY=VALUE", help="Decide a setting yourself."
)
@click.option(
    "--answers",
    "answers_file",
    type=PLACE,
    help="Replay a file.",
)
@click.option("--yes", is_flag=True, help="Take defaults; ask nothing.")
@click.option("--dry-run", is_flag=True, help="Show the plan and the files; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines; implies --yes.")
@click.option(
    "--output-dir",
    type=PLACE,
    default=Path(),
    help="Where to write (here).",
)
def generate(
    name: str | None,
    data: Path | None,
    targets: tuple[str, ...],
    pairs: tuple[str, ...],
    answers_file: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    output_dir: Path,
    **flags: Any,
) -> None:
    """Make a new project in the directory NAME."""
    from goodfit.answers import complete, read_answers_file, refuse_wrong
    from goodfit.plan import make_plan
    from goodfit.render import refuse_existing
    from goodfit.settings import read_override
    from goodfit.show import print_plan
    from goodfit.study.answering import in_place, read_data

    given = read_answers_file(answers_file) if answers_file else {}
    given |= {flag: value for flag, value in flags.items() if value is not None}
    given |= {"project_slug": name} if name is not None else {}
    if pairs:
        said = dict(read_override(pair) for pair in pairs)
        given["overrides"] = given.get("overrides", {}) | said
    if data is None and targets:
        given_words, fix = "--target without --data", "add --data FILE, or --set targets=[...]"
        raise GoodfitError(given_words, "the data that has this column", fix)
    also = "--answers" if answers_file else "--set path"
    if data is not None and (answers_file or "path" in given.get("overrides", {})):
        raise GoodfitError(f"--data with {also}", "one of the two", "leave out one")
    quiet = yes or as_json or answers_file is not None
    refuse_wrong(given)  # this and the next are said before the first question, not after the last
    if name:
        refuse_existing(output_dir / name)
    if data is None and not quiet:
        make_plan(complete(given))  # so is a wrong flag
    settle: Settle = as_it_is
    with stoppable():
        if not quiet and not at_terminal():
            from goodfit.unattended import refuse_to_ask

            refuse_to_ask(data, targets, given, typed())
        if data is None and not quiet and "path" not in given.get("overrides", {}):
            from goodfit.data_prompts import ask_and_confirm

            if answers := ask_and_confirm(targets, given):
                given, settle = answers, in_place(output_dir)
        elif data is not None:
            given = read_data(data, targets, given, quiet, typed())
            settle = in_place(output_dir)
        plan = make_plan(complete(settle(given))) if quiet else converse(given, settle, output_dir)
    if dry_run and quiet and not as_json:
        print_plan(plan)
    finish(plan, dry_run, as_json, output_dir)


@contextmanager
def stoppable() -> Iterator[None]:
    """Who stops at a prompt, or by Ctrl-C at any other moment, is told in a line that nothing has
    happened."""
    try:
        yield
    except (Stopped, KeyboardInterrupt):
        click.echo("Stopped; nothing was written.", err=True)
        raise SystemExit(130) from None


def as_it_is(values: dict[str, Any]) -> dict[str, Any]:
    """Answers that need nothing more."""
    return values


def converse(given: dict[str, Any], settle: Settle, output_dir: Path) -> Plan:
    """Ask, show the plan, let the person accept it or change any answer."""
    from goodfit import prompts
    from goodfit.answers import complete
    from goodfit.plan import make_plan
    from goodfit.show import print_plan

    make_plan(complete(settle(given)))  # nor is anything asked where what is given is wrong
    values = prompts.ask_all(given, output_dir)
    before: Plan | None = None
    while True:
        plan = make_plan(complete(settle(values)))
        print_plan(plan, before, elsewhere=f'"{prompts.SHOW}"')
        changed = prompts.accept_or_change(values, output_dir)
        if changed is None:
            return plan
        before, values = plan, changed


def finish(plan: Plan, dry_run: bool, as_json: bool, output_dir: Path) -> None:
    """Write the project, or only say what would be written."""
    from goodfit.render import file_tree, files_of, refuse_existing, write
    from goodfit.show import plan_json, without_you
    from goodfit.toml import inline

    target = output_dir / plan.answers.project_slug
    with stoppable():
        if dry_run:
            refuse_existing(target)
        else:
            write(plan, output_dir)
    files = file_tree(plan) if dry_run else files_of(target)
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
            click.echo(f"Your own choice: {chosen} ({without_you(decision)}).")
        click.echo(f'Next: cd {shell_word(str(target))} && pip install ".[dev]" && python train.py')


@main.command()
@click.argument("data", type=PLACE, metavar="FILE_OR_FOLDER")
@click.option("--target", "targets", multiple=True, metavar="COLUMN", help=TARGET)
@click.option("--task", help=f"What is to be predicted: {names(TASKS)}.")
@click.option("--input", help=f"From what: {names(INPUTS)}.")
@click.option("--set", "pairs", multiple=True, metavar="KEY=VALUE", help="Decide how it is read.")
@click.option("--json", "as_json", is_flag=True, help="As data.")
def study(
    data: Path, targets: tuple[str, ...], pairs: tuple[str, ...], as_json: bool, **flags: Any
) -> None:
    """Say what FILE_OR_FOLDER holds, what can be learnt from it, and how sure that is."""
    from goodfit.answers import refuse_wrong
    from goodfit.settings import read_override, require_setting
    from goodfit.study import study as look
    from goodfit.study.open_questions import answer_flag, decided
    from goodfit.study.proposals import typed_as, ways, with_all_questions
    from goodfit.study.report import print_study, study_json

    said = {flag: value for flag, value in flags.items() if value is not None}
    refuse_wrong(said)
    given = said | {"overrides": dict(read_override(pair) for pair in pairs)}
    for name, value in given["overrides"].items():
        require_setting(name, value)
    with stoppable():
        found = look(data, targets, decided(given))
        proposed = [] if as_json else ways(found, data, targets, given)
    if as_json:
        click.echo(json.dumps(study_json(found), indent=1, ensure_ascii=False))
        return
    print_study(with_all_questions(found, proposed[0]))
    chosen = "".join(f" --target {shell_word(one)}" for one in targets)
    chosen += "".join(f" {answer_flag(name, value)}" for name, value in said.items())
    chosen += "".join(f" --set {shell_word(pair)}" for pair in pairs)
    command = f"goodfit generate NAME --data {shell_word(str(data))}{chosen}"
    first, *others = typed_as(command, proposed)
    words = "Look at what is unsure, then" if found.open_questions else "Next"
    lines = [f"{words}: {first}", *(f"or: {other}" for other in others)]
    click.echo("\n".join(map(printable, lines)))


@main.command()
@click.option("--markdown", is_flag=True, help="As docs/rules.md has them.")
@click.option("--json", "as_json", is_flag=True, help="As data.")
def rules(markdown: bool, as_json: bool) -> None:
    """List every rule."""
    from goodfit.show import rules_json, rules_markdown, rules_text

    if as_json:
        click.echo(json.dumps(rules_json(), indent=1, ensure_ascii=False))
    elif markdown:
        click.echo(rules_markdown(), nl=False)
    else:
        click.echo(rules_text())


@main.command()
@click.argument("what")
def explain(what: str) -> None:
    """Explain a rule by its id (LOSS03), a setting by its name (batch_size), or a check of the
    doctor by its id (head-agreement)."""
    from goodfit.rulebook import TOPICS
    from goodfit.show import explanation

    found = [
        explanation(topic, rule)
        for topic in TOPICS
        for rule in topic.rules
        if what.upper() == rule.id or what in topic.settings
    ]
    if not found and CHECK.fullmatch(what):
        found = explained_check(what)
    if not found:
        ids = [rule.id for topic in TOPICS for rule in topic.rules]
        known = [*ids, *(name for topic in TOPICS for name in topic.settings)]
        expected = "the id of a rule or of a check, or the name of a setting"
        raise GoodfitError(repr(what), expected, nearest(what, known, "see `goodfit rules`"))
    click.echo("\n\n".join(found))


def explained_check(name: str) -> list[str]:
    """The entry of a check, or nothing. Checks are read with Keras, which takes a moment."""
    from importlib.util import find_spec

    if find_spec("keras") is None:
        return []
    from goodfit.doctor.explain import explained, ids, near

    if name not in ids():
        if "-" in name:  # no setting is called so
            raise GoodfitError(repr(name), near(name), "see docs/checks.md")
        return []
    return [explained(name)]


@main.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def doctor(arguments: tuple[str, ...]) -> None:
    """Examine a Keras training script: every fit, before its first step and while it runs.

    goodfit doctor [--stop] [--json] SCRIPT [ARGS ...]; `goodfit doctor --help` says more.
    """
    from goodfit.doctor.script import main as examine_script

    sys.exit(examine_script(list(arguments)))
