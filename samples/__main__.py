"""Regenerate what is derived: the samples, docs/rules.md, cookiecutter.json, README's matrix.

    python -m samples            write it
    python -m samples --check    say what differs and exit with 1; write nothing
"""

from __future__ import annotations

import argparse
import difflib
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from goodfit.answers import complete, read_answers_file
from goodfit.cells import matrix_rows
from goodfit.errors import GoodfitError
from goodfit.plan import make_plan
from goodfit.render import LIBRARIES, TEMPLATES, cookiecutter_json, library_files, render
from goodfit.show import rules_markdown

HERE = Path(__file__).resolve().parent
README = HERE.parent / "README.md"
PROJECT = TEMPLATES / "{{cookiecutter.project_slug}}"
BEGIN, END = "<!-- matrix: made by python -m samples -->\n", "<!-- end of matrix -->\n"

# samples/decisions/ keeps of each project what the rules decide: a reviewer sees what a rule changes.
DECIDED = ("answers.toml", "DECISIONS.md")
# samples/projects/ keeps one project with all its files, and of the others those of which most lines
# are others. Libraries are the same in every project, and stand once, below generator/goodfit/.
FIRST = "tabular-mlp-binary"
ALIKE = 0.75  # of the lines of a file stand in that of the first project, in the same order
LEFT_BY_USE = {"__pycache__", "runs", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
OWN_FILES = {"__main__.py", "README.md"}

Files = Mapping[str, bytes]


def readme() -> str:
    """README.md with the table of what there is, as `goodfit.cells` has it."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    rows = ["| input | task | architecture |", "|---|---|---|"]
    rows += [f"| {' | '.join(row)} |" for row in matrix_rows()]
    return before + BEGIN + "\n".join(rows) + "\n" + END + rest.partition(END)[2]


def checks_page() -> str:
    """docs/checks.md; the checks are read with Keras, which takes a moment."""
    from goodfit.doctor.explain import markdown

    return markdown()


DOCUMENTS: dict[Path, Callable[[], str]] = {
    README: readme,
    HERE.parent / "docs" / "rules.md": rules_markdown,
    HERE.parent / "docs" / "checks.md": checks_page,
    TEMPLATES / "cookiecutter.json": cookiecutter_json,
}


def files_of(folder: Path) -> Files:
    """Path below `folder` to content, without what running a project leaves behind."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not LEFT_BY_USE.intersection(path.relative_to(folder).parts)
    }


def samples() -> list[Path]:
    """The checked-in samples, decided files and whole projects: every folder that has answers."""
    kinds = (HERE / "decisions", HERE / "projects")
    return sorted(path.parent for kind in kinds for path in kind.glob("*/answers.toml"))


def generated(sample: Path) -> Files:
    """What the folder `sample` should hold, by its own answers.toml.

    Raises GoodfitError where these are no answers, or those of a project with another name.
    """
    files = rendered(sample)
    if sample.parent.name == "decisions":
        return {name: files[name] for name in DECIDED}
    kept = {name: text for name, text in files.items() if name.split("/")[0] not in LIBRARIES}
    if sample.name == FIRST:
        return kept
    first = rendered(sample.with_name(FIRST))
    return {name: text for name, text in kept.items() if shared(text, first.get(name, b"")) < ALIKE}


def shared(text: bytes, other: bytes) -> float:
    """The share of the lines of `text` that stand in `other`, in the same order."""
    lines, others = text.splitlines(), other.splitlines()
    runs = difflib.SequenceMatcher(None, others, lines, autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs) / max(1, len(lines))


def rendered(sample: Path) -> Files:
    """The project of a sample's answers, whole."""
    answers = complete(read_answers_file(sample / "answers.toml"))
    if answers.project_slug != sample.name:
        given = f"project_slug = {answers.project_slug!r} in a folder named {sample.name}"
        raise GoodfitError(given, "the same name twice", "rename one of them")
    with tempfile.TemporaryDirectory() as workshop:
        return files_of(render(make_plan(answers), Path(workshop)))


def differing(wanted: Files, present: Files) -> list[str]:
    """The files that are missing, too many, or not the same to the byte."""
    names = sorted(wanted.keys() | present.keys())
    return [name for name in names if wanted.get(name) != present.get(name)]


def replace(sample: Path, wanted: Files) -> None:
    """Make `wanted` all that the folder `sample` holds."""
    shutil.rmtree(sample)
    for name, content in wanted.items():
        (sample / name).parent.mkdir(parents=True, exist_ok=True)
        (sample / name).write_bytes(content)


def strays() -> list[str]:
    """What lies in samples/ and belongs to no sample, such as a folder without answers.toml."""
    homes = {sample.relative_to(HERE).as_posix() for sample in samples()}
    found = {"/".join(name.split("/")[:2]) for name in files_of(HERE)}
    return sorted(found - homes - OWN_FILES)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m samples",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    check = parser.parse_args(arguments).check
    stale = []
    for path, make in DOCUMENTS.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != make():
            stale.append(path.relative_to(HERE.parent).as_posix())
            if not check:
                path.write_text(make(), encoding="utf-8")
    for library in LIBRARIES:
        lines = {name: text.encode() for name, text in library_files(library).items()}
        (PROJECT / library).mkdir(exist_ok=True)
        names = differing(lines, files_of(PROJECT / library))
        stale += [f"templates/.../{library}/{name}" for name in names]
        if names and not check:
            replace(PROJECT / library, lines)
    refused = [f"samples/{name} belongs to no sample: no answers.toml" for name in strays()]
    for sample in samples():
        place = sample.relative_to(HERE.parent).as_posix()
        try:
            wanted = generated(sample)
        except GoodfitError as error:
            refused.append(f"{place}/answers.toml: {error.message}")
            continue
        names = differing(wanted, files_of(sample))
        stale += [f"{place}/{name}" for name in names]
        if names and not check:
            replace(sample, wanted)
    for name in stale:
        print(f"{'differs' if check else 'mended'}: {name}")
    for problem in refused:
        print(f"error: {problem}", file=sys.stderr)
    if stale and check:
        print("Mend it with: python -m samples", file=sys.stderr)
    return int(bool(refused or (stale and check)))


if __name__ == "__main__":
    sys.exit(main())
