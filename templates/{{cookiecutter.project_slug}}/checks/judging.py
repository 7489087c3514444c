"""How right answers are, judged by predictions and never by the loss alone; and what theory expects
of a loss before training. One file for all tasks: `head` says which it is."""

from __future__ import annotations

import numpy as np

from config import HeadConfig


def activation_of(head: HeadConfig) -> str:
    """The last activation that the project declares; "" where a network answers with its error."""
    return str(head.model_dump().get("output_activation", ""))


def likelihoods(y: np.ndarray, outputs: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(samples, any): the probability given to each true class; NaN where there is no target."""
    codes, outputs = y.reshape(len(y), -1), np.nan_to_num(outputs)
    if activation_of(head) == "softmax":
        table = outputs.reshape(*codes.shape, -1)
        found = np.take_along_axis(table, np.maximum(codes, 0)[:, :, None].astype(int), axis=2)
        return np.where(codes >= 0, found[:, :, 0], np.nan)
    return np.where(codes > 0.5, outputs, 1 - outputs)


def hits(y: np.ndarray, outputs: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(samples, any): whether the likeliest class is the true one; NaN where there is no target."""
    codes = y.reshape(len(y), -1)
    if activation_of(head) == "softmax":
        said = outputs.argmax(axis=-1).reshape(codes.shape)
    else:
        said = (outputs > 0.5).reshape(codes.shape).astype(int)
    return np.where(codes >= 0, said == codes, np.nan)


def merits(y: np.ndarray, outputs: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """How good each sample's answer is, (samples,), more is better: for classes the share that is
    right and the logarithm of the likelihood; otherwise the error, negative."""
    if "crossentropy" in head.loss:
        chances = np.log(np.clip(np.nan_to_num(likelihoods(y, outputs, head), nan=1), 1e-4, 1))
        return np.nanmean(hits(y, outputs, head), axis=1), chances.mean(axis=1)
    errors = outputs if not activation_of(head) else (outputs - y) ** 2
    return (-errors.reshape(len(y), -1).mean(axis=1),)


def is_better(ours: tuple[np.ndarray, ...], theirs: tuple[np.ndarray, ...], errors: float) -> bool:
    """Whether one of our merits is higher, sample by sample, by more than so many standard
    errors."""
    gains = [mine - other for mine, other in zip(ours, theirs, strict=True)]
    return any(gain.mean() > errors * gain.std() / len(gain) ** 0.5 + 1e-6 for gain in gains)


def unmoved(outputs: np.ndarray, head: HeadConfig) -> np.ndarray:
    """One answer to all samples, the mean of these, in their shape."""
    places = tuple(range(outputs.ndim - 1)) if activation_of(head) == "softmax" else 0
    return np.broadcast_to(outputs.mean(axis=places, keepdims=True), outputs.shape)


def follow(y: np.ndarray, outputs: np.ndarray, head: HeadConfig) -> bool:
    """Whether answers move with their targets, by more than three standard errors, however far off
    they are on the whole: more is given to a sample's class than the other samples give to it, or
    numbers are in the upper or lower half with their targets, by rank, so that few cannot tell."""
    if "crossentropy" in head.loss:
        more = likelihoods(y, outputs, head) - likelihoods(y, unmoved(outputs, head), head)
    else:
        ranks = [one.argsort(axis=0).argsort(axis=0) - (len(one) - 1) / 2 for one in (y, outputs)]
        more = (ranks[0] * ranks[1]).reshape(len(y), -1)
    gain = np.nanmean(more, axis=1)
    return bool(gain.mean() > 3 * gain.std() / len(gain) ** 0.5)


def mastery(y: np.ndarray, outputs: np.ndarray, start: np.ndarray, head: HeadConfig) -> float:
    """How much of `y` the answers have learned, 1 is all: accuracy for classes, the share of the
    variance explained (R2) for numbers, the share of the error at the `start` that is gone for a
    network that answers with its error. Where one class has nearly all, accuracy says little: then
    it is the share of the others that counts."""
    if "crossentropy" in head.loss:
        right = hits(y, outputs, head)
        codes = y[y >= 0].astype(int)
        rare = codes != np.bincount(codes.ravel()).argmax()
        flat = right[~np.isnan(right)]
        return float(min(flat.mean(), flat[rare].mean() + 0.15 if rare.any() else 1))
    if not activation_of(head):
        return float(1 - outputs.mean() / max(float(start.mean()), 1e-9))
    return float(1 - ((outputs - y) ** 2).sum() / max(((y - y.mean(axis=0)) ** 2).sum(), 1e-9))


def constant_loss(y: np.ndarray, known: np.ndarray, weights: np.ndarray, head: HeadConfig) -> float:
    """The loss on `y` of knowing the class shares or the means of `known`, all training targets,
    and nothing else, as the output bias does: what theory expects of a network before training.
    `weights`, (samples, ...), weigh it."""
    settings = head.model_dump()
    if "crossentropy" in head.loss:
        informed = settings["output_bias"] == "class_shares"
        if activation_of(head) == "softmax":
            units = getattr(head, "output_units", 1)
            counts = np.bincount(known[known >= 0].astype(int), minlength=units)
            shares = counts / counts.sum() if informed else counts * 0 + 1 / units
            chances = shares[np.maximum(y, 0).astype(int)]
        else:
            shares = known.mean(axis=0, dtype="float64") if informed else np.array(0.5)
            chances = np.where(y > 0.5, shares, 1 - shares)
        losses = -np.log(np.clip(chances, 1e-7, 1))
        losses = losses * (1 - chances) ** 2 if "focal" in head.loss else losses
        return float((losses.reshape(len(y), -1) * weights.reshape(len(y), -1)).mean())
    mean = known.mean(axis=0, dtype="float64")
    scale = np.ones_like(mean)
    if settings["standardize_targets"]:  # then theory knows the scale, whatever `y` has
        scale = np.maximum(known.std(axis=0, dtype="float64"), 1e-12)
    elif settings["output_bias"] == "zeros":
        mean = np.zeros_like(mean)
    away = np.abs(y - mean) / scale
    if head.loss == "huber":
        return float(np.where(away < 1, away**2 / 2, away - 0.5).mean())
    return float((away if head.loss == "mean_absolute_error" else away**2).mean())
