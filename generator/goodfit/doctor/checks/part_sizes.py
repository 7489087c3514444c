"""Parts of the wrong size: more to be watched or scored on than to learn from."""

from __future__ import annotations

from collections.abc import Iterator

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from ..words import PARTS

FAR = 2  # times as many: a script may have its reasons for less, as where few samples are labelled


@check(
    Entry(
        "part-sizes",
        "warning",
        "More samples to be watched or scored on than to learn from.",
        "What is left to learn from is little, and scores that are a hair more exact do not repay "
        "it.",
        "four fifths to learn from: X_train, X_test, y_train, y_test = train_test_split(X, y, "
        "test_size=0.2), in this order",
        "a part that the project draws and that is larger than the training part; in a script, "
        "validation samples twice as many as those to learn from",
        "ours; test_size = 0.8 and parts in the wrong order are what leads to it",
    )
)
def part_sizes(case: Case) -> Iterator[Finding]:
    project = case.project
    train = case.samples or (case.train.size if case.whole else 0)
    sizes = {"validation": case.validation.size if case.validation is not None else 0}
    if project.declared is not None and project.test is not None and not project.anomalies:
        sizes["test"] = project.test.size  # anomalies are all of them in the test part
    if not train or project.given_parts:
        return
    most = max(sizes, key=lambda name: sizes[name])
    if sizes[most] <= train * (1 if project.declared is not None else FAR):
        return
    fact = f"The {PARTS[most]} part has {sizes[most]:,} samples, and there are {train:,} to learn "
    fact += "from."
    fix = ""
    if project.groups is not None and project.group:
        groups = {name: len({*map(str, marks)}) for name, marks in project.groups.items()}
        fact = f"{fact[:-1]}; {project.group!r} keeps {groups['train']} and {groups[most]} groups "
        fact += "together."
        fix = f'name another data.group than {project.group!r}, or set data.group = "" if its '
        fix += "samples have nothing to do with one another"
    elif project.declared is not None:
        fix = "set split.validation = 0.2 and split.test = 0.2"
    yield Finding("part-sizes", "warning", fact, fix=fix)
