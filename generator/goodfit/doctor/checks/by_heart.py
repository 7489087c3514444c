"""Can the network learn a few samples by heart? One that cannot will learn nothing from many."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import repeat

import keras
import numpy as np

from ..case import Case
from ..contract import Contract
from ..finding import Finding
from ..predictions import codes_of, mastery
from ..registry import Entry, check
from ..samples import taken, vary
from .data import few_categories, keys_of
from .motion import FEW_WEIGHTS, NEEDED, answers_of, loss_of, motion_of, seconds, too_slow
from .optimizer import rates_of

OWN_STEPS, OWN_SECONDS = (25, 50, 100, 200), 1.0


RATE = 0.003


BY_HEART, BY_HEART_SECONDS = (50, 100, 200, 400, 800), 2.0


def enough(contract: Contract) -> float:
    """Accuracy 0.95, R2 0.9; a code is too narrow for all, so 0.7 of an error is enough there."""
    if contract.classes:
        return 0.95
    return 0.9 if contract.answer != "own-loss" else 0.7


def plain_network_learns(x: np.ndarray, y: np.ndarray, contract: Contract) -> bool:
    """Whether two small layers learn the batch in as many steps: some of one or two columns no
    network learns by heart. Targets of more than a row of numbers are taken to be easy."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor  # seldom asked, slow to load

    if y.ndim > 2 or contract.answer == "own-loss":
        return True
    codes = codes_of(y, contract) if contract.classes else y
    flat = x.reshape(len(x), -1).astype("float64")
    flat = (flat - flat.mean(axis=0)) / np.maximum(flat.std(axis=0), 1e-9)
    settings = {
        "hidden_layer_sizes": (64, 64),
        "learning_rate_init": RATE,
        "max_iter": BY_HEART[-1],
    }
    plain = MLPClassifier(**settings) if contract.classes else MLPRegressor(**settings)
    target = codes.ravel() if codes.ndim == 1 or codes.shape[1] == 1 else codes
    with warnings.catch_warnings(action="ignore"):  # that it might go on
        said = plain.fit(flat, target).predict(flat)
    if contract.answer == "one-of":
        said = np.eye(contract.units)[said.ravel().astype(int)]
    said = said.reshape(len(y), -1)
    sure = Contract(
        contract.answer, contract.activation, contract.units, contract.loss, contract.one_hot
    )
    return mastery(y, said, said, sure) >= enough(contract)


@check(
    Entry(
        "overfit-one-batch",
        "error or warning",
        "A few different samples that cannot be learned by heart.",
        "A network that cannot learn these cannot learn more; other findings may say why.",
        "see the last layer and the loss, and whether activations and gradients pass",
        "accuracy 0.95 or R2 0.9 of up to 32 samples, judged by predictions without dropout: first "
        "with the own optimizer, then with Adam at 0.003 for 800 steps; an error only where both "
        "fail and a plain network does not",
        "Karpathy's recipe; at 300 steps it also fails a third of sound programs (measured)",
    ),
    cost="trains",
    needs=(*NEEDED, "one output", "known loss"),
    sound=True,
)
def overfit_one_batch(case: Case) -> Iterator[Finding]:
    motion = motion_of(case)
    if motion is None or too_slow(case, motion):
        return
    learner, contract, part = motion.learner, case.contract, motion.batch
    y, goal = motion.y[part], enough(contract)
    few_weights = len(learner.start_vector) < FEW_WEIGHTS
    if case.project.declared is None and (y.ndim > 2 or not vary(y) or few_weights):
        return
    if case.project.declared is None and few_categories(keys_of(motion.arrays[0])):
        return  # of a few categories there is no more to be learned than what most of them say
    given = getattr(taken(motion.x, part), "shape", None)
    if case.project.declared is None and y.shape == given and y.shape[-1] > 1:
        return  # restored through a code that is narrow on purpose
    batch = tuple(taken(one, part) for one in (motion.x, *motion.taught))
    learner.restart()
    start, before = answers_of(motion, part), loss_of(motion, part)
    moved = True  # as far as is known: in few steps an optimizer of small steps moves nothing
    longest = seconds(case, motion, BY_HEART_SECONDS, BY_HEART[-1], 0.4)
    if learner.pace * OWN_STEPS[2] < OWN_SECONDS:
        for step in learner.learn(repeat(batch), OWN_STEPS, OWN_SECONDS):
            if mastery(y, answers_of(motion, part), start, contract) >= goal:
                return
            steps = step
        moved = steps < OWN_STEPS[2] or loss_of(motion, part) < 0.98 * before
    learner.use(keras.optimizers.Adam(RATE))
    learner.restart()
    fast: dict[int, float] = {}
    for step in learner.learn(repeat(batch), BY_HEART, longest):
        fast[step] = mastery(y, answers_of(motion, part), start, contract)
        if fast[step] >= goal:
            break
    learned = fast[max(fast)]
    if learned >= goal and not moved:
        rate = max(rates_of(case.model.optimizer, case.steps or 1))
        yield Finding(
            "overfit-one-batch",
            "warning",
            f"{len(y)} samples are learned by heart with Adam at 0.003, and not with the own "
            f"optimizer at {rate:g}.",
            "The network can learn; its optimizer hardly moves it, or throws it about.",
            f"change {case.words.setting('learning_rate')}: {case.words.find_rate}",
        )
    if learned < goal:
        in_training = mastery(y, answers_of(motion, part, training=True), start, contract)
        judged = in_training < goal and max(fast) >= BY_HEART[-1]
        one_input = isinstance(motion.x, np.ndarray)
        if judged and (not one_input or not plain_network_learns(motion.x[part], y, contract)):
            case.note(f"{len(y)} samples are not learned by heart, nor by a plain network")
            return
        if in_training < goal or learner.network.steady(batch[0]):  # else it draws when asked, too
            yield from not_learned(case, (learned, in_training), goal, max(fast), len(y), longest)


def not_learned(
    case: Case,
    mastered: tuple[float, float],
    goal: float,
    steps: int,
    samples: int,
    longest: float,
) -> Iterator[Finding]:
    """What it means that the batch is not learned: a gap between the two modes, unless weights were
    still racing ahead of the statistics; a fault; or that there was no time to tell. `mastered`: in
    inference and in training mode; `longest`: the seconds that it had."""
    learned, in_training = mastered
    shown = f"{learned:.2f} of {goal:g} in {steps} steps (1 is everything)"
    if in_training >= goal and steps >= BY_HEART[0]:
        yield Finding(
            "train-inference-gap",
            "warning",
            f"{samples} samples are learned in training mode ({in_training:.2f}), and answered "
            f"wrong in inference mode: {shown}.",
            "In use the network works with other statistics than it learned with.",
            f"see momentum and axis of BatchNormalization, and what {case.words.model} calls with "
            "training=",
        )
    elif steps >= BY_HEART[-1]:
        sure = case.project.declared is not None or learned < 0.5 * goal
        yield Finding(
            "overfit-one-batch",
            "error" if sure and case.project.declared is not None else "warning",
            f"{samples} different samples cannot be learned by heart: {shown}.",
        )
    else:
        case.note(f"one batch was not learned by heart in {longest:.0f} s: {shown}; not judged")
