"""What cannot be learnt from a table, or not in the way that was asked for: said, never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from goodfit.cells import form_of, inputs_of, tasks_of
from goodfit.data_settings import DATA_SETTINGS
from goodfit.errors import GoodfitError, nearest
from goodfit.limits import FEWEST_SAMPLES
from goodfit.questions import QUESTIONS
from goodfit.rulebook import TOPICS
from goodfit.rulebook.data_defaults import data_default
from goodfit.study.columns.column import Column
from goodfit.study.evidence import counted, listed
from goodfit.study.kinds.case import Case
from goodfit.study.kinds.series import why_none_ticks

READING = {setting.name for setting in DATA_SETTINGS if setting.section == "data"}
QUESTION_NAMES = {question.name for question in QUESTIONS}
MOST_COLUMNS = 100_000
NAMING = ("ignore", "numeric", "boolean", "categorical", "inputs", "group", "part")
OTHERS = {  # why a table is no such input
    "image": "no column names image files that are there",
    "text": "no column holds texts of several words",
    "series": "no column of times rises by one step from row to row, with a number to forecast",
}


def refuse_hopeless(case: Case) -> None:
    """Raise GoodfitError for one column, too few rows, or no value anywhere."""
    path, columns = case.table.path, case.columns
    if len(columns) < 2:
        given = f"{path} has one column: {columns[0].name!r}"
        raise GoodfitError(given, "features and a target", "check what divides its columns")
    if not case.table.rows:
        raise GoodfitError(f"{path} holds no rows", "rows below the header", "add the rows")
    if case.table.rows < FEWEST_SAMPLES:
        given = f"{path} has {counted(case.table.rows, 'row')}"
        expected = f"at least {FEWEST_SAMPLES}, to split in three parts"
        raise GoodfitError(given, expected, "collect more")
    if len(columns) > MOST_COLUMNS:
        given = f"{path} has {len(columns):,} columns"
        raise GoodfitError(given, f"at most {MOST_COLUMNS:,}", "leave out those that say little")
    if all(one.kind == "empty" for one in columns):
        raise GoodfitError(f"{path} holds no value at all", "a table with values", "check the file")


def refuse_no_features(case: Case, left_out: Mapping[str, str]) -> None:
    """Raise GoodfitError for a table of which every column but the target is left out."""
    reasons = "; ".join(f"{name!r}: {why}" for name, why in list(left_out.items())[:3])
    given = f"{case.table.path} has no column to learn from ({reasons})"
    fix = "add columns that say something"
    if why := why_none_ticks(case.columns):
        given += f", and it is no series: {why}"
        fix += "; or, to forecast, make a row for each step of one length"
    raise GoodfitError(given, "at least one feature", fix)


def refuse_other(case: Case, targets: Sequence[Column]) -> None:
    """Raise GoodfitError where another input than rows was asked for, or a task of another."""
    task, wanted = case.given.get("task"), case.given.get("input", "tabular")
    flag = f"--input {wanted}"
    if wanted == "tabular" and task and task not in tasks_of("tabular"):
        wanted, flag = inputs_of(task)[0], f"--task {task}"
    if wanted in OTHERS:
        why = (wanted == "series" and why_none_ticks(case.columns)) or OTHERS[wanted]
        shown = " and ".join(f"`{one.name}`" for one in targets) or "none"
        given = f"{flag}, and {case.table.path}: {why} (target: {shown})"
        raise GoodfitError(given, f"data for {flag}", f"leave {flag} out, or name other data")


def refuse_strange_names(case: Case, targets: Sequence[Column]) -> None:
    """Raise GoodfitError where a setting names a column that is not there, or a target."""
    known, wanted = [one.name for one in case.columns], [one.name for one in targets]
    for setting in NAMING:
        value = case.given.get(setting, ())
        for name in (value,) if isinstance(value, str) and value else value:
            flag = f"--set {setting}: {name!r}"
            if name not in known:
                fix = nearest(name, known, "name a column that is there")
                raise GoodfitError(f"{flag} is no column", f"one of {listed(known)}", fix)
            if name in wanted:
                raise GoodfitError(f"{flag} is the target", "another column", "leave it out")


def settings_of(input: str, task: str) -> set[str]:
    """The settings of [data] that a project of this kind has."""
    kind = SimpleNamespace(input=input, task=task, form=form_of(input, task))
    return {
        name
        for topic in TOPICS
        for name in topic.settings
        if name in READING and topic.applies(kind)
    }


USUAL_VALUES = {
    name: data_default(name)
    for name in ("header", "quote", "skip_lines", "number_signs", "decimal")
}


def refuse_unsupported(case: Case) -> None:
    """Raise GoodfitError where the reader of this input has no setting for how the file is written;
    drop what is as usual."""
    answers = {one.question: one.value for one in case.evidence}
    inputs = next((one.value, *one.others) for one in case.evidence if one.question == "input")
    known = QUESTION_NAMES | {"normal"}
    for input in inputs:  # where it is asked which, what one of them has is kept
        known |= settings_of(input, answers["task"])
    kept = []
    for one in case.evidence:
        if one.question in known:
            kept.append(one)
        elif one.question in USUAL_VALUES and one.value != USUAL_VALUES[one.question]:
            given = f"{case.table.path}: {one.why}"
            fix = "save it as a plain CSV: one header line, commas, '\"', 1.5 for fractions"
            raise GoodfitError(given, f"a file that {answers['input']} projects read", fix)
        elif one.question not in USUAL_VALUES and one.confidence == "unsure":
            fix = "mend the file: these projects have no setting for that"
            raise GoodfitError(f"{case.table.path}: {one.why}", "data without that", fix)
    case.evidence[:] = kept
