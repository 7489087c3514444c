"""What find_lr.py makes of its ramps and short runs, and how it says so."""

from __future__ import annotations

import numpy as np
import pytest
from goodfit.doctor.rate_finder.budget import LEAST_RAMP, LEAST_RUN, Pace, lengths, shortest_time
from goodfit.doctor.rate_finder.candidates import RULE, SAFE, SAFE_NAME, Found, choose, propose
from goodfit.doctor.rate_finder.outcome import report
from goodfit.doctor.rate_finder.range_test import Reading

RATES = {SAFE_NAME: SAFE, "high": 0.003, "higher": 0.009, "too high": 0.1}


def chosen(safe: float, high: float, higher: float, most: float, apart: float = 0.0) -> str:
    """The rate and the reason, where short runs end at these losses, two seeds `apart`."""
    losses = [safe, high, higher, most]
    runs = {name: np.array([loss, loss + apart]) for name, loss in zip(RATES, losses, strict=True)}
    rate, reason = choose(RATES, runs, 0.01)
    return f"{rate:g}: {reason}"


REASONS = {
    "the best by far": ((1.0, 0.9, 0.5, 2.0), "0.009: higher", ["1 at 0.0003"]),
    "nothing is better": ((1.0, 1.1, 1.2, 2.0), f"0.0003: {SAFE_NAME}", []),
    "nearly as good, and lower": (
        (1.0, 0.55, 0.5, 2.0),
        "0.003: high",
        ["0.009 has the lowest, 0.5, and hardly gains more", "favours long steps"],
    ),
    "within the noise": (
        (1.0, 0.99, 0.97, 2.0, 0.2),
        f"0.0003: {SAFE_NAME}",
        ["0.009 has the lowest, 1.07, which is within the noise"],
    ),
    "above all that is recommended": (
        (1.0, 0.9, 0.5, 0.1),
        "0.009: higher",
        ["0.1 came lower still, and fails in a long run"],
    ),
}


@pytest.mark.parametrize("case", REASONS)
def test_the_reason_says_why_not_the_lowest_loss(case: str) -> None:
    losses, begin, parts = REASONS[case]
    said = chosen(*losses)
    assert said.startswith(f"{begin}: validation loss")
    assert all(part in said for part in parts)
    assert ("lowest" in said) == any("lowest" in part for part in parts), said


def reading(turn: float | None) -> Reading:
    """A ramp whose loss turns there."""
    steps = np.geomspace(1e-5, 1.0, 50)
    return Reading(steps, np.linspace(2, 1, 50), 0.002, 0.05, turn)


def test_what_is_said_cites_no_rule_that_is_not_there() -> None:
    readings = [reading(0.2), reading(0.3), reading(0.2)]
    rates = propose(readings, 1e-3)
    assert rates[RULE] == pytest.approx(0.11)
    losses = {name: np.array([1.0, 1.0]) for name in rates}
    said = report(Found(readings, rates, losses, *choose(rates, losses, 0.01)))
    assert "The loss turns at 0.2, 0.3, 0.2." in said and "Recommended: 0.0003" in said
    assert "rule LR" not in said
    still = report(Found([reading(None)], {}, {}, 0.001, "so"))
    assert "1 of 1 ramps do not turn up to 1" in still


def test_a_short_training_is_searched_as_shortly_as_tells() -> None:
    pace = Pace(steps=1_000, seconds=0.01, compiling=50)
    assert lengths(pace, 0.1) == (0, 0)
    assert lengths(pace, 1.0) == (LEAST_RAMP, LEAST_RUN)
    assert shortest_time(pace) == "9 s, 0.86 of a training"
