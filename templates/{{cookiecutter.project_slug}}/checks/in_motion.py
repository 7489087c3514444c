"""The network in its first steps, on copies: does it learn, what from, and is it kept?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import tensorflow as tf

import train
from checks.controls import no_better_than_zeroed_input, shuffled_labels_score
from checks.flow import fading_gradient, gradients, no_gradient
from checks.frozen import behind_frozen
from checks.learning import Learner, loss_of
from checks.memorizing import overfit_one_batch
from checks.probing import NUMBERS
from checks.replies import spread
from checks.watching import Watched, watch
from findings import Finding
from run import Run, load_run, save_run

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

SECONDS = 1.0  # for the first steps, besides compiling
STEPS = (10, 30, 60, 100)
FALLS = 0.999  # of the first loss: below it, the loss has fallen
FEW = 4  # samples in a batch, at least
FEW_PIXELS = 2  # where each has an answer for every pixel
SLOW = 0.06  # seconds for a step: where it takes longer, no check would end in a few seconds


def in_motion(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks that train for a moment; the network itself is left as it is."""
    whole, prepared = prepared, behind_frozen(prepared)
    watched, arrays = watch(prepared, config)
    learner = Learner(prepared.model, arrays)
    if not learner.sizes:
        yield does_not_change("No weight of the network can change", "every layer is frozen")
        return
    few = FEW_PIXELS if watched.y.ndim > 2 else FEW
    size = max(few, min(32, len(arrays[0]), NUMBERS // 4 // arrays[0][0].size))
    one_step = {"batch_size": size, "steps_per_execution": 1}
    batches = train.training_batches(arrays, config.training.model_copy(update=one_step))
    settings = config.optimizer
    steady = {"warmup_epochs": min(1, settings.warmup_epochs), "decay_epochs": 1000}
    train.compile_model(
        learner.model,
        config.model_copy(update={"optimizer": settings.model_copy(update=steady)}),
        prepared.device,
        batches._replace(steps_per_epoch=10, steps_per_execution=1),  # few steps to warm up in
        settings.learning_rate,
    )
    learner.use(learner.model.optimizer)
    stream = iter(batches.dataset)
    pulled = gradients(learner, tuple(one[: 4 * size] for one in arrays))
    learner.restart()
    yield from no_gradient(pulled)
    yield from fading_gradient(pulled)
    yield from first_steps(learner, stream, watched, config)
    yield from reload_differs(whole, config)
    if learner.pace > SLOW:
        print(f"note: a step takes {learner.pace:.2f} s here, too long to see what is learned")
        return
    yield from overfit_one_batch(learner, watched, config)
    yield from no_better_than_zeroed_input(learner, stream, watched, config)
    yield from shuffled_labels_score(learner, whole, watched, config, size)


def does_not_change(fact: str, why: str) -> Finding:
    return Finding(
        "weights-do-not-change",
        "error",
        f"{fact}.",
        f"Training would change nothing: {why}.",
        "see `trainable` in model.py, optimizer.learning_rate, and what the optimizer is given",
    )


def first_steps(
    learner: Learner, stream: Iterator[tuple[tf.Tensor, ...]], watched: Watched, config: Config
) -> Iterator[Finding]:
    """With the project's own optimizer: each weight moves, and the loss of training samples, in
    inference mode, falls by a thousandth at least once in 100 steps (a heuristic, far below what
    learning looks like); fewer, where steps take long, tell nothing. Half as much again after 30
    and never lower is a step in the wrong direction."""
    found = {0: loss_of(learner, watched, watched.train)}
    for step in learner.learn(stream, STEPS, SECONDS):
        found[step] = loss_of(learner, watched, watched.train)
        if step >= STEPS[1] and FALLS * found[0] > found[step] and not learner.unchanged():
            break  # nothing is left to be found
    steps, losses = max(found), [*found.values()]
    if still := learner.unchanged():
        fact = f"After {steps} steps {len(still)} of {len(learner.sizes)} weights are as before"
        yield does_not_change(f"{fact}, such as {still[0]}", "no gradient reaches them, or no step")
    rate = f"optimizer.learning_rate = {config.optimizer.learning_rate:g}"
    start, least, last = losses[0], min(losses[1:]), losses[-1]
    shown = f"In its first {steps} steps the loss went from {start:.4g} to {last:.4g}"
    enough, worse = steps >= STEPS[1], least > start and last > 1.5 * start
    if not np.isfinite(losses).all() or (enough and worse):
        yield Finding(
            "loss-does-not-fall",
            "error",
            f"{shown}.",
            f"Each step makes it worse: too large a step ({rate}), or one in the wrong direction.",
            "lower optimizer.learning_rate; see the sign of the loss in task.py and of the step",
        )
    elif steps >= STEPS[-1] and least > FALLS * start:
        yield Finding(
            "loss-does-not-fall",
            "warning",
            f"{shown}.",
            f"It learns nothing at {rate}, or nothing that the loss shows.",
            "python find_lr.py proposes a rate; other findings here may say more",
        )


def reload_differs(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """A run that is saved and read again, as by train.py and predict.py, answers as before, to
    1e-5 and a thousandth of what tells answers apart: what is used later is the file."""
    x = prepared.parts.x[: max(FEW, min(64, NUMBERS // 4 // prepared.parts.x[0].size))]
    before, fact = prepared.model(x, training=False).numpy(), ""  # layer by layer, as below
    curves = pd.DataFrame({"loss": [0.0], "val_loss": [0.0]})
    try:
        with tempfile.TemporaryDirectory() as folder:
            run = Run(Path(folder), config, prepared.model, prepared.encoder, prepared.target)
            again = load_run(save_run(run, curves, {"best_epoch": 1}))
        away = np.abs(again.model(x, training=False).numpy() - before).max()
        if not away <= 1e-5 + 1e-3 * spread(before):
            fact = f"Saved and read again, the network answers differently, by up to {away:.2g}"
        elif (again.encoder, again.target) != (prepared.encoder, prepared.target):
            fact = "Saved and read again, encoder.json or target.json is another"
    except Exception as error:  # whatever a layer's own code raises
        fact = f"The network cannot be saved and read again: {str(error).strip().splitlines()[0]}"
    if fact:
        yield Finding(
            "reload-differs",
            "error",
            f"{fact}.",
            "Evaluation and prediction work with what was saved.",
            "see save_run in run.py; a layer of your own needs get_config, weights for all that it "
            "keeps, and keras.saving.register_keras_serializable",
        )
