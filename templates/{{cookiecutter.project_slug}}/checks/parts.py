"""How the parts belong together: what they share, in which order they were cut, how alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

import data
from checks.seen import PARTS, parts_are_given
from checks.shift import IN_TIME, answer_columns, shifted_test
from features import Encoder
from findings import Finding
from task import Target

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


def parts(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks of this file."""
    yield from shared_rows(prepared, config)
    yield from shared_groups(prepared, config)
    yield from fitted_on_held_out(prepared, config)
    yield from sorted_file(prepared, config)
    yield from shifted_test(prepared, config)


def shared_rows(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """The same sample in two parts. Where the project drew the parts there can be none; in parts
    that were given 1 % is said (ours; deepchecks fails at 5 %), and half of a part is a copy."""
    keys = {name: data.keys(table, config) for name, table in prepared.tables.items()}
    drawn = not parts_are_given(prepared, config) and not getattr(config.data, "group", "")
    for first, second in combinations(keys, 2):
        shared = np.isin(keys[second], keys[first])
        if shared.any() and (drawn or shared.mean() >= 0.01):
            yield Finding(
                "shared-rows",
                "error" if drawn or shared.mean() > 0.5 else "warning",
                f"{shared.sum():,} of the {len(shared):,} {PARTS[second]} {data.SAMPLES} stand in "
                f"the {PARTS[first]} part too.",
                "A score on what was learnt by heart says nothing about new samples.",
                "mend data.py" if drawn else "remove the copies from your data",
            )


def shared_groups(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """A value of data.group in two parts, which the setting promises not to happen."""
    if not (group := getattr(config.data, "group", "")):
        return
    for first, second in combinations(prepared.tables, 2):
        found = [set(prepared.tables[name][group].astype(str)) for name in (first, second)]
        if both := sorted(found[0] & found[1]):
            yield Finding(
                "shared-groups",
                "error",
                f"{len(both):,} of {group!r}, such as {both[0]!r}, have samples in the "
                f"{PARTS[first]} and in the {PARTS[second]} part.",
                "The network knows them from training, so the score is too good.",
                "mend the column data.part, or set data.group = '' if they may be split",
            )


def fitted_on_held_out(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Encoders that are not what the training part alone gives, and validation arrays that are not
    what they make of the validation part: both are made again, and compared."""
    tables, arrays = prepared.tables, prepared.parts
    with redirect_stdout(StringIO()):  # what they note was said when they were made
        encoder = Encoder.fit(tables["train"], config.data)
        target = Target.fit(tables["train"], config)
        x, y = encoder.encode(tables["validation"], "ignore"), target.encode(tables["validation"])
    equal = np.array_equal(arrays.x_val, x, equal_nan=True)
    copied = np.array_equal(arrays.x_val, arrays.x)
    known = (encoder, target) == (prepared.encoder, prepared.target)
    if not (known and equal and np.array_equal(arrays.y_val, y, equal_nan=True)):
        yield Finding(
            "shared-rows" if copied else "fitted-on-held-out",
            "error",
            "Validation samples are the training samples."
            if copied
            else "Encoders have learnt from other samples than those of the training part.",
            "Training then knows what it is scored on, or is scored on what it never saw.",
            'mend train.py: fit on tables["train"], encode each part with that',
        )


def sorted_file(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Parts cut from the file as it stands, and a target that drifts along it by more than 0.15 of
    the class shares, or 0.5 deviations (0.15: deepchecks' label drift)."""
    places = sorted((table.index.min(), table.index.max()) for table in prepared.tables.values())
    cut = all(before[1] < after[0] for before, after in pairwise(places))
    if IN_TIME or not cut or parts_are_given(prepared, config):
        return
    codes = prepared.parts.y.dtype.kind in "iu"
    both = answer_columns(np.concatenate([prepared.parts.y, prepared.parts.y_val]))
    first, last = np.split(both, [len(prepared.parts.y)])
    gap = np.abs(first.mean(axis=0) - last.mean(axis=0))
    drift = gap.sum() / 2 if codes else (gap / (both.std(axis=0) + 1e-9)).max()
    if drift > (0.15 if codes else 0.5):
        yield Finding(
            "sorted-file",
            "error",
            "The parts are cut from the file in its order, and the targets change along it.",
            "Training never sees what it is scored on.",
            "shuffle before the cut in data.py",
        )
