"""The network in its first steps, on copies: does it learn, what from, and is it kept?"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import keras
import numpy as np

from ..backends import as_numpy, gradient_function
from ..case import NUMBERS, Case, joined_rows, places, size_of, taken
from ..contract import Contract
from ..finding import Finding
from ..frozen import behind_frozen
from ..layer_graph import multiplies
from ..network import awake, kernels, name_of
from ..predictions import follow, is_better, mastery, merits, unmoved
from ..registry import REGISTRY, Entry, check
from ..training_steps import Learner
from .initial_state import spread
from .optimizer import inner, rates_of

ROWS = 2_000  # training samples to learn from, at most
SECONDS = 1.0  # for the first steps, besides compiling
STEPS = (10, 30, 60, 100)
FALLS = 0.999  # of the first loss: below it, the loss has fallen
FEW, FEW_PIXELS = 4, 2  # samples in a batch at least; where each has an answer for every pixel
SLOW = 0.06  # seconds for a step: where it takes longer, no check would end in a few seconds
OWN_STEPS, OWN_SECONDS = (25, 50, 100, 200), 1.0
RATE = 0.003
BY_HEART, BY_HEART_SECONDS = (50, 100, 200, 400, 800), 2.0
CONTROL, CONTROL_SECONDS = (20, 60, 120, 200), 1.5
SHUFFLED, SHUFFLED_SECONDS = (150,), 1.0
JUDGES = 100  # samples that were not learned from, at least, to say that nothing is learned
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
    drawn = np.random.default_rng(seed).permutation(train.count)
    apart = case.project.in_order or unseen is None
    rows = drawn[: min(ROWS, len(drawn) * 4 // 5 if apart else len(drawn))]
    if apart or unseen is None:
        unseen = known.take(np.sort(drawn[len(rows) :]))
    if not unseen.count:
        unseen = known
    arrays = train.take(rows).arrays
    x, y = arrays[:2]
    few = max(8, min(32, NUMBERS // 2 // size_of(x)))
    if first_array(y).ndim > 2 or case.project.anomalies:
        few = 4  # each has many answers; and no more fit any autoencoder's code
    batch = distinct(x, places(x, 4 * few, seed, 2 * NUMBERS), few)
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
    settings = own.get_config()
    settings["learning_rate"] = max(rates_of(own, case.steps or 1))
    fresh: keras.optimizers.Optimizer = type(own).from_config(settings)
    return fresh


def batches_of(motion: Motion, seed: int = 0) -> Iterator[tuple[Any, ...]]:
    """Batches of the samples to learn from, shuffled, without an end."""
    random, count = np.random.default_rng(seed), len(first_array(motion.arrays[0]))
    coming = np.zeros(0, int)
    while True:
        while len(coming) < motion.size:
            coming = np.append(coming, random.permutation(count))
        rows, coming = np.split(coming, [motion.size])
        yield tuple(taken(one, rows) for one in motion.arrays)


def loss_of(motion: Motion, part: slice) -> float:
    """The loss of the samples in `part`, "batch" or "train", in inference mode."""
    answers = motion.learner.answers(taken(motion.x, part))
    y, *weights = (taken(one, part) for one in motion.taught)
    return float(motion.learner.model.compute_loss(None, y, answers, *weights))


def answers_of(motion: Motion, part: slice, training: bool = False) -> np.ndarray:
    answers: np.ndarray = motion.learner.answers(taken(motion.x, part), training)
    return answers


def gradients(motion: Motion) -> list[tuple[keras.Layer, keras.Variable, np.ndarray]]:
    """Each trainable kernel with its layer and its gradient on four batches, in training mode;
    zeros where nothing connects it to the loss."""
    learner, kept = motion.learner, motion.learner.kept
    if "gradients" not in kept:
        some = tuple(taken(one, slice(4 * motion.size)) for one in motion.arrays)
        with awake(learner.model):
            if learner.model.losses and case_loss(learner):
                pulled = gradient_function(learner.model, learner.error)(*some)[1]
                parts = [as_numpy(one).ravel() for one in pulled]
            else:
                flat = as_numpy(learner.pull(*some)[1])
                parts = np.split(flat, np.cumsum(learner.sizes)[:-1])
        by_path = {weight.path: part for weight, part in zip(learner.weights, parts, strict=True)}
        kept["gradients"] = [
            (layer, one, by_path[one.path]) for layer, one in kernels(learner.model)
        ]
        learner.restart()
    found: list[tuple[keras.Layer, keras.Variable, np.ndarray]] = kept["gradients"]
    return found


def case_loss(learner: Learner) -> bool:
    """Whether there is a compiled loss beside penalties and what layers add."""
    return learner.model.loss is not None


UNCHANGED = Entry(
    "weights-do-not-change",
    "error",
    "Weights that are as before after the first steps of training.",
    "Training would change nothing.",
    "see `trainable` in {model}, {learning_rate}, and what the optimizer is given",
    "exactly as before, after up to 100 steps",
    "mltest, TrainCheck",
)
NOT_FALLING = REGISTRY.entry(
    Entry(
        "loss-does-not-fall",
        "error or warning",
        "A loss that rises from the first step on, or does not move.",
        "Each step makes it worse, or it learns nothing.",
        "change {learning_rate}: {find_rate}; see the sign of the loss in {compile}",
        "an error where it is half as much again after 30 steps and never lower; a warning where it "
        "has not fallen by a thousandth in 100",
        "ours, far below what learning looks like",
    )
)


@check(
    Entry(
        "no-gradient",
        "error",
        "A trainable kernel that the loss does not depend on.",
        "Nothing connects this layer to the answers, so it cannot learn.",
        "see where its output goes in {model}, and that its activation lets values pass",
        "its gradient is exactly 0 on four batches",
        "mltest, TrainCheck",
    ),
    cost="trains",
    needs=NEEDED,
    sound=True,
)
def no_gradient(case: Case) -> Iterator[Finding]:
    motion = motion_of(case)
    if motion is None:
        yield Finding(
            "weights-do-not-change",
            "error",
            "No weight of the network can change.",
            "Training would change nothing: every layer is frozen.",
            case.words.fill(UNCHANGED.fix),
        )
        return
    if case.project.declared is None and not callable(getattr(case.model, "get_layer", None)):
        return
    for layer, kernel, one in gradients(motion):
        if not one.any() and "embedding" not in kernel.name:
            yield Finding(
                "no-gradient",
                "error",
                f"The weights '{kernel.name}' of layer {name_of(layer)} have no gradient.",
            )


@check(
    Entry(
        "vanishing-gradient",
        "warning",
        "Gradients that fade on their way back to the first layers.",
        "No learning rate suits layers whose gradients are so far apart.",
        "relu or silu instead of sigmoid, normalization, or fewer layers",
        "a thousandth of the last layer's",
        "AutoTrainer has 1,000; healthy networks of ours stay within 100",
    ),
    cost="trains",
    needs=NEEDED,
    sound=True,
)
def vanishing_gradient(case: Case) -> Iterator[Finding]:
    yield from fading(case, "vanishing-gradient")


@check(
    Entry(
        "exploding-gradient",
        "warning",
        "Gradients that grow on their way back to the first layers.",
        "No learning rate suits layers whose gradients are so far apart.",
        "relu or silu instead of sigmoid, normalization, or fewer layers",
        "a thousand times the last layer's",
        "AutoTrainer has 70; healthy networks of ours stay within 100",
    ),
    cost="trains",
    needs=NEEDED,
    sound=True,
)
def exploding_gradient(case: Case) -> Iterator[Finding]:
    yield from fading(case, "exploding-gradient")


def fading(case: Case, name: str) -> Iterator[Finding]:
    """Gradients of hidden layers beside that of the last one."""
    motion = motion_of(case)
    if motion is None:
        return
    sizes = [
        (layer, float(np.linalg.norm(one)))
        for layer, kernel, one in gradients(motion)
        if kernel.name in ("kernel", "recurrent_kernel")
    ]
    hidden = [(layer, size) for layer, size in sizes if multiplies(layer)][:-1]
    if not hidden or not sizes[-1][1]:
        return
    last, vanishing = sizes[-1][1], name == "vanishing-gradient"
    layer, size = (min if vanishing else max)(hidden, key=lambda row: row[1])
    if (0 < size < 1e-3 * last) if vanishing else size > 1e3 * last:
        verb = "fades" if vanishing else "grows"
        yield Finding(
            name,
            "warning",
            f"The gradient {verb} on its way back: {size:.1g} in layer {name_of(layer)}, "
            f"{last:.1g} in the last.",
        )


@check(UNCHANGED, cost="trains", needs=NEEDED, sound=True)
def first_steps(case: Case) -> Iterator[Finding]:
    """With the training's own optimizer: each weight moves, and the loss of training samples, in
    inference mode, falls at least once; fewer steps, where they take long, tell nothing."""
    motion = motion_of(case)
    if motion is None:
        return
    learner, words = motion.learner, case.words
    found = {0: loss_of(motion, motion.train)}
    for step in learner.learn(batches_of(motion), STEPS, SECONDS):
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
    rate = f"{words.setting('learning_rate')} = {max(rates_of(case.model.optimizer, case.steps or 1)):g}"
    start, least, last = losses[0], min(losses[1:]), losses[-1]
    shown = f"In its first {steps} steps the loss went from {start:.4g} to {last:.4g}"
    enough, worse = steps >= STEPS[1], least > start and last > start + 0.5 * abs(start)
    if not np.isfinite(losses).all() or (enough and worse):
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


def too_slow(case: Case, motion: Motion) -> bool:
    """Whether steps take too long for all that follows; said once."""
    if getattr(motion.learner, "pace", 0.0) <= SLOW:
        return False
    text = f"a step takes {motion.learner.pace:.2f} s here, too long to see what is learned"
    if text not in case.notes:
        case.note(text)
    return True


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
    codes = y.argmax(axis=1)[:, None] if contract.one_hot else y
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
    if case.project.declared is None and (y.ndim > 2 or not np.ptp(y, axis=0).any()):
        return
    restored = isinstance(motion.x, np.ndarray) and motion.x[part].shape == y.shape
    if case.project.declared is None and restored and y.shape[-1] > 1:
        return  # through a code that is narrow on purpose
    batch = tuple(taken(one, part) for one in (motion.x, *motion.taught))
    learner.restart()
    start, before = answers_of(motion, part), loss_of(motion, part)
    moved = True  # as far as is known: in few steps an optimizer of small steps moves nothing
    if learner.pace * OWN_STEPS[2] < OWN_SECONDS:
        for step in learner.learn(repeat(batch), OWN_STEPS, OWN_SECONDS):
            if mastery(y, answers_of(motion, part), start, contract) >= goal:
                return
            steps = step
        moved = steps < OWN_STEPS[2] or loss_of(motion, part) < 0.98 * before
    learner.use(keras.optimizers.Adam(RATE))
    learner.restart()
    fast: dict[int, float] = {}
    for step in learner.learn(repeat(batch), BY_HEART, BY_HEART_SECONDS):
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
        yield from not_learned(case, learned, in_training, goal, max(fast), len(y))


def not_learned(
    case: Case, learned: float, in_training: float, goal: float, steps: int, samples: int
) -> Iterator[Finding]:
    """What it means that the batch is not learned: a gap between the two modes, unless weights were
    still racing ahead of the statistics; a fault; or that there was no time to tell."""
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
        case.note(
            f"one batch was not learned by heart in {BY_HEART_SECONDS:g} s: {shown}; not judged"
        )


@check(
    Entry(
        "no-better-than-zeroed-input",
        "warning",
        "A network that answers new samples no better than one that sees only zeros.",
        "Samples and targets do not belong together, or nothing in the samples tells them.",
        "look at samples beside their targets: do rows of x and y still belong together?",
        "not by two standard errors at any of a few points in 200 steps with Adam, of 100 samples "
        "or more, and no rank follows its target",
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
    if len(y) < JUDGES and case.project.declared is None:
        return
    learner.use(keras.optimizers.Adam(RATE))
    learner.restart()
    x = taken(motion.x, part)
    start, before = answers_of(motion, part), loss_of(motion, motion.train)
    blind = [merits(y, start, contract)]
    stream = batches_of(motion, 1)
    if not anomalies:
        nothing = keras.tree.map_structure(np.zeros_like, x)
        zeros = (
            (keras.tree.map_structure(np.zeros_like, given), *others) for given, *others in stream
        )
        for _ in learner.learn(zeros, CONTROL[:2], CONTROL_SECONDS / 3):
            blind.append(merits(y, learner.answers(nothing), contract))
        learner.restart()
    for step in learner.learn(stream, CONTROL, CONTROL_SECONDS):
        answers = answers_of(motion, part)
        if is_better(merits(y, answers, contract), blind[-1], 2.0):
            return
        if not anomalies and follow(y, answers, contract):
            return
        steps = step
    if len(y) < JUDGES:
        case.note(f"{len(y)} samples are too few to compare what is learned with zeroed inputs")
    elif steps >= CONTROL[-1] or loss_of(motion, motion.train) < 0.5 * before:
        yield Finding(
            "no-better-than-zeroed-input",
            "warning",
            f"After {steps} steps the network answers {len(y)} samples that it did not learn from "
            "no better than one that sees only zeros.",
        )
    else:
        case.note(f"{steps} steps in {CONTROL_SECONDS:g} s: too few to compare with zeroed inputs")


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
    if validation.count < 30 or train.x.shape[1:] != motion.arrays[0].shape[1:]:
        return
    learner, random = motion.learner, np.random.default_rng(case.seed)
    batches = (
        train.take(random.choice(train.count, motion.size)).arrays for _ in range(SHUFFLED[-1])
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
