"""How the parts belong together: what they share, in which order they were cut, how alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import keras
import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from ..samples import ENOUGH, Samples, at_random, slides
from ..words import PARTS
from .data import keys_of

SHARED = Entry(
    "shared-rows",
    "error or warning",
    "The same sample in two parts.",
    "A score on what was learnt by heart says nothing about new samples.",
    "remove the copies, or mend {split}",
    "an error where a project drew the parts, where half of a part is a copy, or where validation "
    "is training; a warning from 1 %",
    "ours; deepchecks fails at 5 %",
)


@check(SHARED, needs=("keys",), sound=True)
def shared_rows(case: Case) -> Iterator[Finding]:
    project, keys = case.project, case.project.keys or {}
    drawn = not project.given_parts and project.groups is None
    for first, second in combinations(keys, 2):
        shared = np.isin(keys[second], keys[first])
        if shared.any() and (drawn or shared.mean() >= 0.01):
            yield Finding(
                "shared-rows",
                "error" if drawn or shared.mean() > 0.5 else "warning",
                f"{shared.sum():,} of the {len(shared):,} {PARTS[second]} {case.words.samples} "
                f"stand in the {PARTS[first]} part too.",
                fix=f"mend {case.words.split}" if drawn else "remove the copies from your data",
            )


@check("shared-rows", needs=("validation",))
def validation_is_training(case: Case) -> Iterator[Finding]:
    """Where nothing is known but arrays: rows of both parts with equal inputs and targets. Where
    samples repeat within training anyway, as they do in small tables of categories, equal rows in
    both parts are no copies."""
    if case.project.keys is not None or case.validation is None:
        return
    training, watched = case.train, case.validation
    if keras.tree.flatten(training.x)[0].shape[1:] != keras.tree.flatten(watched.x)[0].shape[1:]:
        return
    rows = at_random(watched.size, ENOUGH)
    few = watched.take(rows)
    some = (
        training.take(at_random(training.size, 20 * ENOUGH))
        if training.size > 20 * ENOUGH
        else training
    )
    pairs = [
        Samples((one.x, one.y)) if one.y is not None else Samples(one.x) for one in (some, few)
    ]
    own, keys = (keys_of(one.x) for one in pairs)
    shared = np.isin(keys, own)
    repeats = 1 - len(np.unique(own)) / len(own)
    chance = repeats > 0.5 * shared.mean() and not continuous(some.x)
    if shared.mean() < 0.01 or chance:
        return
    everything = shared.all() and (training.size <= 2 * watched.size or shared.sum() > 50)
    if everything:
        fact = "Validation samples are training samples, all of them."
    else:
        part = f"{shared.mean():.0%} of the validation {case.words.samples}"
        fact = f"{part} stand in the training part too."
    yield Finding("shared-rows", "error" if shared.mean() > 0.5 else "warning", fact)


def continuous(x: Any) -> bool:
    """Whether a column of a table, or samples as wholes, have so many different numbers that equal
    ones are copies, and no chance."""
    for array in keras.tree.flatten(x):
        if array.dtype.kind != "f":
            continue
        flat = array.reshape(len(array), -1)[:, :200]
        rows = len(np.unique(flat, axis=0))
        if max(len(np.unique(column)) for column in flat.T) > max(20, 0.3 * rows):
            return True
        if array.ndim > 2 and len(np.unique(flat)) > 10:
            return True
    return False


DIFFERS = Entry(
    "validation-differs",
    "error or warning",
    "Validation inputs on another scale than training inputs, or with columns in another order: "
    "prepared in another way.",
    "What validation says is then about other data than what the network learns from.",
    "fit the scaler on training samples, and use the same one for validation samples",
    "half of the columns have a mean more than 3 deviations away, or a deviation 3 times as large "
    "or as small",
    "deepchecks' feature drift; TFDV calls it skew",
)


def goes_on(x: np.ndarray, x_val: np.ndarray) -> bool:
    """Whether windows for validation go on where those for training end, in steps no longer than
    those before: then they are scaled alike, and a series that rises is no fault."""
    if not (slides(x) and slides(x_val)):
        return False
    steps = np.abs(np.diff(np.concatenate([x[:, 0], x[-1]]), axis=0)).max(axis=0)
    gap = np.abs(x_val[0, 0] - x[-1]).min(axis=0)
    return bool((gap <= 2 * steps + 1e-12).all())


@check(DIFFERS)
def columns_in_another_order(case: Case) -> Iterator[Finding]:
    """Tables whose columns have names, and are not the same in both parts: Keras takes them by
    their places."""
    names, others = case.words.columns, case.validation_columns
    if not names or len(names) != len(others) or names == others:
        return
    place = next(at for at, pair in enumerate(zip(names, others, strict=True)) if len({*pair}) > 1)
    yield Finding(
        "validation-differs",
        "error",
        f"Column {place + 1} is {names[place]!r} in training and {others[place]!r} in validation.",
        "Keras reads columns by their places: the network takes the one for the other.",
        "give both the same columns, in one order: x_val = x_val.reindex(columns=x.columns, "
        "fill_value=0)",
    )


@check("validation-differs", needs=("validation",))
def validation_differs(case: Case) -> Iterator[Finding]:
    """Inputs of both parts, column by column; of images and series all places of a channel."""
    if case.validation is None or case.project.keys is not None:
        return
    pairs = [keras.tree.flatten(one.x) for one in (case.train, case.validation)]
    for x, x_val in zip(*pairs, strict=False):
        if (
            x.dtype.kind not in "fiu"
            or x.shape[1:] != x_val.shape[1:]
            or min(len(x), len(x_val)) < 10
        ):
            continue
        if x.dtype.kind in "iu" and x.ndim <= 3 and x.max() > 255:
            continue  # codes of words
        if goes_on(x, x_val):
            continue
        flat = [
            one.reshape(-1, one.shape[-1]) if one.ndim > 1 else one[:, None] for one in (x, x_val)
        ]
        flat = [one[at_random(len(one), 20 * ENOUGH)].astype("float64") for one in flat]
        mean, mean_val = (one.mean(axis=0) for one in flat)
        spread, spread_val = (one.std(axis=0) for one in flat)
        moving = (spread > 1e-9) & np.isfinite(mean_val)
        if moving.sum() < 1:
            continue
        away = np.abs(mean - mean_val)[moving] / spread[moving]
        ratio = np.abs(np.log(np.maximum(spread_val[moving], 1e-12) / spread[moving]))
        still = 10 * spread[moving] ** 2 < 1e-12
        far = 3 if case.fair else 30  # January is not like the rest of the year
        if np.mean((away > far) | ((ratio > np.log(far)) & ~still)) >= 0.5:
            place = int(np.maximum(away, ratio).argmax())
            where = np.flatnonzero(moving)[place]
            yield Finding(
                "validation-differs",
                "warning",
                "Validation inputs are on another scale: column "
                f"{case.words.column(int(where))} has the mean {mean_val[where]:.3g} and the "
                f"deviation {spread_val[where]:.3g}, in training {mean[where]:.3g} and "
                f"{spread[where]:.3g}.",
            )
            return


@check(
    Entry(
        "shared-groups",
        "error",
        "A group, such as a customer or a patient, with samples in two parts.",
        "The network knows them from training, so the score is too good.",
        "mend the column data.part, or set data.group = '' if they may be split",
        "one is one too many",
    ),
    needs=("groups",),
    sound=True,
)
def shared_groups(case: Case) -> Iterator[Finding]:
    groups = case.project.groups or {}
    for first, second in combinations(groups, 2):
        if both := sorted({*groups[first]} & {*groups[second]}):
            yield Finding(
                "shared-groups",
                "error",
                f"{len(both):,} of {case.words.setting('group')!r}, such as {both[0]!r}, have "
                f"samples in the {PARTS[first]} and in the {PARTS[second]} part.",
            )


@check(
    Entry(
        "fitted-on-held-out",
        "error",
        "Encoders that are not what the training part alone gives, or validation arrays that are "
        "not what they make of the validation part.",
        "Training then knows what it is scored on, or is scored on what it never saw.",
        'mend prepare() in {pipeline}: fit on tables["train"], encode each part with that',
        "both are made again, and compared",
    ),
    needs=("encode_again", "validation"),
    sound=True,
)
def fitted_on_held_out(case: Case) -> Iterator[Finding]:
    assert case.project.encode_again is not None and case.validation is not None
    known, again = case.project.encode_again()
    x, y = case.validation.x, case.validation.y
    equal = np.array_equal(x, again.x, equal_nan=True) and np.array_equal(
        y, again.y, equal_nan=True
    )
    copied = np.array_equal(x, case.known.x)
    if not (known and equal):
        yield Finding(
            "shared-rows" if copied else "fitted-on-held-out",
            "error",
            "Validation samples are the training samples."
            if copied
            else "Encoders have learnt from other samples than those of the training part.",
            "Training then knows what it is scored on, or is scored on what it never saw.",
            case.words.fill(
                'mend prepare() in {pipeline}: fit on tables["train"], encode each part with that'
            ),
        )
