"""One table that is studied: what is known of it so far, and steps that all kinds of data share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goodfit.cells import task_named
from goodfit.errors import GoodfitError, shell_word
from goodfit.reader.how import PARTS
from goodfit.study.columns import identifiers, notation
from goodfit.study.columns.column import NO_VALUE, Column
from goodfit.study.columns.date_parts import far_dates
from goodfit.study.columns.reading import read_columns
from goodfit.study.columns.tasks import as_word, class_answers, find_task, labels_in, outlier_answer
from goodfit.study.evidence import Evidence, Study, counted, short, study_of
from goodfit.study.files.tables import Table
from goodfit.toml import inline

if TYPE_CHECKING:
    import polars as pl


SURE_MARKS = ("missing", "likely")


@dataclass
class Case:
    """What is known so far of one table; the steps below add to `evidence`, in the order in which
    a person would look."""

    table: Table
    columns: list[Column]
    given: Mapping[str, Any]
    evidence: list[Evidence] = field(default_factory=list)

    def add(
        self,
        question: str,
        value: Any,
        confidence: Any,
        why: str,
        each: Mapping[str, str] | None = None,
    ) -> None:
        self.evidence.append(Evidence(question, value, confidence, why, each=each or {}))

    def count_again(self, samples: int, why: str) -> None:
        """Put another number of samples in the place of the one that was counted first."""
        place = next(at for at, one in enumerate(self.evidence) if one.question == "samples")
        self.evidence[place] = Evidence("samples", samples, "certain", why)

    def read_again(self, frame: pl.DataFrame) -> None:
        """Read the columns of `frame`, with the marks for no value that were found by now."""
        marks = [one.value for one in self.evidence if (one.question, one.confidence) == SURE_MARKS]
        more = {"missing": marks[0]} if marks and "missing" not in self.given else {}
        self.columns = read_columns(frame, {**self.given, **more})

    def found(self, question: str) -> Any:
        """What was found so far; None where nothing was."""
        return next((one.value for one in self.evidence if one.question == question), None)

    def counts_of(self, column: Column) -> dict[Any, int]:
        """How often each value of a column stands in the whole file, spellings joined if asked."""
        import polars as pl

        from goodfit.reader.cells import joined

        counts = self.table.counts_of(column.name)
        if not self.given.get("join_spellings") or not counts:
            return counts
        found: Counter[Any] = Counter()
        for word, rows in zip(joined(pl.Series(list(counts))), counts.values(), strict=True):
            found[word] += rows
        return dict(found)

    @property
    def named(self) -> bool:
        """The columns have names of their own."""
        return all(
            one.value is not False for one in self.table.evidence if one.question == "header"
        )

    def study(self) -> Study:
        """Answers and settings of all that is not unsure; the rest are open questions."""
        names = [one.name for one in self.columns]
        return study_of(self.table.path, self.table.kind, self.evidence, names)


def keep_labelled(case: Case, targets: list[Column]) -> list[Column]:
    """The targets, from the rows that have them all: the others cannot be learnt from, and whether
    they may go is asked. What these rows hold is looked at anew. Raises GoodfitError where a person
    has said that they may not."""
    import polars as pl

    if any(one.odd for one in targets):  # first of all, what they mean
        slips(case, targets)
        return targets
    missing = [
        one.cells.is_null() if one.numbers is None else one.numbers.is_null() for one in targets
    ]
    without = pl.select(pl.any_horizontal(missing)).to_series() if missing else pl.Series([False])
    if not without.any() or case.given.get("task") == "anomaly-detection":
        return targets
    frame = case.table.frame.filter(~without)
    why = f"{without.sum():,} of {len(without):,} rows have no target"
    if case.given.get("drop_rows_without_target") is False:
        given = f"drop_rows_without_target is false, and {why}: nothing can be learnt from them"
        fix = "fill them in, or say --set drop_rows_without_target=true"
        raise GoodfitError(given, "a target in each row", fix)
    why += words_for_nothing(case, targets)
    case.add("drop_rows_without_target", True, "unsure", why)
    case.read_again(frame)
    left = round(case.table.rows * frame.height / len(without))
    case.count_again(left, f"{left:,} of {case.table.rows:,} rows have a target")
    return [case.columns[one.place] for one in targets]


def words_for_nothing(case: Case, targets: list[Column]) -> str:
    """Which words mean "no value" in the targets, and what to say if one of them is a class."""
    import polars as pl

    usual = tuple(case.given.get("missing", NO_VALUE))
    for column in targets:
        cells = case.table.frame.to_series(column.place)
        if cells.dtype != pl.String or column.kind != "words":
            continue
        words = cells.filter(cells.is_in([one for one in usual if one])).drop_nulls()
        if len(words):
            word = str(words.mode().sort()[0])
            kept = [one for one in usual if one != word]
            said = shell_word("missing=" + inline(kept))
            return (
                f": {short(word)} stands in {int((words == word).sum()):,} of them, and is taken "
                f"for that. If it is a class like the others: --set {said}"
            )
    return ""


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
        counts = case.counts_of(targets[0])
        normal = as_word(max(counts, key=lambda one: counts[one]))
        case.add("normal", [normal], "likely", f"most rows are {normal!r}")
    elif outputs == "classes" and task.confidence != "unsure":
        counts = case.counts_of(targets[0])
        dropped, said = case.given.get("drop_targets", ()), str(case.given.get("task", ""))
        empty = {*case.given.get("missing", NO_VALUE), *targets[0].marks}
        counts = {one: rows for one, rows in counts.items() if str(one).strip() not in empty}
        untaught = never_trained(case, targets[0])
        found = class_answers(case.table.path, targets[0], counts, dropped, said, untaught)
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


def never_trained(case: Case, target: Column) -> set[str]:
    """The classes that stand in no row to train on, where the data says which rows these are."""
    from goodfit.reader.cells import joined

    part = identifiers.find_part([one for one in case.columns if one is not target])
    trained_on = case.table.trained_on
    if part:
        words = case.table.frame[part[0].name].alias("part").str.strip_chars().str.to_lowercase()
        trained_on = words.replace_strict(PARTS, default="") == "train"
    if trained_on is None or case.table.sampled:
        return set()
    cells = case.table.frame[target.name].alias("cells")  # "^y$" is more than a name to Polars
    cells = joined(cells) if case.given.get("join_spellings") else cells
    taught = {as_word(one) for one in cells.filter(trained_on).unique()}
    return {as_word(one) for one in cells.unique()} - taught


def stand_apart(case: Case, columns: list[Column]) -> None:
    """Ask about numbers that stand apart from all others of their column."""
    if "no_value" not in case.given:
        case.evidence += notation.find_no_value(columns, case.found("missing") or NO_VALUE)


def slips(case: Case, features: list[Column]) -> None:
    """Words among numbers: a mark of missing values that is not known, or categories after all;
    and dates that stand for none."""
    named = [*case.given.get("categorical", ()), *case.given.get("ignore", ())]
    marks: list[str] = []
    said, dates = [], set[str]()
    for column in features:
        if column.odd and "missing" in case.given and column.name not in named:
            given = f"{case.table.path}: column {column.name!r} holds numbers, and "
            given += f"{', '.join(short(one) for one in column.odd)} among them"
            fix = f"add them to missing, or say --set 'categorical=[\"{column.name}\"]'"
            raise GoodfitError(given, "numbers alone", fix)
        if column.odd and not {"categorical", "numeric"} & case.given.keys():
            shown = ", ".join(short(one) for one in column.odd)
            said.append(f"`{column.name}` holds numbers, and {shown} among them")
            if any(sign.isdigit() for cell in column.odd for sign in cell):
                said[-1] += f" (if all name something: --set 'categorical=[\"{column.name}\"]')"
            marks += column.odd
        if column.kind == "date" and "missing" not in case.given:
            far = far_dates(column)
            said += [f"`{column.name}` is {why}: is it no date?" for why in far.values()]
            marks += far
            dates |= far.keys()
    if marks:  # beside those that were found before: one setting names all
        before = [one for one in case.evidence if one.question == "missing"]
        case.evidence[:] = [one for one in case.evidence if one.question != "missing"]
        known = [mark for one in before for mark in one.value]
        values = list(dict.fromkeys([*(known or NO_VALUE), *marks]))
        why = "; ".join([*said, *(one.why for one in before)])
        kept = [one for one in values if one not in dates]
        others = (kept,) if dates else ()
        case.evidence.append(Evidence("missing", values, "unsure", why, others))
