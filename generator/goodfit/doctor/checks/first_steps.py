"""The first steps of training, and what is kept of it: weights that move, a loss that falls, a run
that is read again, answers that come out as they went in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..backends import as_numpy
from ..case import Case
from ..finding import Finding
from ..registry import REGISTRY, Entry, check
from ..samples import NUMBERS, size_of
from .answers import spread
from .motion import FEW, NEEDED, batches_of, loss_of, motion_of
from .optimizer import rates_of

SECONDS = 1.0  # for the first steps, besides compiling
SLOW_SECONDS = 15.0  # in a project: a network whose steps are slow takes as long to show anything


STEPS = (10, 30, 60, 100)


FALLS = 0.999  # of the first loss: below it, the loss has fallen


NOT_FALLING = REGISTRY.entry(
    Entry(
        "loss-does-not-fall",
        "error or warning",
        "A loss that rises from the first step on, or does not move.",
        "Each step makes it worse, or it learns nothing.",
        "change {learning_rate}: {find_rate}; see the sign of the loss in {compile}",
        "an error where it is half as much again after 30 steps and never lower, in training mode "
        "too; a warning where it has not fallen by a thousandth in 100",
        "ours, far below what learning looks like",
    )
)


@check("weights-do-not-change", cost="trains", needs=NEEDED, sound=True)
def first_steps(case: Case) -> Iterator[Finding]:
    """With the training's own optimizer: each weight moves, and the loss of training samples, in
    inference mode, falls at least once; fewer steps, where they take long, tell nothing."""
    motion = motion_of(case)
    if motion is None:
        return
    learner, words = motion.learner, case.words
    found = {0: loss_of(motion, motion.train)}
    foreign = case.project.declared is None
    longest = SECONDS if foreign else max(SECONDS, SLOW_SECONDS)
    for step in learner.learn(batches_of(motion), STEPS, longest):
        found[step] = loss_of(motion, motion.train)
        if step >= STEPS[1] and FALLS * found[0] > found[step] and not learner.unchanged():
            break  # nothing is left to be found
    steps, losses = max(found), [*found.values()]
    still = learner.unchanged()
    if still and case.project.declared is None:
        still = still if len(still) == len(learner.sizes) else []  # rows never drawn, dead ends
    if still:
        fact = f"After {steps} steps {len(still)} of {len(learner.sizes)} weights are as before"
        yield Finding(
            "weights-do-not-change",
            "error",
            f"{fact}, such as {still[0]}.",
            "Training would change nothing: no gradient reaches them, or no step.",
        )
    peak = max(rates_of(case.model.optimizer, case.steps or 1))
    rate = f"{words.setting('learning_rate')} = {peak:g}"
    start, least, last = losses[0], min(losses[1:]), losses[-1]
    shown = f"In its first {steps} steps the loss went from {start:.4g} to {last:.4g}"
    enough, worse = steps >= STEPS[1], least > start and last > start + 0.5 * abs(start)
    calm = FALLS * start if foreign else start + 0.5 * abs(start)  # in a project all else is known
    if enough and worse and loss_of(motion, motion.train, True) < calm:
        case.note("statistics of the first steps are too rough to judge the loss by")
    elif not np.isfinite(losses).all() or (enough and worse):
        yield Finding(
            "loss-does-not-fall",
            "error",
            f"{shown}.",
            f"Each step makes it worse: too large a step ({rate}), or one in the wrong direction.",
        )
    elif steps >= STEPS[-1] and least > start - (1 - FALLS) * abs(start):
        yield Finding(
            "loss-does-not-fall",
            "warning",
            f"{shown}.",
            f"It learns nothing at {rate}, or nothing that the loss shows.",
            f"{words.find_rate}; other findings here may say more",
        )


@check(
    Entry(
        "reload-differs",
        "error",
        "A run that, saved and read again, answers differently.",
        "Evaluation and prediction work with what was saved.",
        "see save_run in run.py; a layer of your own needs get_config, weights for all that it "
        "keeps, and keras.saving.register_keras_serializable",
        "1e-5, and a thousandth of what tells answers apart",
        "the definition",
    ),
    cost="trains",
    needs=("reloaded", "copy", "one input"),
    sound=True,
)
def reload_differs(case: Case) -> Iterator[Finding]:
    assert case.project.reloaded is not None
    x, fact = case.train.x[: max(FEW, min(64, NUMBERS // 4 // size_of(case.train.x)))], ""
    before = as_numpy(case.model(x, training=False))  # layer by layer, as below
    try:
        again, differs = case.project.reloaded()
        away = np.abs(as_numpy(again(x)) - before).max()
        if not away <= 1e-5 + 1e-3 * spread(before):
            fact = f"Saved and read again, the network answers differently, by up to {away:.2g}"
        elif differs:
            fact = f"Saved and read again, {differs} is another"
    except Exception as error:  # whatever a layer's own code raises
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        fact = f"The network cannot be saved and read again: {said}"
    if fact:
        yield Finding("reload-differs", "error", f"{fact}.")


@check(
    Entry(
        "answers-differ-from-targets",
        "error",
        "A perfect answer that, decoded, is not what stands in the data.",
        "Every answer of predict.py would be wrong, whatever the network has learnt.",
        "mend decode() in {targets}: it has to undo encode()",
        "numbers by a thousandth of their deviation, words not at all",
        "the definition",
    ),
    needs=("decoded",),
    sound=True,
)
def answers_differ_from_targets(case: Case) -> Iterator[Finding]:
    assert case.project.decoded is not None
    for name in case.project.decoded():
        yield Finding(
            "answers-differ-from-targets",
            "error",
            f"The {name!r} of a perfect network, decoded, is not the {name!r} of the data.",
        )
