"""Whether a table begins with the names of its columns, and with how many lines of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from goodfit.reader.lines import joined_names
from goodfit.study.evidence import Evidence, counted
from goodfit.study.files.divisions import NUMBER

USUAL = re.compile(
    r"(id|no|nr|name|text|label|class|category|target|type|date|time|timestamp|year|value|y|x\d*)",
    re.IGNORECASE,
)
PLAIN = re.compile(r"-?\d+(\.\d+)?")
YEAR = re.compile(r"(18|19|20)\d\d")
NOTHING = {"", "?", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None", "-"}
ENOUGH, WIDE, FEW = 300, 1_000, 20  # cells that tell numbers from words; fewer in wider tables
MOST_NAMES = 4  # lines below the first that may be of names

Rows = Sequence[tuple[str, ...]]


def is_number(cell: str) -> bool:
    """The cell is a number, with any decimal mark, currency or thousands."""
    if PLAIN.fullmatch(cell):
        return True  # soon seen, where there are thousands of columns
    text = cell.strip(" \t$€£¥%").replace(",", ".")
    return bool(NUMBER.fullmatch(text)) or bool(re.fullmatch(r"\d{1,3}(\.\d{3})+(\.\d+)?", text))


def column_of(rows: Rows, place: int, most: int | None = None) -> list[str]:
    """The filled cells of a column, in the order of the rows; so many at most."""
    cells = (row[place].strip() for row in rows if place < len(row))
    return [*islice((cell for cell in cells if cell not in NOTHING), most)]


def number_places(rows: Rows, width: int) -> list[int]:
    """The columns that hold numbers nearly throughout."""
    most = max(FEW, min(ENOUGH, ENOUGH * WIDE // max(1, width)))
    filled = {place: column_of(rows, place, most) for place in range(width)}
    return [
        place
        for place, cells in filled.items()
        if cells and sum(map(is_number, cells)) >= 0.9 * len(cells)
    ]


def words_above(row: tuple[str, ...], numbers: list[int]) -> int:
    """How many columns of numbers have a word in this row."""
    cells = [row[place].strip() for place in numbers if place < len(row)]
    return sum(cell not in NOTHING and not is_number(cell) for cell in cells)


def find_header(rows: Rows) -> Evidence:
    """How many lines of names stand above the values: 0, 1 or more; None where nothing tells."""
    first, rest = rows[0], rows[1:]
    if not any(cell not in NOTHING for row in rest for cell in map(str.strip, row)):
        return Evidence("header", 1, "certain", "no other line holds anything")
    numbers = number_places(rest[1:] or rest, len(first))
    named = words_above(first, numbers)
    if named and (more := lines_of_words(rest, numbers, named)):
        why = f"{counted(more + 1, 'line')} of words stand above columns of numbers"
        return Evidence("header", more + 1, "likely", why)
    above = [first[place].strip() for place in numbers if is_number(first[place])]
    if counts_up(above):
        why = f"line 1 counts its columns: {', '.join(above[:3])}, ..."
        return Evidence("header", 1, "likely", why)
    if named and named >= len(numbers) / 2:
        why = f"line 1 has words above {counted(named, 'column')} of numbers"
        numerals = [cell for cell in above if not YEAR.fullmatch(cell)]
        if numerals and are_codes(first, rest, named, numerals):
            return Evidence("header", 1, "likely", f"{why}, and codes such as {numerals[0]}")
        if numerals:
            return Evidence("header", 1, "unsure", f"{why}, and numbers such as {numerals[0]}")
        return Evidence("header", 1, "certain", why)
    below = [cell for place in numbers for cell in column_of(rest, place)[:50]]
    years = [cell for cell in above if YEAR.fullmatch(cell)]
    if (
        years == above
        and above
        and sum(bool(YEAR.fullmatch(one)) for one in below) < len(below) / 2
    ):
        why = f"line 1 has years ({', '.join(years[:3])}) above numbers that are none"
        return Evidence("header", 1, "likely", why)
    if len(numbers) > named and any(is_number(first[place]) for place in numbers):
        return Evidence(
            "header", 0, "certain", "line 1 has numbers where the lines below have them"
        )
    return among_words(first, rest)


def are_codes(first: tuple[str, ...], rest: Rows, named: int, numerals: list[str]) -> bool:
    """The numbers in a line of names are names too, such as those of articles: whole, all of them
    different, many more words beside them, and none of them a value of its column."""
    words = [cell.strip() for cell in first if cell.strip()]
    if named < 2 * len(numerals) or len({*words}) < len(words):
        return False
    columns = ({*column_of(rest, place)} for place, cell in enumerate(first) if cell in numerals)
    return all(map(str.isdigit, numerals)) and not any({*numerals} & one for one in columns)


def lines_of_words(rest: Rows, numbers: list[int], named: int) -> int:
    """How many lines below the first have words where columns of numbers are, as units, marks of
    quality and names in parts do: in several of them, and no number anywhere below the second."""
    found = 0
    for row in rest[:MOST_NAMES] if len(rest) > 20 else ():
        words = words_above(row, numbers)
        filled = sum(
            cell not in NOTHING for cell in (row[at].strip() for at in numbers[: len(row)])
        )
        if words <= max(1, named / 4) or (found and words < filled):
            break
        found += 1
    return found


def place_of_names(rows: Rows) -> int:
    """Which of several lines has the names: the first that is filled and repeats none; where none
    is, the first of all, unless another has twice as many different words."""
    lines = [[cell.strip() for cell in row] for row in rows]
    words = [len({*line} - {""}) for line in lines]
    full = [at for at, line in enumerate(lines) if words[at] == len(line)]
    most = words.index(max(words))
    return full[0] if full else most if words[most] > 2 * words[0] else 0


def find_joined(rows: Rows) -> Evidence | None:
    """Names in two rows of a sheet, of which the reader joins the parts; None for any other."""
    if names := joined_names(rows):
        why = "names stand in two rows, some merged over several columns; they are joined: "
        return Evidence("header", 1, "certain", f"{why}{', '.join(names[:3])}, ...")
    return None


def counts_up(cells: list[str]) -> bool:
    """The cells are 0, 1, 2, ... or 1, 2, 3, ...: names that a program gave."""
    return len(cells) > 2 and cells in (
        [str(place + start) for place in range(len(cells))] for start in (0, 1)
    )


def among_words(first: tuple[str, ...], rest: Rows) -> Evidence:
    """Where all columns hold words: names do not occur again below themselves."""
    rest = [row for row in rest if row != first] or rest  # a header may stand again, as in lists
    again = sum(cell.strip() in column_of(rest, place) for place, cell in enumerate(first))
    usual = [cell.strip() for cell in first if USUAL.fullmatch(cell.strip())]
    if again:
        why = f"{counted(again, 'cell')} of line 1 also below it: values, not names"
        return Evidence("header", 0, "likely", why)
    if usual:
        return Evidence("header", 1, "likely", f"line 1 has a usual name, `{usual[0]}`")
    repeated = sum(
        len(set(cells)) <= len(cells) / 2
        for place in range(len(first))
        if (cells := column_of(rest, place))
    )
    if repeated and len(rest) >= 10 and len(set(first)) == len(first):
        why = "no cell of line 1 occurs again below, where values do"
        return Evidence("header", 1, "likely", why)
    return Evidence("header", 1, "unsure", "nothing tells names from values in line 1")
