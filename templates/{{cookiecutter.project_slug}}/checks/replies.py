"""What a network's answers must be before training, whatever it will learn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

import features
from checks.judging import activation_of
from checks.probing import awake, quiet_copy
from config import HeadConfig
from findings import Finding
from model import build_model

if TYPE_CHECKING:
    import keras

    from config import Config
    from train import Prepared

PADDING: float | None = getattr(features, "PADDING", getattr(features, "PAD", None))
"""What stands after the end of a sample; None where all samples are of one size."""
LONGER = 9  # steps of padding more


def spread(answers: np.ndarray) -> float:
    """How far the answers to different samples lie apart, at most over all units. In float64: the
    mean of equal numbers is not always that number in float32."""
    return float(answers.std(axis=0, dtype="float64").max())


def output_range(answers: np.ndarray, head: HeadConfig) -> Iterator[Finding]:
    """Probabilities outside 0 to 1, a softmax whose row is not 1 in all, a negative error: exact
    contradictions of the head that config.toml declares."""
    activation, said = activation_of(head), ""
    fix = f"see the last layer in model.py: its activation must be '{activation}'"
    if not activation:
        said = f"an error of {answers.min():.3g}" * bool(answers.min() < 0)
        fix = "see how the error is measured at the end of model.py"
    elif activation != "linear" and not -1e-3 <= answers.min() <= answers.max() <= 1 + 1e-3:
        said = f"probabilities from {answers.min():.3g} to {answers.max():.3g}"
    elif activation == "softmax" and abs(away := (answers.sum(axis=-1) - 1)).max() > 1e-2:
        said = f"probabilities that are {1 + away.flat[abs(away).argmax()]:.3g} in all"
    if said:
        yield Finding(
            "output-range",
            "error",
            f"The network answers with {said}.",
            "The loss and the scores take these numbers for what config.toml declares.",
            fix,
        )


def ignores_input(model: keras.Model, x: np.ndarray) -> Iterator[Finding]:
    """One answer to all samples (Karpathy's recipe, TheDeepChecker): nothing of the sample reaches
    it. Weights that start at nothing were given random ones, so that these are not to blame; nor
    are statistics of many layers that nothing was learned by yet: as in training, too, it must be
    one answer."""
    if not np.ptp(x, axis=0).any() or spread(model.predict_on_batch(x)) > 1e-7:
        return
    quiet = quiet_copy(model)
    with awake(quiet):
        answers = quiet(x[:32], training=True).numpy()
    if spread(answers) < 1e-6:
        yield Finding(
            "ignores-input",
            "error",
            f"All of {len(x)} different samples get the same answer.",
            "Nothing of the sample reaches the answer, so there is nothing to learn from.",
            "follow the input through model.py: where do all samples become one? A long row of "
            "sigmoid layers does that, too",
        )


def mixes_samples(model: keras.Model, x: np.ndarray) -> Iterator[Finding]:
    """An answer that changes with the other samples of the batch, in inference mode
    (TheDeepChecker, Karpathy's recipe), by a twentieth of what tells answers apart: rounding is far
    below that."""
    half = len(x) // 2
    others = x.copy()
    others[half:] = x[0]
    together, apart = (model.predict_on_batch(one)[:half] for one in (x, others))
    if np.abs(together - apart).max() > 0.05 * spread(together) + 1e-6:
        yield Finding(
            "mixes-samples",
            "error",
            "The answer to a sample changes with the other samples of its batch.",
            "In use, what is asked together would change the answers, and alone they are others.",
            "see which mean, reshape or attention in model.py goes over the first axis, and what "
            "is called with training=True",
        )


def padded(x: np.ndarray, padding: float) -> np.ndarray:
    """Samples (samples, steps, ...) with more padding after their ends."""
    more = ((0, 0), (0, LONGER), *((0, 0),) * (x.ndim - 2))
    return np.pad(x, more, constant_values=padding)


def longer(model: keras.Model, x: np.ndarray, prepared: Prepared, config: Config) -> keras.Model:
    """The network of model.py for samples like `x`, with the weights of `model`."""
    bias = np.zeros(getattr(config.head, "output_units", 1))
    network = build_model(config.model, config.head, prepared.encoder, x, bias)
    for old, new in zip(model.weights, network.weights, strict=True):
        kept = np.zeros(new.shape)  # a longer network knows more positions
        kept[tuple(slice(size) for size in old.shape)] = old.numpy()
        new.assign(kept)
    return network


def padding_changes_answer(x: np.ndarray, prepared: Prepared, config: Config) -> Iterator[Finding]:
    """More padding at the end of a sample, and another answer: padding is read as if it were there.
    Autoencoders, which read all places at once, are left out."""
    if PADDING is None or not activation_of(config.head):
        return
    x = x.copy()
    x[::2, x.shape[1] // 2 :] = PADDING  # so that there are ends to pad
    answers = prepared.model.predict_on_batch(x)
    network = longer(prepared.model, padded(prepared.parts.x, PADDING), prepared, config)
    others = network(padded(x, PADDING), training=False).numpy()
    away = np.abs(answers - others[:, : x.shape[1]] if answers.ndim == 3 else answers - others)
    if answers.ndim == 3:
        away = away[x.reshape(*x.shape[:2], -1)[:, :, 0] != PADDING]
    if away.max() > 0.02 * spread(answers) + 1e-5:
        yield Finding(
            "padding-changes-answer",
            "error",
            f"With {LONGER} more steps of padding after its end, a sample gets another answer.",
            "Padding is read as if it were part of the sample, and its length becomes a signal.",
            "give the mask to every layer in model.py that looks at several steps, and to the mean",
        )
