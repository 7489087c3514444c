"""Plan to files, through cookiecutter. Writing is all or nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import textwrap
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from cookiecutter.generate import generate_files
from jinja2 import Environment
from jinja2.ext import Extension

from goodfit.answers import as_text, complete, default_answer
from goodfit.errors import GoodfitError
from goodfit.modules import Joiner, partial_path
from goodfit.plan import Plan, make_plan
from goodfit.questions import QUESTIONS
from goodfit.reader.how import printable
from goodfit.toml import inline, lines

PACKAGE = Path(__file__).parent
TEMPLATES = next(
    path for path in (PACKAGE / "templates", PACKAGE.parents[1] / "templates") if path.is_dir()
)


class PlanExtension(Extension):
    """What goodfit adds to cookiecutter's Jinja: the plan, and modules out of partials.

    With it, `cookiecutter templates/` and `goodfit generate` run the same code on the same answers.
    Jinja runs what stands in goodfit's templates and nothing else, so that no sandbox is needed:
    names, answers and data come to them as values, and `preprocess` sees to the rest.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.filters["plan"] = plan_of
        environment.filters["default_answer"] = default_answer
        environment.filters["toml"] = inline
        environment.filters["lines"] = lines
        environment.filters["cell"] = table_cell
        environment.filters["plain"] = plain
        environment.filters["comment"] = comment
        environment.globals["partial"] = partial
        environment.globals["module"] = module
        environment.globals["library"] = library
        environment.globals["license_name"] = license_name
        environment.globals["license_text"] = license_text

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template that cookiecutter has read. It takes paths and answers for templates too,
        which have no `name`: of these, what is not goodfit's own is text, as it stands."""
        if name is not None or source in own_templates():
            return source
        compiled = "__pycache__" in Path(source).parts and source.endswith(".pyc")
        return (
            "{{ " + ascii("" if compiled else source) + " }}"
        )  # a file without a name is left out


@lru_cache(maxsize=1)
def own_templates() -> frozenset[str]:
    """The names in the template, and the texts in cookiecutter.json, that are to be rendered."""
    settings = json.loads((TEMPLATES / "cookiecutter.json").read_text(encoding="utf-8"))
    project = next(TEMPLATES.glob("{{*"))
    names = [str(path.relative_to(project)) for path in project.rglob("*")]
    texts = [one for one in settings.values() if isinstance(one, str)]
    return frozenset(one for one in (project.name, *names, *texts) if "{" in one)


HANDED_OVER = "_plan"  # cookiecutter leaves variables that begin with _ as they are


def plan_of(cookiecutter: Mapping[str, Any]) -> Plan:
    """The plan for cookiecutter's variables: the one that `render` handed over, or, where
    cookiecutter itself renders, what the answers in them give.

    Raises GoodfitError.
    """
    if HANDED_OVER in cookiecutter:
        plan: Plan = cookiecutter[HANDED_OVER]
        return plan
    names = [question.name for question in QUESTIONS]
    given = {name: cookiecutter[name] for name in names if name in cookiecutter}
    return plan_of_json(json.dumps(given))


@lru_cache(maxsize=1)
def plan_of_json(given: str) -> Plan:
    """The plan for answers as a JSON object; made once for all files of a project."""
    return make_plan(complete(json.loads(given)))


def partial(kind: str, plan: Plan) -> str:
    """The text of a partial in Markdown, whole: which one is all that varies."""
    path = partial_path(kind, plan.answers, Path.cwd().parent / "partials")
    return path.read_text(encoding="utf-8")


def module(name: str, plan: Plan) -> str:
    """The text of a Python module that is made of partials."""
    return Joiner(plan, Path.cwd()).text(name)


def license_name(cookiecutter: Mapping[str, Any]) -> str:
    """The name of the file with the licence; "", which makes none, where there is no licence."""
    return "" if plan_of(cookiecutter).answers.license == "none" else "LICENSE"


def license_text(cookiecutter: Mapping[str, Any]) -> str:
    """The licence that was chosen."""
    name = f"{plan_of(cookiecutter).answers.license}.txt"
    text = (Path.cwd().parent / "partials" / "license" / name).read_text(encoding="utf-8")
    return text.removesuffix("\n")


LIBRARIES = ("doctor", "reader")
"""The folders that every project has as they are; each stands in the repository once."""


def library(name: str) -> str:
    """The text of a file of `LIBRARIES`, as it is."""
    return (PACKAGE / name).read_text(encoding="utf-8").removesuffix("\n")


def library_files(folder: str) -> dict[str, str]:
    """Each file of a library's folder in the template, with the line that fetches its text."""
    files = sorted((PACKAGE / folder).rglob("*.py"))
    names = [file.relative_to(PACKAGE) for file in files]
    return {
        (name.relative_to(folder).parent / f"{{{{ '{name.name}' }}}}").as_posix(): (
            f'{{{{ library("{name.as_posix()}") }}}}\n'
        )
        for name in names
    }


def plain(text: str) -> str:
    """User text that Markdown shows as it was written, on one line; signs that a terminal would
    obey are written out."""
    text = printable(" ".join(text.split()))
    text = re.sub(r"([\\`*_\[\]<>&|~#])", r"\\\1", text)
    text = re.sub(r"^([-+=])", r"\\\1", text)  # these mean something at the beginning only
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", text)


def comment(text: str) -> str:
    """Text as TOML comment lines, which may hold no control signs."""
    return textwrap.fill(printable(text), 100, initial_indent="# ", subsequent_indent="# ")


def table_cell(value: Any) -> str:
    """A value as code inside a Markdown table, between more backticks than it has in a row."""
    text = inline(value).replace("|", "\\|")
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{text}{fence}"


def cookiecutter_json() -> str:
    """The text of templates/cookiecutter.json: goodfit's questions in cookiecutter's words."""
    defaults: dict[str, Any] = {}
    prompts: dict[str, Any] = {}
    for question in [question for question in QUESTIONS if question.prompted]:
        prompts[question.name] = f"{question.asks} ({question.help})"
        defaults[question.name] = question.default
        if question.options:
            shown = {option.name: f"{option.name}: {option.help}" for option in question.options}
            prompts[question.name] = {"__prompt__": prompts[question.name], **shown}
            defaults[question.name] = list(shown)
        elif isinstance(question.default, bool):
            defaults[question.name] = ["yes", "no"] if question.default else ["no", "yes"]
        elif callable(question.default):
            defaults[question.name] = f'{{{{ cookiecutter | default_answer("{question.name}") }}}}'
        else:
            defaults[question.name] = str(question.default)
    settings = {
        **defaults,
        "__checked": "{{ (cookiecutter | plan).answers.project_slug }}",
        "__prompts__": prompts,
        "_extensions": ["goodfit.render.PlanExtension"],
        "_copy_without_render": ["*.py"],
        "_jinja2_env_vars": {"trim_blocks": True, "lstrip_blocks": True},
    }
    return json.dumps(settings, indent=2, ensure_ascii=False) + "\n"


def render(plan: Plan, into: Path) -> Path:
    """Write the project of `plan` into the existing folder `into`; return its directory."""
    settings = json.loads((TEMPLATES / "cookiecutter.json").read_text(encoding="utf-8"))
    private = {key: value for key, value in settings.items() if key.startswith("_")}
    context = {"cookiecutter": {**private, **as_text(plan.answers), HANDED_OVER: plan}}
    project = Path(generate_files(str(TEMPLATES), context, str(into), accept_hooks=False))
    for compiled in [*project.rglob("__pycache__")]:  # pip leaves some in an installed template
        shutil.rmtree(compiled)
    return project


def write(plan: Plan, output_dir: Path) -> Path:
    """Write the project into `output_dir`, whole or not at all. Raises GoodfitError."""
    target = output_dir / plan.answers.project_slug
    refuse_existing(target)
    workshop: str | None = None
    try:
        output_dir.mkdir(parents=True, exist_ok=True)
        workshop = tempfile.mkdtemp(prefix=".goodfit-", dir=output_dir)
        project = render(plan, Path(workshop))
        refuse_existing(target)
        os.rename(project, target)
    except OSError as error:
        raise GoodfitError(
            f"{output_dir}: {error.strerror}",
            "a directory that can be written to",
            "make room or choose another with --output-dir; nothing was written",
        ) from None
    finally:
        if workshop is not None:
            shutil.rmtree(workshop, ignore_errors=True)
    return target


def refuse_existing(target: Path) -> None:
    """Raise GoodfitError where something is in the way: goodfit never writes over anything."""
    try:
        taken = target.exists() or target.is_symlink()
    except OSError as error:
        raise GoodfitError(
            f"{target}: {error.strerror}", "a directory that can be written to", "choose another"
        ) from None
    if taken:
        raise GoodfitError(
            f"{target} exists",
            "a name that is free",
            "choose another name or --output-dir, or remove it yourself",
        )


def files_of(project: Path) -> list[str]:
    """The files below `project`, relative to it, in sorted order."""
    return sorted(str(path.relative_to(project)) for path in project.rglob("*") if path.is_file())


def file_tree(plan: Plan) -> list[str]:
    """The files a project would have."""
    with tempfile.TemporaryDirectory(prefix="goodfit-") as workshop:
        return files_of(render(plan, Path(workshop)))
