"""What the network learns from: its samples, and nothing that it should not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import keras
import numpy as np
import pandas as pd
import tensorflow as tf

from checks.judging import activation_of, follow, is_better, merits, unmoved
from checks.learning import Learner, loss_of
from checks.watching import Watched
from findings import Finding
from task import training_arrays

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

STEPS, SECONDS = (20, 60, 120, 200), 1.5
SHUFFLED_STEPS, SHUFFLED_SECONDS = (150,), 1.0
JUDGES = 100  # samples that were not learned from, at least, to say that nothing is learned
ROWS = 1_000  # samples that are encoded again with shuffled labels, at most

Stream = Iterator[tuple[tf.Tensor, ...]]


def no_better_than_zeroed_input(
    learner: Learner, stream: Stream, watched: Watched, config: Config
) -> Iterator[Finding]:
    """The same network on inputs of zeros (Karpathy's recipe): the real one has to answer samples
    that it does not learn from better, at any of a few points in 200 steps, by two standard errors,
    or follow their targets: where one class has nearly all, few errors tell. An autoencoder has to
    restore them better than when it started.

    Said only where training went far enough, it ran to its end or halved the loss of its own
    samples, and of 100 samples or more: of fewer, two standard errors are more than most data tell.
    """
    head, part = config.head, watched.validation
    y = watched.y[part]
    learner.use(keras.optimizers.Adam(0.003))
    learner.restart()
    start = learner.answers(watched.x[part])
    before = loss_of(learner, watched, watched.train)
    blind = [merits(y, start, head)]
    if activation_of(head):
        zeros = ((tf.zeros_like(x), *others) for x, *others in stream)
        for _ in learner.learn(zeros, STEPS[:2], SECONDS / 3):
            blind.append(merits(y, learner.answers(np.zeros_like(watched.x[part])), head))
        learner.restart()
    for step in learner.learn(stream, STEPS, SECONDS):
        answers = learner.answers(watched.x[part])
        if is_better(merits(y, answers, head), blind[-1], 2.0):
            return
        if activation_of(head) and follow(y, answers, head):
            return
        steps = step
    if len(y) < JUDGES:
        print(f"note: {len(y)} samples are too few to compare what is learned with zeroed inputs")
    elif steps >= STEPS[-1] or loss_of(learner, watched, watched.train) < 0.5 * before:
        yield Finding(
            "no-better-than-zeroed-input",
            "warning",
            f"After {steps} steps the network answers {len(y)} samples that it did not learn from "
            "no better than one that sees only zeros.",
            "Samples and targets do not belong together, or nothing in the samples tells them.",
            "look at samples beside their targets: python study.py; see data.targets",
        )
    else:
        print(f"note: {steps} steps in {SECONDS:g} s: too few to compare with zeroed inputs")


def shuffled(table: pd.DataFrame, columns: list[str], random: np.random.Generator) -> pd.DataFrame:
    """The same samples with the targets of others; tags change places with those of all tokens."""
    table, order = table.copy(), random.permutation(len(table))
    for name in columns:
        table[name] = table[name].to_numpy()[order]
    if "tags" in table:
        lengths = table["tags"].map(len).to_numpy()
        tags = random.permutation(np.concatenate(table["tags"].tolist()))
        table["tags"] = [[*part] for part in np.split(tags, lengths.cumsum()[:-1])]
    return table


def shuffled_labels_score(
    learner: Learner, prepared: Prepared, watched: Watched, config: Config, size: int
) -> Iterator[Finding]:
    """Targets are shuffled in the tables, these are encoded again, and the network learns: what it
    then says of the validation part better than chance, by four standard errors, it can only know
    from a target among its inputs. Left out are images, which are pixels and nothing else;
    forecasts, whose inputs are the targets' own past; anomaly detection, where nothing is learned
    from targets; and fewer than 30 samples to judge by."""
    parts = prepared.parts
    table = prepared.tables["train"]
    if not activation_of(config.head) or len(table) != len(parts.x) or parts.x.ndim == 4:
        return
    random = np.random.default_rng(config.training.seed)
    columns = [name for name in config.data.model_dump().get("targets", []) if name in table]
    mixed = [
        shuffled(prepared.tables[name].iloc[random.permutation(len(x))[:most]], columns, random)
        for name, x, most in (
            ("train", parts.x, ROWS),
            ("validation", parts.x_val, ROWS // 2),
        )
    ]
    (x, y), (watched_x, watched_y) = (
        (prepared.encoder.encode(one, "ignore"), prepared.target.encode(one)) for one in mixed
    )
    if len(watched_y) < 30:
        return
    arrays = training_arrays(x, y, config.head)
    batches = (
        tuple(tf.constant(one[rows]) for one in arrays)
        for rows in (random.choice(len(x), size) for _ in range(SHUFFLED_STEPS[-1]))
    )
    learner.restart()
    for _ in learner.learn(batches, SHUFFLED_STEPS, SHUFFLED_SECONDS):
        answers = learner.answers(watched_x)
    # its own mean, not that of the targets: whole groups may lie above those that it learned from
    chance = unmoved(answers, config.head)
    ours, theirs = (merits(watched_y, one, config.head) for one in (answers, chance))
    if is_better(ours, theirs, 4.0):
        yield Finding(
            "shuffled-labels-score",
            "error",
            "Trained on shuffled targets, the network still knows those of the validation part.",
            "Only a target that stands among the inputs, or a copy of it, can tell them.",
            "find the column that holds it, and name it in data.ignore",
        )
