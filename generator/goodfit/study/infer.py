"""From the columns of a table to answers and settings, each with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from goodfit.cells import task_named
from goodfit.study import marks, roles, series, texts
from goodfit.study.columns import Column, read_column
from goodfit.study.findings import Evidence, Study, counted, short
from goodfit.study.leaks import find_leaks
from goodfit.study.made import made
from goodfit.study.refusals import (
    refuse_hopeless,
    refuse_no_features,
    refuse_other,
    refuse_strange_names,
    refuse_unsupported,
)
from goodfit.study.stacked import AS_A_TABLE, stacked
from goodfit.study.tables import Table
from goodfit.study.target import find_target, targets_given
from goodfit.study.tasks import as_word, class_answers, find_task, labels_in, outlier_answer

if TYPE_CHECKING:
    import polars as pl


@dataclass
class Case:
    """What is known so far of one table; the steps below add to `evidence`, in the order in which
    a person would look."""

    table: Table
    columns: list[Column]
    given: Mapping[str, Any]
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, question: str, value: Any, confidence: Any, why: str) -> None:
        self.evidence.append(Evidence(question, value, confidence, why))

    def found(self, question: str) -> Any:
        """What was found so far; None where nothing was."""
        return next((one.value for one in self.evidence if one.question == question), None)

    @property
    def named(self) -> bool:
        """The columns have names of their own."""
        return all(
            one.value is not False for one in self.table.evidence if one.question == "header"
        )

    def study(self) -> Study:
        """Answers and settings of all that is not unsure; the rest are open questions."""
        names = [one.name for one in self.columns]
        return made(self.table.path, self.table.kind, self.evidence, names)


def study_table(table: Table, names: tuple[str, ...], given: Mapping[str, Any]) -> Study:
    """The study of one table. `given` are answers and settings that the user has decided.

    Raises GoodfitError where nothing can be learnt from it.
    """
    frame = table.frame
    case = Case(table, read_columns(frame, given), given)
    refuse_hopeless(case)
    case.evidence += table.evidence
    case.evidence += marks.find_marks(case.columns, case.found("separator") or "")
    said = "in the whole file" if not table.sampled else "counted; the rest is from a sample of"
    said += f" {frame.height:,} of them" * table.sampled
    case.add("samples", table.rows, "certain", f"{counted(table.rows, 'row')} {said}")
    targets = choose_targets(case, names)
    if targets is None:
        return case.study()
    refuse_strange_names(case, targets)
    for step in (texts.study_texts, series.study_series, series.study_wide, study_rows):
        if step(case, targets):
            break
    refuse_unsupported(case)
    return case.study()


def read_columns(frame: pl.DataFrame, given: Mapping[str, Any]) -> list[Column]:
    """The columns of a frame, with the marks of missing values that the user may have named."""
    usual = tuple(given.get("missing", marks.USUAL))
    decimal = str(given.get("decimal", ""))
    read = [
        read_column(one.name, place, one, usual, decimal)
        for place, one in enumerate(frame.iter_columns())
    ]
    if not decimal and any(one.comma for one in read):  # 1,234 is a fraction where 0,5 is one
        read = [
            read_column(one.name, one.place, frame[one.name], usual, ",") if one.either else one
            for one in read
        ]
    last = max((one.place for one in read if one.kind != "empty"), default=0)
    read[last] = replace(read[last], last=True)
    return read


def keep_labelled(case: Case, targets: list[Column]) -> list[Column]:
    """The targets, from the rows that have them all: the others cannot be learnt from, and whether
    they may go is asked. What these rows hold is looked at anew."""
    import polars as pl

    missing = [
        one.cells.is_null() if one.numbers is None else one.numbers.is_null() for one in targets
    ]
    without = pl.select(pl.any_horizontal(missing)).to_series() if missing else pl.Series([False])
    if not without.any() or case.given.get("task") == "anomaly-detection":
        return targets
    frame = case.table.frame.filter(~without)
    why = f"{without.sum():,} of {len(without):,} rows have no target"
    case.add("drop_rows_without_target", True, "unsure", why)
    case.columns = read_columns(frame, case.given)
    left = round(case.table.rows * frame.height / len(without))
    place = next(spot for spot, one in enumerate(case.evidence) if one.question == "samples")
    why = f"{left:,} of {case.table.rows:,} rows have a target"
    case.evidence[place] = Evidence("samples", left, "certain", why)
    return [case.columns[one.place] for one in targets]


def choose_targets(case: Case, names: tuple[str, ...]) -> list[Column] | None:
    """The targets that were given or are obvious; None where they have to be asked for."""
    if names := names or tuple(case.given.get("targets", ())):
        targets = targets_given(case.columns, names)
        case.add("targets", [one.name for one in targets], "certain", "you named it")
        return targets
    if case.given.get("task") == "anomaly-detection":
        return []
    columns = [one for one in case.columns if one.name not in case.given.get("ignore", ())]
    found = series.only_number(columns) or texts.only_label(columns, case.named)
    found = found or find_target(columns, case.named)
    case.evidence.append(found)
    if found.confidence == "unsure":
        return None
    return targets_given(case.columns, tuple(found.value))


def study_rows(case: Case, targets: list[Column]) -> bool:
    """A table: the task, what is left out and why, codes, groups, classes or outliers."""
    refuse_other(case, targets)
    targets = keep_labelled(case, targets)
    stack = stacked(case.columns)
    if stack and "input" not in case.given:
        case.add("input", "tabular", "unsure", f"{stack.why}. {AS_A_TABLE}")
    else:
        case.add("input", "tabular", "likely", input_words(case, targets))
    task = add_task(case, targets)
    others = [one for one in case.columns if one not in targets]
    part, group = roles.find_part(others), roles.find_group(others)
    if stack and stack.who in others and stack.who.distinct >= roles.FEW:
        group = stack.who, f"{stack.why}; rows of one stay together"
    beside = [found[0] for found in (part, group) if found]
    if part:
        case.add("part", part[0].name, "likely", part[1])
    if group:
        case.add("group", group[0].name, "likely", f"`{group[0].name}`: {group[1]}")
    left_out = why_left_out(case, [one for one in others if one not in beside], targets, task.value)
    features = [one for one in others if one not in beside and one.name not in left_out]
    if not features:
        refuse_no_features(case, left_out)
    if left_out:
        why = "; ".join(f"`{name}`: {why}" for name, why in left_out.items())
        case.add("ignore", list(left_out), "likely", why)
    if codes := [one.name for one in features if roles.is_code(one)]:
        why = f"{', '.join(f'`{one}`' for one in codes)}: whole numbers that name something"
        case.add("categorical", codes, "likely", why)
    why = f"to learn from: {counted(len(features), 'column')}"
    case.add("features", len(features), "certain", why)
    slips(case, features)
    return True


def why_left_out(
    case: Case, columns: list[Column], targets: list[Column], task: str
) -> dict[str, str]:
    """The columns that are no features, and why; those that the user names, and no others."""
    if "ignore" in case.given:
        return dict.fromkeys(case.given["ignore"], "you said so")
    found = {one.name: why for one in columns if (why := roles.why_left_out(one, case.named))}
    outputs = task_named(task).outputs
    if outputs == "labels" and len(targets) == 1:
        found[targets[0].name] = "it lists the labels"
    elif len(targets) == 1 and task != "anomaly-detection":
        left = [one for one in columns if one.name not in found]
        found |= {one.name: why for one, why in find_leaks(left, targets[0], outputs == "classes")}
    return found


def input_words(case: Case, targets: list[Column]) -> str:
    """Why a table is a table."""
    numbers = sum(one.kind == "number" for one in case.columns if one not in targets)
    words = sum(one.kind == "words" for one in case.columns if one not in targets)
    numbers_words = f"{counted(numbers, 'column')} of numbers"
    return f"rows with {numbers_words} and {words:,} of words beside the target"


def add_task(case: Case, targets: list[Column]) -> Evidence:
    """The task with its classes or outliers, added to the case."""
    if not targets:
        task = Evidence("task", "anomaly-detection", "certain", "you said so")
        case.evidence += [task, Evidence("targets", [], "certain", "no column marks anomalies")]
        return task
    task = find_task(targets, case.given)
    case.evidence.append(task)
    outputs = task_named(task.value).outputs
    if task.value == "anomaly-detection":
        counts = case.table.counts_of(targets[0].name)
        normal = as_word(max(counts, key=lambda one: counts[one]))
        case.add("normal", [normal], "likely", f"most rows are {normal!r}")
    elif outputs == "classes" and task.confidence != "unsure":
        counts = case.table.counts_of(targets[0].name)
        dropped, said = case.given.get("drop_targets", ()), str(case.given.get("task", ""))
        found = class_answers(case.table.path, targets[0], counts, dropped, said)
        if len(targets[0].cells.unique()) > 2 and not any(
            one.question == "classes" for one in found
        ):
            case.evidence.remove(task)
            why = f"{task.why}, and two classes without the rare ones"
            task = Evidence("task", "binary-classification", "likely", why)
            case.evidence.append(task)
        case.evidence += found
    elif outputs == "labels" and len(targets) == 1:
        labels = labels_in(targets[0])
        names = [f"{targets[0].name if case.named else targets[0].place}={one}" for one in labels]
        case.evidence[:] = [one for one in case.evidence if one.question != "targets"]
        case.add("targets", names, "likely", f"`{targets[0].name}` lists labels: a target for each")
        case.add("classes", len(names), "certain", f"{len(names)} labels are in 10 rows or more")
    elif outputs != "classes" and task.confidence != "unsure":
        why = f"to predict: {counted(len(targets), 'column')}"
        case.add("classes", len(targets), "certain", why)
        if outputs == "targets":
            case.evidence.append(outlier_answer(targets))
    return task


def slips(case: Case, features: list[Column]) -> None:
    """Words among numbers: a mark of missing values that is not known, or categories after all."""
    for column in features:
        if column.odd and not {"missing", "categorical", "numeric"} & case.given.keys():
            shown = ", ".join(short(one) for one in column.odd)
            why = f"`{column.name}` holds numbers, and {shown} among them"
            case.add("missing", [*marks.USUAL, *column.odd], "unsure", why)
