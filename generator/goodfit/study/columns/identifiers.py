"""Columns that are no features: identifiers, constants, dates, remarks; and groups of rows."""

from __future__ import annotations

import re
from functools import cache

from goodfit.reader.how import PARTS
from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import LONG_TEXT, Column

NAMES_A_ROW = re.compile(
    r"(^|[\W_])(id|ids|no|nr|number|index|idx|key|uuid|guid|row|rownum|serial)$|^unnamed: 0$"
)
NAMES_A_CODE = re.compile(r"(^|[\W_])(code|zip|zipcode|postcode|plz|id|cat)$")
WHO = (
    "subject|usubj|subj|patient|user|customer|client|household|session|person|participant|student|device|"
    "machine|provider|respondent|individual|speaker|family|member|account|animal|owner|driver|"
    "mrn|case|specimen|video|clip|recording|scene|plate|vehicle|engine|unit|employee|worker|author|"
    "lesion|nodule|tumou?r|biopsy|slide|scan|donor|twin|pair|litter|proband|kunden?|kun|debitor|fahrer|nutzer|paciente|cliente|usuario|utilisateur|paziente"
)
NUMBERED = r"([\W_]*(id|ids|no|nr|nbr|num|number|nummer|numero|code|key|#))?[\W_]*$"
NAMES_A_GROUP = re.compile(rf"(^|[\W_])({WHO}){NUMBERED}|^id$")
WEIGHS_A_ROW = re.compile(  # in surveys: how many people a row stands for
    r"^(fnl_?wgt|wgt|wghts?|[pf]_?weights?|per_?wt|hh_?wt|wtss(all|ps|nr)?|finalwt|final_weights?|"
    r"(survey|sample|sampling|person|household|population)[\W_]*(weights?|wgt|wt))$"
)
SAYS_ID = re.compile(r"([\W_]|(?<=[a-z])(?=id))ids?$")  # host_id, hostid
CODED = r"^[A-Za-z_-]*\d[\w-]+$"  # P0012: one word with a digit
SHARED = 0.2  # of the rows, at least, have the same mark as others
GAPS = 2  # numbers that are not there, for each that is
FEW = 10  # groups, at least
LARGE_GROUP = 50  # rows: more of a kind than of one and the same


@cache
def plain(name: str) -> str:
    """The name in small letters, words apart."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip()).lower()


def why_left_out(column: Column, named: bool) -> str:
    """Why a column cannot be a feature of a table; "" where it can. `named`: there is a header."""
    if column.kind == "empty":
        return "it has no value at all"
    if column.constant and not column.missing:
        return "it has the same value in every row"
    if column.kind == "date":
        return "a date is no number and no category"
    if column.kind == "text":
        return "it holds free text, which a table cannot learn from"
    weight = column.kind == "number" and WEIGHS_A_ROW.search(plain(column.name))
    if named and weight and column.distinct > LARGE_GROUP:
        return "it says how many others a row of a survey stands for, and a new row has no such"
    remarks = column.kind == "words" and column.words >= LONG_TEXT and column.distinct > 2
    if remarks and column.missing > column.rows / 2:
        return f"it holds remarks, and is empty in {column.missing:,} of {column.rows:,} rows"
    return why_identifier(column, named)


def why_identifier(column: Column, named: bool) -> str:
    """Why a column only tells the rows apart; "" where it may say something of them."""
    share = column.distinct / max(1, column.filled)
    unique = f"{column.distinct:,} of {column.filled:,} values are distinct"
    if column.kind == "words" and column.filled > 20 and share > 0.5 and column.distinct > FEW:
        return f"identifier or name: {unique}"
    if column.numbers is None or not column.whole or column.filled < 20:
        return ""
    if column.counting:
        return "it counts the rows"
    if named and share > 0.9 and NAMES_A_ROW.search(plain(column.name)):
        return f"identifier by its name, and {unique}"
    if not named and share > 0.9 and column.usual >= 100_000 and not column.last:
        return f"identifier: whole numbers of {len(f'{column.usual:.0f}')} digits, and {unique}"
    return ""


def is_code(column: Column) -> bool:
    """Whole numbers that name something: more of them is not more of anything."""
    return (
        column.kind == "number" and column.whole and bool(NAMES_A_CODE.search(plain(column.name)))
    )


def find_group(columns: list[Column]) -> tuple[Column, str] | None:
    """The column that its name calls the mark of a group, and why: several rows of one person or
    thing. A few rows without it are no reason against it."""
    for column in columns:
        name = plain(column.name)
        most = LARGE_GROUP if name == "id" else column.rows  # a patient may have any number of rows
        if NAMES_A_GROUP.search(name) and may_be_group(column, most):
            return column, rows_of_each(column)
    return None


def find_marked(columns: list[Column]) -> Column | None:
    """A column that may mark groups by what it holds: a name that says id and numbers with gaps, or
    words that are all written like a code, most of them in a row of their own; many rows share
    theirs."""
    return next((one for one in columns if marks_rows(one) and shares_rows(one)), None)


def marks_rows(column: Column) -> bool:
    """Its name says id, or its words are codes such as P0012; and they stand for more than a kind
    of row."""
    import polars as pl

    each = column.filled / max(1, column.distinct)
    if column.distinct < FEW or each > LARGE_GROUP or column.missing > column.rows / 10:
        return False
    named = bool(SAYS_ID.search(plain(column.name)))
    if column.kind == "words":
        words = column.cells.drop_nulls().cast(pl.String)
        coded, lengths = bool(words.str.contains(CODED).all()), words.str.len_chars().n_unique()
        return coded and (named or (lengths <= 2 and column.distinct > column.filled / 3))
    if column.numbers is None or not column.whole or not named:
        return False
    span = as_float(column.numbers.max()) - as_float(column.numbers.min())
    return span > (1 + GAPS) * column.distinct


def shares_rows(column: Column) -> bool:
    """Many rows have the same mark as another."""
    counts = column.cells.drop_nulls().value_counts()["count"]
    return as_float(counts.filter(counts > 1).sum()) >= SHARED * column.filled


def may_be_group(column: Column, most: float = LARGE_GROUP) -> bool:
    """Ten values or more stand in several rows each, `most` on average: as words, or as whole
    numbers."""
    rows_each = column.filled / max(1, column.distinct)
    kinds = column.kind == "words" or (column.kind == "number" and column.whole)
    several = column.distinct >= FEW and 1.2 <= rows_each <= most
    return kinds and several and column.missing <= column.rows / 10


def rows_of_each(column: Column) -> str:
    """How many rows a value stands in, in words."""
    rows_each = column.filled / max(1, column.distinct)
    return f"its {column.distinct:,} values stand in {rows_each:.1f} rows each, on average"


def asks_for_group(column: Column) -> str:
    """The question whether rows with the same mark are of one person or thing."""
    why = f"`{column.name}` ({column.examples}): {rows_of_each(column)}. Are they rows of "
    why += "one person or thing? Then they have to stay in one part. If not: --set 'group=\"\"'"
    return why


def find_part(columns: list[Column]) -> tuple[Column, str] | None:
    """The column that says which rows are to train on, and why."""
    for column in columns:
        if column.kind == "words" and 2 <= column.distinct <= 3 and not column.missing:
            values = {str(one).strip().lower() for one in column.cells.unique()}
            if values <= {*PARTS} and "train" in {PARTS[one] for one in values}:
                return column, f"its values are {', '.join(sorted(values))}"
    return None
