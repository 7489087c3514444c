"""Text as points in time: in which format, in one zone, whichever way it is written.

The format is the one in which every cell can be read; of several (02.01. may be in January or in
February) the one counts in which the times, put in order, tick most evenly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from .digits import compact_times

DAYS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y"),
    *(
        "%d-%m-%Y",
        "%m-%d-%Y",
        "%d %m %Y",
        "%d-%b-%Y",
        "%d %b %Y",
        "%b %d, %Y",
        "%B %d, %Y",
        "%b %d %Y",
    ),
    *("%B %d %Y", "%d %B %Y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d-%b-%y", "%d %b %y"),
)
MONTHS = ("%Y-%m", "%Y/%m", "%m/%Y", "%b %Y", "%B %Y", "%b-%Y", "%Y-%b", "%Y %b")
SHORT_MONTHS = ("%b-%y", "%b %y")  # Jan-49, where no row goes back
CLOCKS = (
    *("", " %H:%M:%S", " %H:%M", "T%H:%M:%S", "T%H:%M", " %H:%M:%S%.f", "T%H:%M:%S%.f"),
    *(" %I:%M %p", " %I:%M:%S %p", " %I:%M%p"),
)
ZONE = r"(:\d\d(?:[.,]\d+)?)\s*(Z|UTC|GMT|[-+]\d\d(?::?\d\d)?)$"
WEEK, QUARTER, QUARTER_FIRST = (
    r"^(\d{4})-?W(\d\d?)$",
    r"^(\d{4})[-\s./:]?[Qq]([1-4])$",
    r"^(?:[Qq]([1-4])|([1-4])[Qq])[-\s/']?(\d{4}|\d\d)$",  # Q1 2020, 1Q20
)
YEAR_COUNTED = r"^(\d\d?)-(0[1-9]|1[0-2])$"  # 1-01 to 3-12: the years are counted
STATED_MONTH = r"^(\d{4})[-\s]?[Mm](\d\d?)$"  # 1980M01, as offices of statistics write
WEEKDAY = r"^(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+"
YEAR_LAST = r"^(\p{L}{3} +\d\d?) (\d\d?:\d\d(?::\d\d)?)(?: [A-Z]{2,5}| [-+]\d{4})? (\d{4})$"
DATED = r"^(?:(\d\d?)\.?[\s-]+(?:de\s+)?)?(\p{L}{3,10})\.?(?:\s+de)?[\s-]+(\d{4}\b.*)$"
DOTTED = r"([ T])(\d\d?)\.(\d\d)(?:\.(\d\d))?$"  # 18.00.00
TOGETHER = r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)"  # 20240131T235900
SAS = r"^(\d\d?)(\p{L}{3})(\d{4}):?(.*)$"  # 03MAR2019, 03MAR2019:12:30:00
EASTERN = r"^(\d{4})年(\d\d?)月(\d\d?)日"
MONTH_NAMES = {  # by their first letters, in English, German, French, Spanish, Italian, Portuguese,
    "Jan": "jan jän ene gen",  # Dutch and Danish
    "Feb": "feb fév fev",
    "Mar": "mar mär mrt maa",
    "Apr": "apr avr abr",
    "May": "may mai mei mag maj",
    "Jun": "jun giu",
    "Jul": "jul lug",
    "Aug": "aug aoû aou ago",
    "Sep": "sep set",
    "Oct": "oct okt ott out",
    "Nov": "nov",
    "Dec": "dec dez déc dic",
}
PERHAPS = re.compile(r"(?=.{4})\D*\d.*\d", re.DOTALL)  # no time is shorter, or has fewer digits
LOOKED_AT = 500
LONGEST = 80  # signs in which a time has two digits
LOST = 0.01  # of the cells that a format may leave unread


def times_in(cells: pl.Series) -> pl.Series | None:
    """Datetime (microseconds, without a zone): a column as times, null where a cell is none; None
    where the column holds no times. Times of several offsets come in UTC."""
    if cells.dtype == pl.Date or isinstance(cells.dtype, pl.Datetime):
        if isinstance(cells.dtype, pl.Datetime) and cells.dtype.time_zone:
            cells = cells.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
        return cells.cast(pl.Datetime("us"))
    if cells.dtype.is_numeric():
        return compact_times(cells)
    if cells.dtype != pl.String:
        return None
    if (compact := compact_times(cells)) is not None:
        return compact
    best, rank = None, (False, -1.0)
    for times in readings(cells):
        years = times.dt.year().min()
        if years is None or int(str(years)) < 1000:
            continue  # "Jan 2020" is not the 20th of January in the year 20
        if times.null_count() <= cells.null_count() + LOST * len(cells) and evenness(times) > rank:
            best, rank = times, evenness(times)
    return best


def in_utc(cells: pl.Series) -> bool:
    """Whether a column's times come in UTC, and not as its clock shows them: of several offsets."""
    if isinstance(cells.dtype, pl.Datetime):
        return cells.dtype.time_zone not in (None, "UTC")
    return cells.dtype == pl.String and cells.str.strip_chars().str.extract(ZONE, 2).n_unique() > 1


def offset_of(cells: pl.Series) -> str:
    """The zone in which `times_in` shows a column's times: "UTC", or the one offset, such as
    "+02:00", of all its cells; "" where nothing says so."""
    if in_utc(cells) or (isinstance(cells.dtype, pl.Datetime) and cells.dtype.time_zone):
        return "UTC"
    zones = cells.str.strip_chars().str.extract(ZONE, 2) if cells.dtype == pl.String else cells[:0]
    zone = str(zones[0]) if len(zones) and zones.null_count() == 0 else ""
    if zone[:1] not in ("+", "-"):
        return zone and "UTC"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def two_ways(cells: pl.Series) -> bool:
    """Whether days and months can be taken for each other: both readings rise, in even steps."""
    if cells.dtype != pl.String:
        return False
    found = []
    for times in readings(cells):
        steps = times.diff().drop_nulls().dt.total_microseconds()
        low, high = (float(str(one or 0)) for one in (steps.min(), steps.max()))
        if not times.null_count() and low > 0 and high <= 1.2 * low:
            found.append(times)
    return any(not one.equals(found[0]) for one in found)


def readings(cells: pl.Series) -> Iterator[pl.Series]:
    """The column in every format in which its first cells can be read."""
    formats = formats_of(cells.drop_nulls().unique(maintain_order=True).head(LOOKED_AT))
    if not formats:
        return
    plain, shift = plainly_written(cells)
    for form in formats:
        times = parsed(plain, form)
        if form in SHORT_MONTHS:
            if never_back(times):
                yield times
        else:
            yield times if form in MONTHS else times + shift


def formats_of(few: pl.Series) -> list[str]:
    """The formats that all of a few cells can be read in."""
    if not len(few) or not PERHAPS.match(str(few[0])[:LONGEST]):
        return []  # most words end here: what follows takes long where columns are many
    first, _ = plainly_written(few)
    sample = str(first[0]) if len(first) else ""
    if not 6 <= len(sample) <= 35 or not any(sign in sample for sign in "-/. "):
        return []
    clocked = (":" in sample) or sample.upper().endswith((" AM", " PM"))
    clocks = [clock for clock in CLOCKS if (clock != "") == clocked]
    forms = [*(day + clock for day in DAYS for clock in clocks), *MONTHS, *SHORT_MONTHS]
    return [form for form in forms if parsed(first, form).null_count() == 0]


def plainly_written(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The cells without names of weekdays, months and zones, and what the zones shift."""
    plain = plain_weekdays(cells.str.strip_chars())
    return without_zone(plain_days(plain_months(plain_clocks(plain))))


def never_back(times: pl.Series) -> bool:
    """No time lies before the one above it, or none behind it, and they are of several months:
    else Jan-01, Jan-02, Feb-01 are days of any year."""
    steps = times.drop_nulls().diff().drop_nulls().dt.total_microseconds()
    return times.dt.month().n_unique() > 1 and bool((steps >= 0).all() or (steps <= 0).all())


def plain_weekdays(cells: pl.Series) -> pl.Series:
    """Dates with the day of the week before them without it, and with the year behind the time of
    day, as in Mon Apr 06 22:19:45 PDT 2009, with the year before it; others as they stand."""
    few = cells.head(LOOKED_AT)
    if few.str.contains(WEEKDAY).any():
        cells = cells.str.replace(WEEKDAY, "")
    if cells.head(LOOKED_AT).str.contains(YEAR_LAST).any():
        cells = cells.str.replace(YEAR_LAST, "${1} ${3} ${2}")
    return cells


def plain_clocks(cells: pl.Series) -> pl.Series:
    """Times of day such as 18.00.00 behind a date, and 20240131T235900, as others are written."""
    few = cells.head(LOOKED_AT)
    if few.str.contains(TOGETHER).any():
        cells = cells.str.replace(TOGETHER, "${1}-${2}-${3} ${4}:${5}:00")
        cells = cells.str.replace(r"(:\d\d):00(\d\d)$", "${1}:${2}")
    if few.str.contains(DOTTED).any():
        cells = cells.str.replace(DOTTED, "${1}${2}:${3}:${4}").str.strip_chars_end(":")
    return cells


def plain_months(cells: pl.Series) -> pl.Series:
    """Dates such as 3. März 2024, 12 de enero de 2020, 03MAR2019 or Sept. 2021 with the month in
    English, in three letters; 2024年3月5日 with hyphens; others as they stand."""
    cells = cells.str.replace(EASTERN, "${1}-${2}-${3}")
    few = cells.head(LOOKED_AT)
    if few.str.contains(SAS).any():
        cells = cells.str.replace(SAS, "${1} ${2} ${3} ${4}").str.strip_chars()
    elif not few.str.contains(DATED).any():
        return cells
    groups = cells.str.extract_groups(DATED)
    day, word, rest = (groups.struct[place] for place in range(3))
    month = months_named(word)
    found = (day + " ").fill_null("") + month + " " + rest
    return cells.zip_with(found.is_null(), found)


def months_named(words: pl.Series) -> pl.Series:
    """String: the English name, in three letters, of the month that each word names in any of
    several languages; null where it names none."""
    meant = {start: name for name, starts in MONTH_NAMES.items() for start in starts.split()}
    start = words.str.to_lowercase().str.replace("^jui(n|l)", "ju${1}").str.slice(0, 3)
    return start.replace_strict(meant, default=None, return_dtype=pl.String)


def months_in(words: pl.Series) -> pl.Series:
    """Int32: the number of each month that is named, or written in digits; null for any other."""
    number = {name: place for place, name in enumerate(MONTH_NAMES, 1)}
    named = months_named(words.str.strip_chars())
    numbers = named.replace_strict(number, default=None, return_dtype=pl.Int32)
    return numbers.fill_null(words.str.strip_chars().cast(pl.Int32, strict=False))


def plain_days(cells: pl.Series) -> pl.Series:
    """Weeks (2010-W01), months (1980M01) and quarters (1960Q1) as their first day; midnight as
    24:00 as it stands."""
    cells = in_counted_years(cells.str.replace(STATED_MONTH, "${1}-${2}"))
    quarter = cells.str.extract_groups(QUARTER)
    turned = cells.str.extract_groups(QUARTER_FIRST)
    last = turned.struct[2]
    after = last.str.replace(r"^([0-2]\d)$", "20${1}").str.replace(r"^([3-9]\d)$", "19${1}")
    year = quarter.struct[0].fill_null(after)
    number = quarter.struct[1].fill_null(turned.struct[0]).fill_null(turned.struct[1])
    month = (number.cast(pl.Int32, strict=False) * 3 - 2).cast(pl.String).str.zfill(2)
    days = year + "-" + month + "-01"
    week = cells.str.extract_groups(WEEK)
    text = week.struct[0] + "-W" + week.struct[1].str.zfill(2) + "-1"
    monday = text.str.to_date("%G-W%V-%u", strict=False).cast(pl.String)
    found = days.zip_with(days.is_not_null(), monday)
    return cells.zip_with(found.is_null(), found)


def in_counted_years(cells: pl.Series) -> pl.Series:
    """Months such as 1-01, 1-02, ..., 2-01 with a year of four digits, where each is the one after
    that of the row above: 1 to 29 are 2001 to 2029, others those of the century before."""
    if not cells.head(LOOKED_AT).str.contains(YEAR_COUNTED).all():
        return cells
    parts = cells.str.extract_groups(YEAR_COUNTED)
    year, month = (parts.struct[place].cast(pl.Int64) for place in range(2))
    steps = (year * 12 + month).diff().drop_nulls()
    if len(steps) < len(cells) - 1 or not (steps == 1).all():
        return cells
    century = (year >= 30).replace_strict({True: 1900, False: 2000}, return_dtype=pl.Int64)
    return (century + year).cast(pl.String) + "-" + month.cast(pl.String).str.zfill(2)


def without_zone(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The cells without their offset, and what to add (Duration) so that all are of one zone: of
    UTC where there are several offsets, and of a day where midnight is written 24:00."""
    zone = cells.str.extract(ZONE, 2)
    sign = zone.str.starts_with("-").replace_strict({True: -1, False: 1}, default=1)
    hours = zone.str.extract(r"[-+](\d\d)", 1).cast(pl.Int64, strict=False).fill_null(0)
    minutes = zone.str.extract(r"[-+]\d\d:?(\d\d)", 1).cast(pl.Int64, strict=False).fill_null(0)
    offset = (sign * (hours * 60 + minutes)).fill_null(0)
    if offset.n_unique() == 1:
        offset = offset * 0
    late = cells.str.contains(r"[T ]24:00").fill_null(False)
    text = cells.str.replace(ZONE, "${1}").str.replace(r"([T ])24:00", "${1}00:00")
    micro = (late.cast(pl.Int64) * 1_440 - offset) * 60_000_000
    return text, micro.cast(pl.Duration("us"))


def parsed(cells: pl.Series, form: str) -> pl.Series:
    """Datetime: the cells read in one format; null where they are none. Years of two digits are
    those from 1930 to 2029, as in Excel."""
    if form in (*MONTHS, *SHORT_MONTHS):
        cells, form = "01 " + cells, f"%d {form}"
    if "%H" not in form and "%I" not in form:
        found = cells.str.to_date(form, strict=False).cast(pl.Datetime("us"))
    else:
        found = cells.str.to_datetime(form, strict=False, time_unit="us", ambiguous="null")
    if "%y" not in form:
        return found
    later = (found.dt.year() >= 2030).fill_null(False)
    return found.dt.offset_by("-100y").zip_with(later, found)


def evenness(times: pl.Series) -> tuple[bool, float]:
    """Whether the times rise from row to row, and, put in order, the share of their commonest
    step."""
    filled = times.drop_nulls()
    if len(filled) < 2:
        return False, 0.0
    rising = bool((filled.diff().drop_nulls().dt.total_microseconds() > 0).all())
    ordered = filled.sort()
    steps = ordered.diff().drop_nulls()
    if ordered.dt.day().n_unique() == 1:  # months differ in length, and are a step all the same
        steps = (ordered.dt.year().cast(int) * 12 + ordered.dt.month()).diff().drop_nulls()
    common = steps.value_counts()["count"].max()
    return rising, float(str(common)) / len(steps)


def joined_times(columns: list[pl.Series]) -> pl.Series | None:
    """Datetime: times that stand in several columns: a date and a time of day or a number of hours;
    or numbers of years, quarters or months, days, hours, ... in columns that are called so; months
    may have names. None for others."""
    first, *rest = columns
    if first.dtype.is_numeric():
        units = {
            one.name.strip().lower(): months_in(one)
            if one.dtype == pl.String
            else one.cast(pl.Int32, strict=False)
            for one in columns
        }
        if "quarter" in units:
            units.setdefault("month", units.pop("quarter") * 3 - 2)
        names = [
            name for name in ("year", "month", "day", "hour", "minute", "second") if name in units
        ]
        try:
            frame = pl.DataFrame({"month": 1, "day": 1} | units)
            every = dict.fromkeys(["year", "month", "day", *names])
            return frame.select(pl.datetime(*every).cast(pl.Datetime("us"))).to_series()
        except pl.exceptions.PolarsError:  # the 30th of February
            return None
    if len(rest) != 1:
        return None
    if rest[0].dtype.is_numeric():
        days = times_in(first)
        micro = (rest[0].cast(pl.Float64) * 3_600e6).round().cast(pl.Int64)
        return None if days is None else days + micro.cast(pl.Duration("us"))
    return times_in(first.cast(pl.String) + " " + rest[0].cast(pl.String))
