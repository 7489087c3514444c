"""The data sets of evidence.py: a project for each, and what it would be with other settings."""

from __future__ import annotations

import ast
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import rendering
from goodfit.answers import complete
from goodfit.errors import GoodfitError
from goodfit.plan import Plan, make_plan
from goodfit.study import study
from goodfit.study.answering import located
from goodfit.study.open_questions import answers_of, decided
from inference import truths

HERE = Path(__file__).parent
# What decides a training: these modules of a project, and no other.
TRAINS = ("data", "features", "model", "task", "train")
MOST = 8_000  # samples of a set: larger ones take a budget that many small ones need


@dataclass(frozen=True)
class EvidenceSet:
    """One data set: where it lies below the folder of data, and what a person says of it.

    `known`: rules were made by experiments on it. `rare`: one of its classes is, and it is only
    for comparisons that are about that.
    """

    name: str
    file: str
    task: str
    targets: list[str]
    known: bool = False
    rare: bool = False
    set: dict[str, Any] = field(default_factory=dict)


def evidence_sets() -> Iterator[EvidenceSet]:
    """All of evidence_sets.toml, and after them the known ones of inference.toml."""
    text = (HERE / "evidence_sets.toml").read_text(encoding="utf-8")
    for entry in tomllib.loads(text)["set"]:
        yield EvidenceSet(**entry)
    named = {one["name"]: one for one in reversed(truths())}  # a second target is another story
    for one in reversed(named.values()):
        if one.get("samples", 0) <= MOST and one["input"] != "image":
            file = f"{one['name']}/{one['path']}"
            said = one.get("set", {})
            yield EvidenceSet(
                one["name"], file, one["task"], one.get("target", []), known=True, set=said
            )


def answers_for(one: EvidenceSet, data: Path) -> dict[str, Any]:
    """Answers as `goodfit generate --data` finds them, each open question as it proposes."""
    path, targets = (data / one.file).resolve(), tuple(one.targets)
    given: dict[str, Any] = {"accelerator": "cpu", "task": one.task, "overrides": dict(one.set)}
    given["project_slug"] = "project"
    rendering.decided_as_proposed(path, targets, given)
    return answers_of(study(path, targets, decided(given)), given)


def stripped(source: str) -> str:
    """Python without what nobody runs: comments and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            text = node.body and isinstance(node.body[0], ast.Expr)
            if text and ast.get_docstring(node, clean=False) is not None:
                node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


@dataclass(frozen=True)
class Trial:
    """A project, and the settings it is trained with; `key` is the hash of all that counts."""

    project: Path
    settings: dict[str, str]  # `section.name` to a TOML value, where it is not the project's own
    content: str

    def key(self, seed: int) -> str:
        return hashlib.sha256(f"{self.content} {seed}".encode()).hexdigest()[:16]


class Workbench:
    """Makes each project once, however many trials train it."""

    def __init__(self, one: EvidenceSet, data: Path, folder: Path) -> None:
        """Raises GoodfitError where the data cannot be read."""
        self.one, self.folder = one, folder
        self.answers = answers_for(one, data)
        self.plan = self.planned({})
        digest = hashlib.sha256()
        source = data / one.file
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if path.is_file():
                digest.update(path.read_bytes())
        self.data = digest.hexdigest()
        self.projects: dict[str, Path] = {}

    def planned(self, overrides: Mapping[str, Any], architecture: str = "") -> Plan:
        """The plan with other settings or another network. Raises GoodfitError."""
        given = {**self.answers, "architecture": architecture} if architecture else self.answers
        return make_plan(complete({**given, "overrides": {**given["overrides"], **overrides}}))

    def project(self, architecture: str) -> Path:
        """The project as generated, of the network that is asked for."""
        if architecture not in self.projects:
            place = self.folder / f"{self.one.name}-{architecture or 'default'}"
            place.mkdir(parents=True)
            given = {**self.answers, "architecture": architecture} if architecture else self.answers
            self.projects[architecture] = rendering.project(located(given, place), place)
        return self.projects[architecture]

    def trial(self, overrides: Mapping[str, Any], architecture: str = "") -> Trial:
        """A trial of the project with these settings. Raises GoodfitError where they contradict."""
        plan, own = self.planned(overrides, architecture), self.planned({}, architecture)
        project = self.project(architecture)
        code = [stripped((project / f"{name}.py").read_text("utf-8")) for name in TRAINS]
        values = {name: value for name, value in plan.values.items() if name != "path"}
        content = json.dumps([self.data, values, code], sort_keys=True, default=str)
        changed = {
            f"{one.setting.section}.{one.setting.name}": json.dumps(one.value)
            for one in plan.decisions
            if one.value != own.values[one.setting.name]
        }
        return Trial(project, changed, hashlib.sha256(content.encode()).hexdigest())

    @cached_property
    def own(self) -> Trial:
        """The project as generated, which all others are held against."""
        return self.trial({})

    def rule_of(self, setting: str) -> str:
        """The rule that decided a setting (or the architecture) of this set's plan; "" if none."""
        decisions = [self.plan.architecture, *self.plan.decisions]
        found = [one.rule.id for one in decisions if one.setting.name == setting]
        return found[0] if found else ""


def benches(names: list[str], data: Path, folder: Path) -> Iterator[Workbench]:
    """A workbench for each set that is wanted and there; what is not is said."""
    for one in evidence_sets():
        if names and one.name not in names:
            continue
        if not (data / one.file).exists():
            print(f"{one.name}: no {one.file} in {data}, passed over", flush=True)
            continue
        try:
            yield Workbench(one, data, folder)
        except GoodfitError as error:
            print(f"{one.name}: passed over: {str(error).splitlines()[0]}", flush=True)
