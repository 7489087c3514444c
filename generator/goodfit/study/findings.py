"""What a study of the user's data found: answers, settings, and the evidence for each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Confidence = Literal["certain", "likely", "unsure"]


@dataclass(frozen=True)
class Evidence:
    """One answer and what speaks for it.

    `question` is a question of `goodfit.questions`, or a setting of [data] ("targets", "ignore",
    "separator"). "certain": it cannot be otherwise; "likely": taken where nobody is asked, and the
    first proposal where somebody is; "unsure": asked, never taken, and `value` may be None.
    `why` is a sentence without a full stop, such as "`price` has 1,812 distinct numbers".
    """

    question: str
    value: Any
    confidence: Confidence
    why: str


@dataclass(frozen=True)
class Study:
    """All that is known about a file or folder. `path` is absolute; nothing of it is in `settings`.

    `kind` says in words what lies there, such as "a CSV file" or "a folder of class folders".
    `answers` answers questions, `settings` are values for [data] of config.toml, by their names.
    `open_questions` names what the study could not decide; each has its unsure `Evidence`.
    `columns` are the names to choose a target from, where there are any.
    """

    path: Path
    kind: str
    answers: dict[str, Any]
    settings: dict[str, Any]
    evidence: tuple[Evidence, ...]
    open_questions: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def counted(number: int, word: str, many: str = "") -> str:
    """A number with its word: 1 row, 2,000 rows."""
    return f"{number:,} {word if number == 1 else many or word + 's'}"


def short(value: str) -> str:
    """A value of the data in a message, cut where it is long."""
    return repr(value if len(value) <= 60 else f"{value[:56]} ...")
