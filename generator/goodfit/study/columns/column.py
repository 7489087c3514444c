"""What each column of a table holds: numbers, times, words or texts, how many, how many missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from goodfit.reader.how import Written
from goodfit.rulebook.data_defaults import data_default
from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.dates import Times

if TYPE_CHECKING:
    import polars as pl

Kind = Literal["empty", "number", "date", "text", "words"]
NO_VALUE: tuple[str, ...] = tuple(data_default("missing"))  # cells that mean it everywhere
ALWAYS = (
    "#N/A",
    "#NA",
    "n/a",
    "<NA>",
    "#VALUE!",
    "#DIV/0!",
    "#REF!",
    "#NUM!",
    "NaT",
    "-nan",
    r"\N",
)
LONG_TEXT = 4.0  # words in a usual cell


@dataclass(frozen=True)
class Column:
    """One column as it will be read. `numbers` are its cells where it holds numbers; `marks` mean
    "no value" in it beside the usual ones; `signs` stand in its numbers; `odd` are cells that are
    no number where nearly all are."""

    name: str
    place: int
    kind: Kind
    rows: int
    missing: int
    distinct: int
    cells: pl.Series = field(repr=False, compare=False)
    numbers: pl.Series | None = field(default=None, repr=False, compare=False)
    whole: bool = False
    counting: bool = False  # whole numbers that rise by one from row to row, nearly always
    usual: float = 0.0  # the median, without its sign
    words: float = 0.0
    marks: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    comma: bool = False  # fractions are written 1,5
    either: bool = False  # every cell is like 1,234: thousands, or fractions
    odd: tuple[str, ...] = ()
    mixed: tuple[tuple[str, int], ...] = ()  # units, and in how many cells each is
    times: Times | None = None
    last: bool = False

    @property
    def filled(self) -> int:
        return self.rows - self.missing

    @property
    def truth(self) -> bool:
        """Every value is true or false."""
        from goodfit.reader.cells import kind_of

        return (
            self.kind == "words"
            and self.distinct <= 4
            and kind_of(self.cells, Written()) == "boolean"
        )

    @property
    def examples(self) -> str:
        """A few of its cells, in words."""
        cells = self.cells.drop_nulls().unique(maintain_order=True).head(4).to_list()
        shown = [f"{one:g}" if isinstance(one, float) else str(one)[:20] for one in cells]
        return ", ".join(shown[:3]) + ", ..." * (len(shown) > 3)

    @property
    def summary(self) -> str:
        """What it holds, in a few words: values or range, what is missing, signs in its numbers."""
        if self.numbers is not None and self.filled:
            held = f"{as_float(self.numbers.min()):,.7g} to {as_float(self.numbers.max()):,.7g}"
            held += f", written with {' '.join(self.signs)}" * bool(self.signs)
        else:
            word = "dates" if self.kind == "date" else "values"
            held = f"{self.distinct:,} {word}: {self.examples}"
        return held + f"; {self.missing:,} of {self.rows:,} missing" * bool(self.missing)

    @property
    def constant(self) -> bool:
        return self.distinct == 1


def is_number(mark: str) -> bool:
    """A mark such as -999."""
    return mark.strip("+-").replace(".", "", 1).isdigit()
