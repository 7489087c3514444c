"""Regenerate what is derived: the samples, docs/rules.md, cookiecutter.json, README's matrix.

    python -m samples            write it
    python -m samples --check    say what differs and exit with 1; write nothing
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from goodfit.answers import complete, read_answers_file
from goodfit.cells import matrix_rows
from goodfit.plan import make_plan
from goodfit.render import TEMPLATES, cookiecutter_json, render
from goodfit.show import rules_markdown

HERE = Path(__file__).resolve().parent
README = HERE.parent / "README.md"
BEGIN, END = "<!-- matrix: made by python -m samples -->\n", "<!-- end of matrix -->\n"


def readme() -> str:
    """README.md with the table of what there is, as `goodfit.cells` has it."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    rows = ["| input | task | architecture |", "|---|---|---|"]
    rows += [f"| {' | '.join(row)} |" for row in matrix_rows()]
    return before + BEGIN + "\n".join(rows) + "\n" + END + rest.partition(END)[2]


DOCUMENTS = {
    README: readme,
    HERE.parent / "docs" / "rules.md": rules_markdown,
    TEMPLATES / "cookiecutter.json": cookiecutter_json,
}
LEFT_BY_USE = {"__pycache__", "runs", ".pytest_cache", ".mypy_cache", ".ruff_cache"}


def files_of(project: Path) -> dict[str, bytes]:
    """Path below `project` to content, without what running a sample leaves behind."""
    return {
        str(path.relative_to(project)): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file() and not LEFT_BY_USE.intersection(path.relative_to(project).parts)
    }


def samples() -> list[Path]:
    """The checked-in samples: every folder here that has answers."""
    return sorted(path.parent for path in HERE.glob("*/answers.toml"))


def differing(sample: Path, write: bool) -> Iterator[str]:
    """The files of one sample that are not what its answers give; written anew if `write`."""
    with tempfile.TemporaryDirectory() as workshop:
        plan = make_plan(complete(read_answers_file(sample / "answers.toml")))
        project = render(plan, Path(workshop))
        wanted, present = files_of(project), files_of(sample)
        for name in sorted(wanted.keys() | present.keys()):
            if wanted.get(name) != present.get(name):
                yield str(sample.relative_to(HERE.parent) / name)
        if write:
            shutil.rmtree(sample)
            shutil.copytree(project, sample)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m samples", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    check = parser.parse_args().check
    stale = []
    for path, make in DOCUMENTS.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != make():
            stale.append(str(path.relative_to(HERE.parent)))
            if not check:
                path.write_text(make(), encoding="utf-8")
    for sample in samples():
        stale += differing(sample, write=not check)
    for name in stale:
        print(f"{'differs' if check else 'wrote'}: {name}")
    if stale and check:
        print("Mend it with: python -m samples", file=sys.stderr)
    return int(bool(stale) and check)


if __name__ == "__main__":
    sys.exit(main())
