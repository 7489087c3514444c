"""Samples whose near copies are in training: made with noise, between two others, or turned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..predictions import codes_of
from ..registry import Entry, check
from ..samples import Samples, at_random, size_of, slides
from .columns import is_table
from .copy_lists import Pairs, advice, groups_of, named, pair_of
from .data import keys_of
from .moved_pictures import nearest_moved, patterned
from .neighbours import (
    Near,
    agreeing,
    apart,
    evenly,
    gaps,
    hardly_repeats,
    measured,
    middle_ones,
    nearest,
    on_a_line,
    outline,
    thumbnails,
    turned,
)

FEWEST = 40  # training samples
HELD = {2: 200, 3: 200, 4: 100}  # samples of a part that are looked at, by the axes of x, at most
COLUMNS, LEAST_COLUMNS = 40, 3
TRAINING = {2: 20_000, 3: 8_000, 4: 4_000}  # by the axes of x, at most
LARGE = 20_000_000  # numbers in all series
AT_ONCE = 3e7  # differences of numbers
WHOLE = {2: 6_000, 3: 6_000, 4: 2_000}  # samples that are all looked at, at most
FEWEST_COPIES, MOST_TIMES = 5, 1_000
SHARE, MADE_UP = 0.1, 0.05  # the latter on a line, or equal but for a column: no accidents
KINDS = {
    "near": "have a near copy among the training {samples}, {times}",
    "between": "lie on a line with two training {samples}, as SMOTE makes {samples} up",
    "equal": "are a training {sample} but for a column or two",
    "worded": "are a training {sample} but for a word or two",
    "turned": "show what a training image shows, perhaps mirrored, turned, cut or lit another "
    "way, {times}",
}


class Copies(NamedTuple):
    """Which training sample each of some samples is a copy of, -1 of none; how many copies of it
    there are; what kind they are; and how many times nearer than the next, in the middle."""

    of: np.ndarray
    number: np.ndarray
    kind: str
    times: float = 1.0


Find = Callable[[np.ndarray, np.ndarray, bool], Copies]


def none_of(count: int) -> Copies:
    return Copies(np.full(count, -1), np.zeros(count, int), "near")


def by_gap(far: np.ndarray, kind: str) -> Copies:
    """Copies, told by the gap behind the nearest of (samples, training samples) distances."""
    return in_gaps(nearest(far), kind)


def in_gaps(near: Near, kind: str) -> Copies:
    """Copies, told by the gap behind the nearest."""
    count, _ = gaps(near)
    found = np.flatnonzero(count)
    closer = near.far[found, count[found]] / np.maximum(near.far[found, 0], 1e-12)
    of = np.where(count > 0, near.which[:, 0], -1)
    return Copies(of, count, kind, float(np.median(closer)) if len(found) else 1.0)


def copied_rows(x: np.ndarray, some: np.ndarray, own: bool) -> Copies:
    """Copies among rows of tables, (rows, columns): told by columns that hold measurements."""
    from sklearn.metrics.pairwise import manhattan_distances

    columns = measured(x[at_random(len(x), 2_000)])
    columns = columns[at_random(len(columns), COLUMNS)]
    if len(columns) < LEAST_COLUMNS:
        return none_of(len(some))
    x, some = (np.nan_to_num(one[:, columns].astype("float64")) for one in (x, some))
    step = sum(1 / len(np.unique(column)) for column in x.T)  # nearer is a matter of rounding
    far = np.maximum(manhattan_distances(*reversed(evenly(x, some))), step / 4)
    if own:
        np.fill_diagonal(far, np.inf)
    found = [by_gap(far, "near")]
    few = x[at_random(len(x), 2_000)]
    fine = [place for place, column in enumerate(few.T) if hardly_repeats(column)]
    if len(fine) > LEAST_COLUMNS:
        fine_x, fine_some = x[:, fine], some[:, fine]
        ends = on_a_line(fine_x, fine_some, nearest(far))
        found.append(Copies(ends, np.zeros(len(some), int), "between"))
        which, count = agreeing(fine_x, fine_some, own)
        alike = (count >= max(3, len(fine) - 2, 0.75 * len(fine))) & (count < len(columns))
        of = np.where(alike, which, -1)
        found.append(Copies(of, alike.astype(int), "equal"))
    return max(found, key=lambda one: (one.of >= 0).sum())


def copied_pictures(x: np.ndarray, some: np.ndarray, own: bool) -> Copies:
    """Copies among pictures, (pictures, height, width, channels), told by their thumbnails, and
    where these do not tell, by what is left once they are moved to match."""
    small, others = thumbnails(x).reshape(len(x), -1), thumbnails(some)
    far = np.full((len(some), len(x)), np.inf)
    for once in turned(others):
        far = np.minimum(far, apart(once.reshape(len(some), -1), small))
    if own:
        np.fill_diagonal(far, np.inf)
    copies = by_gap(np.sqrt(far), "turned")
    plain = (others == 0).all(axis=(1, 2))
    copies = copies._replace(of=np.where(plain, -1, copies.of))
    rest = np.flatnonzero((copies.of < 0) & patterned(some))
    if not len(rest):
        return copies
    moved = in_gaps(nearest_moved(x, some, rest, own), "turned")
    of, number = copies.of.copy(), copies.number.copy()
    of[rest], number[rest] = moved.of, moved.number
    return copies._replace(of=of, number=number, times=max(copies.times, moved.times))


def copied_series(x: np.ndarray, some: np.ndarray, own: bool) -> Copies:
    """Copies among series, (series, steps, channels), told by their outlines."""
    scale = x[at_random(len(x), 2_000)].std(axis=(0, 1))
    far = apart(outline(some, scale), outline(x, scale))
    if own:
        np.fill_diagonal(far, np.inf)
    return by_gap(np.sqrt(far), "near")


def copies_in(x: np.ndarray, some: np.ndarray, own: bool = False) -> Copies:
    """The copies that `some` are of samples of `x`; `own`: they are the same samples, in order."""
    if len(x) < FEWEST or not len(some):
        return none_of(len(some))
    return {2: copied_rows, 3: copied_series, 4: copied_pictures}[x.ndim](x, some, own)


def plain(case: Case, x: np.ndarray, rows: np.ndarray | slice) -> np.ndarray:
    """The samples in these places: of large pictures some pixels; 0 where a series has ended."""
    if x.ndim == 4:
        x = x[:, middle_ones(x.shape[1]), middle_ones(x.shape[2])]
    padding, some = case.project.feature_padding, x[rows]
    return np.where(some <= padding / 2, 0, some) if padding and x.dtype.kind == "f" else some


def fits(case: Case) -> bool:
    """Whether samples are rows of numbers, pictures or series that do not follow one another."""
    x, project = case.known.x, case.project
    if project.in_order or project.texts is not None or slides(x):
        return False
    if x.ndim == 4:
        return x.shape[-1] in (1, 3) and min(x.shape[1:3]) >= 8
    return x.dtype.kind == "f" and (x.ndim == 3 or (x.ndim == 2 and is_table(case)))


def held_out(case: Case, most: int) -> tuple[dict[str, np.ndarray], dict[str, Samples]]:
    """Places of some samples of validation and test, and all samples of these parts."""
    parts = {"validation": case.validation, "test": case.project.test}
    there = {name: one for name, one in parts.items() if one is not None and one.size}
    return {name: at_random(one.size, most) for name, one in there.items()}, there


def of_few(case: Case, train: np.ndarray, copies: Copies) -> Copies:
    """Without those of a class that has little else. `train`: the places that were looked at."""
    y = case.known.y
    if not isinstance(y, np.ndarray) or not case.contracts or not case.contract.classes:
        return copies
    codes = codes_of(y[train], case.contract)
    if codes.shape[1] != 1:
        return copies
    _, place, counts = np.unique(codes[:, 0], return_inverse=True, return_counts=True)
    rare = counts[place.ravel()][copies.of] < np.maximum(20, 3 * copies.number)
    return copies._replace(of=np.where(rare, -1, copies.of))


@check(
    Entry(
        "near-copies",
        "warning",
        "Validation or test samples of which training holds a near copy: oversampled with noise or "
        "by SMOTE before the split, augmented, or several of one person or thing.",
        "The network has nearly seen them: the score is too good, and says little of new samples.",
        "split before samples are copied or made up, and keep in one part what belongs together",
        "10 % of the samples have up to 24 neighbours that are four times nearer than the next, "
        "where the density around makes that an accident of one in 160,000, or of texts share most "
        "of their rare words with one and not with the next; or 5 % lie on a line with two others, "
        "or agree with one in all columns but one or two",
        "ours; Kapoor and Narayanan 2023, doi:10.1016/j.patter.2023.100804, on leakage",
    ),
    needs=("one input",),
)
def near_copies(case: Case) -> Iterator[Finding]:
    if not fits(case) or (case.validation is None and case.project.test is None):
        return
    x = case.known.x
    train = at_random(len(x), min(TRAINING[x.ndim], LARGE // size_of(x) if x.ndim == 3 else LARGE))
    numbers = min(COLUMNS, x.shape[-1]) if x.ndim == 2 else 64
    places, parts = held_out(
        case, int(min(HELD[x.ndim], max(60, AT_ONCE / (len(train) * numbers))))
    )
    parts = {name: one for name, one in parts.items() if one.x.shape[1:] == x.shape[1:]}
    if not parts:
        return
    some = np.concatenate([plain(case, parts[name].x, places[name]) for name in parts])
    known = plain(case, x, train)
    copies = copies_in(known, some)
    whole = np.isin(keys_of(some), keys_of(known))  # which is for shared-rows to say
    copies = copies._replace(of=np.where(whole, -1, copies.of))
    yield from told(case, Looked(train, {name: places[name] for name in parts}), copies, copies_in)


class Looked(NamedTuple):
    """The places of samples that were looked at: of training, and of each other part."""

    train: np.ndarray
    held: dict[str, np.ndarray]


def told(case: Case, looked: Looked, copies: Copies, find: Find) -> Iterator[Finding]:
    """The finding, where a part holds enough copies. `copies`: of all samples that were looked at,
    part by part; `find`: what found them."""
    copies = of_few(case, looked.train, copies)
    least = MADE_UP if copies.kind in ("between", "equal") else SHARE
    facts, shown, at = [], [], 0
    for name, rows in looked.held.items():
        of = copies.of[at : at + len(rows)]
        at += len(rows)
        found = np.flatnonzero(of >= 0)
        if len(found) >= max(FEWEST_COPIES, least * len(rows)):
            facts.append(f"{len(found):,} of {len(rows):,} {name} {case.words.samples}")
            shown += [pair_of(case, name, rows[one], looked.train[of[one]]) for one in found[:3]]
    if not facts:
        return
    what = KINDS[copies.kind].format(
        samples=case.words.samples,
        sample=case.words.samples.removesuffix("s"),
        times=f"{min(copies.times, MOST_TIMES):,.0f} times nearer than the next",
    )
    fact = f"{' and '.join(facts)} {what}: {'; '.join(shown[:3])}."
    pairs = all_pairs(case, find) if copies.kind != "between" else []
    yield Finding("near-copies", "warning", fact, fix=advice(case, copies.kind, pairs))


def all_pairs(case: Case, find: Find) -> Pairs:
    """Every sample of a project that is a copy of an earlier one, and that one; none where there
    are too many samples to look at each."""
    if case.project.declared is None:
        return []
    parts = {"train": case.known, "validation": case.validation, "test": case.project.test}
    sizes = {name: one.size for name, one in parts.items() if one is not None}
    x = np.concatenate([plain(case, one.x, slice(None)) for one in parts.values() if one])
    numbers = min(COLUMNS, x.shape[-1]) if x.ndim == 2 else 64
    if len(x) > WHOLE[x.ndim] or len(x) ** 2 * numbers > 10 * AT_ONCE:
        return []
    names = [named(case, part, place) for part, size in sizes.items() for place in range(size)]
    first = groups_of(find(x, x, True).of)
    later = [place for place in range(len(x)) if first[place] != place]
    return [(names[place], names[int(first[place])]) for place in later]
