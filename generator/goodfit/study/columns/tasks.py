"""What a target asks for: which task, how many classes, how rare the rarest, how many outliers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from goodfit.cells import TASKS, task_named
from goodfit.errors import GoodfitError
from goodfit.limits import FEWEST_OF_A_CLASS, RARE_SHARE
from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column
from goodfit.study.evidence import Evidence, counted, short

MANY_OUTLIERS = 0.05  # share of the rows; of a normal distribution 0.7 % are beyond 1.5 IQR
FEW_CODES = 4  # one behind the other: of more, grades and stars are as often amounts
MOST_CLASSES = 20  # whole numbers with more distinct values are amounts
TASK_NAMES = {task.name for task in TASKS}
CLASS_WORDS = {"class", "classes", "type", "kind", "category", "label", "species", "group", "stage"}
CLASS_WORDS |= {"klasse", "classe", "clase", "класс", "类别", "クラス", "cluster", "target", "code"}
SURELY_CLASSES = {"class", "classes", "label", "labels", "species", "category", "klasse", "классы"}
SURELY_CLASSES |= {"diagnosis", "dx", "diagnose"}
YES_NO = {"true", "yes", "y", "t", "1", "1.0", "false", "no", "n", "f", "0", "0.0"}


def class_task(classes: int) -> str:
    """The task of a target that has so many classes, one a sample."""
    return "binary-classification" if classes == 2 else "multiclass-classification"


def find_task(targets: list[Column], given: Mapping[str, Any]) -> Evidence:
    """The task of these targets. Raises GoodfitError where they ask for none."""
    for column in targets:
        require_variety(column)
    if "task" in given:
        refuse_task(targets, given["task"])
        return Evidence("task", given["task"], "certain", "you said so")
    names = " and ".join(f"`{one.name}`" for one in targets)
    if len(targets) > 1:
        if all(labels_yes_no(one) for one in targets):
            why = f"{names} each hold yes or no"
            return Evidence("task", "multilabel-classification", "certain", why)
        if all(one.kind == "number" for one in targets):
            return Evidence("task", "regression", "certain", f"{names} hold numbers")
        expected = "targets that are all numbers, or all yes and no"
        raise GoodfitError(f"the targets {names}", expected, "name one --target, or others")
    return task_of(targets[0])


def refuse_task(targets: list[Column], task: str) -> None:
    """Raise GoodfitError for a task that these targets cannot serve."""
    wanted = task_named(task).outputs if task in TASK_NAMES else ""
    for column in targets:
        value = as_word(column.cells.drop_nulls()[0])
        shown = f"--task {task}, and the target {column.name!r} holds values such as {short(value)}"
        fix = "leave --task out, or name another target"
        if wanted == "targets" and column.numbers is None:
            raise GoodfitError(shown, "numbers", fix)
        if (
            wanted == "labels"
            and len(targets) == 1
            and not (column.numbers is None and lists_in(column))
        ):
            raise GoodfitError(shown, "lists of labels, or several targets of yes and no", fix)


def require_variety(column: Column) -> None:
    """Raise GoodfitError for a target that has one value, or none, or another in every row."""
    if column.distinct < 2:
        cells = column.cells.drop_nulls()
        only = f"{short(as_word(cells[0]))} in every row" if len(cells) else "no value at all"
        given = f"the target {column.name!r} has {only}"
        raise GoodfitError(given, "a target that varies", "name another with --target")
    if column.kind in ("date", "text") or (
        column.kind == "words" and column.distinct > max(20, column.filled / 2)
    ):
        shown = str(column.cells.drop_nulls()[0])[:40]
        given = (
            f"the target {column.name!r} has {column.distinct:,} different values such as {shown!r}"
        )
        fix = "name another with --target"
        raise GoodfitError(given, "numbers, or classes of several rows each", fix)


def labels_yes_no(column: Column) -> bool:
    """The column holds two words that mean yes and no."""
    words = {str(one).strip().lower() for one in column.cells.drop_nulls().unique().head(3)}
    return column.distinct == 2 and words <= YES_NO


def task_of(column: Column) -> Evidence:
    """The task of a single target."""
    said = f"`{column.name}` has {column.distinct:,} distinct"
    if column.distinct == 2:
        values = " and ".join(sorted(map(as_word, column.cells.drop_nulls().unique())))
        return Evidence("task", "binary-classification", "certain", f"`{column.name}` is {values}")
    if column.kind == "words":
        if several := lists_in(column):
            why = f"`{column.name}` lists labels, such as {several!r}"
            return Evidence("task", "multilabel-classification", "likely", why)
        return Evidence("task", "multiclass-classification", "certain", f"{said} words")
    if not column.whole or column.distinct > MOST_CLASSES or column.numbers is None:
        return Evidence("task", "regression", "certain", f"{said} numbers")
    filled = column.numbers.drop_nulls()
    low, high = as_float(filled.min()), as_float(filled.max())
    why = f"{said} whole numbers from {low:g} to {high:g}"
    counts = filled.value_counts()["count"]
    balanced = as_float(counts.min()) * 4 >= as_float(counts.max())
    if low in (0, 1) and high - low + 1 == column.distinct <= 10 and balanced:
        why = f"{why}, about equally common: numbers of classes"
        return Evidence("task", "multiclass-classification", "likely", why)
    classes = class_task(column.distinct)
    if column.distinct <= 10 and re.fullmatch(r"column_\d+", column.name):
        return Evidence("task", classes, "likely", f"{why}; where columns have no names, classes")
    if {*re.split(r"[\W_]+", column.name.lower())} & SURELY_CLASSES:
        return Evidence("task", classes, "likely", f"{why}: its name says that they are classes")
    if low in (0, 1) and high - low + 1 == column.distinct <= FEW_CODES:
        return Evidence("task", classes, "likely", f"{why}, and none between: codes of classes")
    first, other = (classes, "regression") if called_a_class(column) else ("regression", classes)
    why += f" ({column.examples}): amounts, or classes?"
    return Evidence("task", first, "unsure", why, (other,))


def called_a_class(column: Column) -> bool:
    """The last word of its name is one that classes have, and numbers of amounts have not."""
    return bool(CLASS_WORDS & {*re.split(r"[\W_]+", column.name.lower())[-1:]})


def lists_in(column: Column) -> str:
    """A cell that holds several labels, such as "4,27"; "" where cells hold one."""
    cells = column.cells.drop_nulls()
    for mark in (",", ";", "|"):
        parts = cells.str.split(mark)
        several = parts.list.len() > 1
        known = parts.explode().str.strip_chars().n_unique()
        if as_float(several.mean()) > 0.02 and known < column.distinct:
            return str(cells.filter(several)[0])
    return ""


def labels_in(column: Column) -> list[str]:
    """The labels that a column lists, those that are in ten rows or more, in sorted order."""
    counts: Counter[str] = Counter()
    for cell in column.cells.drop_nulls():
        counts.update({one.strip(" []'\"") for one in re.split("[,;|]", cell)} - {""})
    known = [one for one, rows in counts.items() if rows >= 10]
    return sorted(known, key=lambda one: (not one.isdigit(), int(one) if one.isdigit() else 0, one))


def as_word(value: Any) -> str:
    """A value as the emitted project writes it: no ".0" after whole numbers."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def class_answers(
    path: Path,
    column: Column,
    counts: Mapping[Any, int],
    dropped: Sequence[str],
    task: str,
    untaught: Set[str] = frozenset(),
) -> list[Evidence]:
    """How many classes, the share of the rarest, and classes too rare to be learnt, or `untaught`:
    in no row to train on.

    Raises GoodfitError where they are not as many as the task is for; "" is for any.
    """
    known = {as_word(one): rows for one, rows in counts.items() if one is not None}
    known = {one: rows for one, rows in known.items() if one not in dropped}
    missed = sorted(untaught & {*known})
    rare = {one: rows for one, rows in known.items() if rows < FEWEST_OF_A_CLASS}
    kept = {one: rows for one, rows in known.items() if one not in {*rare, *missed}}
    found = []
    if missed:
        shown = ", ".join(map(short, missed[:5])) + ", ..." * (len(missed) > 5)
        why = f"classes that no row to train on has: {shown}; without their rows, or "
        why += "add some to train on"
        found.append(Evidence("drop_targets", sorted({*rare, *missed}), "unsure", why))
    elif rare:
        shown = ", ".join(f"{short(one)} ({rows})" for one, rows in sorted(rare.items())[:5])
        shown += ", ..." * (len(rare) > 5)
        why = f"classes of fewer than {FEWEST_OF_A_CLASS} rows: {shown}"
        found.append(Evidence("drop_targets", sorted(rare), "unsure", why))
    binary = len(kept) == 2
    if len(kept) < 2 or (task and binary != (task == "binary-classification")):
        many = counted(len(kept), "class", "classes")
        given = f"{path}: {column.name!r} has {many} of {FEWEST_OF_A_CLASS} rows or more"
        fix = (
            "leave --task out, or name another target" if task else "collect more, or name another"
        )
        expected = {"": "at least two classes", "binary-classification": "two classes"}
        raise GoodfitError(given, expected.get(task, "three classes or more"), fix)
    ordered = sorted(kept.items(), key=lambda one: one[1])
    (rarest, rows), (most, top) = ordered[0], ordered[-1]
    total = sum(kept.values())
    if not binary:
        names = ", ".join(sorted(kept)[:6]) + ", ..." * (len(kept) > 6)
        found.append(Evidence("classes", len(kept), "certain", f"`{column.name}` is {names}"))
    why = f"{short(rarest)} in {rows:,} of {total:,} rows, {short(most)} in {top:,}"
    return [*found, rarest_evidence(rows, total, len(kept), why)]


def rarest_evidence(rows: int, total: int, classes: int, why: str) -> Evidence:
    """The share of the rarest class; where it is rare, with another way to look at that."""
    share = float(f"{rows / total:.3g}")
    if classes == 2 and share < RARE_SHARE:
        why += "; to learn what is usual, and find what is not: --task anomaly-detection"
    return Evidence("rarest_share", min(share, round(1 / classes, 4)), "certain", why)


def outlier_answer(targets: list[Column]) -> Evidence:
    """Whether the targets have many outliers: values beyond 1.5 times the interquartile range."""
    worst, why = 0.0, ""
    for column in targets:
        assert column.numbers is not None
        kept = column.numbers.drop_nulls()
        low, high = (as_float(kept.quantile(share, "linear")) for share in (0.25, 0.75))
        reach = 1.5 * (high - low)
        beyond = int(((kept < low - reach) | (kept > high + reach)).sum())
        if beyond / len(kept) >= worst:
            worst = beyond / len(kept)
            why = f"{beyond:,} of {len(kept):,} values of `{column.name}` are beyond 1.5 IQR"
    return Evidence("outliers", worst > MANY_OUTLIERS, "certain", why)
