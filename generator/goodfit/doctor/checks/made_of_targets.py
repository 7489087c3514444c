"""Columns that were computed from the targets: means of groups, running sums, and several targets
in one number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..predictions import codes_of
from ..registry import Entry, check
from ..samples import Samples, at_random
from .columns import columns_of, is_table, quoted
from .combined_columns import listed
from .exactness import EXACT, FEWEST, spread

GROUPS = 8  # at least, to say that their means stand in a column
ROWS = 20_000  # of all parts together
MOST_GROUPS = 20  # columns that a mean of the other rows may be grouped by
MOST = 3  # findings
CLASSES = 10  # whose shares are looked for, at most

MADE = Entry(
    "made-of-targets",
    "warning",
    "A column that was computed from the targets of all rows: their mean in each group, their "
    "running sum, or several targets in one number.",
    "What is to be predicted went into it, that of validation and test rows too; new rows have no "
    "target to compute it from, and all scores are too good.",
    "leave it out, or compute it from the training rows alone",
    "nine groups, or rows, in ten, to the last digit; of means not those of the training rows "
    "alone, which are honest",
    "the definition; target encoding before the split is the classic",
)


class Rows(NamedTuple):
    """Rows of all parts: x (rows, columns), y (rows, targets), both float64; `train`, (rows,):
    which are training rows; `order`, (rows,): the places that bring them into the order of the
    file, if that is known."""

    x: np.ndarray
    y: np.ndarray
    train: np.ndarray
    order: np.ndarray | None


def numbers_of(case: Case, y: np.ndarray) -> np.ndarray:
    """(rows, targets): numbers, or 1 for each class that it is and 0 for the others."""
    if not case.contract.classes:
        return y.reshape(len(y), -1).astype("float64")
    codes = codes_of(y, case.contract)
    if case.contract.answer == "yes-no":
        return codes.astype("float64")
    return np.column_stack([codes == one for one in range(CLASSES)]).astype("float64")


def rows_of(case: Case) -> Rows | None:
    """All parts in one; None where there is no table, or nothing to judge by."""
    if case.validation is None or not is_table(case) or case.contract.answer == "own-loss":
        return None
    project = case.project
    parts: list[tuple[str, Samples | None]] = [("train", case.known)]
    parts += [("validation", project.known_y_val or case.validation), ("test", project.test)]
    there = [(name, part) for name, part in parts if part is not None and part.y is not None]
    y = [numbers_of(case, part.y) for _, part in there if part.y.ndim <= 2]
    restored = project.declared is None and case.known.y.shape == case.known.x.shape
    if len(y) < len(there) or sum(map(len, y)) < FEWEST or restored:
        return None
    x = np.concatenate([part.x for _, part in there])
    train = np.repeat([name == "train" for name, _ in there], [part.size for _, part in there])
    order = None
    if project.order is not None and all(name in project.order for name, _ in there):
        order = np.concatenate([project.order[name] for name, _ in there])
    values = np.concatenate(y)
    if len(x) > ROWS or x.shape[1] > 1_000 or not np.isfinite(values).all():
        return None
    known = order is not None and len(order) == len(x)
    return Rows(x, values, train, np.argsort(order) if order is not None and known else None)


def line_error(mean: np.ndarray, level: np.ndarray) -> np.ndarray:
    """(groups,): how far `level` lies from the best straight line of `mean`, in its deviations."""
    line = np.polyfit(mean, level, 1) if np.ptp(mean) > 0 else np.array([0.0, 0.0])
    away = np.abs(np.polyval(line, mean) - level)
    return np.asarray(away / (level.std() + 1e-300))


class Levels(NamedTuple):
    """The different numbers of a column, which of them each row has, and how many rows each has."""

    values: np.ndarray
    of_row: np.ndarray
    sizes: np.ndarray

    @classmethod
    def of(cls, column: np.ndarray) -> Levels:
        return cls(*np.unique(column, return_inverse=True, return_counts=True))


def hold_means(levels: Levels, y: np.ndarray, train: np.ndarray) -> bool:
    """Whether rows with the same number in a column have a target whose mean is that number, over
    all parts and not over the training rows alone. In other units, such as scaled, as well."""
    values, which, sizes = levels
    if not GROUPS <= len(values) <= len(which) / 2:
        return False
    own = np.bincount(which, weights=train)
    judged = (own > 0) & (own < sizes)
    if judged.sum() < GROUPS:
        return False
    mean = np.bincount(which, weights=y)[judged] / sizes[judged]
    honest = np.bincount(which, weights=y * train)[judged] / own[judged]
    near = max(1e-3, min(0.02, 0.51 * float(np.diff(values).min()) / float(values.std())))
    wrong, wrong_honest = line_error(mean, values[judged]), line_error(honest, values[judged])
    exact = (wrong <= near).mean() >= EXACT
    return bool(exact and np.median(wrong) < 0.2 * np.median(wrong_honest))


def leaves_one_out(groups: Levels, column: np.ndarray, y: np.ndarray) -> bool:
    """Whether `column` is the mean target of the other rows of the same group: then it and the
    row's own target, in the units of the column, make the same sum in all of them. The largest
    group may be what is left of rare categories, and is judged only if the others do not tell."""
    group, sizes = groups.of_row, groups.sizes
    several = sizes[group] >= 3
    if several.sum() < FEWEST or len(sizes) < 3:
        return False
    means = [np.bincount(group, weights=one) / np.maximum(1, sizes) for one in (column, y)]
    away, own = (one - mean[group] for one, mean in zip((column, y), means, strict=True))
    away *= sizes[group] - 1
    moves = np.abs(away) > 1e-6 * np.abs(column).max()
    told = several & (np.abs(own) > 1e-6 * y.std())
    slopes = [np.median(-away[rows] / own[rows]) for rows in rows_by(group, told)]
    unit = float(np.median(slopes)) if slopes else 0.0
    near = 1e-3 * abs(unit) * y.std() + 1e-5 * np.abs(column).max() * sizes[group]
    same = np.abs(away + unit * own) <= near
    some = several & (group != sizes.argmax())
    judged = some if some.sum() >= FEWEST and len(sizes) > 3 else several
    return bool(unit > 0 and moves[judged].mean() > 0.5 and same[judged].mean() >= EXACT)


def rows_by(group: np.ndarray, among: np.ndarray) -> list[np.ndarray]:
    """The places of the rows `among`, bool (rows,), of each group that has any."""
    rows = np.flatnonzero(among)
    rows = rows[np.argsort(group[rows], kind="stable")]
    return np.split(rows, np.flatnonzero(np.diff(group[rows])) + 1) if len(rows) else []


def running_sum(column: np.ndarray, y: np.ndarray, order: np.ndarray | None) -> bool:
    """Whether `column` grows from row to row, in the order of the file, by the target: in whatever
    units a project learns it."""
    if order is None or len(np.unique(y)) < 3:
        return False
    grown, target = np.diff(column[order]), y[order[1:]]
    one, other = (
        np.random.default_rng(0).permutation(len(target))[: len(target) // 2 * 2].reshape(2, -1)
    )
    apart = target[one] - target[other]
    told = np.abs(apart) > 0.01 * y.std()
    if not told.any():
        return False
    slope = float(np.median((grown[one] - grown[other])[told] / apart[told]))
    away = grown - slope * target
    away = np.abs(away - np.median(away))
    near = 1e-3 * abs(slope) * spread(y) + 3e-7 * float(np.abs(column).max())
    varies = abs(slope) * y.std() > 3 * near
    return bool(varies and (away <= near).mean() >= EXACT)


def groups_of(x: np.ndarray, own: list[int]) -> Levels | None:
    """The groups of a column of categories, or of whole numbers that repeat; None of others."""
    if len(own) == 1 and not (x[:500, own[0]] == np.round(x[:500, own[0]])).all():
        return None
    levels = Levels.of(x[:, own].argmax(axis=1) if len(own) > 1 else x[:, own[0]])
    return levels if 3 <= len(levels.values) <= len(x) / 3 else None


def how(rows: Rows, own: int, levels: Levels, y: np.ndarray, groups: dict[str, Levels]) -> str:
    """What was made of the target `y` in this column; "" where nothing was."""
    column = rows.x[:, own].astype("float64")
    if hold_means(levels, y, rows.train):
        return "is the mean of {} over the rows that share it, those of validation and test too"
    if running_sum(column, y, rows.order):
        return "is the running sum of {}"
    for name, group in groups.items():
        if leaves_one_out(group, column, y):
            return f"is the mean of {{}} over the other rows with the same {name}"
    return ""


@check(MADE, needs=("one input", "one output", "targets", "validation"), sound=True)
def made_of_targets(case: Case) -> Iterator[Finding]:
    rows, count = rows_of(case), 0
    if rows is None:
        return
    sources = columns_of(case)
    found = {name: groups_of(rows.x, own) for name, own in sources.items()}
    kept = [name for name, one in found.items() if one is not None][:MOST_GROUPS]
    groups = {quoted(case, name): one for name in kept if (one := found[name]) is not None}
    names = case.project.target_names
    for name, own in sources.items():
        levels = Levels.of(rows.x[:, own[0]])
        if len(own) > 1 or len(levels.values) < 3:
            continue
        others = {one: codes for one, codes in groups.items() if one != quoted(case, name)}
        for place, y in enumerate(rows.y.T):
            said = how(rows, own[0], levels, y, others) if np.ptp(y) > 0 else ""
            if said and count < MOST:
                count += 1
                target = repr(names[place]) if len(names) == rows.y.shape[1] else "the target"
                target = target if not case.contract.classes or len(names) > 1 else "the target"
                yield made(case, f"Column {quoted(case, name)} {said.format(target)}.", name)
                break


def made(case: Case, fact: str, name: str) -> Finding:
    """The finding, with what to do about that column."""
    column = quoted(case, name)
    fix = (
        f"add {column} to data.ignore, or compute it from the training rows alone"
        if case.project.declared is not None
        else f"leave column {column} out, or compute it from the training rows alone"
    )
    return Finding("made-of-targets", "warning", fact, fix=fix)


def together(column: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, bool]:
    """Which targets of `y`, (rows, targets), make up `column`, (rows,), and whether they do: as a
    sum, weighed or not, or as the answer to whether one of them is there at all."""
    wide = np.column_stack([y, np.ones(len(y))])
    line = np.linalg.lstsq(wide, column, rcond=None)[0]
    used = np.abs(line[:-1]) * y.std(axis=0) > 1e-2 * column.std()
    exact = np.abs(wide @ line - column) <= 1e-3 * column.std() + 1e-6 * np.abs(column).max()
    if exact.mean() >= EXACT:
        return used, bool(used.sum() >= 2)
    if np.isin(y, (0, 1)).all() and len(np.unique(column)) == 2:
        any_of = y.max(axis=1) > 0
        same = (column == column.max()) == any_of
        if max(same.mean(), 1 - same.mean()) > 0.99 and 0.02 < any_of.mean() < 0.98:
            return np.ones(y.shape[1], bool), True
    return used, False


@check("made-of-targets", needs=("one input", "one output", "targets", "validation"), sound=True)
def several_targets_in_one(case: Case) -> Iterator[Finding]:
    """Columns that are a sum of several targets, or that say whether a sample has any label."""
    rows, count = rows_of(case) if case.contract.answer != "one-of" else None, 0
    if rows is None or rows.y.shape[1] < 2 or rows.y.shape[1] > 100:
        return
    some = at_random(len(rows.x), 2_000)
    x, y = rows.x[some].astype("float64"), rows.y[some]
    names = case.project.target_names
    for name, own in columns_of(case).items():
        column = x[:, own[0]]
        if len(own) > 2 or np.ptp(column) == 0 or count == MOST:
            continue
        used, whole = together(column, y)
        if whole:
            count += 1
            called = [repr(one) for one, there in zip(names, used, strict=False) if there]
            what = f"the targets {listed(called)}" if len(called) > 1 else "several targets"
            yield made(case, f"Column {quoted(case, name)} is made of {what}.", name)
