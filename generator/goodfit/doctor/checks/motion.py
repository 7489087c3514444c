"""A copy of the network in motion, and the samples that it is watched on: made once for all checks
that train for a moment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import keras
import numpy as np

from ..case import Case
from ..frozen import behind_frozen
from ..samples import NUMBERS, joined_rows, places, size_of, taken
from ..training_steps import Learner, optimizer_again
from .optimizer import inner, rates_of

ROWS = 2_000  # training samples to learn from, at most


FEW_WEIGHTS = 16  # in all: of fewer, a script may ask no more than that they follow a line


FEW, FEW_PIXELS = 4, 2  # samples in a batch at least; where each has an answer for every pixel


SLOW = 0.06  # seconds for a step: where it takes longer, no check would end in a few seconds
TELLING = 100  # steps of a network that is slow, after which checks can tell something
LONGEST = 60.0  # seconds that check.py gives all checks of a project whose steps are slow


NEEDED = ("copy", "targets", "plain step", "optimizer")


class Motion(NamedTuple):
    """A learner with its samples: `arrays` to learn from; `x`, `y` to ask about: a batch to learn
    by heart, some that are learned from, and some that are not (`unseen`). `y` is -1 where there is
    no target; `taught` are the targets and weights of the first two as training gives them."""

    learner: Learner
    arrays: tuple[Any, ...]
    size: int
    x: Any
    y: Any
    taught: list[Any]
    batch: slice
    train: slice
    unseen: slice


def distinct(x: Any, drawn: np.ndarray, most: int) -> np.ndarray:
    """Up to `most` of the places `drawn`, all of different samples, so that a nearest neighbour
    could learn them by heart."""
    flat = np.hstack([one[drawn].reshape(len(drawn), -1) for one in keras.tree.flatten(x)])
    first = np.sort(np.unique(flat, axis=0, return_index=True)[1])
    return drawn[first[:most]]


def weighing(arrays: tuple[Any, ...], drawn: np.ndarray) -> np.ndarray:
    """Those of the places `drawn` whose samples count in the loss; all where that is none."""
    weights = arrays[2] if len(arrays) > 2 else None
    if not isinstance(weights, np.ndarray) or not weights[drawn].any():
        return drawn
    return np.asarray(drawn[weights[drawn].reshape(len(drawn), -1).any(axis=1)])


def first_array(tree: Any) -> np.ndarray:
    return np.asarray(keras.tree.flatten(tree)[0])


def motion_of(case: Case) -> Motion | None:
    """The learner and what it is watched on, made once; None where no weight can change. Training
    samples at random, at most 2,000. What changes in time is watched on other training samples:
    the later ones of validation may be further away than all that a few steps learn."""
    assert case.network is not None
    if "motion" in case.network.kept:
        found: Motion | None = case.network.kept["motion"]
        return found
    seed, known, train = case.seed, case.known, case.train
    network, train, known, unseen = behind_frozen(case)
    drawn = np.random.default_rng(seed).permutation(train.size)
    apart = case.project.in_order or unseen is None
    rows = drawn[: min(ROWS, len(drawn) * 4 // 5 if apart else len(drawn))]
    if apart or unseen is None:
        unseen = known.take(np.sort(drawn[len(rows) :]))
    if not unseen.size:
        unseen = known
    arrays = train.take(rows).arrays
    x, y = arrays[:2]
    few = max(8, min(32, NUMBERS // 2 // size_of(x)))
    if first_array(y).ndim > 2 or case.project.anomalies:
        few = 4  # each has many answers; and no more fit any autoencoder's code
    batch = distinct(x, weighing(arrays, places(x, 4 * few, seed, 2 * NUMBERS)), few)
    taught = places(x, 128, seed + 1)
    others = places(unseen.x, 512, seed, 2 * NUMBERS)
    both = np.concatenate([batch, taught])
    y_known = taken(known.y, rows)
    ends = [0, *np.cumsum([len(batch), len(taught), len(others)]).tolist()]
    least = FEW_PIXELS if first_array(y).ndim > 2 else FEW
    size = max(least, min(32, len(first_array(x)), NUMBERS // 4 // size_of(x)))
    learner = Learner(network, arrays)
    motion = None
    if learner.sizes:
        learner.use(optimizer_like(case))
        motion = Motion(
            learner,
            arrays,
            size,
            joined_rows([taken(x, both), taken(unseen.x, others)]),
            joined_rows([taken(y_known, both), taken(unseen.y, others)]),
            [taken(one, both) for one in arrays[1:]],
            *(slice(start, stop) for start, stop in pairwise(ends)),
        )
    case.network.kept["motion"] = motion
    return motion


def optimizer_like(case: Case) -> keras.optimizers.Optimizer:
    """A new optimizer with the settings of the model's, at its highest rate."""
    own = inner(case.model.optimizer)
    return optimizer_again(own, max(rates_of(own, case.steps or 1)))


def batches_of(motion: Motion, seed: int = 0) -> Iterator[tuple[Any, ...]]:
    """Batches of the samples to learn from, shuffled, without an end."""
    random, count = np.random.default_rng(seed), len(first_array(motion.arrays[0]))
    coming = np.zeros(0, int)
    while True:
        while len(coming) < motion.size:
            coming = np.append(coming, random.permutation(count))
        rows, coming = np.split(coming, [motion.size])
        yield tuple(taken(one, rows) for one in motion.arrays)


def loss_of(motion: Motion, part: slice, training: bool = False) -> float:
    """The loss of the samples in `part`, "batch" or "train", in inference mode or in training."""
    answers = answers_of(motion, part, training)
    y, *weights = (taken(one, part) for one in motion.taught)
    return float(motion.learner.model.compute_loss(None, y, answers, *weights))


def answers_of(motion: Motion, part: slice, training: bool = False) -> np.ndarray:
    answers: np.ndarray = motion.learner.answers(taken(motion.x, part), training)
    return answers


def too_slow(case: Case, motion: Motion) -> bool:
    """Whether steps take too long for all that follows; said once. A project has more time."""
    pace = getattr(motion.learner, "pace", 0.0)
    slow = SLOW if case.project.declared is None else LONGEST / TELLING
    if pace <= slow:
        return False
    text = f"a step takes {pace:.2f} s here, too long to see what is learned"
    if text not in case.notes:
        case.note(text)
    return True


def seconds(case: Case, motion: Motion, usual: float, steps: int, share: float) -> float:
    """How long a check may train that takes so many steps: `usual`, or in a project, whose
    check.py can wait, as long as its steps take, up to a `share` of a minute. That is said."""
    pace = getattr(motion.learner, "pace", 0.0)
    wanted = 1.1 * pace * steps
    if case.project.declared is None or wanted <= usual:
        return usual
    given = max(usual, min(wanted, share * LONGEST))
    print(f"steps take {pace:.2f} s here: up to {given:.0f} s more for {steps} of them", flush=True)
    return given
