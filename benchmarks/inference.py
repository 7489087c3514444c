"""What `goodfit study` says of real data sets, beside what is true of them.

    python benchmarks/inference.py --data DIR [--only NAME ...]

DIR holds one folder a data set; inference.toml has the truth. Each set is looked at with nothing
but its path. What is asked then (the target above all) is given, and the rest is looked at again: a
row says `right`, `asked` or `WRONG` for each answer. The exit code is 1 where an answer is wrong,
or less than 95 % are right of those that need not be asked.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from goodfit.errors import GoodfitError
from goodfit.study import Study, study

FIELDS = (
    "input",
    "task",
    "target",
    "samples",
    "classes",
    "rarest_share",
    "outliers",
    "time_column",
    "dropped",
)
NEAR = 0.02  # a share may differ by so much of itself
GOAL = 0.95


def found_in(found: Study, field: str) -> Any:
    """What a study says of a field; None where it says nothing."""
    settings, answers = found.settings, found.answers
    if field == "target":
        return settings.get("targets")
    if field == "dropped":
        return [*settings.get("ignore", []), *filter(None, [settings.get("group")])]
    if field == "classes" and answers.get("task") == "binary-classification":
        return 2
    if field == "classes" and answers.get("task") == "segmentation":
        return answers.get("classes", 2)
    return answers.get(field)


def is_true(truth: dict[str, Any], field: str, said: Any) -> bool:
    """What was said is the truth, or near enough."""
    if field == "dropped":
        must, may = set(truth["dropped"]), set(truth.get("may_drop", []))
        return must <= set(said) <= must | may
    if field == "rarest_share":
        return said is not None and abs(said - truth[field]) <= NEAR * truth[field] + 5e-4
    return bool(said == truth[field])


def truths() -> list[dict[str, Any]]:
    """All entries of inference.toml."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["set"])


def answered(path: Path, truth: dict[str, Any]) -> tuple[Study, set[str]]:
    """A look without a word, and again with the truth of what it asks; and what it asked."""
    found = study(path)
    asked = set(found.open_questions)
    targets = tuple(truth["target"]) if "targets" in asked else ()
    if asked:
        found = study(path, targets)
        if "task" in found.open_questions:
            asked.add("task")
            found = study(path, targets, {"task": truth["task"]})
    return found, asked


def look(path: Path, truth: dict[str, Any]) -> dict[str, str]:
    """Field to verdict, for a data set."""
    verdicts = {}
    second, asked = answered(path, truth)
    for field in (field for field in FIELDS if field in truth):
        question = "targets" if field == "target" else field
        if question in asked:
            verdicts[field] = "asked"
        else:
            right = is_true(truth, field, found_in(second, field))
            verdicts[field] = "right" if right else f"WRONG: {found_in(second, field)}"
    return verdicts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    by_field: Counter[tuple[str, str]] = Counter()
    whole: Counter[str] = Counter()
    print(f"| set | {' | '.join(FIELDS)} | seconds |\n|{'---|' * (len(FIELDS) + 2)}")
    for truth in truths():
        if options.only and truth["name"] not in options.only:
            continue
        begin = time.perf_counter()
        try:
            verdicts = look(options.data / truth["name"] / truth["path"], truth)
        except GoodfitError as error:
            verdicts = {field: f"WRONG: {error.given}" for field in FIELDS if field in truth}
        kinds = {field: verdict.partition(":")[0] for field, verdict in verdicts.items()}
        counts.update(kinds.values())
        by_field.update(kinds.items())
        whole[
            "WRONG"
            if "WRONG" in kinds.values()
            else "asked"
            if "asked" in kinds.values()
            else "right"
        ] += 1
        cells = " | ".join(verdicts.get(field, "") for field in FIELDS)
        name = truth["name"] if truth["path"] == "." else f"{truth['name']}: {truth['path']}"
        print(f"| {name} | {cells} | {time.perf_counter() - begin:.1f} |", flush=True)
    print("\n| answer | right | asked | wrong |\n|---|---|---|---|")
    for field in FIELDS:
        cells = " | ".join(str(by_field[field, kind]) for kind in ("right", "asked", "WRONG"))
        print(f"| {field} | {cells} |")
    answers = counts.total()
    print(
        f"\nanswers: {counts['right']} of {answers} right ({counts['right'] / answers:.1%}),",
        end=" ",
    )
    print(f"{counts['asked']} asked, {counts['WRONG']} wrong")
    print(f"sets: {whole['right']} without a question, {whole['asked']} with one, ", end="")
    print(f"{whole['WRONG']} with a wrong answer")
    told = counts["right"] + counts["WRONG"]
    return int(counts["WRONG"] > 0 or counts["right"] / told < GOAL)


if __name__ == "__main__":
    sys.exit(main())
