"""Tables: which kind of data a table holds, and what can be learnt from its rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goodfit.cells import task_named
from goodfit.errors import shell_word
from goodfit.reader.how import parts_in
from goodfit.study.columns import identifiers, notation
from goodfit.study.columns.column import Column, is_number
from goodfit.study.columns.date_parts import Dates, find_dates
from goodfit.study.columns.lacking_targets import find_lacking, find_mark
from goodfit.study.columns.leakage import dates_of_leaks, find_leaks
from goodfit.study.columns.members import find_members, find_stems
from goodfit.study.columns.reading import read_columns
from goodfit.study.columns.target import find_target, targets_given
from goodfit.study.columns.target_names import is_target
from goodfit.study.columns.units import nearly_numbers
from goodfit.study.evidence import Evidence, Study, counted, short
from goodfit.study.files.tables import Table
from goodfit.study.kinds import series, texts
from goodfit.study.kinds.case import (
    Case,
    add_task,
    keep_labelled,
    slips,
    stand_apart,
)
from goodfit.study.kinds.panel import AS_A_TABLE, Panel, find_panel
from goodfit.study.kinds.refusals import (
    refuse_hopeless,
    refuse_no_features,
    refuse_other,
    refuse_strange_names,
    refuse_unsupported,
)
from goodfit.study.kinds.unclocked import rows_follow
from goodfit.study.kinds.wide import steps_in_a_row
from goodfit.toml import inline

NAMELESS = ("data", "dataset", "train", "training", "table", "full", "all", "test")
ROUNDS = ("month", "weekday", "hour")  # each is told by two numbers
HOUR_BY_HOUR = (
    "As a table, each row is a sample by itself, and rows of one day lie in all parts; to forecast "
    "the hours to come from those before: --input series"
)


def study_table(table: Table, names: tuple[str, ...], given: Mapping[str, Any]) -> Study:
    """The study of one table. `given` are answers and settings that the user has decided.

    Raises GoodfitError where nothing can be learnt from it.
    """
    frame = table.frame
    case = Case(table, read_columns(frame, given), given)
    refuse_hopeless(case)
    case.evidence += table.evidence
    case.evidence += notation.find_notation(case.columns, case.found("separator") or "")
    if any(map(is_number, case.found("missing") or ())):  # -999 is none of its numbers
        case.read_again(frame)
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


def choose_targets(case: Case, names: tuple[str, ...]) -> list[Column] | None:
    """The targets that were given or are obvious; None where they have to be asked for."""
    if "targets" in case.given and not names and not case.given["targets"]:
        return []
    if names := names or tuple(case.given.get("targets", ())):
        targets = targets_given(case.columns, names)
        case.add("targets", [one.name for one in targets], "certain", "you named it")
        return targets
    if case.given.get("task") == "anomaly-detection":
        mark = find_mark(case.columns, case.named)
        case.evidence += [mark] if mark else []
        return None if mark else []
    columns = [one for one in case.columns if one.name not in case.given.get("ignore", ())]
    found = find_lacking(columns, case.table.lacking, case.named)
    found = found or series.only_number(columns) or series.one_to_come(columns)
    found = found or texts.only_label(columns, case.named)
    if clock := series.ticking(columns):
        timed = [one for one in clock.columns if not is_target(one.name)]
        columns = [one for one in columns if one not in timed]
    path = case.table.path
    arff = path.suffix.lower() == ".arff"
    found = found or find_target(
        columns, case.named, about(path), bool(clock), arff, path.parent.name
    )
    case.evidence.append(found)
    if found.confidence == "unsure":
        return None
    return targets_given(case.columns, tuple(found.value))


def about(path: Path) -> str:
    """What the file is called; its folder where the file is called as all are, or as a part."""
    nameless = path.stem.lower() in NAMELESS or (parts_in([path.stem])[0] and "_" not in path.stem)
    return path.parent.name if nameless else path.stem


def study_rows(case: Case, targets: list[Column]) -> bool:
    """A table: the task, what is left out and why, codes, groups, classes or outliers."""
    refuse_other(case, targets)
    targets = keep_labelled(case, targets)
    panel = find_panel(case.columns)
    asked = "input" not in case.given
    if panel and asked:
        case.add("input", "tabular", "unsure", f"{panel.why}. {AS_A_TABLE}")
    elif asked and (clock := series.ticking(case.columns)) and series.by_the_hour(clock):
        case.add("input", "tabular", "unsure", f"{clock.why}. {HOUR_BY_HOUR}")
    elif asked and (one := steps_in_a_row(case, targets)):
        case.evidence.append(one)
        add_task(case, targets)
        return True
    elif asked and (one := series_without_times(case, targets)):
        case.evidence.append(one)
        case.add("task", "regression", "likely", "as a table; as a series it is forecast")
        return True
    elif asked and (one := texts.long_text(case, targets)):
        case.evidence.append(one)
    else:
        case.add("input", "tabular", "likely", input_words(case, targets))
    task = add_task(case, targets)
    others = [one for one in case.columns if one not in targets]
    part = identifiers.find_part(others)
    if part:
        case.add("part", part[0].name, "likely", part[1])
        others.remove(part[0])
    if group := choose_group(case, others, targets, task.value, panel):
        others.remove(group)
    dates = find_dates(others, case.given.get("dates"), case.given.get("day_first"))
    left_out = why_left_out(case, others, targets, task.value, dates)
    features = [one for one in others if one.name not in {*left_out, *dates.parts}]
    if not features:
        refuse_no_features(case, left_out | dict.fromkeys(dates.parts, "a date alone"))
    record_kinds(case, features, targets, task.value)
    made = record_dates(case, dates, left_out)
    why = f"to learn from: {counted(len(features), 'column')}"
    why += f", and {made} made of dates" * bool(made)
    case.add("features", len(features) + made, "certain", why)
    slips(case, [*features, *(one for one in others if one.name in dates.parts)])
    seen = [*features, *targets]
    stand_apart(case, seen)
    case.evidence += notation.find_spellings(seen) if "join_spellings" not in case.given else []
    return True


def series_without_times(case: Case, targets: list[Column]) -> Evidence | None:
    """The question whether the rows are steps in time, where nothing says when each was."""
    timed = any(one.kind == "date" for one in case.columns)
    if timed or "task" in case.given or series.together(case.columns):
        return None
    return rows_follow(case.columns, targets)


def record_kinds(case: Case, features: list[Column], targets: list[Column], task: str) -> None:
    """What each column is read as, for this file and all later ones; what the user says is left."""
    kinds: dict[str, list[str]] = {"numeric": [], "boolean": [], "categorical": []}
    said = {name for kind in kinds for name in case.given.get(kind, ())}
    codes = [one.name for one in features if identifiers.is_code(one)]
    outputs = task_named(task).outputs
    for column in features:
        kind = "numeric" if column.kind == "number" else "categorical"
        kind = "boolean" if column.truth else "categorical" if column.name in codes else kind
        kinds[kind].append(column.name)
    if outputs == "targets":
        kinds["numeric"] += [one.name for one in targets]
    elif outputs != "labels":
        kinds["categorical"] += [one.name for one in targets]
    if group := case.found("group") or case.given.get("group"):
        kinds["categorical"].append(group)
    said_of = {one.name: one.summary for one in case.columns}
    said_of |= {one.name: f"the target; {one.summary}" for one in targets}
    if group:
        said_of[group] = f"the group; {said_of[group]}"
    for kind, names in kinds.items():
        left = [name for name in names if name not in said]
        why = f"{counted(len(left), 'column')}, read so in every later file"
        if kind == "categorical" and (shown := [one for one in codes if one in left]):
            why += f"; {', '.join(f'`{one}`' for one in shown)}: whole numbers that name something"
        if left and kind not in case.given:
            case.add(kind, left, "likely", why, {name: said_of[name] for name in left})


def record_dates(case: Case, dates: Dates, left_out: Mapping[str, str]) -> int:
    """Which parts of dates are learnt from, in this file and all later ones; how many columns that
    makes."""
    wanted = [one for one in dates.setting if one.rpartition("=")[0] not in left_out]
    if not wanted:
        return 0
    kept = {name: parts for name, parts in dates.parts.items() if name not in left_out}
    shown = "; ".join(f"`{name}`: {', '.join(parts)}" for name, parts in kept.items())
    held = {one.name: one.summary for one in case.columns}
    each = {part: held[part.rpartition("=")[0]] for part in wanted}
    case.add("dates", wanted, "likely", f"parts of dates as numbers: {shown}", each)
    if dates.unclear and "day_first" not in case.given:
        why = f"{short(dates.unclear)} and the like: does the day stand first, or the month? "
        case.add("day_first", True, "unsure", why + "--set day_first=false for the month")
    elif dates.day_first:
        case.add("day_first", True, "likely", "so all its dates can be read")
    return sum(2 if one.rpartition("=")[2] in ROUNDS else 1 for one in wanted)


def choose_group(
    case: Case, columns: list[Column], targets: list[Column], task: str, panel: Panel | None
) -> Column | None:
    """The column whose rows must not be split apart: said, by its name, or asked for where only the
    rows tell. None where there is none."""
    if "group" in case.given:
        return next((one for one in columns if one.name == case.given["group"]), None)
    if panel and panel.who in columns and panel.who.distinct >= identifiers.FEW:
        why = f"`{panel.who.name}`: {panel.why}; rows of one stay together"
        case.add("group", panel.who.name, "likely", why)
        return panel.who
    if found := identifiers.find_group(columns):
        case.add("group", found[0].name, "likely", f"`{found[0].name}`: {found[1]}")
        return found[0]
    outputs = task_named(task).outputs
    if len(targets) != 1 or outputs not in ("classes", "targets"):
        return None
    if "ignore" in case.given:
        return None
    if first := identifiers.find_marked(columns):
        case.add("group", first.name, "unsure", identifiers.asks_for_group(first))
        return first
    classes = outputs == "classes"
    members = find_members(columns, targets[0], classes)
    stems = None if members else find_stems(columns, targets[0], classes)
    if members:
        first = members[0]
        why = (
            f"`{first.name}` ({first.examples}): {identifiers.rows_of_each(first)}, and the target "
            "is nearly the same in them. Are they rows of one person or thing? Then they have to "
            "stay in one part. If not: --set 'group=\"\"' learns from it, "
            f"--set 'ignore=[\"{first.name}\"]' does not"
        )
    elif stems:
        first, ways = stems
        why = (
            f"`{first.name}` ({first.examples}): its cells begin in {ways:,} ways. Are rows that "
            "begin alike of one person or thing? Then they have to stay in one part. If not: "
            "--set 'group=\"\"'"
        )
    else:
        return None
    case.add("group", first.name, "unsure", why)
    return first


def why_left_out(
    case: Case, columns: list[Column], targets: list[Column], task: str, dates: Dates
) -> dict[str, str]:
    """The columns that are no features, and why; those that the user names, and no others. Where a
    column may be a leak or the best of the features, it is asked."""
    if "ignore" in case.given:
        case.add("ignore", list(case.given["ignore"]), "certain", "you said so")
        return dict.fromkeys(case.given["ignore"], "you said so")
    found = {
        one.name: dates.left_out.get(one.name, why)
        for one in columns
        if one.name not in dates.parts and (why := identifiers.why_left_out(one, case.named))
    }
    found |= {
        one.name: "the file to test on has no such column, so it is not known there"
        for one in columns
        if one.name in case.table.lacking and one.name not in found
    }
    outputs, leaks = task_named(task).outputs, []
    if outputs == "labels" and len(targets) == 1:
        found[targets[0].name] = "it lists the labels"
    elif len(targets) == 1 and task != "anomaly-detection":
        left = [one for one in columns if one.name not in found]
        leaks = find_leaks(left, targets[0], outputs == "classes")
        leaks += dates_of_leaks(leaks, [one for one in columns if one.name in dates.parts])
    strange = {
        one.name: f"it holds {short(cell)} and the like, which are read as words: write them as "
        "plain numbers, or dates such as 2024-01-31, in the file to learn from them"
        for one in columns
        if one.kind == "words" and (cell := nearly_numbers(one.cells))
    }
    sure = [*(name for name in found if name not in strange)]
    sure += [one.column.name for one in leaks if one.sure and one.column.name not in strange]
    found |= strange
    found |= {one.column.name: one.why for one in leaks}
    if not found:
        return {}
    why = "; ".join(f"`{name}`: {why}" for name, why in found.items())
    doubtful = [one.column.name for one in leaks if not one.sure]
    if doubtful:
        names = ", ".join(f"`{name}`" for name in doubtful)
        why += (
            f". Is {names} known before the target is? Then it is the best feature there is, and "
        )
        why += f"--set {shell_word('ignore=' + inline(sure))} keeps it; if it is filled in later, "
        why += "it has to go, or the score is of no use"
    case.add("ignore", list(found), "unsure" if doubtful or strange else "likely", why, found)
    return found


def input_words(case: Case, targets: list[Column]) -> str:
    """Why a table is a table."""
    others = [one for one in case.columns if one not in targets]
    used = [one for one in others if not identifiers.why_left_out(one, case.named)] or others
    codes = sum(map(identifiers.is_code, used))  # as the settings have them
    numbers = sum(one.kind == "number" for one in used) - codes
    words = sum(one.kind == "words" for one in used) + codes
    numbers_words = f"{counted(numbers, 'column')} of numbers"
    return f"rows with {numbers_words} and {words:,} of words beside the target"
