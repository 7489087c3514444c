"""What each column of a table holds: numbers, times, words or texts, how many, how many missing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from goodfit.reader.how import Written
from goodfit.rulebook.data_defaults import data_default
from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.amounts import THOUSANDS, all_match, without_signs
from goodfit.study.columns.dates import Times, measured, times_of
from goodfit.study.columns.units import units_in

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
AMONG_NUMBERS = {"-", "--", ".", "..", "*", "None", "none", "NONE", "na", "nil", "ND", "n.a."}
AMONG_NUMBERS |= {*ALWAYS, "null", "Missing", "missing", "unknown", "Unknown"}
LIKE_NUMBER = rf"^\D{{0,4}}\d[-+\deE{''.join(THOUSANDS)}]*\D{{0,3}}$"
MOST_ODD = 50  # cells to be named
FEW_WORDS, MANY = 3, 20  # distinct words among so many numbers: Undetermined
SPELLED = r"\S*[^\W\d_]{2,}\S*"  # a word of letters: 030 12 34 56 has none
FIRST_MONTH, FEWEST_DATES = 190_001, 12  # as a number; distinct ones
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


def read_column(
    name: str,
    place: int,
    cells: pl.Series,
    usual: tuple[str, ...] = NO_VALUE,
    decimal: str = "",
    no_value: tuple[str, ...] = (),
    signs: tuple[str, ...] = (),
) -> Column:
    """The column as it will be read; the marks in `usual` mean "no value" everywhere, the numbers
    in `no_value` ("age=-1") in one column. `decimal` is the mark in fractions, "" where nobody has
    said it; `signs` stand in numbers."""
    found = read_cells(name, place, cells, usual, decimal, signs)
    if found.numbers is not None and found.whole and (day := compact_date(found)):
        return day
    if found.numbers is None or not any(one.rpartition("=")[0] == name for one in no_value):
        return found
    from goodfit.reader.cells import without

    numbers = without(found.numbers.alias(name), no_value).alias("cells")
    written = {"signs": found.signs, "comma": found.comma, "either": found.either}
    cells = found.cells.set(numbers.is_null(), None)
    return numeric(name, place, cells, numbers, marks=found.marks, odd=found.odd, **written)


def read_cells(
    name: str,
    place: int,
    cells: pl.Series,
    usual: tuple[str, ...],
    decimal: str,
    signs: tuple[str, ...],
) -> Column:
    """The column, but for numbers that mean no value."""
    import polars as pl

    from goodfit.reader.cells import CODE, PARTED, blanked, cast, plain

    cells = cells.alias("cells")  # Polars reads a name such as "^y$" as more than a name
    rows = len(cells)
    if cells.dtype.is_numeric():
        numbers = cells.cast(pl.Float64).fill_nan(None)
        return numeric(name, place, numbers, numbers)
    if cells.dtype in (pl.Date, pl.Datetime):
        kept = cells.drop_nulls()
        return Column(
            name,
            place,
            "date",
            rows,
            rows - len(kept),
            kept.n_unique(),
            cells,
            times=times_of(cells),
        )
    named = cells.dtype == pl.Categorical  # the file says that they name something
    if cells.dtype != pl.String:
        cells = cells.cast(pl.String)
    numbers = cast(cells)
    bare = numbers.null_count() == cells.null_count() < rows
    if bare and decimal == "," and cells.drop_nulls().str.contains(PARTED).all():
        bare = not cells.str.contains(".", literal=True).any()  # see `as_numbers`
    codes = bare and (named or bool(cells.str.contains(CODE).any()))
    if bare and not codes and not any(map(is_number, usual)):
        return numeric(name, place, cells, numbers)  # as nearly all columns of a wide table
    marked = set(cells.filter(cells.is_in([*usual, *ALWAYS])).unique().to_list())
    here = [mark for mark in ALWAYS if mark in marked and mark not in usual]
    cells = blanked(cells, tuple(marked)) if marked else cells
    filled = cells.drop_nulls()
    if filled.is_empty():
        return Column(name, place, "empty", rows, rows, 0, cells, marks=tuple(here))
    if signs and not cast(plain(filled, signs, decimal or ".")).null_count():
        whole = cast(plain(cells, signs, decimal or "."))
        return numeric(name, place, cells, whole, marks=tuple(here), signs=signs)
    if not (codes and (named or filled.str.contains(CODE).any())):
        column = as_numbers(name, place, cells, filled, here, decimal)
        if column is not None:
            return column
    missing, distinct = rows - len(filled), filled.n_unique()
    times = times_of(cells)
    few = filled.head(5_000)
    words = as_float(few.str.count_matches(r"\S+").mean())
    spelled = as_float(few.str.count_matches(SPELLED).mean())
    long = words >= LONG_TEXT and spelled >= 2 and distinct > len(filled) / 2
    kind: Kind = "date" if times else "text" if long else "words"
    return Column(
        name,
        place,
        kind,
        rows,
        missing,
        distinct,
        cells,
        words=words,
        marks=tuple(here),
        times=times,
    )


def compact_date(column: Column) -> Column | None:
    """Whole numbers such as 20240131 or 202401 as dates: so many that all are dates by no chance;
    None for others."""
    import polars as pl

    from goodfit.reader.times import compact_times

    numbers = column.numbers
    if numbers is None or column.distinct < FEWEST_DATES or as_float(numbers.min()) < FIRST_MONTH:
        return None  # soon seen, where there are thousands of columns
    if (times := compact_times(numbers)) is None:
        return None
    cells = numbers.cast(pl.Int64).cast(pl.String)
    return replace(
        column, kind="date", cells=cells, numbers=None, whole=False, times=measured(times)
    )


def numeric(name: str, place: int, cells: pl.Series, numbers: pl.Series, **more: object) -> Column:
    """A column of numbers."""
    kept = numbers.drop_nulls()
    whole = bool((kept == kept.round()).all())
    distinct = kept.n_unique()
    counting = whole and distinct > 0.4 * len(kept) and bool(len(kept))
    return Column(
        name,
        place,
        "number" if len(kept) else "empty",
        len(cells),
        len(numbers) - len(kept),
        distinct,
        cells,
        numbers,
        whole,
        counting and as_float((kept.diff() == 1).mean()) > 0.9,
        as_float(kept.abs().median()) if whole else 0.0,
        **more,  # type: ignore[arg-type]
    )


def as_numbers(
    name: str, place: int, cells: pl.Series, filled: pl.Series, marks: list[str], decimal: str
) -> Column | None:
    """The column as numbers: as they are, or without marks, decimal commas, currency, thousands.

    None where it holds anything else. Where nine cells in ten are numbers, the rest are `odd`.
    """
    from goodfit.reader.cells import PARTED, blanked, cast

    numbers = cast(cells)
    left = cells.filter(numbers.is_null() & cells.is_not_null())
    parted = decimal == "," and all_match(filled, PARTED)  # 55.122 is no fraction here
    if left.is_empty() and not parted:
        return numeric(name, place, cells, numbers, marks=tuple(marks))
    others = left.filter(~left.str.contains(r"\d")).unique().to_list()
    if 0 < len(others) <= 3 and set(others) <= AMONG_NUMBERS:
        kept = blanked(cells, tuple(others))
        more = [*marks, *sorted(others)]
        rest = kept.drop_nulls()
        return as_numbers(name, place, kept, rest, more, decimal) if len(rest) else None
    alike = all_match(left.head(1_000), LIKE_NUMBER)  # soon seen, where there are a million
    for mark in ([decimal] if decimal else [".", ",", ""]) if alike else ():
        if found := without_signs(cells, mark, bool(decimal)):
            read, signs = found
            commas = bool(filled.str.contains(",", literal=True).any())
            either = not decimal and "," in signs and all_match(filled, r"^\D*\d{1,3},\d{3}\D*$")
            written = {"signs": signs, "comma": mark == "," and commas, "either": either}
            percent = int(filled.str.contains("%", literal=True).sum()) if "%" in signs else 0
            some = (
                (("%", percent), ("", len(filled) - percent)) if 0 < percent < len(filled) else ()
            )
            return numeric(name, place, cells, read, marks=tuple(marks), mixed=some, **written)
    if found_units := units_in(cells):
        return numeric(
            name,
            place,
            cells,
            found_units.numbers,
            marks=tuple(marks),
            signs=found_units.signs,
            comma=found_units.comma,
            mixed=tuple(found_units.counts.items()) if found_units.mixed else (),
        )
    spoken = left.n_unique() <= FEW_WORDS and not left.str.contains(r"\d").any()
    mostly = spoken and len(left) < 0.5 * len(filled) and numbers.drop_nulls().n_unique() > MANY
    if (
        len(left) >= 0.1 * len(filled) and not mostly
    ):  # numbers of another notation, with others among them?
        like = cells.str.contains(LIKE_NUMBER).fill_null(False)
        if not 0.9 * len(filled) < like.sum() < len(filled):
            return None
        inner = as_numbers(name, place, cells.set(~like, None), cells.filter(like), marks, decimal)
        if inner is None or inner.numbers is None:
            return None
        shown = tuple(cells.filter(~like).drop_nulls().unique(maintain_order=True).to_list())
        return replace(inner, cells=cells, odd=(*shown, *inner.odd)[:MOST_ODD])
    shown = tuple(left.unique(maintain_order=True).head(MOST_ODD).to_list())
    return numeric(name, place, cells, numbers, marks=tuple(marks), odd=shown)


def is_number(mark: str) -> bool:
    """A mark such as -999."""
    return mark.strip("+-").replace(".", "", 1).isdigit()
