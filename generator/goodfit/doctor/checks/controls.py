"""What the network learns from: its samples, and nothing that it should not know."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from ..case import Case
from ..finding import Finding
from ..predictions import follow, is_better, merits, unmoved
from ..registry import Entry, check
from ..samples import size_of, taken, vary
from .by_heart import RATE
from .motion import (
    FEW_WEIGHTS,
    NEEDED,
    answers_of,
    batches_of,
    loss_of,
    motion_of,
    seconds,
    too_slow,
)

CONTROL, CONTROL_SECONDS = (20, 60, 120, 200), 1.5
LATER, LATER_TIMES = (400, 600), 2  # in a project whose loss has not moved; times the seconds
MOVED = 0.9  # of the first loss: below it, the network has learned something, if only by heart


SHUFFLED, SHUFFLED_SECONDS = (150,), 1.0


FEW_CODES = 4  # in a sample, such as those of a user and of what was rated
JUDGES = 100  # samples that were not learned from, at least, to say that nothing is learned


@check(
    Entry(
        "no-better-than-zeroed-input",
        "warning",
        "A network that answers new samples no better than one that sees only zeros.",
        "Samples and targets do not belong together, or nothing in the samples tells them.",
        "look at samples beside their targets: do rows of x and y still belong together?",
        "not by two standard errors at any of a few points in 200 steps with Adam, or 600 in a "
        "project whose loss has not fallen by a tenth, of 100 samples or more, and no rank follows "
        "its target",
        "Karpathy's recipe, TheDeepChecker",
    ),
    cost="trains",
    needs=(*NEEDED, "one output", "known loss"),
    sound=True,
)
def no_better_than_zeroed_input(case: Case) -> Iterator[Finding]:
    motion = motion_of(case)
    if motion is None or too_slow(case, motion):
        return
    learner, contract, part = motion.learner, case.contract, motion.unseen
    y, anomalies = motion.y[part], case.project.anomalies
    codes = all(one.dtype.kind in "iu" for one in keras.tree.flatten(motion.x))
    few = len(y) < JUDGES or (codes and size_of(motion.x) <= FEW_CODES)
    few = few or len(learner.start_vector) < FEW_WEIGHTS  # each goes a small way in so few steps
    few = few or not vary(y)  # such as a residual that is to be 0
    if case.project.declared is None and few:
        return  # what an embedding learns of a code it learns when that code comes, and seldom
    learner.use(keras.optimizers.Adam(RATE))
    learner.restart()
    x = taken(motion.x, part)
    longest = seconds(case, motion, CONTROL_SECONDS, CONTROL[-1], 0.25)
    start, before = answers_of(motion, part), loss_of(motion, motion.train)
    blind = [merits(y, start, contract)]
    stream = batches_of(motion, 1)
    if not anomalies:
        nothing = keras.tree.map_structure(np.zeros_like, x)
        zeros = (
            (keras.tree.map_structure(np.zeros_like, given), *others) for given, *others in stream
        )
        for _ in learner.learn(zeros, CONTROL[:2], longest / 3):
            blind.append(merits(y, learner.answers(nothing), contract))
        learner.restart()
    foreign = case.project.declared is None
    stops, limit = (CONTROL, longest) if foreign else (CONTROL + LATER, LATER_TIMES * longest)
    for step in learner.learn(stream, stops, limit):
        answers = answers_of(motion, part)
        if is_better(merits(y, answers, contract), blind[-1], 2.0):
            return
        if not anomalies and follow(y, answers, contract):
            return
        steps = step
        if steps >= CONTROL[-1] and loss_of(motion, motion.train) < MOVED * before:
            break
    loss = loss_of(motion, motion.train)
    told = steps >= CONTROL[-1] and (steps >= stops[-1] or loss < MOVED * before)
    if len(y) < JUDGES:
        case.note(f"{len(y)} samples are too few to compare what is learned with zeroed inputs")
    elif told or loss < 0.5 * before:
        yield Finding(
            "no-better-than-zeroed-input",
            "warning",
            f"After {steps} steps the network answers {len(y)} samples that it did not learn from "
            "no better than one that sees only zeros.",
        )
    else:
        case.note(f"{steps} steps in {limit:.0f} s: too few to compare with zeroed inputs")


@check(
    Entry(
        "shuffled-labels-score",
        "error",
        "A network that, trained on shuffled targets, still knows those of the validation part.",
        "Only a target that stands among the inputs, or a copy of it, can tell them.",
        "find the column that holds it, and name it in data.ignore",
        "better than its own mean by four standard errors",
        "ours, after the permutation test",
    ),
    cost="trains",
    needs=(*NEEDED, "one output", "one input", "known loss", "shuffled"),
    sound=True,
)
def shuffled_labels_score(case: Case) -> Iterator[Finding]:
    """Targets are shuffled in the tables, and these are encoded again. Left out are images, which
    are pixels and nothing else; forecasts, whose inputs are the targets' own past; anomaly
    detection, where nothing is learned from targets; and fewer than 30 samples to judge by."""
    motion = motion_of(case)
    if motion is None or too_slow(case, motion) or case.project.anomalies:
        return
    assert case.project.shuffled is not None
    train, validation = case.project.shuffled(np.random.default_rng(case.seed))
    if validation.size < 30 or train.x.shape[1:] != motion.arrays[0].shape[1:]:
        return
    learner, random = motion.learner, np.random.default_rng(case.seed)
    batches = (
        train.take(random.choice(train.size, motion.size)).arrays for _ in range(SHUFFLED[-1])
    )
    learner.use(keras.optimizers.Adam(RATE))
    learner.restart()
    for _ in learner.learn(batches, SHUFFLED, SHUFFLED_SECONDS):
        answers = learner.answers(validation.x)
    # its own mean, not that of the targets: whole groups may lie above those that it learned from
    chance = unmoved(answers, case.contract)
    ours, theirs = (merits(validation.y, one, case.contract) for one in (answers, chance))
    if is_better(ours, theirs, 4.0):
        yield Finding(
            "shuffled-labels-score",
            "error",
            "Trained on shuffled targets, the network still knows those of the validation part.",
        )
