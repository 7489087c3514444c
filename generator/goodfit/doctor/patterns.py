"""Random convolutions: how often each of many patterns, drawn at random, shows in a series."""

from __future__ import annotations

import numpy as np

PATTERNS, WIDTH = 1_000, 9  # how many, and how many steps each of them looks at
WORK = 1e9  # steps compared at most: where series are many and long, there are fewer patterns
AT_ONCE = 2e7  # numbers held in memory


def fit_of(weights: np.ndarray, series: np.ndarray, gap: int) -> np.ndarray:
    """(series, length, patterns): how well each of `weights`, (width, channels, patterns), fits
    around each step of `series`, (series, length, channels), looking at every `gap`-th step."""
    width, length = len(weights), series.shape[1]
    before = (width - 1) * gap // 2
    padded = np.pad(series, ((0, 0), (before, (width - 1) * gap - before), (0, 0)))
    steps = np.arange(length)[:, None] + gap * np.arange(width)
    around = padded[:, steps].reshape(len(series), length, -1)
    return around @ weights.reshape(-1, weights.shape[2])


def drawn(random: np.random.Generator, width: int, channels: int, patterns: int) -> np.ndarray:
    """float32 (width, channels, patterns): weights that sum to zero, so that shapes count and not
    levels; each pattern looks at some of the channels."""
    weights = random.normal(size=(width, channels, patterns))
    some = 2 ** random.uniform(0, np.log2(min(channels, 9) + 1), patterns)
    ranks = random.random((channels, patterns)).argsort(axis=0).argsort(axis=0)
    return ((weights - weights.mean(axis=0)) * (ranks < some.astype(int))).astype("float32")


def pattern_shares(
    train: np.ndarray, test: np.ndarray, channels: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """float32 (series, patterns) for both parts, (series, channels * length) each: the share of
    steps at which a pattern fits better than at one random step of the training series.

    Nothing is learnt. Gaps double from 1 until a pattern spans the whole series.
    Source: Dempster, Petitjean & Webb 2020, ROCKET, arXiv:1910.13051.
    """
    random = np.random.default_rng(seed)
    both = [part.reshape(len(part), channels, -1).transpose(0, 2, 1) for part in (train, test)]
    mean, deviation = both[0].mean(axis=(0, 1)), both[0].std(axis=(0, 1))
    both = [(part - mean) / np.maximum(deviation, 1e-12) for part in both]
    series, length = len(train) + len(test), both[0].shape[1]
    width = min(WIDTH, length)
    gaps = [2**power for power in range(length.bit_length()) if 2**power * (width - 1) < length]
    patterns = int(np.clip(WORK / (series * length), 100, PATTERNS)) // len(gaps) + 1
    rows = max(1, int(AT_ONCE / (length * max(patterns, width * channels))))
    found: list[list[np.ndarray]] = [[], []]
    for gap in gaps:
        weights = drawn(random, width, channels, patterns)
        some = fit_of(weights, both[0][random.permutation(len(train))[:rows]], gap)
        some = some.reshape(-1, patterns)
        bounds = some[random.integers(len(some), size=patterns), np.arange(patterns)]
        for kept, part in zip(found, both, strict=True):
            pieces = [part[first : first + rows] for first in range(0, len(part), rows)]
            shares = [(fit_of(weights, piece, gap) > bounds).mean(axis=1) for piece in pieces]
            kept.append(np.concatenate(shares).astype("float32"))
    return np.concatenate(found[0], axis=1), np.concatenate(found[1], axis=1)
