"""What a study says of small inputs that went wrong, before and after.

    python benchmarks/cases.py DIR [--before REVISION]

DIR holds the files, at any depth, and README.md, in which a line of a table may name a target
behind the name of a folder: (`--target zone`); files called new.csv come later, and are left out. A
table is printed with a row for each file: the target, the task, what is left out or marks groups
and what is asked, as the code of REVISION says it (a commit from before these inputs were known,
unless another is named) and as it is said now. The exit code is 1 where a file is refused or ends
in a traceback now.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BEFORE = "d00ddb0"  # where studies began
ROOT = Path(__file__).resolve().parents[1]
LOOK = """
import sys
from pathlib import Path
from goodfit.errors import GoodfitError
from goodfit.study import study
for line in sys.stdin:
    path, _, target = line.rstrip("\\n").partition("\\t")
    try:
        found = study(Path(path), tuple(filter(None, [target])))
    except GoodfitError as error:
        print("refused:", error.given.replace(path, Path(path).name)[:90])
        continue
    except Exception as error:
        print("TRACEBACK:", type(error).__name__)
        continue
    known = {one.question: one.value for one in found.evidence}
    targets = ", ".join(map(str, known.get("targets") or ()))
    said = [f"{found.answers.get('task', '')} of {targets}"] if found.answers.get("task") else []
    said += ["not " + ", ".join(known["ignore"])] if known.get("ignore") else []
    said += ["group " + known["group"]] if known.get("group") else []
    said += ["asks for " + ", ".join(found.open_questions)] if found.open_questions else []
    print("; ".join(said))
"""


def said_of(files: list[tuple[Path, str]], code: Path) -> list[str]:
    """What the code below a folder says of each file with its target, "" for none, a line each."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOOK],
        input="".join(f"{path}\t{target}\n" for path, target in files),
        env={**os.environ, "PYTHONPATH": str(code / "generator")},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def targets_in(readme: Path) -> dict[str, str]:
    """The target that is named for a folder."""
    lines = readme.read_text(encoding="utf-8").splitlines() if readme.is_file() else []
    cells = [line.strip("|").split("|") for line in lines if line.startswith("|")]
    named = [(row[0].strip(), re.search(r"--target (\w+)", " ".join(row))) for row in cells]
    return {folder: found[1] for folder, found in named if found}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--before", default=BEFORE, metavar="REVISION")
    options = parser.parse_args()
    root = options.folder.resolve()
    known = targets_in(root / "README.md")
    paths = sorted(path for path in root.rglob("*.*") if path.is_file() and not path.match("new.*"))
    paths = [path for path in paths if path.suffix != ".md"]
    files = [(path, known.get(path.parent.name, "")) for path in paths]
    with tempfile.TemporaryDirectory(prefix="goodfit-cases-") as place:
        git = ["git", "-C", str(ROOT), "archive", options.before, "generator", "templates"]
        packed = subprocess.run(git, capture_output=True, check=True)
        subprocess.run(["tar", "x", "-C", place], input=packed.stdout, check=True)
        before = said_of(files, Path(place))
    after = said_of(files, ROOT)
    print("| file | before | now |\n|---|---|---|")
    for (path, target), old, new in zip(files, before, after, strict=True):
        name = f"{path.relative_to(root)}" + f" (--target {target})" * bool(target)
        print(f"| {name} | {old} | {new} |".replace("\\", "/"))
    return int(any(one.startswith(("refused", "TRACEBACK")) for one in after))


if __name__ == "__main__":
    sys.exit(main())
