"""Tables of random oddities, the truth of every cell of them, and a later file of some of their
rows: for the tests that study, project and prediction read one thing alike."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

Cell = tuple[str, Any]  # as it is written, and what it means; None where there is no value
NOTHING = ("", "NA", "?", "N/A", "null", "NaN")
MORE = (*NOTHING, "-", "--", "n.a.", "#N/A", "none")  # that mean it among numbers
ENDINGS = ("", "", " (m²)", " größe", " #1", "=x", "[0]", ' "q"', "  wide")
LABELS = (["yes", "no "], ["0", "1"], ["01", "02"], ["a", "b"], ["TRUE", "FALSE"], ["ja", "nein"])
KINDS = (
    *("size", "owed", "minus", "unit", "money", "thousands", "code", "colour", "gaps", "truth"),
    *("count", "quoted", "id", "date", "huge", "constant", "empty", "tiny", "clock", "lines"),
)
UNUSED = {
    "id",
    "constant",
    "empty",
}  # kinds of columns that a study may leave out without a question


@dataclass(frozen=True)
class Odd:
    """A table: its file, a later file of some of its rows in another order, which rows those are,
    and by column what the cells mean."""

    path: Path
    later: Path
    rows: list[int]
    target: str
    kinds: dict[str, str]
    truth: dict[str, list[Any]]


def makers(draw: random.Random, decimal: str) -> dict[str, Callable[[int], Cell]]:
    """How a cell of each kind is made, by its row."""
    gap, few = draw.choice(MORE), draw.choice(NOTHING)
    codes = ["01", "02", "10", "A1"][: draw.randint(3, 4)]
    truths = draw.choice([("true", "False"), ("Y", "N"), ("yes", "no")])
    unit = draw.choice([" kg", " m", "%"])
    coin = draw.choice(["$", "€ ", "£"])
    point = "," if decimal == "." else "."
    dates = draw.choice(["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %b %Y"])

    def written(number: float, digits: int = 2) -> str:
        return f"{number:.{digits}f}".replace(".", decimal)

    def amount(low: float = -50, high: float = 99) -> float:
        return round(draw.uniform(low, high), 2)

    def thousands(row: int) -> Cell:
        number = amount(1, 99_999)
        return f"{number:,.2f}".translate(str.maketrans({",": point, ".": decimal})), number

    def owed(row: int) -> Cell:
        number = amount()
        return (f"({written(-number)})" if number < 0 else written(number)), number

    def minus(row: int) -> Cell:
        number = amount()
        return written(number).replace("-", "\u2212"), number

    def size(row: int) -> Cell:
        number = amount()
        return written(number), number

    def gaps(row: int) -> Cell:
        return (gap, None) if draw.random() < 0.1 else size(row)

    def huge(row: int) -> Cell:
        number = 33_400_000 + amount(0, 99)
        return written(number), number

    def count(row: int) -> Cell:
        number = draw.randint(0, 40)
        return str(number), float(number)

    def unit_of(row: int) -> Cell:
        number = amount(1)
        return written(number) + unit, number

    def money(row: int) -> Cell:
        number = amount(1)
        return coin + written(number), number

    def code(row: int) -> Cell:
        return (one := draw.choice(codes)), one

    def colour(row: int) -> Cell:
        one = draw.choice(["red", "red ", " blue", "green", few])
        return one, None if one == few else one.strip()

    def truth(row: int) -> Cell:
        one = draw.random() < 0.5
        return truths[not one], one

    def quoted(row: int) -> Cell:
        one = draw.choice(["a", "b,c", "b;c", 'd "e"', "f\tg", "#h"])
        return one, one

    def identifier(row: int) -> Cell:
        return f"{row:05d}", f"{row:05d}"

    def tiny(row: int) -> Cell:
        number = draw.randint(1, 999) * 1e-42
        return f"{number:.2e}".replace(".", decimal), float(f"{number:.2e}")

    def clock(row: int) -> Cell:
        one = datetime(2021, 3, 1) + timedelta(minutes=draw.randrange(500_000))
        day = (one.date() - date(1970, 1, 1)).days
        return one.strftime("%Y-%m-%d %H:%M"), day + (one.hour * 60 + one.minute) / 1440

    def lines(row: int) -> Cell:
        one = draw.choice(["one\ntwo", "three", "four\n", ""])
        return one, one.strip() or None

    def day(row: int) -> Cell:
        one = date(2019, 1, 1) + timedelta(days=draw.randrange(2000))
        return one.strftime(dates), (one - date(1970, 1, 1)).days

    found = {"size": size, "owed": owed, "minus": minus, "unit": unit_of, "money": money}
    found |= {"thousands": thousands, "code": code, "colour": colour, "gaps": gaps, "truth": truth}
    found |= {"constant": lambda row: ("same", "same"), "empty": lambda row: (few, None)}
    found |= {"tiny": tiny, "clock": clock, "lines": lines}
    found |= {"count": count, "quoted": quoted, "id": identifier, "date": day, "huge": huge}
    return found


@dataclass(frozen=True)
class Form:
    """How a file of text is written."""

    separator: str
    encoding: str
    ends: str
    above: str = ""  # lines above the header
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL
    closed: bool = False  # each line ends in a separator


def file_of(path: Path, names: list[str], rows: list[list[str]], form: Form) -> None:
    """Write a table as its name says: text, packed text, or an array of records."""
    if path.suffix == ".json":
        records = [dict(zip(names, row, strict=True)) for row in rows]
        path.write_text(json.dumps(records), encoding="utf-8")
        return
    text = io.StringIO(newline="")
    text.write(form.above)
    ends = form.separator * form.closed + form.ends
    writer = csv.writer(text, delimiter=form.separator, lineterminator=ends, quoting=form.quoting)
    writer.writerows([names, *rows])
    content = text.getvalue().encode(form.encoding)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def odd_table(place: int, folder: Path) -> Odd:
    """Table number `place`, the same each time."""
    draw = random.Random(place)
    separator, decimal = draw.choice([(",", "."), (";", ","), (";", "."), ("\t", "."), ("|", ",")])
    count, made = draw.randint(60, 120), makers(draw, decimal)
    kinds = {kind + draw.choice(ENDINGS): kind for kind in draw.sample(KINDS, draw.randint(2, 6))}
    if {*kinds.values()} <= {*UNUSED, "date", "clock"}:  # nothing to learn from
        kinds["size"] = "size"
    labels, target = draw.choice(LABELS), draw.choice(["target", "label", "class"])
    cells = {name: [made[kind](row) for row in range(count)] for name, kind in kinds.items()}
    classes = [labels[draw.random() < 0.5] for _ in range(count)]
    truth = {name: [meant for _, meant in column] for name, column in cells.items()}
    truth[target] = [one.strip() for one in classes]
    rows = [[cells[name][row][0] for name in kinds] for row in range(count)]
    ending = draw.choice([".csv", ".csv", ".csv", ".txt", ".csv.gz", ".json"])
    encoding = draw.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    text = "".join(name for row in rows for name in row) + "".join(kinds)
    if encoding == "cp1252" and "\u2212" in text:
        encoding = "utf-8"
    ends = draw.choice(["\n", "\r\n"])
    form = Form(
        separator,
        encoding,
        ends,
        draw.choice(["", "", "", ends, f"Report of May{ends}{ends}"]),
        draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        draw.random() < 0.1,
    )
    path, later = folder / f"odd{place}{ending}", folder / f"odd{place}later{ending}"
    full = [[*row, one] for row, one in zip(rows, classes, strict=True)]
    file_of(path, [*kinds, target], full, form)
    bare = [row for row in range(count) if "A1" not in rows[row]]  # so that codes look like numbers
    taken = draw.sample(bare, len(bare) // 3)
    order = draw.sample(list(kinds), len(kinds))
    places = [list(kinds).index(name) for name in order]
    some = [[*(rows[row][at] for at in places), str(row)] for row in taken]
    file_of(later, [*order, "added later"], some, form)
    return Odd(path, later, taken, target, kinds, truth)
