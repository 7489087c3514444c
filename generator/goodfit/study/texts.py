"""A table that is about its texts: one column of them, and little beside it but the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodfit.study import roles
from goodfit.study.columns import Column
from goodfit.study.findings import Evidence

if TYPE_CHECKING:
    from goodfit.study.infer import Case

BESIDE = 2  # other features that a text may have beside it; more of them are a table
LONGEST = 512


def words_kept(longest: int) -> int:
    """Words kept of each text, where most have no more than `longest`: a multiple of eight."""
    return max(8, min(LONGEST, -(-longest // 8) * 8))


def text_columns(columns: list[Column]) -> list[Column]:
    """The columns of texts that are there in most rows."""
    return [one for one in columns if one.kind == "text" and one.missing < one.rows / 2]


def only_label(columns: list[Column], named: bool) -> Evidence | None:
    """The target where a text and one other column are all there is; None elsewhere."""
    others = [one for one in columns if one.kind != "text" and not roles.why_left_out(one, named)]
    if len(text_columns(columns)) == 1 and len(others) == 1:
        why = f"`{others[0].name}` is the only column beside the text that is no identifier"
        return Evidence("targets", [others[0].name], "likely", why)
    return None


def study_texts(case: Case, targets: list[Column]) -> bool:
    """The study of texts; False where the table is about something else."""
    from goodfit.study.infer import add_task, keep_labelled

    asked = case.given.get("input")
    found = [one for one in text_columns(case.columns) if one not in targets]
    beside = [
        one
        for one in case.columns
        if one not in targets and one not in found and not roles.why_left_out(one, case.named)
    ]
    if asked not in (None, "text") or not found or not targets:
        return False
    if asked is None and (len(found) > 1 or len(beside) > BESIDE):
        return False
    text = max(found, key=lambda one: one.words)
    name = text.name if case.named else str(text.place)
    why = f"`{text.name}` holds texts of {text.words:.0f} words"
    case.add("input", "text", "likely", why)
    case.add("text_column", name, "likely", why)
    if not case.named:  # texts count the columns of a file without a header from 0
        place = next(spot for spot, one in enumerate(case.evidence) if one.question == "targets")
        old = case.evidence[place]
        names = [str(one.place) for one in targets]
        case.evidence[place] = Evidence("targets", names, old.confidence, old.why)
        case.evidence[:] = [one for one in case.evidence if one.question != "header"]
    counts = text.cells.drop_nulls().str.count_matches(r"\S+")
    longest = int(counts.quantile(0.95) or 8)
    case.add(
        "length", words_kept(longest), "likely", f"95 of 100 texts have {longest} words or fewer"
    )
    targets = keep_labelled(case, targets)
    add_task(case, targets)
    if text.missing:
        case.add("empty", "skip", "unsure", f"{text.missing:,} texts are empty")
    if case.table.kind == "a tab-separated file":  # quotation marks are signs like any other there
        case.evidence[:] = [one for one in case.evidence if one.question != "quote"]
    case.evidence[:] = [
        one for one in case.evidence if one.question not in ("missing", "decimal", "number_signs")
    ]
    return True
