"""A table that is one series: a time column that ticks, and numbers to forecast."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goodfit.errors import GoodfitError
from goodfit.study.columns import identifiers
from goodfit.study.columns.aggregates import as_float
from goodfit.study.columns.column import Column
from goodfit.study.columns.dates import Times, numbers_as_times, times_of
from goodfit.study.columns.tasks import outlier_answer, require_variety
from goodfit.study.evidence import Evidence, counted
from goodfit.study.kinds.case import Case, add_task, keep_labelled, slips, stand_apart
from goodfit.study.kinds.nameless import count_columns
from goodfit.study.kinds.panel import find_panel
from goodfit.study.kinds.unclocked import rows_follow

REGULAR = 0.95  # share of the steps that are as long as the usual one
MOSTLY, LACKING = 0.8, 0.25  # that share where the others are gaps; steps without a row, by rows
TIME_OF_DAY = r"^\d{1,2}(:\d{2}(:\d{2})?|\.\d{2}\.\d{2})$"
CALLED_A_TIME = re.compile(
    r"(time|t|timestamp|date|year|yr|quarter|month|week|day|hour|minute|second|step|timestep)s?$"
)
HOUR = re.compile(r"(hr|hour|hours|h|hod|std|stunde|heure|hora|ora|uur)s?")
AGAIN = 0.05  # share of the rows whose time stands in another row: clocks that were set back
FEWEST_ROWS = 20  # that numbers have to rise in, to be times
FEWEST_STEPS, LONGEST = 8, 2_000
ROW_NUMBER = "row number"  # as emitted projects have it
AHEAD = {  # by the step from row to row
    "30 minutes": (48, "a day"),
    "an hour": (24, "a day"),
    "a day": (7, "a week"),
    "a working day": (5, "a week"),
    "a month": (12, "a year"),
    "a quarter": (4, "a year"),
}
UNITS = ("year", "quarter", "month", "day", "hour", "minute", "second")


@dataclass(frozen=True)
class Clock:
    """The time of each row: the name that `time_column` gives it, the columns it stands in, how it
    runs, and why."""

    name: str
    columns: tuple[Column, ...]
    times: Times
    why: str


def ticking(columns: list[Column]) -> Clock | None:
    """The times that rise by one step from row to row; None where there are none."""
    for column in columns:
        if column.times and runs(column.times):
            return Clock(
                column.name, (column,), column.times, how_it_runs(column.name, column.times)
            )
    return together(columns) or counted_time(columns)


def counted_time(columns: list[Column]) -> Clock | None:
    """A column that is called a time and holds numbers, such as years, that rise by one step."""
    for column in columns:
        if column.numbers is None or not CALLED_A_TIME.match(identifiers.plain(column.name)):
            continue
        times = numbers_as_times(column.numbers)
        if times and runs(times) and column.rows >= FEWEST_ROWS:
            why = f"`{column.name}` rises by {times.step} from row to row"
            return Clock(column.name, (column,), times, why)
    return None


def why_none_ticks(columns: list[Column]) -> str:
    """Why the times in a column are none of a series; "" where no column holds times."""
    if panel := find_panel(columns):
        return panel.why
    for column in columns:
        if column.times and column.times.again > AGAIN * column.times.rows:
            return f"the times in `{column.name}` repeat"
        if column.times and column.times.lost:
            return (
                f"{counted(column.times.lost, 'cell')} of `{column.name}` cannot be read as times"
            )
        if column.times:
            share = f"{100 * column.times.regular:.0f} % of the rows"
            return f"the times in `{column.name}` rise by {column.times.step} in {share} alone"
    return ""


def runs(times: Times) -> bool:
    """The times, once in order, nearly always rise by the same step, and few stand there twice; or
    they rise from row to row by that step and multiples of it, and few steps lack a row."""
    if times.lost or times.again > AGAIN * times.rows:
        return False
    gaps = times.on_grid and times.rising and times.missing_steps <= LACKING * times.rows
    return times.regular >= REGULAR or (gaps and times.regular >= MOSTLY)


def how_it_runs(name: str, times: Times) -> str:
    """How the times of a series run, in words."""
    if times.rising:
        return f"`{name}` rises by {times.step} from row to row"
    order = "the other way round" if times.falling else "in another order"
    again = f", {counted(times.again, 'row')} with a time that stood above" if times.again else ""
    order = order if not times.again or times.falling else "in order"
    return f"put in order, `{name}` rises by {times.step}; the rows stand {order}{again}"


def together(columns: list[Column]) -> Clock | None:
    """Times that stand in several columns: a date and a time of day, or year, month, day, hour."""
    from goodfit.reader.times import joined_times

    parts = {
        identifiers.plain(one.name): one
        for one in columns
        if (one.kind == "number" and one.whole) or names_months(one)
    }
    units = [parts[name] for name in UNITS if name in parts and not parts[name].missing]
    days = [one for one in columns if one.times and not one.times.clocked]
    clocks = [one for one in columns if is_time_of_day(one)] if days else []
    found_in: tuple[Column, ...] = (days[0], clocks[0]) if clocks else ()
    if len(units) >= 2 and identifiers.plain(units[0].name) == "year":
        found_in = (*units,)
    if not found_in:
        return None
    cells = [one.cells if one.numbers is None else one.numbers for one in found_in]
    made = joined_times(
        [one.alias(column.name) for one, column in zip(cells, found_in, strict=True)]
    )
    times = None if made is None else times_of(made)
    if times is None or not runs(times):
        return None
    name = " + ".join(one.name for one in found_in)
    return Clock(name, found_in, times, how_it_runs(name, times))


def names_months(column: Column) -> bool:
    """The column is called a month, and holds the names of months."""
    from goodfit.reader.times import months_in

    if column.kind != "words" or column.distinct > 12 or column.missing:
        return False
    return identifiers.plain(column.name) == "month" and not months_in(column.cells).null_count()


def by_the_hour(clock: Clock) -> bool:
    """The time stands in a date and a number of hours."""
    if len(clock.columns) != 2 or clock.columns[1].numbers is None:
        return False
    return identifiers.plain(clock.columns[0].name) != "year"  # and a month or a quarter beside it


def is_time_of_day(column: Column) -> bool:
    """The column holds times of day, or is called an hour and holds numbers from 0 to 24."""
    if column.numbers is not None:
        low, high = as_float(column.numbers.min()), as_float(column.numbers.max())
        hours = column.whole and 0 <= low <= 1 and 11 < high <= 24
        return hours and bool(HOUR.fullmatch(identifiers.plain(column.name)))
    cells = column.cells.drop_nulls()
    return column.kind == "words" and bool(cells.str.contains(TIME_OF_DAY).all())


def only_number(columns: list[Column]) -> Evidence | None:
    """The target where a time and one column of numbers are all there is; None elsewhere."""
    clock = ticking(columns)
    others = [one for one in columns if not clock or one not in clock.columns]
    others = [one for one in others if not identifiers.why_identifier(one, True)]
    numbers = [one for one in others if one.kind == "number" and not one.constant]
    if clock and len(numbers) == 1 == len(others):
        why = f"`{numbers[0].name}` is the only number beside the time"
        return Evidence("targets", [numbers[0].name], "likely", why)
    return None


def one_to_come(columns: list[Column]) -> Evidence | None:
    """The target where the last rows lack one number, the first or the last of several, and hold
    all others; None elsewhere. In the middle it may be a sensor that has failed."""
    clock = ticking(columns)
    numbers = [one for one in columns if one.kind == "number"]
    lacking = [one for one in numbers if clock and rows_ahead([one], clock)]
    if not clock or len(numbers) < 2 or len(lacking) != 1:
        return None
    found, cells = lacking[0], rows_ahead(lacking, clock)
    if found.missing != cells or found not in (numbers[0], numbers[-1]):
        return None
    why = f"`{found.name}` alone lacks its last {counted(cells, 'cell')}: they are to be forecast"
    return Evidence("targets", [found.name], "likely", why)


def rows_as_steps(case: Case, targets: list[Column]) -> Clock | None:
    """The rows themselves as times, where a forecast is asked for, or a series and the rows follow
    one another, and no column may be a time."""
    timed = any(
        one.times or (one.whole and CALLED_A_TIME.match(identifiers.plain(one.name)))
        for one in case.columns
    )
    asked = case.given.get("task") == "forecasting"
    said = case.given.get("input") == "series" and rows_follow(case.columns, targets)
    if timed or not (asked or said) or find_panel(case.columns):
        return None
    why = "no column holds times: each row is a step, in the order of the file"
    return Clock(ROW_NUMBER, (), Times(True, 1.0, "one", 0, rows=case.table.rows), why)


def study_series(case: Case, targets: list[Column]) -> bool:
    """The study of a series; False where the table is none, or its target is no number."""
    clock = ticking(case.columns) or rows_as_steps(case, targets)
    numeric = targets and all(one.kind == "number" and one.distinct > 2 for one in targets)
    asked = case.given.get("task", "forecasting") == "forecasting"
    if not clock or not numeric or not asked or case.given.get("input", "series") != "series":
        return False
    if by_the_hour(clock) and not {"input", "task"} & case.given.keys():
        return False  # a table by date and hour is asked about
    for column in targets:
        require_variety(column)
    case.add("input", "series", "likely", clock.why)
    case.add("task", "forecasting", "likely", f"{clock.why}, and the target is a number")
    case.add("time_column", clock.name, "certain", clock.why)
    if clock.times.step in AHEAD and "horizon" not in case.given:
        steps, span = AHEAD[clock.times.step]
        short = max(1, case.table.rows // 12)
        why = f"a row for {clock.times.step}, and {steps} are {span}"
        why += f"; of {case.table.rows} rows no more are forecast than a twelfth" * (short < steps)
        case.add("horizon", min(steps, short), "likely", why)
    taken = (*targets, *clock.columns)
    others = [one for one in case.columns if one.kind == "number" and one not in taken]
    inputs = [
        one
        for one in others
        if not one.constant and not identifiers.why_identifier(one, case.named)
    ]
    left_out = [one for one in case.columns if one not in (*taken, *inputs)]
    names = [one.name for one in inputs]
    why = f"beside it: {counted(len(names), 'column')} of numbers that vary"
    if left_out and not names:  # none named would be all
        names = [one.name for one in targets]
        why = "alone"
    if left_out:
        reasons = [
            identifiers.why_left_out(one, case.named) or "it holds words" for one in left_out
        ]
        pairs = zip(left_out, reasons, strict=True)
        why += "; not used: " + "; ".join(f"`{one.name}`: {reason}" for one, reason in pairs)
    each = {one.name: one.summary for one in (*targets, *inputs) if one.name in names}
    case.add("inputs", names, "likely", why, each)
    case.add("classes", len(targets), "certain", f"to forecast: {counted(len(targets), 'column')}")
    variables = len(targets) + len(inputs)
    case.add("features", variables, "certain", f"{counted(variables, 'number')} at each step")
    case.evidence.append(outlier_answer(targets))
    ahead = rows_ahead(targets, clock)
    gaps = sum(one.missing for one in (*targets, *inputs)) - ahead * len(targets)
    if ahead:
        known = case.table.rows - ahead
        why = f"{known:,} rows have a target; the last {ahead:,} have none yet: they are forecast"
        case.count_again(known, why)
    if clock.times.again and case.given.get("repeated", "refuse") != "refuse":
        known = case.table.rows - clock.times.again - ahead
        case.count_again(known, f"{known:,} times; rows of one time become one")
    elif clock.times.again:
        why = f"{counted(clock.times.again, 'row')} with a time that another row has, as where "
        why += 'clocks are set back; "first" and "last" take one of them'
        case.add("repeated", "average", "unsure", why)
    skipped = clock.times.missing_steps
    lacking = [f"{counted(skipped, 'step')} without a row"] if skipped else []
    lacking += [f"{counted(gaps, 'cell')} without a value"] if gaps else []
    if lacking:
        case.add("gaps", "fill", "unsure", f"{', '.join(lacking)}; straight lines would fill them")
    slips(case, inputs)
    stand_apart(case, [*targets, *inputs])
    return True


def rows_ahead(targets: list[Column], clock: Clock) -> int:
    """How many rows at the end of time have no target: what is to be forecast."""
    if not clock.times.rising:
        return 0
    filled = [one.cells if one.numbers is None else one.numbers for one in targets]
    empty = [one.is_not_null().reverse().arg_max() or 0 for one in filled]
    return min(empty)


def study_wide(case: Case, targets: list[Column]) -> bool:
    """The study of a table with a series a row, where it is said to be one; False elsewhere.

    Raises GoodfitError where words stand among the steps.
    """
    if case.given.get("input") != "series" or case.given.get("task") == "forecasting":
        return False
    if panel := find_panel(case.columns):
        given = f"--input series, and {case.table.path}: {panel.why}"
        expected = "a file for each series, in a folder that is called as its class"
        raise GoodfitError(given, expected, "split the file, or take --input tabular")
    targets = keep_labelled(case, targets)
    steps = [one for one in case.columns if one not in targets]
    words = [one.name for one in steps if one.kind != "number"]
    if words or len(steps) < FEWEST_STEPS:
        given = f"--input series, and {case.table.path}: "
        given += f"{words[0]!r} holds no numbers" if words else f"{len(steps)} steps in a row"
        expected = f"a series a row: {FEWEST_STEPS} numbers or more, and the target"
        raise GoodfitError(given, expected, "leave --input out, or the other columns")
    if not case.named:
        count_columns(case, targets)
    case.add("input", "series", "certain", "you said so")
    case.add("layout", "wide", "certain", f"a series a row, in {len(steps):,} columns")
    case.add("length", min(len(steps), LONGEST), "certain", f"{len(steps):,} steps in each row")
    case.add("features", 1, "certain", "one number at each step")
    add_task(case, targets)
    return True
