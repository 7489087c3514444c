"""Tables with a word and its tag a row, whose sentences a column tells apart."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from goodfit.study.evidence import Evidence, Study, study_of
from goodfit.study.files.tables import Table
from goodfit.study.kinds.tokens import TAG, Tagged, tag_evidence

if TYPE_CHECKING:
    import polars as pl

SENTENCE = re.compile(r"(sent(ence)?s?|doc|sample|seq)[ _.-]?(id|nr|no|num(ber)?|#)?", re.I)
TOKEN = re.compile(r"(word|token|text|form)s?", re.I)


def study_token_rows(table: Table) -> Study | None:
    """The study of such a table; None for any other. Raises GoodfitError for its tags."""
    import polars as pl

    frame = table.frame
    words = [one.name for one in frame.iter_columns() if one.dtype == pl.String]
    sentence = next((name for name in frame.columns if SENTENCE.fullmatch(name.strip())), None)
    token = next((name for name in words if TOKEN.fullmatch(name.strip())), None)
    if not sentence or not token or table.sampled or token == sentence:
        return None
    if not (tags := next((name for name in reversed(words) if are_tags(frame[name])), None)):
        return None
    ids = frame[sentence].alias("ids").forward_fill()
    counted = ids.rle_id().value_counts(sort=False)["count"].to_list()
    if ids.null_count() or len(counted) > len(frame) / 2 or frame[token].null_count():
        return None
    encoding = Evidence("encoding", "utf-8", "certain", "the file says it")
    tagged = Tagged(table.path, counted, Counter(frame[tags].to_list()), 0, encoding)
    said = f"the rows in a row that have one `{sentence}`, or none after it"
    evidence = [
        Evidence("input", "text", "certain", f"a word a row in `{token}`, its tag in `{tags}`"),
        *tag_evidence(table.path, [tagged], [tagged], said),
        Evidence("sentence_column", sentence, "certain", "it tells sentences apart"),
        Evidence("token_column", frame.columns.index(token), "likely", f"`{token}`"),
        Evidence("tag_column", frame.columns.index(tags), "certain", f"`{tags}`"),
        *(one for one in table.evidence if one.question in ("separator", "encoding", "sheet")),
    ]
    return study_of(table.path, f"{table.kind} of tagged words", evidence)


def are_tags(cells: pl.Series) -> bool:
    """Every cell is a tag such as B-PER, I-PER or O."""
    cells = cells.alias("cells")  # Polars reads a name such as "^y$" as more than a name
    values = cells.drop_nulls().unique().to_list()
    tags = len(values) > 1 and "O" in values and all(map(TAG.fullmatch, values))
    return tags and not cells.null_count()
