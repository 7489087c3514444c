"""How right answers are, judged by predictions and never by the loss alone; and what theory expects
of a loss before training. One file for all tasks: the contract says which it is.

Targets are codes (samples, ...) with -1 where there is none, or 0 and 1, or numbers; outputs are
what the network answered, as the loss reads them (`Contract.probabilities`).
"""

from __future__ import annotations

import numpy as np

from .contract import Contract


def codes_of(y: np.ndarray, contract: Contract) -> np.ndarray:
    """(samples, any): class codes, of one-hot rows too; for yes or no 0 and 1, whichever is nearer
    to a share between them (smoothed labels), and what is beyond them as it is."""
    if contract.answer == "one-of" and contract.one_hot:
        y = y.argmax(axis=-1)
    elif contract.answer == "yes-no" and y.dtype.kind == "f":
        y = np.where((y > 0) & (y < 1), np.round(y), y)
    return y.reshape(len(y), -1)


def likelihoods(y: np.ndarray, outputs: np.ndarray, contract: Contract) -> np.ndarray:
    """(samples, any): the probability given to each true class; NaN where there is no target."""
    codes, outputs = codes_of(y, contract), np.nan_to_num(contract.probabilities(outputs))
    if contract.answer == "one-of":
        table = outputs.reshape(*codes.shape, -1)
        within = np.clip(codes, 0, table.shape[-1] - 1)[:, :, None].astype(int)
        found = np.take_along_axis(table, within, axis=2)
        return np.where(codes >= 0, found[:, :, 0], np.nan)
    outputs = outputs.reshape(codes.shape)
    return np.where(codes > 0.5, outputs, 1 - outputs)


def hits(y: np.ndarray, outputs: np.ndarray, contract: Contract) -> np.ndarray:
    """(samples, any): whether the likeliest class is the true one; NaN where there is no target."""
    codes, outputs = codes_of(y, contract), contract.probabilities(outputs)
    if contract.answer == "one-of":
        said = outputs.argmax(axis=-1).reshape(codes.shape)
    else:
        said = (outputs > 0.5).reshape(codes.shape).astype(int)
    return np.where(codes >= 0, said == codes, np.nan)


def merits(y: np.ndarray, outputs: np.ndarray, contract: Contract) -> tuple[np.ndarray, ...]:
    """How good each sample's answer is, (samples,), more is better: for classes the share that is
    right and the logarithm of the likelihood; otherwise the error, negative."""
    if contract.classes:
        chances = likelihoods(y, outputs, contract)
        chances = np.log(np.clip(np.nan_to_num(chances, nan=1), 1e-4, 1))
        return np.nanmean(hits(y, outputs, contract), axis=1), chances.mean(axis=1)
    errors = outputs if contract.answer == "own-loss" else (outputs.reshape(y.shape) - y) ** 2
    return (-errors.reshape(len(y), -1).mean(axis=1),)


def is_better(ours: tuple[np.ndarray, ...], theirs: tuple[np.ndarray, ...], errors: float) -> bool:
    """Whether one of our merits is higher, sample by sample, by more than so many standard
    errors."""
    gains = [mine - other for mine, other in zip(ours, theirs, strict=True)]
    return any(gain.mean() > errors * gain.std() / len(gain) ** 0.5 + 1e-6 for gain in gains)


def unmoved(outputs: np.ndarray, contract: Contract) -> np.ndarray:
    """One answer to all samples, the mean of these, in their shape."""
    places = tuple(range(outputs.ndim - 1)) if contract.answer == "one-of" else 0
    return np.broadcast_to(outputs.mean(axis=places, keepdims=True), outputs.shape)


def follow(y: np.ndarray, outputs: np.ndarray, contract: Contract) -> bool:
    """Whether answers move with their targets, by more than three standard errors, however far off
    they are on the whole: more is given to a sample's class than the other samples give to it, or
    numbers are in the upper or lower half with their targets, by rank, so that few cannot tell."""
    if contract.classes:
        others = unmoved(outputs, contract)
        more = likelihoods(y, outputs, contract) - likelihoods(y, others, contract)
    else:
        outputs = outputs.reshape(y.shape)
        ranks = [one.argsort(axis=0).argsort(axis=0) - (len(one) - 1) / 2 for one in (y, outputs)]
        more = (ranks[0] * ranks[1]).reshape(len(y), -1)
    gain = np.nanmean(more, axis=1)
    return bool(gain.mean() > 3 * gain.std() / len(gain) ** 0.5)


def mastery(y: np.ndarray, outputs: np.ndarray, start: np.ndarray, contract: Contract) -> float:
    """How much of `y` the answers have learned, 1 is all: accuracy for classes, the share of the
    variance explained (R2) for numbers, the share of the error at the `start` that is gone for a
    network that answers with its error. Where one class has nearly all, accuracy says little: then
    it is the share of the others that counts."""
    if contract.classes:
        right, codes = hits(y, outputs, contract), codes_of(y, contract)
        there = codes >= 0
        codes = codes[there].astype(int)
        rare = codes != np.bincount(codes.ravel()).argmax()
        flat = right[~np.isnan(right)]
        return float(min(flat.mean(), flat[rare].mean() + 0.15 if rare.any() else 1))
    if contract.answer == "own-loss":
        return float(1 - outputs.mean() / max(float(start.mean()), 1e-9))
    wrong = (outputs.reshape(y.shape) - y) ** 2
    return float(1 - wrong.sum() / max(((y - y.mean(axis=0)) ** 2).sum(), 1e-9))


def constant_loss(
    y: np.ndarray, known: np.ndarray, weights: np.ndarray, contract: Contract, informed: bool
) -> float:
    """The loss on `y` of knowing the class shares or the means of `known`, all training targets,
    and nothing else: what theory expects of a network before training; where not `informed`, of
    giving all classes the same. `weights`, (samples, ...), weigh it."""
    if contract.classes:
        codes, given = codes_of(y, contract), codes_of(known, contract)
        if contract.answer == "one-of":
            units = contract.units
            counts = np.bincount(given[given >= 0].astype(int), minlength=units)
            shares = counts / counts.sum() if informed else counts * 0 + 1 / units
            chances = shares[np.clip(codes, 0, len(shares) - 1).astype(int)]
        else:
            shares = known.reshape(len(known), -1).mean(axis=0, dtype="float64")
            chances = np.where(codes > 0.5, shares, 1 - shares)
            chances = chances if informed else np.full(codes.shape, 0.5)
        losses = -np.log(np.clip(chances, 1e-7, 1))
        losses = losses * (1 - chances) ** 2 if "focal" in contract.loss else losses
        weights = weights.reshape(len(y), -1) if weights.size >= len(y) else weights
        return float((losses * weights).mean())
    mean = known.mean(axis=0, dtype="float64")
    scale = np.ones_like(mean)
    if contract.standardized:  # then theory knows the scale, whatever `y` has
        scale = np.maximum(known.std(axis=0, dtype="float64"), 1e-12)
    elif not informed:
        mean = np.zeros_like(mean)
    away = np.abs(y - mean) / scale
    if contract.loss == "huber":
        return float(np.where(away < 1, away**2 / 2, away - 0.5).mean())
    return float((away if contract.loss == "mean_absolute_error" else away**2).mean())
