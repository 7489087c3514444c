"""Random convolutions, the strong simple model beside networks of series."""

from __future__ import annotations

import numpy as np
import pytest
from goodfit.doctor import patterns
from sklearn.linear_model import LogisticRegression


def waves(rows: int, seed: int, channels: int = 2, length: int = 60) -> tuple[np.ndarray, ...]:
    """Noise with a wave in the last channel, somewhere, up first or down; and which of the two."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(rows, channels, length)).astype("float32")
    y = np.arange(rows) % 2
    for row, up in enumerate(y):
        start = random.integers(length - 12)
        x[row, -1, start : start + 12] += (2 * up - 1) * 3 * np.sin(np.arange(12) / 6 * np.pi)
    return x, y


def shares_of(x: np.ndarray, new: np.ndarray, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """The shares of patterns in both."""
    rows, channels = len(x), x.shape[1]
    return patterns.pattern_shares(x.reshape(rows, -1), new.reshape(len(new), -1), channels, seed)


def test_patterns_tell_shapes_apart_wherever_they_stand() -> None:
    (x, y), (new, truth) = waves(60, 0), waves(200, 1)
    shares, new_shares = shares_of(x, new)
    model = LogisticRegression(max_iter=1000)
    assert model.fit(shares, y).score(new_shares, truth) > 0.85
    assert model.fit(x.reshape(60, -1), y).score(new.reshape(200, -1), truth) < 0.75  # steps alone


def test_shares_are_shares_and_no_level_changes_them() -> None:
    (x, _), (new, _) = waves(20, 0), waves(8, 1)
    first = shares_of(x, new, 3)
    assert [part.shape[0] for part in first] == [20, 8]
    assert 1_000 <= first[0].shape[1] == first[1].shape[1] < 1_010
    assert all(part.min() >= 0 and part.max() <= 1 for part in first)
    again = shares_of(x, new, 3)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    assert not np.array_equal(first[0], shares_of(x, new, 4)[0])
    inner = patterns.drawn(np.random.default_rng(0), 9, 2, 5)
    assert np.allclose(inner.sum(axis=0), 0, atol=1e-5)


@pytest.mark.parametrize(("length", "channels"), [(1, 1), (2, 3), (9, 1), (10, 20)])
def test_short_and_flat_series(length: int, channels: int) -> None:
    x = np.random.default_rng(0).normal(size=(6, channels, length)).astype("float32")
    x[:, 0] = 5  # a channel that never moves
    shares, others = shares_of(x, x[:2])
    assert np.isfinite(shares).all() and len(others) == 2


def test_pieces_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit into memory at once is gone through in pieces."""
    x, _ = waves(20, 0)
    weights = patterns.drawn(np.random.default_rng(0), 9, 2, 4)
    series = x.transpose(0, 2, 1)
    whole = patterns.fit_of(weights, series, 2)
    apart = np.concatenate([patterns.fit_of(weights, series[i : i + 3], 2) for i in (0, 3)])
    assert np.allclose(whole[:6], apart, atol=1e-5)
    monkeypatch.setattr(patterns, "AT_ONCE", 1)
    assert shares_of(x, x[:3])[1].shape[0] == 3
