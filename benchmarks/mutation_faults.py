"""The seeded faults of mutations/*.toml: reading them, and doing one to a healthy project.

A project is answers for `goodfit generate`, and where it has `files`, a function of
mutation_data.py that writes them into data/. A fault is a single slip in such a project, and the
names of the findings that would be right: who reads one of them knows where to look. It is one of

    file, old, new   a passage of a file, which stands there exactly once, becomes another
    set              settings of config.toml get other values
    spoil            a function of mutation_spoils.py changes the data files

A `variant` is a change of the same kind that is unusual and sound; it may be several of these.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import rendering
import variant_data  # noqa: F401  its functions enter themselves
from goodfit.toml import inline
from mutation_data import HEALTHY
from mutation_spoils import SPOILT

TABLES = Path(__file__).with_name("mutations")


@dataclass(frozen=True)
class Healthy:
    """A project that has nothing wrong with it."""

    name: str
    answers: dict[str, Any]
    files: str = ""
    set: dict[str, Any] = field(default_factory=dict)

    def make(self, folder: Path) -> Path:
        """Write it into `folder`, with its data files; return its directory."""
        given = {"accelerator": "cpu", "samples": 600, **self.answers, "overrides": self.set}
        project = rendering.project(given, folder)
        if self.files:
            (project / "data").mkdir()
            HEALTHY[self.files](project / "data")
        return project


@dataclass(frozen=True)
class Fault:
    """One slip, and the findings that would be right to say of it; "refused" where config.py or a
    reader is to say no. `after` names the study or tool whose faults it is one of."""

    name: str
    project: str
    kind: Literal["data", "configuration", "model", "pipeline"]
    right: list[str]
    after: str = ""
    file: str = ""
    old: str = ""
    new: str = ""
    set: dict[str, Any] = field(default_factory=dict)
    spoil: str = ""

    def apply(self, project: Path) -> None:
        """Make the slip in the healthy project in `project`. Raises ValueError where it cannot."""
        if self.spoil:
            SPOILT[self.spoil](project / "data")
        if self.set:
            change_settings(project, self.set)
        if self.file:
            path, old = project / self.file, self.old.strip("\n")
            text = path.read_text(encoding="utf-8")
            if text.count(old) != 1:
                raise ValueError(f"{self.name}: {text.count(old)} such places in {self.file}")
            path.write_text(text.replace(old, self.new.strip("\n")), encoding="utf-8")


def change_settings(project: Path, settings: dict[str, Any]) -> None:
    """Give settings of config.toml, which are named once each, other values."""
    path = project / "config.toml"
    text = path.read_text(encoding="utf-8")
    for key, value in settings.items():
        line = f"{key} = {inline(value)}".replace("\\", r"\\")
        text, found = re.subn(rf"(?m)^{key} = .*$", line, text)
        if found != 1:
            raise ValueError(f"{found} lines of config.toml begin with {key}")
    path.write_text(text, encoding="utf-8")


@cache
def tables() -> list[dict[str, Any]]:
    """The files of mutations/, in order."""
    return [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(TABLES.glob("*.toml"))
    ]


def healthy_projects() -> dict[str, Healthy]:
    """Every project that faults are seeded into, by name."""
    entries = [pair for table in tables() for pair in table.get("project", {}).items()]
    return {name: Healthy(name, **entry) for name, entry in entries}


def faults() -> list[Fault]:
    """Every fault, in the order of the files."""
    return [Fault(**entry) for table in tables() for entry in table.get("fault", [])]


def variants() -> list[Fault]:
    """Every change that is unusual and sound, of which nothing is to be said."""
    kind: Any = "configuration"
    entries = [entry for table in tables() for entry in table.get("variant", [])]
    return [Fault(kind=kind, right=[], **entry) for entry in entries]
