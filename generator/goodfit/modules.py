"""Emitted modules out of partials: which partials a module is made of, written as one file.

A partial is a real Python module, linted where it stands. Where several become one, their code is
kept as it is and their imports are merged. What a partial imports from one that is no part of any
module is written out in front of it: that function and what it uses, and nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from goodfit.answers import Answers
from goodfit.cells import architecture_named, task_named
from goodfit.pieces import Import, Piece, closure, in_order, taken_apart
from goodfit.plan import Plan
from goodfit.sections import sections_text

VARIANTS = {
    "baselines": ("{form}_{targets}", "{input}_{targets}", "{targets}"),
    "checkup": ("any",),
    "columns": ("any",),
    "config": ("any",),
    "config_file": ("any",),
    "conftest": ("any",),
    "data": ("{form}", "{input}"),
    "draw": ("{task}",),
    "evaluate": ("any",),
    "features": ("{form}", "{input}"),
    "files": ("any",),
    "grouping": ("{form}", "any"),
    "images": ("any",),
    "inputs": ("{form}", "{input}"),
    "model": ("{form}_{network}", "{input}_{network}", "{family}_{network}"),
    "output": ("{form}",),
    "parts": ("any",),
    "pieces": ("any",),
    "predict": ("{form}", "any"),
    "sample": ("{input}_{targets}", "{form}", "{input}"),
    "second_stage": ("{form}_{network}", "{network}"),
    "small": ("{form}_{network}", "{form}", "{input}"),
    "special": ("{form}", "{input}"),
    "splitting": ("{task}", "{form}", "random"),
    "strata": ("{targets}",),
    "targets": ("{targets}",),
    "task": ("{task}",),
    "test_data": ("{form}", "{input}"),
    "test_model": ("{targets}", "any"),
    "text_facts": ("any",),
    "test_training": ("any",),
    "train": ("any",),
    "trip": ("{targets}", "any"),
    "your_data": ("{form}", "{input}"),
    "your_target": ("{targets}",),
    "words": ("any",),
}
"""Which file of `templates/partials/<kind>/` a project gets: the first of these that is there."""

MODULES = {
    "checkup": ("special", "trip", "checkup"),
    "config": ("config", "sections", "config_file"),
    "conftest": ("small", "conftest"),
    "data": ("data", "grouping", "splitting"),
    "evaluate": ("baselines", "evaluate"),
    "features": ("features", "inputs"),
    "model": ("model",),
    "predict": ("predict",),
    "sample": ("sample",),
    "task": ("targets", "task"),
    "test_data": ("test_data",),
    "test_training": ("test_model", "test_training"),
    "train": ("train", "second_stage"),
}
"""The kinds of partials that an emitted module is made of, in their order; "sections" is written by
`sections_text`. A later function takes the place of a namesake, and only some projects have a
second stage. The docstring is that of the partial that is called like the module."""

OPTIONAL = ("second_stage",)
LOOSE = {*VARIANTS} - {kind for kinds in MODULES.values() for kind in kinds}
WIDTH = 100


def partial_path(kind: str, answers: Answers, partials: Path) -> Path:
    """The file of that kind for these answers. Raises LookupError where there is none."""
    task = task_named(answers.task)
    words = {
        "form": answers.form,
        "input": answers.input,
        "family": answers.family,
        "task": answers.task,
        "targets": task.targets,
        "network": architecture_named(answers.architecture).network,
    }
    names = [name.format(**words).replace("-", "_") for name in VARIANTS[kind]]
    for path in (partials / kind / f"{name}{end}" for name in names for end in (".py", ".md")):
        if path.is_file():
            return path
    raise LookupError(f"templates/partials/{kind} has none of {', '.join(names)}")


class Joiner:
    """Writes the modules of one plan. `template` is the folder that cookiecutter renders."""

    def __init__(self, plan: Plan, template: Path) -> None:
        self.plan, self.template = plan, template
        folders = {path.name for path in template.iterdir() if path.is_dir()}
        self.own = {*MODULES, *folders, *(path.stem for path in template.glob("*.py"))}

    def piece(self, kind: str) -> Piece:
        """The partial of that kind. Raises LookupError where this project has none."""
        if kind == "sections":
            return taken_apart(sections_text(self.plan))
        path = partial_path(kind, self.plan.answers, self.template.parent / "partials")
        return taken_apart(path.read_text(encoding="utf-8"))

    def pieces(self, module: str) -> dict[str, Piece]:
        """The partials of a module by their kind."""
        found = {}
        for kind in MODULES[module]:
            try:
                found[kind] = self.piece(kind)
            except LookupError:
                if kind not in OPTIONAL:
                    raise
        return found

    def asked_of(self, module: str) -> set[str]:
        """The names that other modules of the project import from `module`."""
        texts = [path.read_text(encoding="utf-8") for path in self.template.rglob("*.py")]
        others = [taken_apart(text) for text in texts if f"from {module} import" in text]
        for name in [name for name in MODULES if name not in (module, "config")]:
            others += self.pieces(name).values()
        return {one.name for piece in others for one in piece.imports if one.module == module}

    def written_out(self, piece: Piece, asked: set[str]) -> Iterator[Piece]:
        """Of the partials that are no part of a module: what `piece` imports, and what of them is
        `asked` by other modules, each before its reader."""
        wanted: dict[str, set[str]] = {}
        for one in piece.imports:
            if one.module in LOOSE:
                wanted.setdefault(one.module, set()).add(one.name)
        for kind, names in wanted.items():
            source = self.piece(kind)
            blocks = closure(source.blocks, names | asked)
            used = {name for block in blocks for name in block.reads}
            imports = tuple(one for one in source.imports if one.bound in used)
            found = Piece("", (), imports, tuple(blocks))
            yield from self.written_out(found, set())
            yield found

    def text(self, module: str) -> str:
        """The whole text of a module."""
        pieces = self.pieces(module)
        loose = any(one.module in LOOSE for piece in pieces.values() for one in piece.imports)
        asked = self.asked_of(module) if loose else set()
        sources: list[Piece] = []
        for piece in pieces.values():
            sources += [*self.written_out(piece, asked), piece]
        blocks = in_order(sources)
        used = {name for block in blocks for name in block.reads} | {"annotations"}
        imports = {
            one
            for source in sources
            for one in source.imports
            if one.bound in used and one.module not in {module, *MODULES[module], *LOOSE}
        }
        docstring = pieces.get(module, next(iter(pieces.values()))).docstring
        first = [line for source in sources for line in source.first]
        head = "\n".join([*first, self.imports_text(imports)]).strip()
        constants = "\n".join(block.text for block in blocks if block.constant)
        top = [docstring, *(part for part in (head, constants) if part)]
        others = [block.text for block in blocks if not block.constant]
        return "\n\n\n".join(["\n\n".join(top), *others]) + "\n"

    def imports_text(self, imports: set[Import]) -> str:
        """Import statements as isort sorts them: by origin, plain ones first, then by name."""
        groups = []
        for origin in range(4):
            group = [one for one in imports if self.origin_of(one.module or one.name) == origin]
            plain = sorted({one.text for one in group if not one.module}, key=str.lower)
            lines = [f"import {text}" for text in plain]
            for module in sorted({one.module for one in group if one.module}, key=str.lower):
                names = {one.text for one in group if one.module == module}
                lines.append(from_text(module, sorted(names, key=by_kind)))
            groups += ["\n".join(lines)] if lines else []
        return "\n\n".join(groups)

    def origin_of(self, module: str) -> int:
        """0 is `__future__`, 1 the standard library, 2 what is installed, 3 our own."""
        top = module.partition(".")[0]
        if top == "__future__":
            return 0
        if top in sys.stdlib_module_names:
            return 1
        return 3 if top in self.own else 2


def by_kind(name: str) -> tuple[int, str]:
    """Constants, then classes, then everything else, each by name."""
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1 if name[0].isupper() else 2), name


def from_text(module: str, names: list[str]) -> str:
    """`from module import names`, on several lines where one would be too long."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])
