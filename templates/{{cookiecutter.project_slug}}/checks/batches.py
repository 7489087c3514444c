"""What reaches the network: samples as they are, each with its target, all of them, shuffled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

import train
from checks.seen import at_random
from findings import Finding
from task import training_arrays, watched_arrays

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


def digests(*arrays: np.ndarray) -> list[int]:
    """A number for each sample: equal where all arrays, (samples, ...), hold the same."""
    return [hash(tuple(one.tobytes() for one in row)) for row in zip(*arrays, strict=True)]


def batches(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Two epochs of batches from a few samples, against these samples; and what validation is
    scored on. All is compared number by number; half of the order may be as it was."""
    x, y, watched_x, watched_y = prepared.parts
    most = max(256, 2 * config.training.batch_size)
    rows, few = at_random(len(x), most), at_random(len(watched_x), most)
    arrays = training_arrays(x[rows], y[rows], config.head)
    made = train.training_batches(arrays, config.training)
    taken = list(islice(made.dataset, 2 * made.steps_per_epoch))
    both_x, both_y = (np.concatenate([batch[one].numpy() for batch in taken]) for one in (0, 1))
    (got_x, again), (got_y, _) = np.split(both_x, 2), np.split(both_y, 2)
    kept_x, kept_y, *_ = watched_arrays(watched_x[few], watched_y[few], config.head)
    padding = y[rows] < 0 if y.dtype.kind == "i" and got_y.min() >= 0 else np.zeros(1, bool)
    floor = 0 if padding.any() else -np.inf  # any tag may stand in the padding
    x, y = x[rows], np.maximum(y[rows], floor).astype(y.dtype)
    watched_x, watched_y = watched_x[few], np.maximum(watched_y[few], floor)
    samples, pairs, got = digests(x), digests(x, y), digests(got_x)
    place = {key: number for number, key in enumerate(samples)}
    in_order = np.diff([place.get(key, -1) for key in got]) == 1
    table = (
        (
            not {*got} <= {*samples} or not np.array_equal(kept_x, watched_x, equal_nan=True),
            "Samples are changed on their way into the batches.",
            "Something scales, cuts or casts them again, or in training alone.",
        ),
        (
            not {*digests(got_x, got_y.astype(y.dtype))} <= {*pairs}
            or not np.array_equal(np.maximum(kept_y, floor), watched_y, equal_nan=True),
            "Samples come with targets that are not theirs.",
            "Where x and y are taken apart there is nothing to learn.",
        ),
        (
            padding.any() and (len(arrays) < 3 or arrays[2][padding].any()),
            "The padding after a sentence has a weight, as if it were tokens.",
            "Most of what is learnt, and of every score, is then how to tag nothing.",
        ),
        (
            not {*samples} <= {*got},
            f"{len({*samples} - {*got}):,} of {len(rows):,} samples never come in an epoch.",
            "The network cannot learn from what it does not see.",
        ),
        (
            in_order.mean() > 0.5,
            "Samples come in the order of the file.",
            "In a sorted file a batch holds one class, and each step undoes the last one.",
        ),
        (
            np.array_equal(got_x, again),
            "Samples come in the same order in every epoch.",
            "The same samples are always in one batch: what chance there brings is learnt too.",
        ),
    )
    for wrong, fact, why in table:
        if wrong:
            fix = "mend training_batches() in train.py, or the arrays in task.py"
            yield Finding("batches-differ-from-samples", "error", fact, why, fix)
            return
